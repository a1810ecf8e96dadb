#include "annotation/skeleton_drawing.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "annotation/test_canvas.h"

namespace matside::annotation {
namespace {

using pose::Landmark;
using pose::Side;

constexpr base::ImageSize kSize{320, 240};
constexpr double kUnit_px = 4.8;

/// A pose with one visible leg: hip, knee and ankle along a horizontal line.
pose::Pose one_leg(double score = 0.9) {
  pose::Pose pose;
  pose[Landmark::left_hip] = {{60.0, 120.0}, score};
  pose[Landmark::left_knee] = {{160.0, 120.0}, score};
  pose[Landmark::left_ankle] = {{260.0, 120.0}, score};
  return pose;
}

GreyCanvas drawn(const DrawnBody& body, const BodyLabels& labels = {}) {
  OverlayLayer layer(kSize);
  draw_skeleton(layer, body, labels, kUnit_px);
  GreyCanvas page(kSize);
  layer.composite_onto(page.canvas);
  return page;
}

TEST(Skeleton, draws_limbs_between_visible_joints_only) {
  const GreyCanvas page = drawn({one_leg(), std::nullopt});
  EXPECT_TRUE(page.drawn(110, 120));
  EXPECT_TRUE(page.drawn(210, 120));
  EXPECT_EQ(page.drawn_in({0.0, 0.0, 320.0, 100.0}), 0);
  EXPECT_EQ(drawn({one_leg(0.05), std::nullopt}).drawn_in({0.0, 0.0, 320.0, 240.0}), 0);
}

TEST(Skeleton, draws_joints_of_low_score_faintly) {
  const auto contrast = [](const pose::Pose& pose) {
    const GreyCanvas page = drawn({pose, std::nullopt});
    return std::abs(page.y[std::size_t{120} * 320 + 110] - 100);
  };
  EXPECT_LT(contrast(one_leg(0.3)), contrast(one_leg(0.9)));
  EXPECT_GT(contrast(one_leg(0.3)), 0);
}

TEST(Skeleton, draws_the_far_side_thinner) {
  const Box across{108.0, 100.0, 112.0, 140.0};
  const int far = drawn({one_leg(), Side::right}).drawn_in(across);
  EXPECT_GT(far, 0);
  EXPECT_LT(far, drawn({one_leg(), Side::left}).drawn_in(across));
}

TEST(Skeleton, labels_the_knee_with_its_flexion) {
  const Box below{130.0, 132.0, 190.0, 160.0};
  EXPECT_EQ(drawn({one_leg(), std::nullopt}).drawn_in(below), 0);
  const KneeAngleLabel label{Side::left, base::Degrees(12.0)};
  EXPECT_GT(drawn({one_leg(), std::nullopt}, {{label}, {}}).drawn_in(below), 50);
  const KneeAngleLabel hidden{Side::right, base::Degrees(12.0)};
  EXPECT_EQ(drawn({one_leg(), std::nullopt}, {{hidden}, {}}).drawn_in(below), 0);
}

TEST(Skeleton, labels_both_knees_without_covering_one_label) {
  pose::Pose pose = one_leg();
  pose[Landmark::right_hip] = pose[Landmark::left_hip];
  pose[Landmark::right_knee] = pose[Landmark::left_knee];
  pose[Landmark::right_ankle] = pose[Landmark::left_ankle];
  const std::vector<KneeAngleLabel> both{{Side::left, base::Degrees(90.0)},
                                         {Side::right, base::Degrees(87.0)}};
  const GreyCanvas page = drawn({pose, Side::left}, {both, {}});
  EXPECT_GT(page.drawn_in({130.0, 132.0, 190.0, 180.0}), 50);
  EXPECT_GT(page.drawn_in({130.0, 60.0, 190.0, 100.0}), 50);
}

TEST(Skeleton, labels_another_joint_where_it_is_visible) {
  const Box below_hip{20.0, 140.0, 100.0, 190.0};
  const JointLabel lift{Landmark::left_hip, Side::left, "12°"};
  EXPECT_GT(drawn({one_leg(), std::nullopt}, {{}, lift}).drawn_in(below_hip), 50);
  EXPECT_EQ(drawn({one_leg(0.05), std::nullopt}, {{}, lift}).drawn_in(below_hip), 0);
}

TEST(Extent, contains_the_visible_landmarks) {
  pose::Pose pose = one_leg();
  pose[Landmark::nose] = {{5.0, 5.0}, 0.2};  // too uncertain
  pose[Landmark::right_hip] = {{std::numeric_limits<double>::quiet_NaN(), 0.0}, 0.9};
  const auto extent = extent_of(pose);
  ASSERT_TRUE(extent);
  EXPECT_EQ(extent->left_px, 60.0);
  EXPECT_EQ(extent->right_px, 260.0);
  EXPECT_EQ(extent->top_px, 120.0);
  EXPECT_EQ(extent->bottom_px, 120.0);
  EXPECT_FALSE(extent_of(pose::Pose{}));
}

}  // namespace
}  // namespace matside::annotation
