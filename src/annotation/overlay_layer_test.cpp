#include "annotation/overlay_layer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "annotation/text_style.h"

namespace matside::annotation {
namespace {

constexpr base::ImageSize kSize{96, 64};

/// BT.601 coefficients, as in the scaler's tables.
image::YuvToRgb colours(bool full_range) {
  const float gain = full_range ? 1.0F : 255.0F / 219.0F;
  const float chroma = full_range ? 224.0F / 255.0F : 1.0F;
  const float zero = full_range ? 0.0F : -16.0F * gain;
  const float red_v = 1.596F * chroma;
  const float green_u = -0.391F * chroma;
  const float green_v = -0.813F * chroma;
  const float blue_u = 2.018F * chroma;
  return {gain,
          red_v,
          zero - 128.0F * red_v,
          green_u,
          green_v,
          zero - 128.0F * (green_u + green_v),
          blue_u,
          zero - 128.0F * blue_u};
}

/// A canvas of one stored colour that owns its memory.
struct Picture {
  std::vector<std::uint8_t> y = std::vector<std::uint8_t>(kSize.width_px * kSize.height_px);
  std::vector<std::uint8_t> u = std::vector<std::uint8_t>(y.size() / 4);
  std::vector<std::uint8_t> v = std::vector<std::uint8_t>(y.size() / 4);
  image::Canvas canvas;

  Picture(std::uint8_t grey, bool full_range) {
    std::ranges::fill(y, grey);
    std::ranges::fill(u, std::uint8_t{100});
    std::ranges::fill(v, std::uint8_t{150});
    canvas = {.y = y.data(),
              .u = u.data(),
              .v = v.data(),
              .y_stride_bytes = kSize.width_px,
              .uv_stride_bytes = kSize.width_px / 2,
              .size = kSize,
              .colours = colours(full_range)};
  }

  struct Rgb {
    double red;
    double green;
    double blue;
  };
  [[nodiscard]] Rgb at(int x, int row) const {
    const image::YuvToRgb& c = canvas.colours;
    const float bright = c.gain * y[row * kSize.width_px + x];
    const float blue = u[row / 2 * kSize.width_px / 2 + x / 2];
    const float red = v[row / 2 * kSize.width_px / 2 + x / 2];
    return {bright + c.red_v * red + c.red_0,
            bright + c.green_u * blue + c.green_v * red + c.green_0,
            bright + c.blue_u * blue + c.blue_0};
  }
};

void fill_box(OverlayLayer& layer, const Box& box, const Rgba& rgba) {
  set_source_colour(layer.pen(), rgba);
  cairo_rectangle(layer.pen(), box.left_px, box.top_px, box.width_px(), box.height_px());
  cairo_fill(layer.pen());
  layer.mark_dirty(box);
}

TEST(OverlayLayer, drawn_pixels_have_their_colour_in_full_and_limited_range) {
  for (const bool full_range : {false, true}) {
    SCOPED_TRACE(full_range);
    OverlayLayer layer(kSize);
    fill_box(layer, {20, 10, 50, 40}, rgba(0x6cc0ff));
    fill_box(layer, {60, 10, 70, 40}, rgba(0xffffff));
    fill_box(layer, {72, 10, 80, 40}, rgba(0x000000));
    Picture picture(90, full_range);
    layer.composite_onto(picture.canvas);
    EXPECT_NEAR(picture.at(30, 20).red, 0x6c, 2.5);
    EXPECT_NEAR(picture.at(30, 20).green, 0xc0, 2.5);
    EXPECT_NEAR(picture.at(30, 20).blue, 0xff, 2.5);
    EXPECT_EQ(picture.y[20 * kSize.width_px + 65], full_range ? 255 : 235);
    EXPECT_EQ(picture.y[20 * kSize.width_px + 75], full_range ? 0 : 16);
  }
}

TEST(OverlayLayer, undrawn_pixels_stay_unchanged) {
  OverlayLayer layer(kSize);
  fill_box(layer, {33, 11, 50, 40}, rgba(0x6cc0ff, 0.5));
  Picture picture(90, true);
  layer.composite_onto(picture.canvas);
  for (int y = 0; y < kSize.height_px; ++y) {
    for (int x = 0; x < kSize.width_px; ++x) {
      const bool inside = x >= 33 && x < 50 && y >= 11 && y < 40;
      const std::size_t at = y * kSize.width_px + x;
      ASSERT_EQ(picture.y[at] == 90, !inside) << x << ", " << y;
      const bool near = x >= 32 && x < 50 && y >= 10 && y < 40;
      ASSERT_EQ(picture.u[y / 2 * kSize.width_px / 2 + x / 2] == 100, !near) << x << ", " << y;
    }
  }
}

TEST(OverlayLayer, a_half_transparent_colour_blends_evenly) {
  OverlayLayer layer(kSize);
  fill_box(layer, {0, 0, 96, 64}, rgba(0xffffff, 0.5));
  Picture picture(55, true);
  layer.composite_onto(picture.canvas);
  EXPECT_NEAR(picture.y[0], 155, 1);
  EXPECT_NEAR(picture.u[0], 114, 1);
  EXPECT_NEAR(picture.v[0], 139, 1);
}

TEST(OverlayLayer, overlapping_marks_blend_once) {
  OverlayLayer layer(kSize);
  fill_box(layer, {0, 0, 96, 64}, rgba(0xffffff, 0.5));
  layer.mark_dirty({10, 10, 60, 60});
  layer.mark_dirty({-100, -100, 2000, 2000});
  Picture picture(55, true);
  layer.composite_onto(picture.canvas);
  EXPECT_NEAR(picture.y[30 * kSize.width_px + 30], 155, 1);
}

TEST(OverlayLayer, a_cleared_layer_draws_nothing) {
  OverlayLayer layer(kSize);
  fill_box(layer, {20, 10, 95, 63}, rgba(0xffffff));
  layer.clear();
  layer.mark_dirty({0, 0, 96, 64});
  Picture picture(90, false);
  const Picture before = picture;
  layer.composite_onto(picture.canvas);
  EXPECT_EQ(picture.y, before.y);
  EXPECT_EQ(picture.u, before.u);
  EXPECT_EQ(picture.v, before.v);
}

TEST(OverlayLayer, marks_outside_the_layer_are_ignored) {
  OverlayLayer layer(kSize);
  fill_box(layer, {0, 0, 96, 64}, rgba(0xffffff));
  layer.clear();
  set_source_colour(layer.pen(), rgba(0xffffff));
  cairo_paint(layer.pen());
  const double nan = std::nan("");
  layer.mark_dirty({nan, nan, nan, nan});
  layer.mark_dirty({-50, -50, -1, -1});
  layer.mark_dirty({96, 64, 200, 200});
  Picture picture(90, false);
  layer.composite_onto(picture.canvas);
  EXPECT_EQ(picture.y[0], 90);
}

}  // namespace
}  // namespace matside::annotation
