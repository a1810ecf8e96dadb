#include "vision/network/parse_operators.h"

#include <algorithm>
#include <string>
#include <utility>

namespace matside::network {
namespace {

constexpr int kMaxStep = 1 << 12;

std::optional<Clamp> range_of(tflite::Activation activation) {
  switch (activation) {
    case tflite::Activation::NONE:
      return Clamp{};
    case tflite::Activation::RELU:
      return Clamp{.low = 0.0F};
    case tflite::Activation::RELU_N1_TO_1:
      return Clamp{.low = -1.0F, .high = 1.0F};
    case tflite::Activation::RELU6:
      return Clamp{.low = 0.0F, .high = 6.0F};
  }
  return std::nullopt;
}

bool is_step(int value) { return value >= 1 && value <= kMaxStep; }

bool is_padding(tflite::Padding padding) {
  return padding == tflite::Padding::SAME || padding == tflite::Padding::VALID;
}

class OperatorReader {
 public:
  OperatorReader(const tflite::Operator& stored, const StoredTensors& tensors)
      : stored_(stored), tensors_(tensors) {}

  base::Result<Node> read(int code) {
    if (!read_inputs()) return error("it has an input that does not exist");
    switch (code) {
      case kConv2d:
        return convolution(stored_.options_as_Conv2DOptions(), false);
      case kDepthwiseConv2d:
        return convolution(stored_.options_as_DepthwiseConv2DOptions(), true);
      case kAdd:
        return add();
      case kPad:
        return pad();
      case kMaxPool2d:
        return max_pool();
      case kResizeBilinear:
        return resize();
      case kReshape:
        return reshape();
      case kLogistic:
        return node(Logistic{}, 1);
      case kConcatenation:
        return concatenation();
      case kDepthToSpace:
        return depth_to_space();
      default:
        return error("TFLite operator " + std::to_string(code) + " is not supported");
    }
  }

 private:
  static base::Error error(std::string problem) {
    return {base::ErrorKind::model, std::move(problem)};
  }

  bool read_inputs() {
    if (stored_.inputs() == nullptr) return true;
    for (const std::int32_t id : *stored_.inputs()) {
      if (id < 0 || static_cast<std::size_t>(id) >= tensors_.size()) return false;
      inputs_.push_back(static_cast<TensorId>(id));
    }
    return true;
  }

  /// The node with its first `used` inputs; the others were parameters.
  template <class Op>
  base::Result<Node> node(Op op, std::size_t used) {
    if (inputs_.size() < used) return error("it has too few inputs");
    Node node;
    node.inputs.assign(inputs_.begin(), inputs_.begin() + static_cast<std::ptrdiff_t>(used));
    node.op = std::move(op);
    return node;
  }

  template <class Options>
  base::Result<Node> convolution(const Options* options, bool depthwise) {
    if (options == nullptr || inputs_.size() != 3) {
      return error("a convolution needs options, picture, filter and bias");
    }
    const auto filter = tensors_.shape(inputs_[1]);
    const auto range = range_of(options->activation());
    if (!filter || filter->size() != 4 || !range || !is_padding(options->padding()) ||
        !is_step(options->stride_h()) || !is_step(options->stride_w()) ||
        !is_step(options->dilation_h()) || !is_step(options->dilation_w())) {
      return error("a convolution has an option out of range");
    }
    Convolution op;
    op.depthwise = depthwise;
    op.range = *range;
    op.window = {.height = (*filter)[1],
                 .width = (*filter)[2],
                 .stride_y = static_cast<std::size_t>(options->stride_h()),
                 .stride_x = static_cast<std::size_t>(options->stride_w()),
                 .dilation_y = static_cast<std::size_t>(options->dilation_h()),
                 .dilation_x = static_cast<std::size_t>(options->dilation_w()),
                 .same_padding = options->padding() == tflite::Padding::SAME};
    return node(op, 3);
  }

  base::Result<Node> add() {
    const auto* options = stored_.options_as_AddOptions();
    const auto range =
        range_of(options != nullptr ? options->activation() : tflite::Activation::NONE);
    if (!range) return error("an addition has an unknown activation");
    return node(Add{*range}, 2);
  }

