// Planes and RGB of the same picture agree.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "vision/blazepose/sample.h"
#include "vision/video/video_reader.h"

namespace matside::tests {
namespace {

using video::Frame;
using video::VideoReader;

/// Tolerance in levels: the scaler truncates in each step to RGB, sampling planes does not.
constexpr float kRounding = 1.5F;
const std::filesystem::path kData = std::filesystem::path(MATSIDE_SOURCE_DIR) / "tests/data";

VideoReader open(const std::string& name, bool planes, int max_side_px = 1920) {
  auto reader = VideoReader::open(kData / name, {.max_side_px = max_side_px, .planes = planes});
  EXPECT_TRUE(reader.ok()) << name;
  return std::move(reader).value();
}

/// Differences between the networks' inputs from both, in levels of 255.
std::vector<float> differences(const Frame& a, const Frame& b) {
  constexpr std::size_t kSide = 256;
  std::vector<float> all;
  all.reserve(3 * kSide * kSide * 3);
  for (const double turn : {0.0, 1.2, -2.8}) {
    const blazepose::Region region{{200.0, 170.0}, 410.0, base::Radians(turn)};
    std::vector<float> of_a(kSide * kSide * 3);
    std::vector<float> of_b(of_a.size());
    blazepose::sample(a.view(), region, blazepose::Border::repeat_edge, 0.0F, 255.0F, kSide,
                      of_a);
    blazepose::sample(b.view(), region, blazepose::Border::repeat_edge, 0.0F, 255.0F, kSide,
                      of_b);
    for (std::size_t i = 0; i < of_a.size(); ++i) all.push_back(std::abs(of_a[i] - of_b[i]));
  }
  return all;
}

/// The smallest value that is at least as large as so many thousandths of them.
float quantile(std::vector<float> values, std::size_t thousandths) {
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(values.size() * thousandths / 1000);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

class Clip : public testing::TestWithParam<const char*> {};

TEST_P(Clip, is_the_same_in_planes_within_rounding) {
  auto planes = open(GetParam(), true);
  auto rgb = open(GetParam(), false);
  Frame in_planes;
  Frame in_rgb;
  for (int i = 0; i < 30; ++i) {
    ASSERT_TRUE(planes.read(in_planes).value() && rgb.read(in_rgb).value());
    ASSERT_EQ(in_planes.index, in_rgb.index);
    ASSERT_TRUE(in_planes.planes.has_value());
    ASSERT_FALSE(in_rgb.planes.has_value());
    ASSERT_EQ(in_planes.view().size(), in_rgb.image.size);
    if (i % 10 != 0) continue;
    const auto apart = differences(in_planes, in_rgb);
    EXPECT_LT(quantile(apart, 500), kRounding);
    EXPECT_LT(quantile(apart, 999), 2 * kRounding);
  }
}

INSTANTIATE_TEST_SUITE_P(Data, Clip,
                         testing::Values("clips/base_right.mp4", "clips/portrait_phone.mp4",
                                         "clips/dim_15fps.mp4"));

TEST(Planes, of_scaled_pictures_reuse_their_memory) {
  auto planes = open("clips/base_right.mp4", true, 320);
  auto rgb = open("clips/base_right.mp4", false, 320);
  Frame in_planes;
  Frame in_rgb;
  std::set<const std::uint8_t*> memory;
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(planes.read(in_planes).value() && rgb.read(in_rgb).value());
    ASSERT_TRUE(in_planes.planes.has_value());
    EXPECT_EQ(in_planes.view().size(), (base::ImageSize{320, 180}));
    memory.insert(in_planes.planes->y);
    if (i % 10 != 0) continue;
    const auto apart = differences(in_planes, in_rgb);
    EXPECT_LT(quantile(apart, 500), kRounding);
  }
  // Those that the decoder fills in turn.
  EXPECT_LE(memory.size(), 10U);
}

TEST(Planes, do_not_change_while_a_copy_exists) {
  auto reader = open("clips/base_right.mp4", true, 320);
  Frame frame;
  ASSERT_TRUE(reader.read(frame).value());
  const image::Planes kept = frame.planes.value();
  const std::vector<std::uint8_t> before(kept.y, kept.y + 320);
  for (int i = 0; i < 40; ++i) ASSERT_TRUE(reader.read(frame).value());
  EXPECT_NE(frame.planes->y, kept.y);
  EXPECT_TRUE(std::equal(before.begin(), before.end(), kept.y));
}

TEST(Planes, are_not_available_for_rgb_pictures) {
  auto reader = open("parity/base_right_1.0.png", true);
  Frame frame;
  ASSERT_TRUE(reader.read(frame).value());
  EXPECT_FALSE(frame.planes.has_value());
  EXPECT_TRUE(frame.view().has_pixels());
}

}  // namespace
}  // namespace matside::tests
