// Which person is found and followed, in pictures of any size and rotation and among several
// people.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "tests/image_tools.h"
#include "vision/blazepose/pose_tracker.h"
#include "vision/blazepose/posture.h"

namespace matside::tests {
namespace {

using blazepose::lies_down;
using blazepose::PoseTracker;
using image::Image;
using MaybePose = std::optional<pose::Pose>;

PoseTracker make_tracker() {
  const std::filesystem::path root = MATSIDE_SOURCE_DIR;
  auto made = PoseTracker::create({.folder = root / "web/node_modules/@mediapipe/pose",
                                   .variant = blazepose::Variant::lite},
                                  {});
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
  return std::move(made).value();
}

MaybePose detected(const Image& picture) {
  auto tracker = make_tracker();
  const auto pose = tracker.detect(picture);
  EXPECT_TRUE(pose.ok());
  return pose.ok() ? pose.value() : std::nullopt;
}

/// Feeds a clip to one tracker frame by frame.
class Following {
 public:
  std::vector<MaybePose> frames(const Image& picture, int count) {
    std::vector<MaybePose> poses;
    const image::View next = picture;
    for (int i = 0; i < count; ++i) {
      const auto pose = tracker_.track({&next, 1});
      EXPECT_TRUE(pose.ok() && pose.value().size() == 1);
      poses.push_back(pose.value().front().pose);
    }
    return poses;
  }

 private:
  PoseTracker tracker_ = make_tracker();
};

base::ImagePoint hips(const pose::Pose& pose) {
  const auto left = pose[pose::Landmark::left_hip].position;
  const auto right = pose[pose::Landmark::right_hip].position;
  return left + (right - left) * 0.5;
}

/// The median distance in pixels of the landmarks from `expected`.
double median_distance_px(const pose::Pose& pose,
                          const std::function<base::ImagePoint(std::size_t)>& expected) {
  std::vector<double> distances;
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    distances.push_back(base::length(pose.keypoints[i].position - expected(i)));
  }
  std::nth_element(distances.begin(), distances.begin() + pose::kLandmarkCount / 2,
                   distances.end());
  return distances[pose::kLandmarkCount / 2];
}

TEST(Detect, finds_a_person_lying_along_or_across_the_picture) {
  Image picture = load_frame("base_right_1.0.png");
  const MaybePose across = detected(picture);
  ASSERT_TRUE(across);
  const int width = picture.size.width_px;
  const MaybePose along = detected(turned_left(picture));
  ASSERT_TRUE(along);
  EXPECT_LT(median_distance_px(*along,
                               [&](std::size_t i) {
                                 const auto p = across->keypoints[i].position;
                                 return base::ImagePoint{p.y_px, width - p.x_px};
                               }),
            6.0);
}

TEST(Detect, finds_the_same_pose_in_a_4k_picture) {
  const Image picture = load_frame("base_right_1.0.png");
  const MaybePose small = detected(picture);
  const MaybePose large = detected(enlarged(picture, 6));
  ASSERT_TRUE(small && large);
  EXPECT_LT(median_distance_px(*large,
                               [&](std::size_t i) {
                                 const auto p = small->keypoints[i].position;
                                 return base::ImagePoint{6 * p.x_px, 6 * p.y_px};
                               }),
            6 * 3.0);
}

TEST(Detect, finds_the_same_pose_in_pictures_of_odd_sizes) {
  const Image picture = load_frame("base_right_1.0.png");
  const MaybePose whole = detected(picture);
  ASSERT_TRUE(whole);
  for (const base::ImageSize size : {base::ImageSize{639, 359}, {601, 333}, {641, 501}}) {
    Image odd = black(size);
    paste(picture, 0, 0, odd);
    const MaybePose pose = detected(odd);
    ASSERT_TRUE(pose) << size.width_px;
    EXPECT_LT(
        median_distance_px(*pose, [&](std::size_t i) { return whole->keypoints[i].position; }),
        4.0);
  }
}

TEST(Detect, finds_nobody_in_tiny_blank_or_noisy_pictures) {
  for (const base::ImageSize size :
       {base::ImageSize{1, 1}, {2, 1}, {1, 3}, {16, 16}, {17, 5}, {3000, 1}, {640, 360}}) {
    EXPECT_FALSE(detected(black(size))) << size.width_px << " x " << size.height_px;
  }
  Image noise = black({320, 240});
  std::uint32_t state = 1;
  for (auto& value : noise.rgb) {
    state = state * 1664525U + 1013904223U;
    value = static_cast<std::uint8_t>(state >> 24);
  }
  EXPECT_FALSE(detected(noise));
}

TEST(Detect, reports_a_picture_without_pixels) {
  auto tracker = make_tracker();
  for (const Image& wrong : {Image{}, Image{{4, 4}, {1, 2, 3}}, Image{{-1, 4}, {}}}) {
    const auto refused = tracker.detect(wrong);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, base::ErrorKind::input);
  }
}

