#include "report/picture_layout.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/support/practice.h"

namespace matside::report {
namespace {

std::vector<pose::PoseFrame> lying_frames() {
  support::Practice practice;
  practice.steps = support::alternating(1);
  return perform(practice).frames;
}

std::vector<Snapshot> every_tenth(const std::vector<pose::PoseFrame>& frames) {
  std::vector<Snapshot> all;
  for (std::size_t i = 0; i < frames.size(); i += 10)
    all.push_back({1, SnapshotKind::kick, 1, i});
  return all;
}

TEST(Crop, contains_the_body_in_every_snapshot) {
  const auto frames = lying_frames();
  const auto shown_at = every_tenth(frames);
  const auto crop = crop_for(frames, shown_at);
  ASSERT_TRUE(crop);
  EXPECT_LT(crop->part.size.width_px, crop->of.width_px);
  int inside = 0;
  for (const SnapshotPicture& shown : snapshot_pictures(frames, shown_at, *crop)) {
    for (const Point& point : shown.points) {
      if (point.score < 0.3) continue;
      ++inside;
      EXPECT_GE(point.x_px, 0.0);
      EXPECT_LE(point.x_px, crop->picture.width_px);
      EXPECT_GE(point.y_px, 0.0);
      EXPECT_LE(point.y_px, crop->picture.height_px);
    }
  }
  EXPECT_GT(inside, 100);
}

TEST(Crop, stays_in_the_picture_and_is_absent_without_snapshots) {
  auto frames = lying_frames();
  const auto shown_at = every_tenth(frames);
  for (auto& frame : frames) {
    for (auto& k : frame.pose->keypoints) k.position.x_px -= 300.0;
  }
  const auto crop = crop_for(frames, shown_at);
  ASSERT_TRUE(crop);
  EXPECT_EQ(crop->part.x_px, 0);
  EXPECT_FALSE(crop_for(frames, {}));
  for (auto& frame : frames) frame.pose->keypoints.fill({});
  EXPECT_FALSE(crop_for(frames, shown_at));
}

}  // namespace
}  // namespace matside::report
