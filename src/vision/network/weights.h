// Decodes stored weights: half precision and sparse to dense floats.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "vision/network/graph.h"

namespace matside::network {

/// IEEE 754 half precision to single precision, exactly; infinities and NaN are preserved.
float float_from_half(std::uint16_t half);

/// How one dimension of a sparse tensor is stored. A dense dimension has every index. In a
/// sparse one, entry n of the level above owns indices[segments[n]] to indices[segments[n + 1]
/// - 1].
/// @source TFLite schema, table SparsityParameters
struct SparseLevel {
  std::size_t dimension = 0;  ///< Of the dense tensor.
  bool dense = true;
  std::vector<std::uint32_t> segments;
  std::vector<std::uint32_t> indices;
};

/// Index in the dense row-major tensor of each stored value, in stored order. Nothing when the
/// levels contradict the shape or each other. `shape` has at most kMaxElements elements.
std::optional<std::vector<std::uint32_t>> dense_indices(const Shape& shape,
                                                        std::span<const SparseLevel> levels);

}  // namespace matside::network
