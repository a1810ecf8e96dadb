#include "vision/network/parse_tensors.h"

#include <cstring>
#include <string>

#include "vision/network/weights.h"

namespace matside::network {
namespace {

constexpr std::size_t kMaxDimensions = 6;

base::Error error(TensorId id, const char* problem) {
  return {base::ErrorKind::model, "tensor " + std::to_string(id) + " " + problem};
}

/// Converts `bytes`, stored in single or half precision, to floats.
std::vector<float> stored_floats(std::span<const std::uint8_t> bytes, bool half,
                                 std::size_t room) {
  std::vector<float> values;
  values.reserve(room);
  if (half) {
    values.resize(bytes.size() / sizeof(std::uint16_t));
    for (std::size_t i = 0; i < values.size(); ++i) {
      std::uint16_t bits = 0;
      std::memcpy(&bits, &bytes[i * sizeof(bits)], sizeof(bits));
      values[i] = float_from_half(bits);
    }
  } else {
    values.resize(bytes.size() / sizeof(float));
    if (!values.empty()) {
      std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
    }
  }
  return values;
}

template <class Vector>
std::vector<std::uint32_t> widened(const Vector* values) {
  std::vector<std::uint32_t> result;
  if (values == nullptr) return result;
  result.reserve(values->size());
  for (const auto value : *values) result.push_back(static_cast<std::uint32_t>(value));
  return result;
}

/// A negative stored index becomes a huge one, which fails every bound.
std::vector<std::uint32_t> index_vector(tflite::IndexVector type, const void* stored) {
  if (stored == nullptr) return {};
  switch (type) {
    case tflite::IndexVector::Int32Indices:
      return widened(static_cast<const tflite::Int32Indices*>(stored)->values());
    case tflite::IndexVector::Uint16Indices:
      return widened(static_cast<const tflite::Uint16Indices*>(stored)->values());
    case tflite::IndexVector::Uint8Indices:
      return widened(static_cast<const tflite::Uint8Indices*>(stored)->values());
    default:
      return {};
  }
}

std::optional<std::vector<std::uint32_t>> sparse_places(const Shape& shape,
                                                        const tflite::Sparsity& sparsity) {
  const auto* order = sparsity.traversal_order();
  const auto* dimensions = sparsity.dimensions();
  if (order == nullptr || dimensions == nullptr || order->size() != shape.size() ||
      dimensions->size() != shape.size() ||
      (sparsity.block_map() != nullptr && sparsity.block_map()->size() != 0)) {
    return std::nullopt;
  }
  std::vector<SparseLevel> levels;
  for (flatbuffers::uoffset_t i = 0; i < order->size(); ++i) {
    const tflite::DimensionMetadata& stored = *dimensions->Get(i);
    SparseLevel level;
    if (order->Get(i) < 0) return std::nullopt;
    level.dimension = static_cast<std::size_t>(order->Get(i));
    if (level.dimension >= shape.size()) return std::nullopt;
    level.dense = stored.format() == tflite::DimensionFormat::DENSE;
    if (level.dense && static_cast<std::int64_t>(stored.dense_size()) !=
                           static_cast<std::int64_t>(shape[level.dimension])) {
      return std::nullopt;
    }
    level.segments = index_vector(stored.segments_type(), stored.segments());
    level.indices = index_vector(stored.indices_type(), stored.indices());
    levels.push_back(std::move(level));
  }
  return dense_indices(shape, levels);
}

}  // namespace

const tflite::Tensor& StoredTensors::tensor(TensorId id) const {
  return *subgraph_.tensors()->Get(static_cast<flatbuffers::uoffset_t>(id));
}

std::span<const std::uint8_t> StoredTensors::bytes(TensorId id) const {
  const auto* buffers = model_.buffers();
  const std::uint32_t index = tensor(id).buffer();
  if (buffers == nullptr || index >= buffers->size()) return {};
  const auto* data = buffers->Get(index)->data();
  if (data == nullptr) return {};
  return {data->data(), data->size()};
}

std::optional<Shape> StoredTensors::shape(TensorId id) const {
  Shape shape;
  const auto* stored = tensor(id).shape();
  if (stored == nullptr) return shape;
  if (stored->size() > kMaxDimensions) return std::nullopt;
  std::size_t count = 1;
  for (const std::int32_t size : *stored) {
    if (size <= 0 || static_cast<std::size_t>(size) > kMaxElements / count) {
      return std::nullopt;
    }
    count *= static_cast<std::size_t>(size);
    shape.push_back(static_cast<std::size_t>(size));
  }
  return shape;
}

bool StoredTensors::is_float(TensorId id) const {
  return tensor(id).type() == tflite::TensorType::FLOAT32;
}

std::optional<std::vector<std::int32_t>> StoredTensors::integers(TensorId id) const {
  const auto dimensions = shape(id);
  const auto data = bytes(id);
  if (tensor(id).type() != tflite::TensorType::INT32 || !dimensions || data.empty() ||
      data.size() != element_count(*dimensions) * sizeof(std::int32_t)) {
    return std::nullopt;
  }
  std::vector<std::int32_t> values(element_count(*dimensions));
  std::memcpy(values.data(), data.data(), data.size());
  return values;
}

const StoredTensors::Alias* StoredTensors::find_alias(TensorId id) const {
  if (id >= aliases_.size() || !aliases_[id]) return nullptr;
  return &*aliases_[id];
}

bool StoredTensors::alias(TensorId id, TensorId source, int code) {
  const auto* const from = find_alias(source);
  Alias alias = from != nullptr ? *from : Alias{source, false};
  if (!stored(alias.source) || stored(id) || find_alias(id) != nullptr) return false;
  if (shape(id) != shape(source)) return false;
  if (code == kDensify) {
    if (alias.dense) return false;
    alias.dense = true;
  }
  if (aliases_.empty()) aliases_.resize(size());
  aliases_[id] = alias;
  return true;
}

base::Result<std::vector<float>> StoredTensors::weights(TensorId id) const {
  const auto* const alias = find_alias(id);
  const TensorId source = alias != nullptr ? alias->source : id;
  const tflite::Tensor& stored = tensor(source);
  const auto data = bytes(source);
  if (data.empty()) return error(id, "is neither computed nor stored");
  const bool half = stored.type() == tflite::TensorType::FLOAT16;
  if (!is_float(id) || (!half && !is_float(source)) || (half && id == source)) {
    return error(id, "is not of type float");
  }
  const std::size_t width = half ? sizeof(std::uint16_t) : sizeof(float);
  if (data.size() % width != 0) return error(id, "is cut short");
  const bool sparse = stored.sparsity() != nullptr;
  if (sparse != (alias != nullptr && alias->dense))
    return error(id, "is sparse where it must be dense, or the reverse");

  const Shape dimensions = *shape(source);
  const std::size_t count = element_count(dimensions);
  if (!sparse) {
    if (data.size() / width != count)
      return error(id, "has a number of weights that doesn't match its shape");
    auto values = stored_floats(data, half, count + kPaddingFloats);
    values.resize(count + kPaddingFloats);
    return values;
  }
  const auto places = sparse_places(dimensions, *stored.sparsity());
  if (!places || places->size() != data.size() / width) {
    return error(id, "has a damaged sparse layout");
  }
  const auto packed = stored_floats(data, half, data.size() / width);
  std::vector<float> values(count + kPaddingFloats);
  for (std::size_t i = 0; i < packed.size(); ++i) values[(*places)[i]] = packed[i];
  return values;
}

}  // namespace matside::network
