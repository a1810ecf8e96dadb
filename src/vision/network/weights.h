// Decoding of a file's stored weights: half precision and sparse to plain floats.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "vision/network/graph.h"

namespace matside::network {

/// IEEE 754 half precision to single, exactly; infinities and NaN stay what they are.
float float_from_half(std::uint16_t half);

/// How one dimension of a sparse tensor is stored. Dense: every index occurs. Otherwise the
/// n-th entry of the level above owns indices[segments[n]] .. indices[segments[n + 1] - 1].
struct SparseLevel {
  std::size_t dimension = 0;  ///< Of the dense tensor.
  bool dense = true;
  std::vector<std::uint32_t> segments;
  std::vector<std::uint32_t> indices;
};

/// Where in the dense, row-major tensor each stored value belongs, in stored order. Nothing
/// when the levels contradict the shape or themselves. `shape` has at most kMaxElements
/// elements.
std::optional<std::vector<std::uint32_t>> dense_places(const Shape& shape,
                                                       std::span<const SparseLevel> levels);

}  // namespace matside::network
