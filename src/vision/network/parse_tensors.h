// Reads a TFLite file's stored tensors: shapes, integers and weights, each validated.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "generated/tflite_generated.h"
#include "vision/network/graph.h"

namespace matside::network {

/// Codes of the supported TFLite operators.
/// @source TFLite schema, enum BuiltinOperator
enum OperatorCode : int {
  kAdd = 0,
  kConcatenation = 2,
  kConv2d = 3,
  kDepthwiseConv2d = 4,
  kDepthToSpace = 5,
  kDequantize = 6,
  kLogistic = 14,
  kMaxPool2d = 17,
  kReshape = 22,
  kResizeBilinear = 23,
  kPad = 34,
  kDensify = 124,
};

/// A view of a verified file's tensors. The file must outlive it.
class StoredTensors {
 public:
  StoredTensors(const tflite::Model& model, const tflite::SubGraph& subgraph)
      : model_(model), subgraph_(subgraph) {}

  /// Number of tensors.
  [[nodiscard]] std::size_t size() const { return subgraph_.tensors()->size(); }
  /// The tensor's shape, or nothing when a size is not positive, there are more than six, or
  /// the product exceeds kMaxElements.
  [[nodiscard]] std::optional<Shape> shape(TensorId id) const;
  /// Whether its type is FLOAT32.
  [[nodiscard]] bool is_float(TensorId id) const;
  /// Whether the file holds data for the tensor.
  [[nodiscard]] bool stored(TensorId id) const { return !bytes(id).empty(); }
  /// The values of a stored INT32 tensor, or nothing when it is not one.
  [[nodiscard]] std::optional<std::vector<std::int32_t>> integers(TensorId id) const;
  /// Makes `id` another name for the stored weights `source`, as DEQUANTIZE and DENSIFY do.
  /// Returns false when `source` has no stored weights, or `code` does not fit its type.
  bool alias(TensorId id, TensorId source, int code);
  /// The decoded weights of a stored tensor or alias, followed by kPaddingFloats zeros. Fails
  /// with ErrorKind::model when the data do not fit shape or type.
  [[nodiscard]] base::Result<std::vector<float>> weights(TensorId id) const;

 private:
  struct Alias {
    TensorId source = 0;  ///< The tensor that is stored.
    bool dense = false;   ///< A DENSIFY operator comes between.
  };

  [[nodiscard]] const tflite::Tensor& tensor(TensorId id) const;
  [[nodiscard]] std::span<const std::uint8_t> bytes(TensorId id) const;
  [[nodiscard]] const Alias* find_alias(TensorId id) const;

  const tflite::Model& model_;
  const tflite::SubGraph& subgraph_;
  std::vector<std::optional<Alias>> aliases_;
};

}  // namespace matside::network
