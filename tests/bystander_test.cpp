// Which person the tracker follows, with the program's networks, when a bystander kneels nearby
// or walks past, or the person who practises is far away or out of view for a while.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/image_tools.h"
#include "vision/blazepose/pose_tracker.h"
#include "vision/blazepose/posture.h"

namespace matside::tests {
namespace {

using blazepose::PoseTracker;
using image::Image;
using pose::Landmark;

PoseTracker tracker() {
  const std::filesystem::path root = MATSIDE_BINARY_DIR;
  auto made = PoseTracker::create({.folder = root / "share/matside/models"}, {.threads = 2});
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
  return std::move(made).value();
}

/// A picture of a practice with the head at the right, in a room of twice its width.
class Bystander : public testing::Test {
 protected:
  Bystander() {
    const Image practice_picture = load_frame("base_right_6.2.png");
    room_ = black({practice_picture.size.width_px * 3 / 2, practice_picture.size.height_px});
    paste(practice_picture, 0, 0, room_);
    const auto alone = tracker_.detect(room_);
    EXPECT_TRUE(alone.ok() && alone.value() && alone.value()->by_eye);
    if (!alone.ok() || !alone.value()) return;
    hips_ = blazepose::midpoint(*alone.value(), Landmark::left_hip);
    head_ = (*alone.value())[Landmark::nose].position;
  }

  /// The room with a figure centred `beyond_px` to the right of the head.
  [[nodiscard]] Image with(const Image& someone, int beyond_px) const {
    Image picture = room_;
    const int floor_px = static_cast<int>(hips_.y_px) + 40;
    paste_figure(someone, static_cast<int>(head_.x_px) + beyond_px - someone.size.width_px / 2,
                 floor_px - someone.size.height_px * 95 / 100, picture);
    return picture;
  }

  [[nodiscard]] bool is_the_one_who_lies(const std::optional<pose::Pose>& pose) const {
    return pose && base::length(blazepose::midpoint(*pose, Landmark::left_hip) - hips_) <
                       0.25 * base::length(head_ - hips_);
  }

  std::vector<std::optional<pose::Pose>> followed(const std::vector<Image>& clip) {
    const auto seen = tracker_.track(std::vector<image::View>(clip.begin(), clip.end()));
    EXPECT_TRUE(seen.ok());
    std::vector<std::optional<pose::Pose>> poses;
    if (!seen.ok()) return poses;
    for (const auto& one : seen.value()) poses.push_back(one.pose);
    EXPECT_EQ(poses.size(), clip.size());
    return poses;
  }