  base::Result<Node> pad() {
    if (inputs_.size() != 2) return error("padding needs a tensor and amounts");
    const auto amounts = tensors_.integers(inputs_[1]);
    if (!amounts || amounts->size() % 2 != 0)
      return error("the amounts of padding are missing");
    Pad op;
    for (std::size_t i = 0; i < amounts->size(); ++i) {
      const std::int32_t amount = (*amounts)[i];
      if (amount < 0 || amount > kMaxStep) return error("an amount of padding is out of range");
      (i % 2 == 0 ? op.before : op.after).push_back(static_cast<std::size_t>(amount));
    }
    return node(op, 1);
  }

  base::Result<Node> max_pool() {
    const auto* options = stored_.options_as_Pool2DOptions();
    if (options == nullptr) return error("pooling needs options");
    const auto range = range_of(options->activation());
    if (!range || !is_padding(options->padding()) || !is_step(options->stride_h()) ||
        !is_step(options->stride_w()) || !is_step(options->filter_h()) ||
        !is_step(options->filter_w())) {
      return error("pooling has an option out of range");
    }
    MaxPool op;
    op.range = *range;
    op.window.height = static_cast<std::size_t>(options->filter_h());
    op.window.width = static_cast<std::size_t>(options->filter_w());
    op.window.stride_y = static_cast<std::size_t>(options->stride_h());
    op.window.stride_x = static_cast<std::size_t>(options->stride_w());
    op.window.same_padding = options->padding() == tflite::Padding::SAME;
    return node(op, 1);
  }

  base::Result<Node> resize() {
    const auto* options = stored_.options_as_ResizeBilinearOptions();
    if (options == nullptr || inputs_.size() != 2)
      return error("a resize needs options and a size");
    const auto size = tensors_.integers(inputs_[1]);
    if (!size || size->size() != 2 || !is_step((*size)[0]) || !is_step((*size)[1])) {
      return error("a resize's size is missing or out of range");
    }
    if (options->align_corners() && options->half_pixel_centers()) {
      return error("a resize's options contradict each other");
    }
    ResizeBilinear op;
    op.height = static_cast<std::size_t>((*size)[0]);
    op.width = static_cast<std::size_t>((*size)[1]);
    op.grid = options->align_corners()        ? ResizeBilinear::Grid::align_corners
              : options->half_pixel_centers() ? ResizeBilinear::Grid::half_pixel
                                              : ResizeBilinear::Grid::legacy;
    return node(op, 1);
  }

  /// The new shape is the output tensor's; the parameter must not be computed.
  base::Result<Node> reshape() {
    if (inputs_.size() > 1 && !tensors_.integers(inputs_[1])) {
      return error("a reshape's shape is not stored");
    }
    return node(Reshape{}, 1);
  }

  base::Result<Node> concatenation() {
    const auto* options = stored_.options_as_ConcatenationOptions();
    if (options == nullptr || inputs_.size() < 2) {
      return error("a concatenation needs options and two inputs");
    }
    if (options->activation() != tflite::Activation::NONE) {
      return error("a concatenation with an activation is not supported");
    }
    const auto first = tensors_.shape(inputs_[0]);
    if (!first) return error("a concatenation has an invalid input");
    const auto rank = static_cast<std::int64_t>(first->size());
    const std::int64_t axis = options->axis() < 0 ? options->axis() + rank : options->axis();
    if (axis < 0 || axis >= rank) return error("a concatenation's axis is out of range");
    return node(Concatenation{static_cast<std::size_t>(axis)}, inputs_.size());
  }

  base::Result<Node> depth_to_space() {
    const auto* options = stored_.options_as_DepthToSpaceOptions();
    if (options == nullptr || !is_step(options->block_size())) {
      return error("a depth-to-space's block is out of range");
    }
    return node(DepthToSpace{static_cast<std::size_t>(options->block_size())}, 1);
  }

  const tflite::Operator& stored_;
  const StoredTensors& tensors_;
  std::vector<TensorId> inputs_;
};

}  // namespace

int operator_code(const tflite::OperatorCode& stored) {
  return std::max(static_cast<int>(stored.short_code()), stored.code());
}

bool is_weight_decoder(int code) { return code == kDequantize || code == kDensify; }

base::Result<Node> read_operator(int code, const tflite::Operator& stored,
                                 const StoredTensors& tensors) {
  return OperatorReader(stored, tensors).read(code);
}

}  // namespace matside::network
