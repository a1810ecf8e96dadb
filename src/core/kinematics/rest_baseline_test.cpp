#include "core/kinematics/rest_baseline.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/observed_body.h"

namespace matside::kinematics {
namespace {

using base::ImageVector;
using base::Seconds;
using pose::Side;
using support::observed;
using support::on_forearms;
using support::Posture;
using support::square_camera;

constexpr Seconds kWindow(6.0);
constexpr Seconds kEnough(0.5);

BodyFrame lying_at(double time_s, Side near = Side::right) {
  return observed(on_forearms(), square_camera(near), Seconds(time_s));
}

BodyFrame moved(BodyFrame body, ImageVector shift) {
  body.hip = body.hip + shift;
  body.shoulder = body.shoulder + shift;
  return body;
}

/// When a baseline that sees so many frames a second first knows the rest.
double ready_after_s(double fps) {
  RestBaseline baseline(kWindow, kEnough);
  for (int i = 0; i < 1000; ++i) {
    baseline.add(lying_at(i / fps));
    if (baseline.ready()) return i / fps;
  }
  return 1e9;
}

RestPose rest_of(const std::vector<BodyFrame>& frames) {
  std::vector<double> scratch;
  return median_rest_pose(frames, scratch);
}

TEST(RestBaselineWindow, knows_nothing_before_the_first_half_second) {
  RestBaseline baseline(kWindow, kEnough);
  EXPECT_FALSE(baseline.ready());
  EXPECT_TRUE(baseline.frames().empty());
  baseline.add(lying_at(0.0));
  EXPECT_FALSE(baseline.ready());
}

TEST(RestBaselineWindow, takes_as_long_at_every_frame_rate) {
  for (const double fps : {15.0, 25.0, 30.0, 60.0, 120.0, 240.0}) {
    EXPECT_GE(ready_after_s(fps), kEnough.value()) << fps;
    EXPECT_LE(ready_after_s(fps), kEnough.value() + 1.0 / 15.0 + 1e-9) << fps;
  }
}

TEST(RestBaselineWindow, holds_no_more_frames_of_a_fast_camera) {
  RestBaseline slow(kWindow, kEnough);
  RestBaseline fast(kWindow, kEnough);
  for (int i = 0; i < 60; ++i) slow.add(lying_at(i / 30.0));
  for (int i = 0; i < 480; ++i) fast.add(lying_at(i / 240.0));
  EXPECT_EQ(slow.frames().size(), 60U);
  EXPECT_LE(fast.frames().size(), 65U);
}

TEST(RestBaselineWindow, forgets_what_is_older_than_the_window) {
  RestBaseline baseline(kWindow, kEnough);
  const ImageVector shift{0.0, -30.0};
  double time_s = 0.0;
  for (; time_s < 10.0; time_s += 1.0 / 30.0) baseline.add(lying_at(time_s));
  const double before_px = baseline.rest().hip.y_px;
  for (; time_s < 12.5; time_s += 1.0 / 30.0) baseline.add(moved(lying_at(time_s), shift));
  EXPECT_NEAR(baseline.rest().hip.y_px, before_px, 1e-9) << "less than half of the window";
  for (; time_s < 14.5; time_s += 1.0 / 30.0) baseline.add(moved(lying_at(time_s), shift));
  EXPECT_NEAR(baseline.rest().hip.y_px, before_px - 30.0, 1e-9) << "more than half of it";
}

TEST(RestBaselineWindow, keeps_the_old_rest_after_a_restart_until_the_new_one_is_known) {
  RestBaseline baseline(kWindow, kEnough);
  for (int i = 0; i < 60; ++i) baseline.add(lying_at(i / 30.0));
  const double before_px = baseline.rest().hip.x_px;
  baseline.restart();
  EXPECT_TRUE(baseline.ready());
  const ImageVector shift{40.0, 0.0};
  for (int i = 60; i < 70; ++i) baseline.add(moved(lying_at(i / 30.0), shift));
  EXPECT_NEAR(baseline.rest().hip.x_px, before_px, 1e-9);
  for (int i = 70; i < 80; ++i) baseline.add(moved(lying_at(i / 30.0), shift));
  EXPECT_NEAR(baseline.rest().hip.x_px, before_px + 40.0, 1e-9);
}

TEST(RestBaselineWindow, is_unknown_again_after_clearing) {
  RestBaseline baseline(kWindow, kEnough);
  for (int i = 0; i < 60; ++i) baseline.add(lying_at(i / 30.0));
  baseline.clear();
  EXPECT_FALSE(baseline.ready());
  EXPECT_TRUE(baseline.frames().empty());
  for (int i = 60; i < 90; ++i) baseline.add(lying_at(i / 30.0));
  EXPECT_TRUE(baseline.ready());
}

TEST(RestBaselineWindow, seen_through_an_unknown_view_stays_as_it_is) {
  RestBaseline baseline(kWindow, kEnough);
  baseline.rectify(PlaneRectification{});
  for (int i = 0; i < 60; ++i) baseline.add(lying_at(i / 30.0));
  const RestPose before = baseline.rest();
  baseline.rectify(PlaneRectification{});
  EXPECT_EQ(baseline.rest().hip.x_px, before.hip.x_px);
  EXPECT_EQ(baseline.rest().trunk_incline, before.trunk_incline);
  EXPECT_EQ(baseline.frames().size(), 60U);
}

TEST(MedianRest, of_one_frame_is_that_frame_on_either_side) {
  for (const Side near : pose::kSides) {
    const BodyFrame body = lying_at(0.0, near);
    const RestPose rest = rest_of({body});
    EXPECT_EQ(rest.hip.x_px, body.hip.x_px);
    EXPECT_EQ(rest.ear.y_px, body.ear.y_px);
    for (std::size_t side = 0; side < 2; ++side) {
      EXPECT_EQ(rest.legs[side].knee_flexion, body.legs[side]->knee_flexion);
      EXPECT_EQ(rest.legs[side].shank_px, body.legs[side]->shank_px);
    }
    EXPECT_EQ(rest.thigh_px, body.legs[index(near)]->thigh_px);
    EXPECT_NEAR(rest.trunk_incline.value(), 29.0, 0.5);
  }
}

TEST(MedianRest, ignores_a_minority_of_misread_frames) {
  std::vector<BodyFrame> frames;
  for (int i = 0; i < 11; ++i) frames.push_back(lying_at(i / 30.0));
  const RestPose clean = rest_of(frames);
  for (std::size_t i = 0; i < 5; ++i) {
    frames[2 * i] = moved(frames[2 * i], {500.0, -300.0});
    frames[2 * i].legs[0]->shank_px *= 3.0;
  }
  const RestPose rest = rest_of(frames);
  EXPECT_EQ(rest.hip.x_px, clean.hip.x_px);
  EXPECT_EQ(rest.shoulder.y_px, clean.shoulder.y_px);
  EXPECT_EQ(rest.legs[0].shank_px, clean.legs[0].shank_px);
}

TEST(MedianRest, takes_the_far_thigh_where_the_near_one_is_never_seen) {
  BodyFrame body = lying_at(0.0);
  body.legs[index(Side::right)].reset();
  EXPECT_EQ(rest_of({body}).thigh_px, body.legs[index(Side::left)]->thigh_px);
  body.legs[index(Side::left)].reset();
  EXPECT_EQ(rest_of({body}).thigh_px, 0.0);
  EXPECT_EQ(rest_of({body}).legs[0].thigh_px, 0.0);
}

TEST(MedianRest, has_the_elbow_ahead_or_behind_whichever_way_the_head_is) {
  for (const Side near : pose::kSides) {
    for (const double lean_deg : {-15.0, 0.0, 20.0}) {
      Posture posture = on_forearms();
      posture.elbow_forward_deg = lean_deg;
      const BodyFrame body = observed(posture, square_camera(near));
      const auto forward = rest_of({body}).elbow_forward;
      ASSERT_TRUE(forward);
      // The upper arm leans by this angle and is about as long as it is high.
      const double shoulder_m = 0.095 + 0.29 * 1.68 * std::sin(29.0 * M_PI / 180.0);
      const double arm_m = 0.186 * 1.68;
      EXPECT_NEAR(*forward, shoulder_m * std::tan(lean_deg * M_PI / 180.0) / arm_m, 0.03);
    }
  }
}

TEST(MedianRest, has_no_elbow_where_none_was_seen_or_nothing_to_measure_it_by) {
  BodyFrame body = lying_at(0.0);
  body.elbow.reset();
  EXPECT_FALSE(rest_of({body}).elbow_forward);
  body = lying_at(0.0);
  body.legs = {};
  EXPECT_FALSE(rest_of({body}).elbow_forward);
}

TEST(ChestInclineAboveRest, grows_with_the_trunk_on_either_side) {
  for (const Side near : pose::kSides) {
    const RestPose rest = support::observed_rest(square_camera(near));
    double last_deg = -1.0;
    for (const double trunk_deg : {5.0, 15.0, 29.0, 40.0}) {
      Posture posture = on_forearms();
      posture.trunk_incline_deg = trunk_deg;
      const double deg = chest_incline(rest, observed(posture, square_camera(near))).value();
      EXPECT_NEAR(deg, trunk_deg, 0.6);
      EXPECT_GT(deg, last_deg);
      last_deg = deg;
    }
  }
}

TEST(NodAboveRest, is_zero_when_head_and_chest_rise_together) {
  const RestPose rest = support::observed_rest();
  for (const double trunk_deg : {19.0, 39.0}) {
    Posture posture = on_forearms();
    posture.trunk_incline_deg = trunk_deg;
    EXPECT_NEAR(neck_angle_change(rest, observed(posture)).value(), 0.0, 0.5);
  }
}

TEST(NodAboveRest, has_the_sign_of_the_necks_turn_and_grows_with_it) {
  for (const Side near : pose::kSides) {
    const RestPose rest = support::observed_rest(square_camera(near));
    double last_deg = -1e9;
    for (const double neck_deg : {-40.0, -20.0, -5.0, 5.0, 20.0, 40.0}) {
      Posture posture = on_forearms();
      posture.neck_deg = neck_deg;
      const double deg =
          neck_angle_change(rest, observed(posture, square_camera(near))).value();
      EXPECT_GT(deg * neck_deg, 0.0) << neck_deg;
      EXPECT_GT(deg, last_deg) << neck_deg;
      last_deg = deg;
    }
  }
}

}  // namespace
}  // namespace matside::kinematics
