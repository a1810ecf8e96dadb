#include "formats/side_camera.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace matside::formats {
namespace {

using pose::Landmark;
using ::testing::HasSubstr;
using ::testing::SizeIs;

void set(MarkerFrame& frame, Landmark landmark, Point3d point) {
  frame.points[pose::index(landmark)] = point;
}

/// A person lying prone along x, with the head at x = 1.2 and the left side at z = -0.2.
MarkerFrame prone() {
  MarkerFrame frame;
  frame.number = 4;
  frame.time = base::Seconds(0.25);
  set(frame, Landmark::left_shoulder, {1.0, 0.2, -0.2});
  set(frame, Landmark::right_shoulder, {1.0, 0.2, 0.2});
  set(frame, Landmark::left_hip, {0.5, 0.1, -0.15});
  set(frame, Landmark::right_hip, {0.5, 0.1, 0.15});
  set(frame, Landmark::right_knee, {0.1, 0.05, 0.15});
  set(frame, Landmark::right_ankle, {0.1, 0.45, 0.15});
  return frame;
}

base::ImagePoint at(const pose::PoseFrame& frame, Landmark landmark) {
  return (*frame.pose)[landmark].position;
}

TEST(SideCamera, SeesTheBodyFromTheRight) {
  const auto seen = project_to_side_view({prone()}, "a.trc");
  ASSERT_TRUE(seen) << seen.error().message;
  const pose::PoseFrame& frame = seen.value().at(0);
  EXPECT_EQ(frame.frame_index, 4);
  EXPECT_EQ(frame.time, base::Seconds(0.25));
  EXPECT_EQ(frame.image_size.width_px, 1920);
  EXPECT_GT(at(frame, Landmark::right_shoulder).x_px, at(frame, Landmark::right_hip).x_px)
      << "the head is on the picture's right";
  EXPECT_LT(at(frame, Landmark::right_ankle).y_px, at(frame, Landmark::right_knee).y_px)
      << "up is toward smaller y";
  const double near_px = at(frame, Landmark::right_shoulder).x_px - 960.0;
  const double far_px = at(frame, Landmark::left_shoulder).x_px - 960.0;
  EXPECT_GT(near_px, far_px) << "the nearer side is larger";
}

TEST(SideCamera, KeepsTheWholeBodyInThePicture) {
  const auto seen = project_to_side_view({prone()}, "a.trc");
  ASSERT_TRUE(seen) << seen.error().message;
  int joints = 0;
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const pose::Keypoint& k = seen.value()[0].pose->keypoints[i];
    if (k.score <= 0.0) continue;
    ++joints;
    EXPECT_GT(k.position.x_px, 0.0);
    EXPECT_LT(k.position.x_px, 1920.0);
    EXPECT_GT(k.position.y_px, 0.0);
    EXPECT_LT(k.position.y_px, 1080.0);
  }
  EXPECT_EQ(joints, 6);
}

TEST(SideCamera, DoesNotDependOnTheUnitOfLength) {
  MarkerFrame millimetres = prone();
  for (auto& point : millimetres.points) {
    if (point) point = Point3d{1000 * point->x, 1000 * point->y, 1000 * point->z};
  }
  const auto metres = project_to_side_view({prone()}, "a.trc");
  const auto larger = project_to_side_view({millimetres}, "a.trc");
  EXPECT_NEAR(at(metres.value()[0], Landmark::right_knee).x_px,
              at(larger.value()[0], Landmark::right_knee).x_px, 1e-6);
}

TEST(SideCamera, ScalesPointsOfOnePlaneWithoutPerspective) {
  MarkerFrame flat = prone();
  for (auto& point : flat.points) {
    if (point) point->z = 0.0;
  }
  const auto seen = project_to_side_view({flat}, "a.trc");
  EXPECT_EQ(at(seen.value()[0], Landmark::left_shoulder).x_px,
            at(seen.value()[0], Landmark::right_shoulder).x_px);
  const double width_px = at(seen.value()[0], Landmark::right_shoulder).x_px -
                          at(seen.value()[0], Landmark::right_knee).x_px;
  EXPECT_NEAR(width_px, 0.8 * 1920, 1e-6);
}

TEST(SideCamera, HasNoPoseForAFrameWithoutMarkers) {
  MarkerFrame empty;
  empty.time = base::Seconds(0.5);
  const auto seen = project_to_side_view({prone(), empty}, "a.trc");
  ASSERT_THAT(seen.value(), SizeIs(2));
  EXPECT_FALSE(seen.value()[1].pose);
}

TEST(SideCamera, NeedsHipsAndShouldersInOneFrame) {
  MarkerFrame legs;
  set(legs, Landmark::left_hip, {0.5, 0.1, 0.0});
  const auto refused = project_to_side_view({legs}, "a.trc");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, base::ErrorKind::input);
  EXPECT_THAT(refused.error().message,
              HasSubstr("a.trc: no frame has both hips and shoulders"));
}

}  // namespace
}  // namespace matside::formats
