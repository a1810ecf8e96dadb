#include "vision/blazepose/region.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace matside::blazepose {
namespace {

image::Image picture(int width, int height) {
  image::Image p{{width, height}, {}};
  for (int i = 0; i < width * height * 3; ++i) {
    p.rgb.push_back(static_cast<std::uint8_t>((i * 37 + i / 7 * 11) % 256));
  }
  return p;
}

/// The picture at a place in pixels, pixel centres at halves, edges repeated.
double bilinear(const image::Image& p, double x_px, double y_px, int channel) {
  const double x = std::clamp(x_px - 0.5, 0.0, p.size.width_px - 1.0);
  const double y = std::clamp(y_px - 0.5, 0.0, p.size.height_px - 1.0);
  const int left = static_cast<int>(x);
  const int top = static_cast<int>(y);
  const auto at = [&](int px, int py) {
    const int column = std::min(px, p.size.width_px - 1);
    return static_cast<double>(p.row(std::min(py, p.size.height_px - 1))[3 * column + channel]);
  };
  const double fx = x - left;
  const double fy = y - top;
  return (1 - fy) * ((1 - fx) * at(left, top) + fx * at(left + 1, top)) +
         fy * ((1 - fx) * at(left, top + 1) + fx * at(left + 1, top + 1));
}

bool inside(const image::Image& p, base::ImagePoint at) {
  return at.x_px >= 0 && at.y_px >= 0 && at.x_px <= p.size.width_px &&
         at.y_px <= p.size.height_px;
}

void expect_sampled(const image::Image& p, const Region& region, Border border) {
  constexpr int kSide = 16;
  std::vector<float> out(std::size_t{kSide} * kSide * 3);
  sample(p, region, border, -1.0F, 1.0F, kSide, out);
  for (int i = 0; i < kSide * kSide * 3; ++i) {
    const int x = i / 3 % kSide;
    const int y = i / 3 / kSide;
    const auto at = region.to_picture((x + 0.5) / kSide, (y + 0.5) / kSide);
    const bool black = border == Border::black && !inside(p, at);
    const double value = black ? 0.0 : bilinear(p, at.x_px, at.y_px, i % 3);
    // A weight is exact to 1 / 16384, a place to a thousandth of a pixel.
    ASSERT_NEAR(static_cast<double>(out.at(static_cast<std::size_t>(i))),
                value / 255.0 * 2.0 - 1.0, 4e-3)
        << x << ", " << y;
  }
}

TEST(Sample, is_bilinear_with_pixel_centres_aligned_at_any_turn) {
  const auto p = picture(31, 23);
  for (const double turn : {0.0, 0.4, 1.5707963, 2.9, -2.2}) {
    expect_sampled(p, {{15.3, 11.8}, 14.0, base::Radians(turn)}, Border::repeat_edge);
  }
}

TEST(Sample, outside_the_picture_is_the_edge_repeated_or_black) {
  const auto p = picture(9, 7);
  for (const Border border : {Border::repeat_edge, Border::black}) {
    expect_sampled(p, {{1.0, 6.0}, 25.3, base::Radians(0.3)}, border);
    expect_sampled(p, {{-50.0, 90.0}, 10.0, base::Radians(0.0)}, border);
  }
}

TEST(Sample, copes_with_pictures_of_a_single_pixel_row_or_column) {
  expect_sampled(picture(1, 1), {{0.5, 0.5}, 4.0, base::Radians(0.1)}, Border::repeat_edge);
  expect_sampled(picture(1, 9), {{0.5, 4.0}, 8.7, base::Radians(0.1)}, Border::repeat_edge);
  expect_sampled(picture(9, 1), {{4.0, 0.5}, 8.7, base::Radians(0.1)}, Border::black);
}

TEST(Sample, of_the_pixels_themselves_returns_them_exactly) {
  const auto p = picture(16, 16);
  std::vector<float> out(p.rgb.size());
  sample(p, whole_picture(p.size, base::Radians(0.0)), Border::black, 0.0F, 255.0F, 16, out);
  for (std::size_t i = 0; i < out.size(); ++i) ASSERT_EQ(out[i], p.rgb[i]) << i;
}

TEST(Sample, of_an_enormous_region_or_one_far_away_stays_within_the_picture) {
  const auto p = picture(5, 5);
  std::vector<float> out(std::size_t{16} * 16 * 3);
  for (const double side : {1e-9, 1e9}) {
    for (const double centre : {-1e9, 2.5, 1e9}) {
      sample(p, {{centre, centre}, side, base::Radians(1.0)}, Border::repeat_edge, 0.0F, 1.0F,
             16, out);
      for (const float v : out) ASSERT_TRUE(v >= 0.0F && v <= 1.0F);
    }
  }
}

TEST(Region, round_a_body_has_its_head_end_straight_above_the_middle) {
  const base::ImagePoint middle{100.0, 80.0};
  for (const base::ImagePoint end :
       {base::ImagePoint{100.0, 40.0}, {160.0, 80.0}, {70.0, 130.0}}) {
    const Region region = region_round(middle, end);
    EXPECT_NEAR(region.side_px, 2.5 * base::length(end - middle), 1e-9);
    const auto top = region.to_picture(0.5, 0.1);  // 0.4 of the side above the middle
    EXPECT_NEAR(top.x_px, end.x_px, 1e-9);
    EXPECT_NEAR(top.y_px, end.y_px, 1e-9);
  }
  EXPECT_NEAR(region_round(middle, {100.0, 40.0}).turn.value(), 0.0, 1e-12);
  EXPECT_NEAR(region_round(middle, {160.0, 80.0}).turn.value(), std::numbers::pi / 2, 1e-12);
}

TEST(Region, of_the_whole_picture_is_the_square_round_it) {
  const Region region = whole_picture({640, 360}, base::Radians(0.0));
  EXPECT_EQ(region.to_picture(0.0, 0.5).x_px, 0.0);
  EXPECT_EQ(region.to_picture(1.0, 0.5).x_px, 640.0);
  EXPECT_EQ(region.to_picture(0.0, 0.0).y_px, -140.0);
}

}  // namespace
}  // namespace matside::blazepose
