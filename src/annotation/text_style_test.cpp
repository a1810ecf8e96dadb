#include "annotation/text_style.h"

#include <gtest/gtest.h>

#include "annotation/overlay_layer.h"

namespace matside::annotation {
namespace {

constexpr base::ImageSize kSize{200, 100};

/// Whether a pixel of the layer's surface inside the box is not transparent.
bool has_ink(OverlayLayer& layer, const Box& box) {
  cairo_surface_t* const surface = cairo_get_target(layer.pen());
  cairo_surface_flush(surface);
  const unsigned char* const pixels = cairo_image_surface_get_data(surface);
  const int stride_bytes = cairo_image_surface_get_stride(surface);
  for (int y = static_cast<int>(box.top_px); y < box.bottom_px; ++y) {
    for (int x = static_cast<int>(box.left_px); x < box.right_px; ++x) {
      if (pixels[y * stride_bytes + 4 * x + 3] != 0) return true;
    }
  }
  return false;
}

TEST(Rgba, is_read_from_a_hexadecimal_number) {
  constexpr Rgba colour = rgba(0xff8000, 0.5);
  EXPECT_EQ(colour.red, 1.0);
  EXPECT_NEAR(colour.green, 128.0 / 255.0, 1e-12);
  EXPECT_EQ(colour.blue, 0.0);
  EXPECT_EQ(colour.alpha, 0.5);
  EXPECT_EQ(colour.with(0.25).alpha, 0.25);
  EXPECT_EQ(colour.with(0.25).red, 1.0);
}

TEST(TextStyle, finds_a_font) { EXPECT_TRUE(find_font().ok()); }

TEST(TextStyle, width_grows_with_text_and_size) {
  OverlayLayer layer(kSize);
  const double one = width_px(layer.pen(), {"W", 20.0, FontWeight::plain});
  EXPECT_GT(one, 5.0);
  EXPECT_NEAR(width_px(layer.pen(), {"WW", 20.0, FontWeight::plain}), 2.0 * one, 1.0);
  EXPECT_NEAR(width_px(layer.pen(), {"W", 40.0, FontWeight::plain}), 2.0 * one, 2.0);
  EXPECT_GT(width_px(layer.pen(), {"Repetitions", 20.0, FontWeight::bold}),
            width_px(layer.pen(), {"Repetitions", 20.0, FontWeight::plain}));
  EXPECT_EQ(width_px(layer.pen(), {"", 20.0, FontWeight::plain}), 0.0);
}

TEST(TextStyle, writes_capitals_between_baseline_and_cap_height) {
  OverlayLayer layer(kSize);
  const TextLine line{"HHH", 30.0, FontWeight::bold};
  set_source_colour(layer.pen(), kTextColour);
  write(layer.pen(), line, 40.0, 70.0);
  const double top_px = 70.0 - cap_height_px(line);
  const double right_px = 40.0 + width_px(layer.pen(), line);
  EXPECT_TRUE(has_ink(layer, {40.0, top_px, right_px, 70.0}));
  EXPECT_FALSE(has_ink(layer, {0.0, 0.0, 38.0, 100.0}));
  EXPECT_FALSE(has_ink(layer, {right_px + 2.0, 0.0, 200.0, 100.0}));
  EXPECT_FALSE(has_ink(layer, {0.0, 0.0, 200.0, top_px - 2.0}));
  EXPECT_FALSE(has_ink(layer, {0.0, 72.0, 200.0, 100.0}));
}

TEST(SideColour, differs_by_side) {
  EXPECT_EQ(side_colour(pose::Side::left).blue, kLeft.blue);
  EXPECT_EQ(side_colour(pose::Side::right).red, kRight.red);
  EXPECT_NE(side_colour(pose::Side::left).red, side_colour(pose::Side::right).red);
  EXPECT_NE(side_colour(pose::Side::left).blue, side_colour(pose::Side::right).blue);
}

}  // namespace
}  // namespace matside::annotation