  static constexpr int kClose_px = 110;  ///< Just short of the hands.
  PoseTracker tracker_ = tracker();
  Image room_;
  base::ImagePoint hips_;
  base::ImagePoint head_;
};

TEST_F(Bystander, is_never_followed_when_there_from_the_first_frame_on) {
  for (const char* name : {"kneeling.png", "on_the_heels.png", "walking.png"}) {
    tracker_ = tracker();
    for (const auto& pose : followed(std::vector(40, with(figure(name), kClose_px)))) {
      ASSERT_TRUE(is_the_one_who_lies(pose)) << name;
    }
  }
}

TEST_F(Bystander, is_never_followed_when_they_come_later) {
  std::vector<Image> clip(10, room_);
  clip.resize(50, with(figure("kneeling.png"), kClose_px));
  for (const auto& pose : followed(clip)) ASSERT_TRUE(is_the_one_who_lies(pose));
}

TEST_F(Bystander, is_never_followed_while_they_walk_past_in_front) {
  const Image walking = figure("walking.png");
  std::vector<Image> clip(8, room_);
  for (int x_px = 400; x_px >= -700; x_px -= 20) clip.push_back(with(walking, x_px));
  const auto poses = followed(clip);
  ASSERT_EQ(poses.size(), clip.size());
  int found = 0;
  for (const auto& pose : poses) {
    if (!pose) continue;
    ++found;
    ASSERT_TRUE(is_the_one_who_lies(pose));
  }
  EXPECT_GE(found, static_cast<int>(poses.size()) * 9 / 10);
  EXPECT_TRUE(poses.back());
}

TEST_F(Bystander, is_replaced_within_four_seconds_by_a_person_who_lies_down) {
  const Image kneeling = figure("kneeling.png");
  Image alone = black(room_.size);
  paste_figure(kneeling, room_.size.width_px - 300, 60, alone);
  Image both = room_;
  paste_figure(kneeling, room_.size.width_px - 300, 60, both);
  std::vector<Image> clip(5, alone);
  clip.resize(5 + 120, both);
  const auto poses = followed(clip);
  ASSERT_EQ(poses.size(), clip.size());
  ASSERT_TRUE(poses[4]);
  EXPECT_FALSE(is_the_one_who_lies(poses[4]));
  EXPECT_TRUE(is_the_one_who_lies(poses.back()));
}

TEST_F(Bystander, does_not_replace_a_person_lost_for_half_a_second) {
  const Image kneeling = figure("kneeling.png");
  Image helper_alone = black(room_.size);
  paste_figure(kneeling, room_.size.width_px - 300, 60, helper_alone);
  Image both = room_;
  paste_figure(kneeling, room_.size.width_px - 300, 60, both);
  std::vector<Image> clip(10, both);
  clip.resize(10 + 15, helper_alone);
  clip.resize(10 + 15 + 15, both);
  const auto poses = followed(clip);
  ASSERT_EQ(poses.size(), clip.size());
  for (std::size_t i = 0; i < poses.size(); ++i) {
    if (i < 10 || i >= 25) {
      EXPECT_TRUE(is_the_one_who_lies(poses[i])) << i;
    } else {
      EXPECT_FALSE(poses[i]) << i;
    }
  }
}

TEST_F(Bystander, does_not_delay_finding_a_person_again_after_three_dark_seconds) {
  std::vector<Image> clip(6, room_);
  clip.resize(6 + 90, black(room_.size));
  clip.resize(6 + 90 + 15, room_);
  const auto poses = followed(clip);
  ASSERT_EQ(poses.size(), clip.size());
  for (std::size_t i = 6; i < 96; ++i) EXPECT_FALSE(poses[i]) << i;
  EXPECT_TRUE(is_the_one_who_lies(poses.back()));
}

TEST_F(Bystander, is_not_followed_in_a_larger_rotated_picture_of_another_practice) {
  const Image other = turned_left(enlarged(load_frame("faults_left_6.2.png"), 2));
  const int left_px = room_.size.width_px;
  Image both = black({left_px + other.size.width_px, other.size.height_px});
  paste(room_, 0, 0, both);
  paste(other, left_px, 0, both);
  for (const auto& pose : followed(std::vector(8, both))) {
    ASSERT_TRUE(is_the_one_who_lies(pose));
  }
}

/// A lying body about an eighth as wide as the picture, on a floor.
Image far_off(int left_px, int top_px) {
  Image picture = black({2560, 720});
  std::ranges::fill(picture.rgb, std::uint8_t{120});
  paste(load_frame("base_right_6.2.png"), left_px, top_px, picture);
  return picture;
}

TEST(DistantPerson, is_found_in_the_first_frame_anywhere_in_the_picture) {
  for (const auto& [left_px, top_px] : {std::pair{30, 340}, {900, 10}, {1910, 350}}) {
    auto eye = tracker();
    const auto pose = eye.detect(far_off(left_px, top_px));
    ASSERT_TRUE(pose.ok() && pose.value()) << left_px;
    EXPECT_TRUE(pose.value()->by_eye);
    const auto hips = blazepose::midpoint(*pose.value(), Landmark::left_hip);
    EXPECT_GT(hips.x_px, left_px);
    EXPECT_LT(hips.x_px, left_px + 640);
  }
}

TEST(DistantPerson, is_found_within_four_seconds_of_arriving) {
  Image empty = black({2560, 720});
  std::ranges::fill(empty.rgb, std::uint8_t{120});
  const Image there = far_off(1500, 340);
  std::vector<image::View> clip(10, empty);
  clip.resize(10 + 120, there);
  auto eye = tracker();
  const auto seen = eye.track(clip);
  ASSERT_TRUE(seen.ok());
  EXPECT_FALSE(seen.value().front().pose);
  EXPECT_TRUE(seen.value().back().pose);
}

}  // namespace
}  // namespace matside::tests
