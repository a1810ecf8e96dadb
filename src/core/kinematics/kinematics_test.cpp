#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <span>
#include <vector>

#include "core/kinematics/body_frame.h"
#include "core/kinematics/leg_angles.h"
#include "core/kinematics/plane_rectification.h"
#include "core/kinematics/rest_baseline.h"
#include "tests/support/body_model.h"

namespace matside::kinematics {
namespace {

using base::Seconds;
using pose::Side;
using support::Camera;
using support::kStraightKneeDeg;
using support::Posture;

// Far away and level, so that the picture shows the angles as they are.
Camera square_camera(Side side = Side::right) {
  Camera camera;
  camera.distance_m = 40.0;
  camera.height_m = 0.15;
  camera.hfov_deg = 3.5;
  camera.side = side;
  return camera;
}

BodyFrame seen(const Posture& posture, const Camera& camera = square_camera()) {
  const pose::PoseFrame frame{0, Seconds(0.0), camera.size, seen_by(camera, {}, posture)};
  const auto body = measure(frame, 0.1);
  EXPECT_TRUE(body.has_value());
  return body.value_or(BodyFrame{});
}

Posture on_forearms() {
  Posture p;
  p.trunk_incline_deg = 29.0;
  return p;
}

RestPose rest_of(const Camera& camera) {
  const BodyFrame frames[] = {seen(on_forearms(), camera)};
  std::vector<double> scratch;
  return median_rest_pose(frames, scratch);
}

TEST(Measure, reads_knee_flexion_of_both_legs_from_either_side) {
  for (const Side side : pose::kSides) {
    for (const double bend : {0.0, 30.0, 60.0, 90.0, 120.0, 140.0}) {
      Posture p = on_forearms();
      p.knee_flexion_deg = {bend, 10.0};
      const BodyFrame body = seen(p, square_camera(side));
      EXPECT_NEAR(body.legs[0]->knee_flexion.value(), bend + kStraightKneeDeg, 0.5);
      EXPECT_NEAR(body.legs[1]->knee_flexion.value(), 10.0 + kStraightKneeDeg, 0.5);
    }
  }
}

TEST(Measure, a_shank_below_the_thighs_line_is_negative_flexion) {
  Posture p;
  p.knee_flexion_deg = {-20.0, 0.0};
  EXPECT_LT(seen(p).legs[0]->knee_flexion.value(), -10.0);
}

TEST(Measure, the_near_side_of_a_prone_person_follows_from_the_heads_direction) {
  EXPECT_EQ(near_side(seen(on_forearms(), square_camera(Side::right)).head_direction),
            Side::right);
  EXPECT_EQ(near_side(seen(on_forearms(), square_camera(Side::left)).head_direction),
            Side::left);
}

TEST(ChestIncline, does_not_change_when_only_the_hips_rise) {
  const RestPose rest = rest_of(square_camera());
  Posture hips_up = on_forearms();
  hips_up.hip_rise_m = 0.0;
  BodyFrame body = seen(hips_up);
  body.hip.y_px -= 20.0;
  EXPECT_NEAR((chest_incline(rest, body) - rest.trunk_incline).value(), 0.0, 1e-9);
}

TEST(Nod, a_dropping_head_is_negative) {
  const RestPose rest = rest_of(square_camera());
  Posture drop = on_forearms();
  drop.neck_deg = -30.0;
  EXPECT_LT(neck_angle_change(rest, seen(drop)).value(), -18.0);
  EXPECT_NEAR(neck_angle_change(rest, seen(on_forearms())).value(), 0.0, 1e-9);
}

TEST(Nod, a_nose_that_moves_without_the_ear_is_misread) {
  const RestPose rest = rest_of(square_camera());
  Posture drop = on_forearms();
  drop.neck_deg = -30.0;
  BodyFrame body = seen(drop);
  body.ear = rest.ear;
  EXPECT_NEAR(neck_angle_change(rest, body).value(), 0.0, 1e-9);
}

TEST(RestBaseline, is_ready_after_half_a_second_and_keeps_medians) {
  RestBaseline baseline(Seconds(6.0), Seconds(0.5));
  for (int i = 0; i < 30; ++i) {
    BodyFrame body = seen(on_forearms());
    body.time = Seconds(i / 30.0);
    if (i == 7) body.hip.y_px += 100.0;
    baseline.add(body);
    EXPECT_EQ(baseline.ready(), i >= 15) << i;
  }
  EXPECT_NEAR(baseline.rest().hip.y_px, seen(on_forearms()).hip.y_px, 1e-9);
  baseline.clear();
  EXPECT_FALSE(baseline.ready());
}

TEST(RestBaseline, is_the_median_of_the_last_six_seconds) {
  RestBaseline baseline(Seconds(6.0), Seconds(0.5));
  std::vector<double> scratch;
  for (int i = 0; i < 500; ++i) {
    Posture swaying = on_forearms();
    swaying.neck_deg = static_cast<double>(i % 7);
    swaying.knee_flexion_deg = {static_cast<double>(i % 5), static_cast<double>(i % 11)};
    BodyFrame body = seen(swaying);
    body.time = Seconds(i / 30.0);
    if (i % 9 == 0) body.legs[1].reset();
    if (i % 4 == 0) body.elbow.reset();
    baseline.add(body);
    if (!baseline.ready()) continue;
    std::vector<BodyFrame> frames(baseline.frames().begin(), baseline.frames().end());
    const RestPose wanted = median_rest_pose(frames, scratch);
    const RestPose& rest = baseline.rest();
    EXPECT_EQ(rest.ear.y_px, wanted.ear.y_px);
    EXPECT_EQ(rest.legs[0].knee_flexion, wanted.legs[0].knee_flexion);
    EXPECT_EQ(rest.legs[1].knee.x_px, wanted.legs[1].knee.x_px);
    EXPECT_EQ(rest.trunk_incline, wanted.trunk_incline);
    EXPECT_EQ(rest.thigh_px, wanted.thigh_px);
    EXPECT_EQ(rest.elbow_forward, wanted.elbow_forward);
  }
  EXPECT_EQ(baseline.frames().size(), 192U);
}

TEST(MeasureLegs, an_ankle_between_the_two_legs_weighs_little) {
  const RestPose rest = rest_of(square_camera());
  Posture p = on_forearms();
  p.knee_flexion_deg = {100.0, 0.0};
  BodyFrame body = seen(p);
  LegFrame& leg = *body.legs[0];
  const base::ImagePoint other = body.legs[1]->ankle;
  leg.ankle = leg.ankle + (other - leg.ankle) * 0.5;
  leg.shank_px = base::length(leg.ankle - leg.knee);
  EXPECT_LT(measure_legs(body, rest)->raised.knee_weight, 0.05);
}

Camera askew(double yaw_deg, double height_m) {
  Camera camera;
  camera.yaw_deg = yaw_deg;  // Positive is toward the feet.
  camera.height_m = height_m;
  return camera;
}

PlaneRectification view_of(const BodyFrame& body) {
  std::vector<double> scratch;
  return estimate_rectification(std::span(&body, 1), scratch);
}

TEST(PlaneRectification, finds_the_direction_of_the_camera) {
  for (const double yaw_deg : {-30.0, -10.0, 0.0, 20.0, 30.0}) {
    for (const double height_m : {0.15, 0.5, 1.2}) {
      const PlaneRectification view = view_of(seen(on_forearms(), askew(yaw_deg, height_m)));
      // The feet of a body seen from its right side are at the picture's left.
      EXPECT_NEAR(view.yaw().value(), yaw_deg, 4.0) << yaw_deg << ' ' << height_m;
      const double looks_down_deg = std::atan2(height_m - 0.15, 2.4) * 180.0 / std::numbers::pi;
      EXPECT_NEAR(view.pitch().value(), looks_down_deg, 5.0) << yaw_deg << ' ' << height_m;
    }
  }
}

TEST(PlaneRectification, gives_true_knee_angles_from_any_direction) {
  for (const double yaw_deg : {-30.0, -15.0, 0.0, 15.0, 30.0}) {
    for (const double height_m : {0.2, 0.5, 0.8, 1.2}) {
      const Camera camera = askew(yaw_deg, height_m);
      const PlaneRectification view = view_of(seen(on_forearms(), camera));
      for (const double bend : {0.0, 45.0, 90.0, 120.0}) {
        Posture p = on_forearms();
        p.knee_flexion_deg = {bend, bend};
        const BodyFrame body = view.rectified(seen(p, camera));
        for (const auto& leg : body.legs) {
          EXPECT_NEAR(leg->knee_flexion.value(), bend + kStraightKneeDeg, 3.0)
              << yaw_deg << ' ' << height_m << ' ' << bend;
        }
      }
    }
  }
}

TEST(PlaneRectification, a_shank_keeps_its_length_while_it_swings) {
  const Camera camera = askew(-25.0, 0.9);
  const PlaneRectification view = view_of(seen(on_forearms(), camera));
  const double lying_px = view.rectified(seen(on_forearms(), camera)).legs[1]->shank_px;
  for (const double bend : {30.0, 60.0, 90.0, 120.0}) {
    Posture p = on_forearms();
    p.knee_flexion_deg = {0.0, bend};
    EXPECT_NEAR(view.rectified(seen(p, camera)).legs[1]->shank_px / lying_px, 1.0, 0.03)
        << bend;
  }
}

TEST(PlaneRectification, changes_nothing_where_the_far_side_is_not_seen) {
  BodyFrame body = seen(on_forearms(), askew(-25.0, 0.9));
  body.far_hip.reset();
  const PlaneRectification view = view_of(body);
  EXPECT_EQ(view.yaw().value(), 0.0);
  EXPECT_EQ(view.rectified(body).nose.x_px, body.nose.x_px);
  EXPECT_EQ(view.rectified(body).legs[0]->knee_flexion, body.legs[0]->knee_flexion);
}

}  // namespace
}  // namespace matside::kinematics
