#include "vision/network/subgraph.h"

#include <utility>

namespace matside::network {
namespace {

std::uint32_t u32(std::size_t value) { return static_cast<std::uint32_t>(value); }

std::uint32_t padding_flag(const Window& window) {
  return window.same_padding ? XNN_FLAG_TENSORFLOW_SAME_PADDING : 0;
}

// Since 2024 XNNPACK has one function for all element-wise operators.
#ifdef MATSIDE_XNNPACK_HAS_BINARY
xnn_status add2(xnn_subgraph_t graph, const Clamp& range, std::uint32_t a, std::uint32_t b,
                std::uint32_t sum) {
  const xnn_binary_params params{range.low, range.high};
  return xnn_define_binary(graph, xnn_binary_add, &params, a, b, sum, 0);
}
xnn_status sigmoid(xnn_subgraph_t graph, std::uint32_t from, std::uint32_t to) {
  return xnn_define_unary(graph, xnn_unary_sigmoid, nullptr, from, to, 0);
}
#else
xnn_status add2(xnn_subgraph_t graph, const Clamp& range, std::uint32_t a, std::uint32_t b,
                std::uint32_t sum) {
  return xnn_define_add2(graph, range.low, range.high, a, b, sum, 0);
}
xnn_status sigmoid(xnn_subgraph_t graph, std::uint32_t from, std::uint32_t to) {
  return xnn_define_sigmoid(graph, from, to, 0);
}
#endif

class Builder {
 public:
  Builder(const Graph& graph, const std::vector<TensorId>& wanted)
      : graph_(graph), wanted_(wanted), values_(graph.tensors.size(), XNN_INVALID_VALUE_ID) {}

  bool build() {
    xnn_subgraph_t raw = nullptr;
    if (xnn_create_subgraph(u32(1 + wanted_.size()), 0, &raw) != xnn_status_success) {
      return false;
    }
    result_.handle.reset(raw);
    // Reserved, because growth would move constants that XNNPACK points to.
    result_.run_time_constants.reserve(graph_.tensors.size());
    if (!define(graph_.inputs[0], nullptr, 0, XNN_VALUE_FLAG_EXTERNAL_INPUT)) return false;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (!define(wanted_[i], nullptr, u32(1 + i), XNN_VALUE_FLAG_EXTERNAL_OUTPUT))
        return false;
    }
    for (const std::size_t i : needed_nodes(graph_, wanted_)) {
      const Node& node = graph_.nodes[i];
      if (!define_operands(node)) return false;
      const xnn_status status =
          std::visit([&](const auto& op) { return define_node(node, op); }, node.op);
      if (status != xnn_status_success) return false;
    }
    return true;
  }

  Subgraph take() { return std::move(result_); }

 private:
  bool define(TensorId id, const float* data, std::uint32_t external_id, std::uint32_t flags) {
    return define_shape(graph_.tensors[id].shape, data, external_id, flags, &values_[id]) ==
           xnn_status_success;
  }

  xnn_status define_shape(const Shape& shape, const float* data, std::uint32_t external_id,
                          std::uint32_t flags, std::uint32_t* value) {
    return xnn_define_tensor_value(result_.handle.get(), xnn_datatype_fp32, shape.size(),
                                   shape.data(), data, external_id, flags, value);
  }

  bool define_operands(const Node& node) {
    const bool packed_at_creation = std::holds_alternative<Convolution>(node.op);
    for (const TensorId id : node.inputs) {
      const Tensor& tensor = graph_.tensors[id];
      if (!tensor.constant()) continue;
      if (packed_at_creation) {
        if (values_[id] == XNN_INVALID_VALUE_ID &&
            !define(id, tensor.weights.data(), XNN_INVALID_VALUE_ID, 0)) {
          return false;
        }
      } else {
        result_.run_time_constants.push_back(tensor.weights);
        const float* data = result_.run_time_constants.back().data();
        if (!define(id, data, XNN_INVALID_VALUE_ID, 0)) return false;
      }
    }
    if (values_[node.output] != XNN_INVALID_VALUE_ID) return true;
    return define(node.output, nullptr, XNN_INVALID_VALUE_ID, 0);
  }

  [[nodiscard]] std::uint32_t in(const Node& node, std::size_t i) const {
    return values_[node.inputs[i]];
  }
  [[nodiscard]] std::uint32_t out(const Node& node) const { return values_[node.output]; }
  [[nodiscard]] const Shape& shape(TensorId id) const { return graph_.tensors[id].shape; }

