#include "vision/blazepose/posture.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace matside::blazepose {
namespace {

using pose::Landmark;
using pose::Side;

/// A body seen from the side: hips at 300, 300, and each segment's direction in degrees
/// (0 to the right, 90 up in the picture).
pose::Pose body(double trunk_deg, double thigh_deg, double shank_deg) {
  const auto reach = [](base::ImagePoint from, double deg, double length_px) {
    const double angle = deg * std::numbers::pi / 180.0;
    return base::ImagePoint{from.x_px + length_px * std::cos(angle),
                            from.y_px - length_px * std::sin(angle)};
  };
  const base::ImagePoint hips{300.0, 300.0};
  const auto shoulders = reach(hips, trunk_deg, 100.0);
  const auto knees = reach(hips, thigh_deg, 85.0);
  pose::Pose p;
  for (const Side side : pose::kSides) {
    p[pose::on_side(Landmark::left_shoulder, side)].position = shoulders;
    p[pose::on_side(Landmark::left_hip, side)].position = hips;
    p[pose::on_side(Landmark::left_knee, side)].position = knees;
    p[pose::on_side(Landmark::left_ankle, side)].position = reach(knees, shank_deg, 80.0);
  }
  p[Landmark::nose].position = reach(shoulders, trunk_deg, 30.0);
  return p;
}

TEST(LiesDown, is_true_for_a_body_flat_on_forearms_or_kicking_in_both_directions) {
  EXPECT_TRUE(lies_down(body(5, 180, 180)));
  EXPECT_TRUE(lies_down(body(35, 180, 180)));
  EXPECT_TRUE(lies_down(body(25, 178, 80)));
  EXPECT_TRUE(lies_down(body(155, 0, 95)));
}

TEST(LiesDown, is_false_for_a_body_that_stands_sits_or_kneels) {
  EXPECT_FALSE(lies_down(body(90, 270, 270)));
  EXPECT_FALSE(lies_down(body(85, 180, 270)));  // on a chair
  EXPECT_FALSE(lies_down(body(80, 180, 180)));  // on the floor, legs out
  EXPECT_FALSE(lies_down(body(90, 270, 180)));  // kneeling
  EXPECT_FALSE(lies_down(body(5, 270, 180)));   // on hands and knees
  EXPECT_FALSE(lies_down(body(40, 250, 260)));  // bent forward
}

}  // namespace
}  // namespace matside::blazepose
