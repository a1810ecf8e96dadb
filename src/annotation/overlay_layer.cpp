#include "annotation/overlay_layer.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstring>
#include <numbers>

namespace matside::annotation {
namespace {

// Only tiles that were drawn on are composited.
constexpr int kTile_px = 32;

/// Weights of a premultiplied colour in one stored channel, in 65536ths.
struct Share {
  int red = 0;
  int green = 0;
  int blue = 0;
  int alpha = 0;
};
// Weight of the stored value for each 255th of transparency, in 65536ths.
constexpr int kOne = 257;

Share share_of(const image::RgbToYuv::Coefficients& s) {
  constexpr float kScale = 65536.0F;
  const auto whole = [](float value) { return static_cast<int>(std::lround(value)); };
  return {whole(s.red * kScale), whole(s.green * kScale), whole(s.blue * kScale),
          whole(s.added * kScale / 255.0F)};
}

struct Shares {
  Share y;
  Share u;
  Share v;
};

/// Colour of one pixel, or the sum of four.
struct Colour {
  int red = 0;
  int green = 0;
  int blue = 0;
  int alpha = 0;

  void add(std::uint32_t argb) {
    alpha += static_cast<int>(argb >> 24);
    red += static_cast<int>(argb >> 16 & 0xFF);
    green += static_cast<int>(argb >> 8 & 0xFF);
    blue += static_cast<int>(argb & 0xFF);
  }
};

/// Blends a colour, the sum over `pixels` pixels, onto a stored value.
std::uint8_t under(const Colour& colour, const Share& share, int pixels, std::uint8_t stored) {
  const int seen = (255 * pixels - colour.alpha) * kOne * stored;
  const int drawn = share.red * colour.red + share.green * colour.green +
                    share.blue * colour.blue + share.alpha * colour.alpha;
  return static_cast<std::uint8_t>(
      std::clamp((seen + drawn + 32768 * pixels) / (65536 * pixels), 0, 255));
}

/// Two rows of the layer and the canvas, from one position.
struct Rows {
  std::array<const std::uint32_t*, 2> argb;
  std::array<std::uint8_t*, 2> y;
  std::uint8_t* u;
  std::uint8_t* v;
};

void blend_two_rows(const Rows& rows, int width, const Shares& shares) {
  for (int x = 0; x < width; x += 2) {
    std::uint64_t above = 0;
    std::uint64_t below = 0;
    std::memcpy(&above, rows.argb[0] + x, sizeof above);
    std::memcpy(&below, rows.argb[1] + x, sizeof below);
    if ((above | below) == 0) continue;
    Colour four;
    for (std::size_t row = 0; row < 2; ++row) {
      for (const int at : {x, x + 1}) {
        const std::uint32_t argb = rows.argb[row][at];
        if (argb == 0) continue;
        Colour one;
        one.add(argb);
        four.add(argb);
        rows.y[row][at] = under(one, shares.y, 1, rows.y[row][at]);
      }
    }
    rows.u[x / 2] = under(four, shares.u, 4, rows.u[x / 2]);
    rows.v[x / 2] = under(four, shares.v, 4, rows.v[x / 2]);
  }
}

int tiles_over(int side_px) { return (side_px + kTile_px - 1) / kTile_px; }

}  // namespace

Box bounding_union(const Box& a, const Box& b) {
  return {std::min(a.left_px, b.left_px), std::min(a.top_px, b.top_px),
          std::max(a.right_px, b.right_px), std::max(a.bottom_px, b.bottom_px)};
}

Box expanded(const Box& box, double by_px) {
  return {box.left_px - by_px, box.top_px - by_px, box.right_px + by_px, box.bottom_px + by_px};
}

void add_rounded_rectangle(cairo_t* pen, const Box& box, double radius_px) {
  constexpr double kQuarter = 0.5 * std::numbers::pi;
  const double left = box.left_px + radius_px;
  const double right = box.right_px - radius_px;
  const double top = box.top_px + radius_px;
  const double bottom = box.bottom_px - radius_px;
  cairo_new_path(pen);
  cairo_arc(pen, right, top, radius_px, -kQuarter, 0.0);
  cairo_arc(pen, right, bottom, radius_px, 0.0, kQuarter);
  cairo_arc(pen, left, bottom, radius_px, kQuarter, 2.0 * kQuarter);
  cairo_arc(pen, left, top, radius_px, 2.0 * kQuarter, 3.0 * kQuarter);
  cairo_close_path(pen);
}

OverlayLayer::OverlayLayer(base::ImageSize size)
    : size_(size),
      tiles_{tiles_over(size.width_px), tiles_over(size.height_px)},
      dirty_tiles_(static_cast<std::size_t>(tiles_.width_px) * tiles_.height_px, 0),
      surface_(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, size.width_px, size.height_px)),
      pen_(cairo_create(surface_.get())) {
  assert(size.width_px % 2 == 0 && size.height_px % 2 == 0);
}