  xnn_status define_node(const Node& node, const Convolution& op) {
    const Window& w = op.window;
    const std::size_t in_channels = shape(node.inputs[0])[3];
    const std::size_t out_channels = shape(node.output)[3];
    if (op.depthwise) {
      return xnn_define_depthwise_convolution_2d(
          result_.handle.get(), 0, 0, 0, 0, u32(w.height), u32(w.width), u32(w.stride_y),
          u32(w.stride_x), u32(w.dilation_y), u32(w.dilation_x),
          u32(out_channels / in_channels), in_channels, op.range.low, op.range.high,
          in(node, 0), in(node, 1), in(node, 2), out(node), padding_flag(w));
    }
    return xnn_define_convolution_2d(result_.handle.get(), 0, 0, 0, 0, u32(w.height),
                                     u32(w.width), u32(w.stride_y), u32(w.stride_x),
                                     u32(w.dilation_y), u32(w.dilation_x), 1, in_channels,
                                     out_channels, op.range.low, op.range.high, in(node, 0),
                                     in(node, 1), in(node, 2), out(node), padding_flag(w));
  }

  xnn_status define_node(const Node& node, const Add& op) {
    return add2(result_.handle.get(), op.range, in(node, 0), in(node, 1), out(node));
  }

  xnn_status define_node(const Node& node, const Pad& op) {
    return xnn_define_static_constant_pad(result_.handle.get(), op.before.data(),
                                          op.after.data(), 0.0F, in(node, 0), out(node), 0);
  }

  xnn_status define_node(const Node& node, const MaxPool& op) {
    const Window& w = op.window;
    return xnn_define_max_pooling_2d(result_.handle.get(), 0, 0, 0, 0, u32(w.height),
                                     u32(w.width), u32(w.stride_y), u32(w.stride_x),
                                     u32(w.dilation_y), u32(w.dilation_x), op.range.low,
                                     op.range.high, in(node, 0), out(node), padding_flag(w));
  }

  xnn_status define_node(const Node& node, const ResizeBilinear& op) {
    std::uint32_t flags = 0;
    if (op.grid == ResizeBilinear::Grid::align_corners) flags = XNN_FLAG_ALIGN_CORNERS;
    if (op.grid == ResizeBilinear::Grid::legacy) flags = XNN_FLAG_TENSORFLOW_LEGACY_MODE;
    return xnn_define_static_resize_bilinear_2d(result_.handle.get(), op.height, op.width,
                                                in(node, 0), out(node), flags);
  }

  xnn_status define_node(const Node& node, const Reshape& /*op*/) {
    const Shape& to = shape(node.output);
    return xnn_define_static_reshape(result_.handle.get(), to.size(), to.data(), in(node, 0),
                                     out(node), 0);
  }

  xnn_status define_node(const Node& node, const Logistic& /*op*/) {
    return sigmoid(result_.handle.get(), in(node, 0), out(node));
  }

  /// XNNPACK 2022 has no concatenation node, so each piece is padded with zeros to the full
  /// size and the pieces are added.
  xnn_status define_node(const Node& node, const Concatenation& op) {
    const Shape& whole = shape(node.output);
    std::size_t start = 0;
    std::uint32_t sum = XNN_INVALID_VALUE_ID;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      const std::size_t size = shape(node.inputs[i])[op.axis];
      Shape before(whole.size());
      Shape after(whole.size());
      before[op.axis] = start;
      after[op.axis] = whole[op.axis] - start - size;
      start += size;
      std::uint32_t placed = XNN_INVALID_VALUE_ID;
      xnn_status status = define_shape(whole, nullptr, XNN_INVALID_VALUE_ID, 0, &placed);
      if (status != xnn_status_success) return status;
      status = xnn_define_static_constant_pad(result_.handle.get(), before.data(), after.data(),
                                              0.0F, in(node, i), placed, 0);
      if (status != xnn_status_success) return status;
      status = add_piece(node, i, placed, &sum);
      if (status != xnn_status_success) return status;
    }
    return xnn_status_success;
  }

  xnn_status add_piece(const Node& node, std::size_t i, std::uint32_t placed,
                       std::uint32_t* sum) {
    if (i == 0) {
      *sum = placed;
      return xnn_status_success;
    }
    std::uint32_t total = out(node);
    if (i + 1 < node.inputs.size()) {
      const xnn_status status =
          define_shape(shape(node.output), nullptr, XNN_INVALID_VALUE_ID, 0, &total);
      if (status != xnn_status_success) return status;
    }
    const xnn_status status = add2(result_.handle.get(), Clamp{}, *sum, placed, total);
    *sum = total;
    return status;
  }

  xnn_status define_node(const Node& node, const DepthToSpace& op) {
    return xnn_define_depth_to_space(result_.handle.get(), in(node, 0), out(node),
                                     u32(op.block), 0);
  }

  const Graph& graph_;
  const std::vector<TensorId>& wanted_;
  std::vector<std::uint32_t> values_;
  Subgraph result_;
};

}  // namespace

Subgraph define_subgraph(const Graph& graph, const std::vector<TensorId>& wanted) {
  Builder builder(graph, wanted);
  if (!builder.build()) return {};
  return builder.take();
}

}  // namespace matside::network
