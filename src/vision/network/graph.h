// A network as Matside reads it from a file: checked, with its weights decoded to floats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <variant>
#include <vector>

namespace matside::network {

/// Sizes of a tensor, outermost first; pictures are batch, height, width, channels.
using Shape = std::vector<std::size_t>;

/// Largest tensor accepted, in elements: a file that asks for more is damaged.
inline constexpr std::size_t kMaxElements = std::size_t{1} << 24;
/// Floats behind the end of every buffer that XNNPACK may read (never uses).
inline constexpr std::size_t kPaddingFloats = 4;

/// Product of the sizes.
std::size_t element_count(const Shape& shape);

using TensorId = std::size_t;

struct Tensor {
  Shape shape;
  /// Weights of a constant tensor, followed by kPaddingFloats zeros; empty when it is computed.
  std::vector<float> weights;

  [[nodiscard]] bool constant() const { return !weights.empty(); }
};

/// What a fused activation leaves of a value.
struct Range {
  float low = -std::numeric_limits<float>::infinity();
  float high = std::numeric_limits<float>::infinity();
};

/// How a kernel moves over a picture.
struct Window {
  std::size_t height = 1;
  std::size_t width = 1;
  std::size_t stride_y = 1;
  std::size_t stride_x = 1;
  std::size_t dilation_y = 1;
  std::size_t dilation_x = 1;
  bool same_padding =
      false;  ///< Output as large as the input over the stride; else no padding.
};

/// Inputs: picture, filter, bias. Filter: out x height x width x in; depthwise: 1 x height x
/// width x (in * multiplier).
struct Convolution {
  Window window;
  Range range;
  bool depthwise = false;
};
struct Add {
  Range range;
};
/// Zeros before and after, by dimension.
struct Pad {
  std::vector<std::size_t> before;
  std::vector<std::size_t> after;
};
struct MaxPool {
  Window window;
  Range range;
};
struct ResizeBilinear {
  enum class Grid : std::uint8_t { half_pixel, align_corners, legacy };
  std::size_t height = 1;
  std::size_t width = 1;
  Grid grid = Grid::half_pixel;
};
struct Reshape {};
struct Logistic {};
struct Concatenation {
  std::size_t axis = 0;
};
struct DepthToSpace {
  std::size_t block = 2;
};

struct Node {
  std::vector<TensorId> inputs;
  TensorId output = 0;
  std::variant<Convolution, Add, Pad, MaxPool, ResizeBilinear, Reshape, Logistic, Concatenation,
               DepthToSpace>
      op;
};

/// Nodes stand in an order in which they can run; each tensor is constant, an input, or the
/// output of exactly one node; every declared shape is the one the node computes.
struct Graph {
  std::vector<Tensor> tensors;
  std::vector<Node> nodes;
  std::vector<TensorId> inputs;
  std::vector<TensorId> outputs;
};

/// The shape the node computes from its inputs' shapes, or nothing when they do not fit it.
std::optional<Shape> output_shape(const Graph& graph, const Node& node);

/// Bound on what running a node costs: kernel positions times kernel size, and multiplications.
bool affordable(const Graph& graph, const Node& node);

/// The nodes that the wanted tensors depend on, in order; the others need not run.
std::vector<std::size_t> needed_nodes(const Graph& graph, const std::vector<TensorId>& wanted);

/// `below` with `top` on it: what `top` takes as its i-th input is the tensor `places[i]` of
/// `below`. Inputs are those of `below`; outputs those of `below`, then those of `top`. Nothing
/// when the places are not as many as the inputs, do not exist, are constant or of other
/// shapes.
std::optional<Graph> stacked(Graph below, const Graph& top,
                             const std::vector<TensorId>& places);

}  // namespace matside::network