void OverlayLayer::mark_dirty(const Box& box) {
  const auto tile = [](double px, int most) {
    return static_cast<int>(std::clamp(std::floor(px / kTile_px), 0.0, most - 1.0));
  };
  if (!(box.right_px > 0.0 && box.bottom_px > 0.0 && box.left_px < size_.width_px &&
        box.top_px < size_.height_px)) {
    return;
  }
  const int last_column = tile(box.right_px, tiles_.width_px);
  const int last_row = tile(box.bottom_px, tiles_.height_px);
  for (int row = tile(box.top_px, tiles_.height_px); row <= last_row; ++row) {
    for (int column = tile(box.left_px, tiles_.width_px); column <= last_column; ++column) {
      dirty_tiles_[static_cast<std::size_t>(row) * tiles_.width_px + column] = 1;
    }
  }
}

void OverlayLayer::clear() {
  cairo_surface_flush(surface_.get());
  unsigned char* const pixels = cairo_image_surface_get_data(surface_.get());
  const int stride_bytes = cairo_image_surface_get_stride(surface_.get());
  for (std::size_t tile = 0; tile < dirty_tiles_.size(); ++tile) {
    if (dirty_tiles_[tile] == 0) continue;
    dirty_tiles_[tile] = 0;
    const int left = static_cast<int>(tile) % tiles_.width_px * kTile_px;
    const int top = static_cast<int>(tile) / tiles_.width_px * kTile_px;
    const int width = std::min(kTile_px, size_.width_px - left);
    const int bottom = std::min(top + kTile_px, size_.height_px);
    for (int y = top; y < bottom; ++y) {
      std::memset(pixels + std::ptrdiff_t{y} * stride_bytes + std::ptrdiff_t{4} * left, 0,
                  std::size_t{4} * width);
    }
  }
  cairo_surface_mark_dirty(surface_.get());
}

void OverlayLayer::composite_onto(image::Canvas& canvas) const {
  assert(canvas.size == size_);
  cairo_surface_flush(surface_.get());
  const unsigned char* const pixels = cairo_image_surface_get_data(surface_.get());
  const int stride_bytes = cairo_image_surface_get_stride(surface_.get());
  const auto argb = [&](int x, int y) {
    return reinterpret_cast<const std::uint32_t*>(pixels + std::ptrdiff_t{y} * stride_bytes) +
           x;
  };
  const image::RgbToYuv stored = image::rgb_to_yuv(canvas.colours);
  const Shares shares{share_of(stored.y), share_of(stored.u), share_of(stored.v)};
  for (std::size_t tile = 0; tile < dirty_tiles_.size(); ++tile) {
    if (dirty_tiles_[tile] == 0) continue;
    const int left = static_cast<int>(tile) % tiles_.width_px * kTile_px;
    const int top = static_cast<int>(tile) / tiles_.width_px * kTile_px;
    const int width = std::min(kTile_px, size_.width_px - left);
    const int bottom = std::min(top + kTile_px, size_.height_px);
    for (int y = top; y < bottom; y += 2) {
      std::uint8_t* const bright = canvas.y + std::ptrdiff_t{y} * canvas.y_stride_bytes + left;
      const std::ptrdiff_t at = std::ptrdiff_t{y / 2} * canvas.uv_stride_bytes + left / 2;
      blend_two_rows({{argb(left, y), argb(left, y + 1)},
                      {bright, bright + canvas.y_stride_bytes},
                      canvas.u + at,
                      canvas.v + at},
                     width, shares);
    }
  }
}

}  // namespace matside::annotation