/// An upright person at the left and a lying one at the right of a floor, or either alone.
struct Room {
  Room() {
    const Image person = load_frame("faults_left_1.0.png");
    const Image standing = turned_left(person);
    const int left = standing.size.width_px;
    const base::ImageSize size{left + person.size.width_px, standing.size.height_px};
    for (Image* picture : {&upright, &lying, &both, &nobody}) *picture = black(size);
    paste(standing, 0, 0, upright);
    paste(person, left, 200, lying);
    paste(standing, 0, 0, both);
    paste(person, left, 200, both);
    border_px = left;
  }
  [[nodiscard]] bool is_the_lying_one(const MaybePose& pose) const {
    return pose && hips(*pose).x_px > border_px && lies_down(*pose);
  }
  [[nodiscard]] bool is_the_upright_one(const MaybePose& pose) const {
    return pose && hips(*pose).x_px < border_px && !lies_down(*pose);
  }

  Image upright, lying, both, nobody;
  double border_px = 0.0;
};

TEST(PersonChoice, of_two_people_in_a_picture_is_the_lying_one) {
  const Room room;
  EXPECT_TRUE(room.is_the_lying_one(detected(room.both)));
  EXPECT_TRUE(room.is_the_lying_one(detected(room.lying)));
  EXPECT_TRUE(room.is_the_upright_one(detected(room.upright)));
}

TEST(PersonChoice, of_two_people_in_a_video_stays_the_lying_one) {
  const Room room;
  Following following;
  for (const auto& pose : following.frames(room.both, 70)) {
    ASSERT_TRUE(room.is_the_lying_one(pose));
  }
}

TEST(PersonChoice, waits_after_the_lying_person_leaves_and_then_takes_the_other) {
  const Room room;
  Following following;
  ASSERT_TRUE(room.is_the_lying_one(following.frames(room.both, 1).back()));
  for (const auto& pose : following.frames(room.upright, 29)) EXPECT_FALSE(pose);
  EXPECT_TRUE(room.is_the_upright_one(following.frames(room.upright, 10).back()));
}

TEST(PersonChoice, is_the_lying_person_again_after_their_return) {
  const Room room;
  Following following;
  ASSERT_TRUE(room.is_the_lying_one(following.frames(room.both, 1).back()));
  EXPECT_FALSE(following.frames(room.nobody, 3).back());
  EXPECT_TRUE(room.is_the_lying_one(following.frames(room.both, 4).back()));
}

TEST(PersonChoice, changes_from_an_upright_person_to_one_who_lies_down_later) {
  const Room room;
  Following following;
  ASSERT_TRUE(room.is_the_upright_one(following.frames(room.upright, 5).back()));
  const auto later = following.frames(room.both, 130);
  EXPECT_TRUE(room.is_the_upright_one(later.front()));
  EXPECT_TRUE(room.is_the_lying_one(later.back()));
}

TEST(PersonChoice, stays_when_a_larger_person_lies_down_too) {
  const Image small = load_frame("base_right_1.0.png");
  const Image large = enlarged(small, 2);
  Image first = black({1280, 360 + 720});
  paste(small, 300, 0, first);
  Image both = first;
  paste(large, 0, 360, both);
  Following following;
  ASSERT_TRUE(following.frames(first, 1).back());
  for (const auto& pose : following.frames(both, 70)) {
    ASSERT_TRUE(pose);
    ASSERT_LT(hips(*pose).y_px, 360.0);
  }
}

}  // namespace
}  // namespace matside::tests
