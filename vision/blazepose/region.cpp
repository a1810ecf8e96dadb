#include "vision/blazepose/region.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numbers>

namespace matside::blazepose {
namespace {

constexpr double kReach = 1.25;
constexpr std::size_t kMaxSide = 256;

/// Four lanes: R, G, B and the byte that happens to follow.
using Quad = float __attribute__((vector_size(16)));
using Bytes = std::uint8_t __attribute__((vector_size(4)));

struct Axes {
  double x0, y0;  ///< Picture position of the centre of the first sample.
  double dx, dy;  ///< One sample to the right.
};

/// One row's sample positions: the byte offsets of the four pixels round each, and weights.
struct Row {
  std::array<std::array<std::uint32_t, 4>, kMaxSide> offsets;
  std::array<float, kMaxSide> right;   ///< Weight of the right pixels.
  std::array<float, kMaxSide> below;   ///< Weight of the lower pixels.
  std::array<float, kMaxSide> inside;  ///< 1 within the picture, 0 outside.
};

void locate(const base::ImageSize& size, const Axes& axes, std::size_t side, Row& row) {
  const auto last_x = static_cast<float>(size.width_px - 1);
  const auto last_y = static_cast<float>(size.height_px - 1);
  const auto stride = static_cast<std::uint32_t>(size.width_px) * 3;
  for (std::size_t i = 0; i < side; ++i) {
    const auto step = static_cast<double>(i);
    const auto x = static_cast<float>(axes.x0 + step * axes.dx);
    const auto y = static_cast<float>(axes.y0 + step * axes.dy);
    row.inside[i] =
        x >= -0.5F && x <= last_x + 0.5F && y >= -0.5F && y <= last_y + 0.5F ? 1.0F : 0.0F;
    const float kept_x = std::min(std::max(x, 0.0F), last_x);
    const float kept_y = std::min(std::max(y, 0.0F), last_y);
    const auto left = static_cast<std::uint32_t>(static_cast<std::int32_t>(kept_x));
    const auto top = static_cast<std::uint32_t>(static_cast<std::int32_t>(kept_y));
    row.right[i] = kept_x - static_cast<float>(static_cast<std::int32_t>(left));
    row.below[i] = kept_y - static_cast<float>(static_cast<std::int32_t>(top));
    const std::uint32_t next = row.right[i] > 0.0F ? 3 : 0;
    const std::uint32_t down = row.below[i] > 0.0F ? stride : 0;
    const std::uint32_t offset = top * stride + left * 3;
    row.offsets[i] = {offset, offset + next, offset + down, offset + down + next};
  }
}

/// Reads pixels as four lanes without passing the end of the picture.
class Pixels {
 public:
  explicit Pixels(const image::Image& picture)
      : data_(picture.rgb.data()), last_(static_cast<std::uint32_t>(picture.rgb.size() - 3)) {
    std::memcpy(tail_.data(), data_ + last_, 3);
  }

  [[nodiscard]] Quad at(std::uint32_t offset) const {
    Bytes bytes;
    std::memcpy(&bytes, offset == last_ ? tail_.data() : data_ + offset, sizeof(bytes));
    return __builtin_convertvector(bytes, Quad);
  }

 private:
  const std::uint8_t* data_;
  std::uint32_t last_;
  std::array<std::uint8_t, 4> tail_{};
};

Quad all(float value) { return Quad{value, value, value, value}; }

void blend(const Pixels& pixels, const Row& row, std::size_t side, float low, float scale,
           float* out) {
  for (std::size_t i = 0; i < side; ++i) {
    const auto& offset = row.offsets[i];
    const Quad right = all(row.right[i]);
    const Quad top_left = pixels.at(offset[0]);
    const Quad bottom_left = pixels.at(offset[2]);
    const Quad top = top_left + right * (pixels.at(offset[1]) - top_left);
    const Quad bottom = bottom_left + right * (pixels.at(offset[3]) - bottom_left);
    const Quad value = top + all(row.below[i]) * (bottom - top);
    const Quad scaled = all(low) + all(scale * row.inside[i]) * value;
    std::memcpy(out + 3 * i, &scaled, 3 * sizeof(float));
  }
}

}  // namespace

base::ImagePoint Region::to_picture(double u, double v) const {
  const double x = (u - 0.5) * side_px;
  const double y = (v - 0.5) * side_px;
  const double c = std::cos(turn.value());
  const double s = std::sin(turn.value());
  return {centre.x_px + x * c - y * s, centre.y_px + x * s + y * c};
}

Region region_round(base::ImagePoint middle, base::ImagePoint end) {
  const base::ImageVector up = end - middle;
  const double turn = std::atan2(up.y_px, up.x_px) + std::numbers::pi / 2;
  return {middle, 2.0 * kReach * base::length(up), base::Radians(turn)};
}

Region whole_picture(base::ImageSize size, base::Radians turn) {
  return {{size.width_px / 2.0, size.height_px / 2.0},
          static_cast<double>(std::max(size.width_px, size.height_px)),
          turn};
}

void sample(const image::Image& picture, const Region& region, Border border, float low,
            float high, std::size_t side, std::span<float> out) {
  assert(side <= kMaxSide && out.size() == side * side * 3);
  assert(picture.size.width_px > 0 && picture.size.height_px > 0);
  const double step = region.side_px / static_cast<double>(side);
  const double c = std::cos(region.turn.value()) * step;
  const double s = std::sin(region.turn.value()) * step;
  const float scale = (high - low) / 255.0F;
  const Pixels pixels(picture);
  Row row;
  for (std::size_t j = 0; j < side; ++j) {
    const double half = 0.5 / static_cast<double>(side);
    const base::ImagePoint first =
        region.to_picture(half, half + static_cast<double>(j) / static_cast<double>(side));
    locate(picture.size, {first.x_px - 0.5, first.y_px - 0.5, c, s}, side, row);
    if (border == Border::repeat_edge) row.inside.fill(1.0F);
    blend(pixels, row, side, low, scale, out.data() + j * side * 3);
  }
}

}  // namespace matside::blazepose
