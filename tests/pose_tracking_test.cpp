// A person is followed through a video, with the same result on any number of threads.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/pose/pose_frame.h"
#include "tests/image_tools.h"
#include "vision/blazepose/pose_tracker.h"
#include "vision/blazepose/posture.h"

namespace matside::tests {
namespace {

using blazepose::PoseTracker;
using image::Image;
using Poses = std::vector<std::optional<pose::Pose>>;

const std::filesystem::path kRoot = MATSIDE_SOURCE_DIR;

constexpr int kStep_px = 4;
constexpr std::size_t kLag = blazepose::kMaxLag;

/// A lying person who moves by kStep_px from one frame to the next.
std::vector<Image> moving(std::size_t frames) {
  const Image person = load_frame("base_right_1.0.png");
  std::vector<Image> clip;
  for (std::size_t i = 0; i < frames; ++i) {
    clip.push_back(black(person.size));
    paste(person, kStep_px * static_cast<int>(i), 0, clip.back());
  }
  return clip;
}

PoseTracker tracker(PoseTracker::Options options) {
  auto made = PoseTracker::create({.folder = kRoot / "web/node_modules/@mediapipe/pose",
                                   .variant = blazepose::Variant::lite},
                                  options);
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
  return std::move(made).value();
}

PoseTracker tracker(int threads) { return tracker({.threads = threads}); }

/// Tracks one picture a call; `ahead` of them are looked at early, or none.
Poses tracked_ahead(const std::vector<Image>& clip, int lag, std::size_t ahead) {
  PoseTracker eye = tracker({.lag = lag, .ahead = static_cast<int>(ahead)});
  EXPECT_EQ(eye.most_ahead(), ahead);
  Poses poses;
  std::size_t begun = 0;
  for (std::size_t i = 0; i < clip.size(); ++i) {
    for (; begun < std::min(i + ahead, clip.size()); ++begun) eye.look_ahead(clip[begun]);
    const image::View view = clip[i];
    const auto found = eye.track({&view, 1});
    EXPECT_TRUE(found.ok());
    if (!found.ok()) break;
    poses.push_back(found.value().front().pose);
  }
  return poses;
}

/// Tracks in calls of `at_once` pictures each.
Poses tracked(const std::vector<Image>& clip, int threads, std::size_t at_once = 1000) {
  const std::vector<image::View> views(clip.begin(), clip.end());
  PoseTracker eye = tracker(threads);
  Poses poses;
  for (std::span<const image::View> rest = views; !rest.empty();) {
    const auto some = rest.first(std::min(at_once, rest.size()));
    rest = rest.subspan(some.size());
    const auto found = eye.track(some);
    EXPECT_TRUE(found.ok());
    if (!found.ok()) break;
    EXPECT_EQ(found.value().size(), some.size());
    for (const auto& seen : found.value()) poses.push_back(seen.pose);
  }
  return poses;
}

void expect_identical(const Poses& a, const Poses& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_EQ(a[i].has_value(), b[i].has_value()) << "frame " << i;
    if (!a[i]) continue;
    EXPECT_EQ(a[i]->score, b[i]->score) << "frame " << i;
    for (std::size_t k = 0; k < pose::kLandmarkCount; ++k) {
      EXPECT_EQ(a[i]->keypoints[k].position.x_px, b[i]->keypoints[k].position.x_px);
      EXPECT_EQ(a[i]->keypoints[k].position.y_px, b[i]->keypoints[k].position.y_px);
      EXPECT_EQ(a[i]->keypoints[k].score, b[i]->keypoints[k].score);
    }
  }
}

double mean_x_px(const pose::Pose& pose) {
  double sum_px = 0.0;
  for (const pose::Keypoint& k : pose.keypoints) sum_px += k.position.x_px;
  return sum_px / static_cast<double>(pose::kLandmarkCount);
}

TEST(PoseTracking, is_identical_on_one_two_and_three_threads) {
  const auto clip = moving(4 * kLag + 3);
  const Poses one = tracked(clip, 1);
  for (const auto& pose : one) EXPECT_TRUE(pose.has_value());
  expect_identical(one, tracked(clip, 2));
  expect_identical(one, tracked(clip, 3));
}

TEST(PoseTracking, is_identical_however_many_pictures_are_given_at_a_time) {
  const auto clip = moving(3 * kLag + 1);
  const Poses at_once = tracked(clip, 2);
  expect_identical(at_once, tracked(clip, 2, 1));
  expect_identical(at_once, tracked(clip, 1, 3));
}

TEST(PoseTracking, is_identical_when_pictures_are_looked_at_early) {
  auto clip = moving(5 * kLag);
  clip[kLag + 2] = clip[3 * kLag] = clip[3 * kLag + 1] = black(clip.front().size);
  for (const int lag : {2, 4}) {
    const Poses in_time = tracked_ahead(clip, lag, 0);
    EXPECT_TRUE(in_time.back());
    expect_identical(in_time, tracked_ahead(clip, lag, 1));
    expect_identical(in_time, tracked_ahead(clip, lag, 2));
  }
}

TEST(PoseTracking, takes_what_was_seen_early_and_does_not_look_again) {
  const auto clip = moving(kLag);
  PoseTracker eye = tracker({.ahead = 1});
  for (const Image& picture : clip) {
    const image::View view = picture;
    ASSERT_TRUE(eye.track({&view, 1}).value().front().pose);
  }
  const Image dark = black(clip.front().size);
  const image::View view = dark;
  eye.look_ahead(clip.back());
  EXPECT_TRUE(eye.track({&view, 1}).value().front().pose) << "of the picture given early";
  EXPECT_FALSE(eye.track({&view, 1}).value().front().pose) << "of the dark one";
}

TEST(PoseTracking, may_be_given_some_pictures_early_and_others_not) {
  const auto clip = moving(3 * kLag);
  PoseTracker eye = tracker({.ahead = 2});
  Poses poses;
  for (std::size_t i = 0; i < clip.size(); ++i) {
    if (i % 3 != 0) eye.look_ahead(clip[i]);
    const image::View view = clip[i];
    poses.push_back(eye.track({&view, 1}).value().front().pose);
  }
  expect_identical(poses, tracked(clip, 1));
}

TEST(PoseTracking, gives_each_frame_its_own_pose_in_order) {
  const Poses poses = tracked(moving(3 * kLag), 2);
  ASSERT_EQ(poses.size(), 3 * kLag);
  for (std::size_t i = 0; i < poses.size(); ++i) {
    ASSERT_TRUE(poses[i]);
    const double moved_px = kStep_px * static_cast<double>(i);
    EXPECT_NEAR(mean_x_px(*poses[i]), mean_x_px(*poses[0]) + moved_px, kStep_px / 2.0) << i;
  }
}

TEST(PoseTracking, finds_a_person_again_after_a_short_loss) {
  auto clip = moving(5 * kLag);
  const std::size_t lost = kLag + 2;
  const std::size_t back = 2 * kLag + 1;
  for (std::size_t i = lost; i < back; ++i) clip[i] = black(clip[i].size);
  const Poses one = tracked(clip, 1);
  for (std::size_t i = 0; i < lost; ++i) EXPECT_TRUE(one[i]) << i;
  for (std::size_t i = lost; i < back; ++i) EXPECT_FALSE(one[i]) << i;
  EXPECT_TRUE(one.back());
  expect_identical(one, tracked(clip, 2));
}

TEST(PoseTracking, changes_to_a_lying_person_identically_on_one_and_two_threads) {
  const Image person = load_frame("faults_left_1.0.png");
  const Image upright = turned_left(person);
  Image alone = black({upright.size.width_px + person.size.width_px, upright.size.height_px});
  paste(upright, 0, 0, alone);
  Image both = alone;
  paste(person, upright.size.width_px, 100, both);
  std::vector<Image> clip(kLag + 1, alone);
  clip.resize(70, both);
  const Poses one = tracked(clip, 1);
  ASSERT_TRUE(one.front() && one.back());
  EXPECT_FALSE(blazepose::lies_down(*one.front()));
  EXPECT_TRUE(blazepose::lies_down(*one.back()));
  expect_identical(one, tracked(clip, 2));
}

TEST(PoseTracking, of_no_frames_gives_no_poses) {
  const auto none = tracker(2).track({});
  ASSERT_TRUE(none.ok());
  EXPECT_TRUE(none.value().empty());
}

TEST(PoseTracking, refuses_a_picture_without_pixels) {
  const auto clip = moving(2);
  const Image nothing;
  const std::vector<image::View> pictures{clip[0], clip[1], nothing};
  const auto refused = tracker(1).track(pictures);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::input);
}

TEST(PoseTracker, ends_its_threads_unused_moved_or_after_work) {
  { const PoseTracker unused = tracker(3); }
  PoseTracker first = tracker(3);
  const auto clip = moving(2);
  const std::vector<image::View> pictures{clip[0], clip[1]};
  PoseTracker second = std::move(first);
  EXPECT_TRUE(second.track(pictures).ok());
}

}  // namespace
}  // namespace matside::tests
