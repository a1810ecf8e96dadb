#include "core/engine/framing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/support/exercise.h"
#include "tests/support/observed_body.h"

namespace matside::engine {
namespace {

using base::ImagePoint;
using pose::Landmark;
using pose::PoseFrame;
using pose::Side;

constexpr std::array kEnds{Landmark::nose, Landmark::left_ankle, Landmark::right_ankle};

PoseFrame lying(Side near = Side::right) {
  return support::pictured(support::on_forearms(), support::square_camera(near));
}

Framing framing_of(const PoseFrame& frame) {
  const auto body = kinematics::measure(frame, support::kObservedMinScore);
  EXPECT_TRUE(body.has_value());
  return assess_framing(frame, body.value_or(kinematics::BodyFrame{}),
                        support::single_leg_kick().camera);
}

TEST(FramingOf, a_whole_body_large_enough_is_good_on_either_side) {
  for (const Side near : pose::kSides) {
    const Framing framing = framing_of(lying(near));
    EXPECT_TRUE(framing.legs_seen);
    EXPECT_FALSE(framing.cut_off);
    EXPECT_FALSE(framing.small);
  }
}

TEST(FramingOf, a_body_with_one_leg_does_not_have_both_legs) {
  for (const Side side : pose::kSides) {
    PoseFrame frame = lying();
    (*frame.pose)[on_side(Landmark::left_knee, side)].score = 0.0;
    EXPECT_FALSE(framing_of(frame).legs_seen);
    EXPECT_FALSE(framing_of(frame).small);
  }
}

TEST(FramingOf, a_head_or_foot_at_or_beyond_an_edge_is_cut_off) {
  const double width_px = lying().image_size.width_px;
  const double height_px = lying().image_size.height_px;
  for (const Landmark end : kEnds) {
    for (const ImagePoint p :
         {ImagePoint{0.0, 100.0}, ImagePoint{-20.0, 100.0}, ImagePoint{width_px, 100.0},
          ImagePoint{100.0, 0.0}, ImagePoint{100.0, height_px}, ImagePoint{100.0, 9999.0}}) {
      PoseFrame frame = lying();
      (*frame.pose)[end].position = p;
      EXPECT_TRUE(framing_of(frame).cut_off) << name(end) << ' ' << p.x_px << ' ' << p.y_px;
    }
    PoseFrame frame = lying();
    (*frame.pose)[end].position = {1.0, height_px - 1.0};
    EXPECT_FALSE(framing_of(frame).cut_off) << name(end);
  }
}

TEST(FramingOf, a_joint_the_source_does_not_know_is_not_cut_off) {
  for (const Landmark end : kEnds) {
    PoseFrame frame = lying();
    (*frame.pose)[end] = {};
    EXPECT_FALSE(framing_of(frame).cut_off) << name(end);
  }
}

TEST(FramingOf, other_joints_beyond_the_edge_do_not_matter) {
  PoseFrame frame = lying();
  (*frame.pose)[Landmark::right_wrist].position = {-30.0, 900.0};
  EXPECT_FALSE(framing_of(frame).cut_off);
}

// The same body in a picture grown round it until its thigh is a smaller share than the border.
TEST(FramingOf, a_body_is_small_by_its_thighs_share_of_the_longer_side) {
  const double share = support::single_leg_kick().camera.thigh_min.value;
  const PoseFrame plain = lying();
  const auto body = kinematics::measure(plain, support::kObservedMinScore);
  const double thigh_px =
      std::max(body->legs[0].value().thigh_px, body->legs[1].value().thigh_px);
  for (const double factor : {0.98, 1.02}) {
    for (const bool tall : {false, true}) {
      PoseFrame frame = plain;
      const int longer_px = static_cast<int>(factor * thigh_px / share);
      frame.image_size =
          tall ? base::ImageSize{640, longer_px} : base::ImageSize{longer_px, 360};
      EXPECT_EQ(framing_of(frame).small, factor > 1.0) << factor << tall;
    }
  }
}

TEST(FramingOf, a_body_is_as_small_in_a_scaled_picture) {
  for (const double scale : {0.2, 1.0, 5.0}) {
    EXPECT_FALSE(framing_of(support::transformed(lying(), scale)).small) << scale;
  }
}

}  // namespace
}  // namespace matside::engine
