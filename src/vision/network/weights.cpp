#include "vision/network/weights.h"

#include <bit>

namespace matside::network {
namespace {

using Places = std::vector<std::uint32_t>;

bool well_formed(const SparseLevel& level, std::size_t parents, std::size_t size) {
  if (level.segments.size() != parents + 1 || level.segments.front() != 0) return false;
  for (std::size_t i = 0; i < parents; ++i) {
    if (level.segments[i + 1] < level.segments[i]) return false;
  }
  if (level.segments.back() != level.indices.size()) return false;
  for (const std::uint32_t index : level.indices) {
    if (index >= size) return false;
  }
  return true;
}

}  // namespace

float float_from_half(std::uint16_t half) {
  const std::uint32_t magnitude = (half & 0x7fffU) << 13;
  constexpr float kExponentShift = 0x1p112F;  // half's bias is 15, single's 127
  std::uint32_t bits =
      std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) * kExponentShift);
  if (magnitude >= 0x0f800000U) bits |= 0x7f800000U;
  return std::bit_cast<float>(bits | (static_cast<std::uint32_t>(half & 0x8000U) << 16));
}

std::optional<Places> dense_indices(const Shape& shape, std::span<const SparseLevel> levels) {
  if (levels.size() != shape.size()) return std::nullopt;
  std::vector<std::size_t> stride(shape.size(), 1);
  for (std::size_t d = shape.size(); d-- > 1;) stride[d - 1] = stride[d] * shape[d];

  std::vector<bool> seen(shape.size());
  Places places{0};
  for (const SparseLevel& level : levels) {
    if (level.dimension >= shape.size() || seen[level.dimension]) return std::nullopt;
    seen[level.dimension] = true;
    const std::size_t size = shape[level.dimension];
    const auto step = static_cast<std::uint32_t>(stride[level.dimension]);
    Places next;
    if (level.dense) {
      if (places.size() > kMaxElements / size) return std::nullopt;
      next.reserve(places.size() * size);
      for (const std::uint32_t base : places) {
        for (std::uint32_t i = 0; i < size; ++i) next.push_back(base + i * step);
      }
    } else {
      if (!well_formed(level, places.size(), size)) return std::nullopt;
      next.reserve(level.indices.size());
      for (std::size_t n = 0; n < places.size(); ++n) {
        for (std::uint32_t k = level.segments[n]; k < level.segments[n + 1]; ++k) {
          next.push_back(places[n] + level.indices[k] * step);
        }
      }
    }
    places = std::move(next);
  }
  return places;
}

}  // namespace matside::network
