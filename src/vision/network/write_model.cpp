#include "vision/network/write_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>
#include <utility>

#include "vision/network/model_builder.h"

namespace matside::network {
namespace {

int to_int(std::size_t value) { return static_cast<int>(value); }

std::vector<int> to_ints(const Shape& shape) { return {shape.begin(), shape.end()}; }

std::optional<tflite::Activation> activation_of(const Clamp& range) {
  constexpr Clamp kOpen;
  const auto is = [&](float low, float high) { return range.low == low && range.high == high; };
  if (is(kOpen.low, kOpen.high)) return tflite::Activation::NONE;
  if (is(0.0F, kOpen.high)) return tflite::Activation::RELU;
  if (is(-1.0F, 1.0F)) return tflite::Activation::RELU_N1_TO_1;
  if (is(0.0F, 6.0F)) return tflite::Activation::RELU6;
  return std::nullopt;
}

std::optional<std::vector<std::uint16_t>> exact_halves(std::span<const float> values) {
  std::vector<std::uint16_t> halves;
  halves.reserve(values.size());
  for (const float value : values) {
    const auto half = exact_half(value);
    if (!half) return std::nullopt;
    halves.push_back(*half);
  }
  return halves;
}

class Writer {
 public:
  Writer(const Graph& graph, ModelBuilder& file)
      : graph_(graph), numbers_(graph.tensors.size()), file_(file) {}

  bool write(const std::string& name) {
    std::vector<int> inputs;
    std::vector<int> outputs;
    for (const TensorId id : graph_.inputs) inputs.push_back(number(id));
    for (const std::size_t i : needed_nodes(graph_, graph_.outputs)) {
      const Node& node = graph_.nodes[i];
      const bool written = std::visit([&](const auto& op) { return add(node, op); }, node.op);
      if (!written) return false;
    }
    for (const TensorId id : graph_.outputs) outputs.push_back(number(id));
    file_.end_subgraph(name, inputs, outputs);
    return true;
  }

 private:
  [[nodiscard]] const Shape& shape(TensorId id) const { return graph_.tensors[id].shape; }

  /// The tensor's number in the file; writes it where it is first used.
  int number(TensorId id) {
    if (!numbers_[id]) numbers_[id] = write_tensor(graph_.tensors[id]);
    return *numbers_[id];
  }
  int in(const Node& node, std::size_t i) { return number(node.inputs[i]); }
  int out(const Node& node) { return number(node.output); }

  int write_tensor(const Tensor& tensor) {
    const auto sizes = to_ints(tensor.shape);
    if (!tensor.constant()) return file_.tensor(sizes);
    const auto values = std::span(tensor.weights).first(element_count(tensor.shape));
    if (const auto halves = exact_halves(values)) {
      const int stored = file_.halves(sizes, *halves);
      const int decoded = file_.tensor(sizes);
      file_.plain(kDequantize, {stored}, {decoded});
      return decoded;
    }
    return file_.floats(sizes, {values.begin(), values.end()});
  }

  bool add(const Node& node, const Convolution& op) {
    const auto activation = activation_of(op.range);
    if (!activation) return false;
    const int picture = in(node, 0);
    const int filter = in(node, 1);
    const int bias = in(node, 2);
    if (op.depthwise) {
      const auto multiplier = shape(node.output)[3] / shape(node.inputs[0])[3];
      file_.depthwise_conv2d(picture, filter, bias, out(node), op.window, *activation,
                             to_int(multiplier));
    } else {
      file_.conv2d(picture, filter, bias, out(node), op.window, *activation);
    }
    return true;
  }

  bool add(const Node& node, const Add& op) {
    const auto activation = activation_of(op.range);
    if (!activation) return false;
    const int a = in(node, 0);
    const int b = in(node, 1);
    file_.add(a, b, out(node), *activation);
    return true;
  }

  bool add(const Node& node, const Pad& op) {
    std::vector<std::int32_t> amounts;
    for (std::size_t i = 0; i < op.before.size(); ++i) {
      amounts.push_back(to_int(op.before[i]));
      amounts.push_back(to_int(op.after[i]));
    }
    const int picture = in(node, 0);
    const int stored = file_.integers({to_int(op.before.size()), 2}, amounts);
    file_.plain(kPad, {picture, stored}, {out(node)});
    return true;
  }

  bool add(const Node& node, const MaxPool& op) {
    const auto activation = activation_of(op.range);
    if (!activation) return false;
    const int picture = in(node, 0);
    file_.max_pool(picture, out(node), op.window, *activation);
    return true;
  }

  bool add(const Node& node, const ResizeBilinear& op) {
    const int picture = in(node, 0);
    const int size = file_.integers({to_int(op.height), to_int(op.width)});
    file_.resize(picture, size, out(node), op.grid == ResizeBilinear::Grid::align_corners,
                 op.grid == ResizeBilinear::Grid::half_pixel);
    return true;
  }

  bool add(const Node& node, const Reshape& /*op*/) {
    const int picture = in(node, 0);
    const int sizes = file_.integers(to_ints(shape(node.output)));
    file_.plain(kReshape, {picture, sizes}, {out(node)});
    return true;
  }

  bool add(const Node& node, const Logistic& /*op*/) {
    const int values = in(node, 0);
    file_.plain(kLogistic, {values}, {out(node)});
    return true;
  }

  bool add(const Node& node, const Concatenation& op) {
    std::vector<int> pieces;
    for (const TensorId id : node.inputs) pieces.push_back(number(id));
    file_.concatenate(pieces, out(node), to_int(op.axis));
    return true;
  }

  bool add(const Node& node, const DepthToSpace& op) {
    const int picture = in(node, 0);
    file_.depth_to_space(picture, out(node), to_int(op.block));
    return true;
  }

  const Graph& graph_;
  std::vector<std::optional<int>> numbers_;
  ModelBuilder& file_;
};

}  // namespace

std::optional<std::uint16_t> exact_half(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = bits >> 16 & 0x8000U;
  const std::uint32_t magnitude = bits & 0x7fffffffU;
  constexpr std::uint32_t kBiasDifference = (127U - 15U) << 10;
  constexpr std::uint32_t kSmallestNormal = 0x38800000U;  // 2^-14
  std::uint32_t half = 0;
  if (magnitude >= kSmallestNormal) {
    half = (magnitude >> 13) - kBiasDifference;
  } else {
    half = static_cast<std::uint32_t>(std::abs(value) * 0x1p24F);
  }
  if (half >= 0x7c00U) return std::nullopt;
  const auto found = static_cast<std::uint16_t>(sign | half);
  if (std::bit_cast<std::uint32_t>(float_from_half(found)) != bits) return std::nullopt;
  return found;
}

std::optional<std::vector<std::byte>> write_model(const std::vector<NamedGraph>& graphs) {
  ModelBuilder file;
  for (const NamedGraph& named : graphs) {
    if (!Writer(*named.graph, file).write(named.name)) return std::nullopt;
  }
  return file.finish();
}

}  // namespace matside::network
