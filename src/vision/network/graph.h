// A network's graph as read from a file: validated, with weights decoded to floats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <variant>
#include <vector>

namespace matside::network {

/// Sizes of a tensor, outermost first; pictures are (batch, height, width, channels).
using Shape = std::vector<std::size_t>;

/// Largest accepted tensor, in elements; a file with a larger one is rejected.
inline constexpr std::size_t kMaxElements = std::size_t{1} << 24;
/// Floats after the end of every buffer that XNNPACK may load but never uses.
inline constexpr std::size_t kPaddingFloats = 4;

/// Product of the sizes; 1 for an empty shape.
std::size_t element_count(const Shape& shape);

/// Index into Graph::tensors.
using TensorId = std::size_t;

/// One tensor: a constant with weights, or a computed value.
struct Tensor {
  Shape shape;
  /// Weights of a constant tensor, followed by kPaddingFloats zeros; empty when it is computed.
  std::vector<float> weights;

  /// Whether the file holds its weights.
  [[nodiscard]] bool constant() const { return !weights.empty(); }
};

/// The range that a fused activation clamps a value to.
struct Clamp {
  float low = -std::numeric_limits<float>::infinity();
  float high = std::numeric_limits<float>::infinity();
};

/// How a kernel moves over a picture, in pixels.
struct Window {
  std::size_t height = 1;
  std::size_t width = 1;
  std::size_t stride_y = 1;
  std::size_t stride_x = 1;
  std::size_t dilation_y = 1;
  std::size_t dilation_x = 1;
  bool same_padding = false;  ///< Output size is input size / stride; else no padding.
};

/// Inputs: picture, filter, bias. Filter shape: out x height x width x in; depthwise: 1 x
/// height x width x (in * multiplier).
struct Convolution {
  Window window;
  Clamp range;
  bool depthwise = false;
};
/// Element-wise sum of two inputs.
struct Add {
  Clamp range;
};
/// Zeros added before and after, by dimension.
struct Pad {
  std::vector<std::size_t> before;
  std::vector<std::size_t> after;
};
/// Maximum over each window.
struct MaxPool {
  Window window;
  Clamp range;
};
/// Bilinear scaling to height x width.
struct ResizeBilinear {
  enum class Grid : std::uint8_t { half_pixel, align_corners, legacy };
  std::size_t height = 1;
  std::size_t width = 1;
  Grid grid = Grid::half_pixel;
};
/// The same elements in another shape.
struct Reshape {};
/// Element-wise logistic function.
struct Logistic {};
/// Joins its inputs along an axis.
struct Concatenation {
  std::size_t axis = 0;
};
/// Moves blocks of channels to block x block pixels.
struct DepthToSpace {
  std::size_t block = 2;
};

/// One operator with its inputs and its single output.
struct Node {
  std::vector<TensorId> inputs;
  TensorId output = 0;
  std::variant<Convolution, Add, Pad, MaxPool, ResizeBilinear, Reshape, Logistic, Concatenation,
               DepthToSpace>
      op;
};

/// A validated network. Nodes are in an order in which they can run. Each tensor is a constant,
/// an input, or the output of exactly one node. Each declared shape is the computed one.
struct Graph {
  std::vector<Tensor> tensors;
  std::vector<Node> nodes;
  std::vector<TensorId> inputs;
  std::vector<TensorId> outputs;
};

/// The output shape for the node's input shapes, or nothing when they do not fit the operator.
std::optional<Shape> output_shape(const Graph& graph, const Node& node);

/// Whether running the node stays within fixed limits of kernel positions times kernel size and
/// of multiplications, so that a hostile file cannot stall the program.
bool within_cost_limit(const Graph& graph, const Node& node);

/// Indices of the nodes that the `wanted` tensors depend on, in running order.
std::vector<std::size_t> needed_nodes(const Graph& graph, const std::vector<TensorId>& wanted);

/// `below` with the head `top` attached: the i-th input of `top` is tensor `input_tensors[i]`
/// of `below`. The result has the inputs of `below`, and the outputs of `below` then of `top`.
/// Returns nothing when `input_tensors` differs in number from the inputs of `top`, or names a
/// tensor that does not exist, is constant, or has another shape.
std::optional<Graph> attach_head(Graph below, const Graph& top,
                                 const std::vector<TensorId>& input_tensors);

}  // namespace matside::network
