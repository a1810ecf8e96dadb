#include "vision/network/graph.h"

#include <algorithm>
#include <utility>

namespace matside::network {
namespace {

constexpr std::size_t kMaxKernelCells = std::size_t{1} << 24;
constexpr std::uint64_t kMaxMultiplications = std::uint64_t{1} << 36;

std::optional<std::size_t> windows_along(std::size_t size, std::size_t kernel,
                                         std::size_t stride, std::size_t dilation, bool same) {
  if (kernel == 0 || stride == 0 || dilation == 0) return std::nullopt;
  if (same) return (size + stride - 1) / stride;
  const std::size_t reach = (kernel - 1) * dilation + 1;
  if (size < reach) return std::nullopt;
  return (size - reach) / stride + 1;
}

std::optional<Shape> windowed(const Shape& picture, const Window& w, std::size_t channels) {
  const auto rows =
      windows_along(picture[1], w.height, w.stride_y, w.dilation_y, w.same_padding);
  const auto columns =
      windows_along(picture[2], w.width, w.stride_x, w.dilation_x, w.same_padding);
  if (!rows || !columns) return std::nullopt;
  return Shape{picture[0], *rows, *columns, channels};
}

struct ShapeRule {
  const Graph& graph;
  const Node& node;

  [[nodiscard]] const Shape& in(std::size_t i) const {
    return graph.tensors[node.inputs[i]].shape;
  }
  [[nodiscard]] bool pictures(std::size_t inputs) const {
    return node.inputs.size() == inputs && in(0).size() == 4;
  }

  std::optional<Shape> operator()(const Convolution& op) const {
    if (!pictures(3) || in(1).size() != 4 || in(2).size() != 1) return std::nullopt;
    if (in(1)[1] != op.window.height || in(1)[2] != op.window.width) return std::nullopt;
    const std::size_t channels = op.depthwise ? in(1)[3] : in(1)[0];
    const bool fits =
        op.depthwise ? in(1)[0] == 1 && channels % in(0)[3] == 0 : in(1)[3] == in(0)[3];
    if (!fits || in(2)[0] != channels) return std::nullopt;
    return windowed(in(0), op.window, channels);
  }

  std::optional<Shape> operator()(const Add& /*op*/) const {
    if (node.inputs.size() != 2 || in(0).size() != in(1).size()) return std::nullopt;
    Shape sum = in(0);
    for (std::size_t d = 0; d < sum.size(); ++d) {
      if (in(0)[d] != in(1)[d] && in(0)[d] != 1 && in(1)[d] != 1) return std::nullopt;
      sum[d] = std::max(in(0)[d], in(1)[d]);
    }
    return sum;
  }

  std::optional<Shape> operator()(const Pad& op) const {
    if (node.inputs.size() != 1 || op.before.size() != in(0).size()) return std::nullopt;
    Shape padded = in(0);
    for (std::size_t d = 0; d < padded.size(); ++d) padded[d] += op.before[d] + op.after[d];
    return padded;
  }

  std::optional<Shape> operator()(const MaxPool& op) const {
    if (!pictures(1)) return std::nullopt;
    return windowed(in(0), op.window, in(0)[3]);
  }

  std::optional<Shape> operator()(const ResizeBilinear& op) const {
    if (!pictures(1)) return std::nullopt;
    return Shape{in(0)[0], op.height, op.width, in(0)[3]};
  }

  std::optional<Shape> operator()(const Reshape& /*op*/) const {
    const Shape& declared = graph.tensors[node.output].shape;
    if (node.inputs.size() != 1 || element_count(in(0)) != element_count(declared)) {
      return std::nullopt;
    }
    return declared;
  }

  std::optional<Shape> operator()(const Logistic& /*op*/) const {
    if (node.inputs.size() != 1) return std::nullopt;
    return in(0);
  }

