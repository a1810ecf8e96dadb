// The tracker with the eye and the finder: real networks on rendered prone people.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/image_tools.h"
#include "vision/blazepose/pose_tracker.h"
#include "vision/blazepose/posture.h"

namespace matside::tests {
namespace {

using blazepose::PoseTracker;
using image::Image;
using pose::Landmark;

constexpr const char* kLying[] = {"base_right_1.0.png",       "base_right_6.2.png",
                                  "elbows_forward_6.2.png",   "faults_left_6.2.png",
                                  "lengthen_level2_6.2.png",  "oblique_camera_6.2.png",
                                  "thigh_lift_level3_6.2.png"};

/// The installed networks of the build.
PoseTracker tracker(bool eye) {
  const std::filesystem::path root = MATSIDE_BINARY_DIR;
  auto made = PoseTracker::create({.folder = root / "share/matside/models", .eye = eye}, {});
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
  return std::move(made).value();
}

class RotatedLyingPerson : public testing::TestWithParam<const char*> {};

TEST_P(RotatedLyingPerson, is_found_in_the_same_place_by_the_eye) {
  Image picture = load_frame(GetParam());
  auto eye = tracker(true);
  const auto upright = eye.detect(picture);
  ASSERT_TRUE(upright.ok() && upright.value());
  EXPECT_TRUE(upright.value()->by_eye);
  auto expected_hips = blazepose::midpoint(*upright.value(), Landmark::left_hip);
  auto expected_head = upright.value()->at(Landmark::nose, 0.0);
  const double body_px = base::length(*expected_head - expected_hips);
  for (int quarter = 1; quarter < 4; ++quarter) {
    const auto turned = [&](base::ImagePoint p) {
      return base::ImagePoint{p.y_px, picture.size.width_px - p.x_px};
    };
    expected_hips = turned(expected_hips);
    expected_head = turned(*expected_head);
    picture = turned_left(picture);
    const auto found = eye.detect(picture);
    ASSERT_TRUE(found.ok() && found.value()) << quarter;
    EXPECT_TRUE(found.value()->by_eye) << quarter;
    const auto hips = blazepose::midpoint(*found.value(), Landmark::left_hip);
    const auto head = found.value()->at(Landmark::nose, 0.0);
    EXPECT_LT(base::length(hips - expected_hips), 0.15 * body_px) << quarter;
    EXPECT_LT(base::length(*head - *expected_head), 0.15 * body_px) << quarter;
  }
}

TEST_P(RotatedLyingPerson,
       is_given_upright_with_its_own_left_and_right_once_enough_frames_tell) {
  const Image upright = load_frame(GetParam());
  const auto expected = tracker(true).detect(upright);
  ASSERT_TRUE(expected.ok() && expected.value());
  const double body_px =
      base::length(expected.value()->at(Landmark::nose, 0.0).value() -
                   blazepose::midpoint(*expected.value(), Landmark::left_hip));
  Image picture = upright;
  for (int quarter_turns = 1; quarter_turns < 4; ++quarter_turns) {
    picture = turned_left(picture);
    auto eye = tracker(true);
    const std::vector<image::View> frames(blazepose::OrientationEstimator::kFramesToAgree + 1,
                                          picture);
    const auto seen = eye.track(frames);
    ASSERT_TRUE(seen.ok() && seen.value().back().pose);
    EXPECT_EQ(seen.value().back().quarter_turns, quarter_turns);
    for (const Landmark joint : {Landmark::left_shoulder, Landmark::right_shoulder,
                                 Landmark::left_knee, Landmark::right_knee}) {
      const auto place = (*seen.value().back().pose)[joint].position;
      EXPECT_LT(base::length(place - (*expected.value())[joint].position), 0.1 * body_px)
          << quarter_turns;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Stills, RotatedLyingPerson, testing::ValuesIn(kLying));

TEST(TrackerWithoutEye, does_not_mark_poses_as_located_by_the_eye) {
  auto reference = tracker(false);
  const auto found = reference.detect(load_frame("base_right_1.0.png"));
  ASSERT_TRUE(found.ok() && found.value());
  EXPECT_FALSE(found.value()->by_eye);
}

TEST(TrackerWithEye, finds_nobody_in_blank_or_noisy_pictures) {
  auto eye = tracker(true);
  Image noise = black({320, 240});
  std::uint32_t state = 7;
  for (auto& value : noise.rgb) {
    state = state * 1664525U + 1013904223U;
    value = static_cast<std::uint8_t>(state >> 24);
  }
  for (const Image& picture : {black({640, 360}), black({16, 16}), noise}) {
    const auto found = eye.detect(picture);
    ASSERT_TRUE(found.ok());
    EXPECT_FALSE(found.value());
  }
}

}  // namespace
}  // namespace matside::tests