  std::optional<Shape> operator()(const Concatenation& op) const {
    if (node.inputs.empty() || op.axis >= in(0).size()) return std::nullopt;
    Shape joined = in(0);
    for (std::size_t i = 1; i < node.inputs.size(); ++i) {
      Shape piece = in(i);
      if (piece.size() != joined.size()) return std::nullopt;
      joined[op.axis] += piece[op.axis];
      piece[op.axis] = joined[op.axis];
      if (piece != joined) return std::nullopt;
    }
    return joined;
  }

  std::optional<Shape> operator()(const DepthToSpace& op) const {
    if (!pictures(1) || op.block < 2 || op.block > in(0)[3]) return std::nullopt;
    const std::size_t cells = op.block * op.block;
    if (in(0)[3] % cells != 0) return std::nullopt;
    return Shape{in(0)[0], in(0)[1] * op.block, in(0)[2] * op.block, in(0)[3] / cells};
  }
};

}  // namespace

std::size_t element_count(const Shape& shape) {
  std::size_t count = 1;
  for (const std::size_t size : shape) count *= size;
  return count;
}

std::optional<Shape> output_shape(const Graph& graph, const Node& node) {
  return std::visit(ShapeRule{graph, node}, node.op);
}

bool within_cost_limit(const Graph& graph, const Node& node) {
  const Shape& out = graph.tensors[node.output].shape;
  const Window* window = nullptr;
  std::size_t cost_per_cell = 1;
  if (const auto* convolution = std::get_if<Convolution>(&node.op)) {
    window = &convolution->window;
    cost_per_cell =
        convolution->depthwise ? out[3] : out[3] * graph.tensors[node.inputs[0]].shape[3];
  } else if (const auto* pool = std::get_if<MaxPool>(&node.op)) {
    window = &pool->window;
    cost_per_cell = out[3];
  } else {
    return true;
  }
  if (window->height > kMaxKernelCells || window->width > kMaxKernelCells) return false;
  const std::size_t kernel = window->height * window->width;
  const std::size_t positions = out[0] * out[1] * out[2];
  if (kernel > kMaxKernelCells / positions) return false;
  return kernel * positions <= kMaxMultiplications / cost_per_cell;
}

std::vector<std::size_t> needed_nodes(const Graph& graph, const std::vector<TensorId>& wanted) {
  std::vector<bool> needed(graph.tensors.size());
  for (const TensorId id : wanted) needed[id] = true;
  std::vector<std::size_t> nodes;
  for (std::size_t i = graph.nodes.size(); i-- > 0;) {
    const Node& node = graph.nodes[i];
    if (!needed[node.output]) continue;
    nodes.push_back(i);
    for (const TensorId id : node.inputs) needed[id] = true;
  }
  std::reverse(nodes.begin(), nodes.end());
  return nodes;
}

std::optional<Graph> attach_head(Graph below, const Graph& top,
                                 const std::vector<TensorId>& input_tensors) {
  if (input_tensors.size() != top.inputs.size()) return std::nullopt;
  std::vector<TensorId> moved(top.tensors.size());
  std::vector<bool> placed(top.tensors.size());
  for (std::size_t i = 0; i < input_tensors.size(); ++i) {
    if (input_tensors[i] >= below.tensors.size()) return std::nullopt;
    const Tensor& place = below.tensors[input_tensors[i]];
    if (place.constant() || place.shape != top.tensors[top.inputs[i]].shape) {
      return std::nullopt;
    }
    moved[top.inputs[i]] = input_tensors[i];
    placed[top.inputs[i]] = true;
  }
  for (TensorId id = 0; id < top.tensors.size(); ++id) {
    if (placed[id]) continue;
    moved[id] = below.tensors.size();
    below.tensors.push_back(top.tensors[id]);
  }
  for (Node node : top.nodes) {
    for (TensorId& id : node.inputs) id = moved[id];
    node.output = moved[node.output];
    below.nodes.push_back(std::move(node));
  }
  for (const TensorId id : top.outputs) below.outputs.push_back(moved[id]);
  return below;
}

}  // namespace matside::network
