#include "tests/support/body_model.h"

#include <cmath>
#include <numbers>

namespace matside::support {
namespace {

using base::ImagePoint;
using base::WorldPoint;
using pose::Landmark;

double radians(double deg) { return deg * std::numbers::pi / 180.0; }

struct PinholeCamera {
  explicit PinholeCamera(const Camera& camera) : c(camera) {
    const double yaw = radians(camera.yaw_deg);
    const double sign = camera.side == pose::Side::right ? 1.0 : -1.0;
    // Right side of a prone body: z toward the camera is +z for the right, -z for the left.
    position = {kTarget.x_m - camera.distance_m * std::sin(yaw), camera.height_m,
                sign * camera.distance_m * std::cos(yaw)};
    forward = unit(
        {kTarget.x_m - position.x_m, kTarget.y_m - position.y_m, kTarget.z_m - position.z_m});
    right = unit(cross(forward, {0.0, 1.0, 0.0}));
    const WorldPoint level_up = cross(right, forward);
    forward = mixed(forward, std::cos(radians(camera.tilt_deg)), level_up,
                    std::sin(radians(camera.tilt_deg)));
    up = cross(right, forward);
  }

  [[nodiscard]] ImagePoint project(WorldPoint p) const {
    const WorldPoint d{p.x_m - position.x_m, p.y_m - position.y_m, p.z_m - position.z_m};
    const double depth = std::max(0.05, dot(d, forward));
    const double focal_px = 0.5 * c.size.width_px / std::tan(0.5 * radians(c.hfov_deg));
    const double x = dot(d, right) / depth * focal_px;
    const double y = -dot(d, up) / depth * focal_px;
    const double roll = radians(c.roll_deg);
    return {0.5 * c.size.width_px + x * std::cos(roll) - y * std::sin(roll),
            0.5 * c.size.height_px + x * std::sin(roll) + y * std::cos(roll)};
  }

  static double dot(WorldPoint a, WorldPoint b) {
    return a.x_m * b.x_m + a.y_m * b.y_m + a.z_m * b.z_m;
  }
  static WorldPoint cross(WorldPoint a, WorldPoint b) {
    return {a.y_m * b.z_m - a.z_m * b.y_m, a.z_m * b.x_m - a.x_m * b.z_m,
            a.x_m * b.y_m - a.y_m * b.x_m};
  }
  static WorldPoint unit(WorldPoint a) {
    const double n = std::sqrt(dot(a, a));
    return {a.x_m / n, a.y_m / n, a.z_m / n};
  }

  static WorldPoint mixed(WorldPoint a, double ka, WorldPoint b, double kb) {
    return {ka * a.x_m + kb * b.x_m, ka * a.y_m + kb * b.y_m, ka * a.z_m + kb * b.z_m};
  }

  static constexpr WorldPoint kTarget{0.0, 0.15, 0.0};
  Camera c;
  WorldPoint position;
  WorldPoint forward;
  WorldPoint right;
  WorldPoint up;
};

WorldPoint& at(Skeleton& s, Landmark l) { return s[pose::index(l)]; }
WorldPoint& at(Skeleton& s, Landmark left_twin, pose::Side side) {
  return at(s, pose::on_side(left_twin, side));
}

double sign_of(pose::Side side) { return side == pose::Side::right ? 1.0 : -1.0; }

// Leans a part of the leg out of the body's plane, about the line of the thigh.
WorldPoint leaned(WorldPoint from, WorldPoint to, double out_deg, pose::Side side) {
  const double up_m = to.y_m - from.y_m;
  return {to.x_m, from.y_m + up_m * std::cos(radians(out_deg)),
          to.z_m + sign_of(side) * up_m * std::sin(radians(out_deg))};
}

void pose_leg(Skeleton& s, const Body& body, const Posture& p, pose::Side side) {
  const std::size_t i = pose::index(side);
  const double half_m = body.hip_half_width_ratio * body.height_m;
  const WorldPoint hip{-p.reach_m[i],
                       body.hip_above_mat_m + p.hip_rise_m -
                           sign_of(side) * half_m * std::sin(radians(p.pelvis_roll_deg)),
                       sign_of(side) * half_m};
  // The knee stays on the mat unless the thigh lifts; the thigh slopes from the hip down to it.
  const double slope =
      std::asin(std::min(0.95, (hip.y_m - body.knee_above_mat_m) / body.thigh_m()));
  const double thigh_deg = 180.0 + slope * 180.0 / std::numbers::pi - p.thigh_lift_deg[i];
  const WorldPoint knee = step(hip, body.thigh_m(), thigh_deg);
  const double shank_deg = thigh_deg - body.straight_knee_deg - p.knee_flexion_deg[i];
  const WorldPoint ankle = step(knee, body.shank_m(), shank_deg);
  const auto put = [&](Landmark left_twin, WorldPoint place) {
    at(s, left_twin, side) = leaned(knee, place, p.shank_out_deg[i], side);
  };
  at(s, Landmark::left_hip, side) = {0.0, hip.y_m, hip.z_m};
  at(s, Landmark::left_knee, side) = knee;
  put(Landmark::left_ankle, ankle);
  put(Landmark::left_heel, step(ankle, 0.05, shank_deg - 60.0));
  put(Landmark::left_foot_index, step(ankle, 0.10 * body.height_m, shank_deg + 35.0));
}

void pose_upper_body(Skeleton& s, const Body& body, const Posture& p) {
  const WorldPoint resting_hip{0.0, body.hip_above_mat_m, 0.0};
  const double trunk_m = body.trunk_ratio * body.height_m;
  WorldPoint shoulder = step(resting_hip, trunk_m, p.trunk_incline_deg);
  // Hips that rise leave the shoulders over the elbows, and draw them back a little.
  const double above_hip_m = shoulder.y_m - resting_hip.y_m - p.hip_rise_m;
  shoulder.x_m = std::sqrt(std::max(0.0, trunk_m * trunk_m - above_hip_m * above_hip_m));
  const WorldPoint ear =
      step(shoulder, body.neck_ratio * body.height_m, p.trunk_incline_deg + 25.0 + p.neck_deg);
  const WorldPoint nose =
      step(ear, 0.065 * body.height_m, p.trunk_incline_deg - 20.0 + p.neck_deg);
  const bool propped = p.trunk_incline_deg > 15.0;
  const WorldPoint elbow =
      p.elbows  ? *p.elbows
      : propped ? step(shoulder, shoulder.y_m / std::cos(radians(p.elbow_forward_deg)),
                       -90.0 + p.elbow_forward_deg)
                : step(shoulder, body.upper_arm_ratio * body.height_m, -10.0);
  const WorldPoint wrist = step(elbow, body.forearm_ratio * body.height_m, 0.0);
  for (const pose::Side side : pose::kSides) {
    const auto put = [&](Landmark left_twin, WorldPoint place, double half_width_ratio) {
      place.z_m = sign_of(side) * half_width_ratio * body.height_m;
      at(s, left_twin, side) = place;
    };
    put(Landmark::left_shoulder, shoulder, body.shoulder_half_width_ratio);
    put(Landmark::left_elbow, elbow, body.shoulder_half_width_ratio + 0.02);
    put(Landmark::left_wrist, wrist, 0.08);
    put(Landmark::left_pinky, step(wrist, 0.06, 0.0), 0.08);
    put(Landmark::left_index, step(wrist, 0.07, 0.0), 0.06);
    put(Landmark::left_thumb, step(wrist, 0.05, 10.0), 0.05);
    put(Landmark::left_ear, ear, 0.045);
  }
  put_face(s, nose);
}

// Turns the whole body about the hips toward standing.
void raise(Skeleton& s, const Body& body, double upright_deg) {
  const double a = radians(upright_deg);
  const double leg_m = body.thigh_m() + body.shank_m();
  for (WorldPoint& p : s) {
    const double above_hip_m = p.y_m - body.hip_above_mat_m;
    const double x = p.x_m * std::cos(a) - above_hip_m * std::sin(a);
    const double y = p.x_m * std::sin(a) + above_hip_m * std::cos(a);
    p = {x, body.hip_above_mat_m + y + std::sin(a) * leg_m, p.z_m};
  }
}

}  // namespace

WorldPoint step(WorldPoint from, double length_m, double elevation_deg) {
  return {from.x_m + length_m * std::cos(radians(elevation_deg)),
          from.y_m + length_m * std::sin(radians(elevation_deg)), from.z_m};
}

void put_face(Skeleton& s, WorldPoint nose) {
  for (const Landmark face :
       {Landmark::nose, Landmark::left_eye_inner, Landmark::left_eye, Landmark::left_eye_outer,
        Landmark::right_eye_inner, Landmark::right_eye, Landmark::right_eye_outer,
        Landmark::mouth_left, Landmark::mouth_right}) {
    s[pose::index(face)] = nose;
  }
}

Skeleton posed(const Body& body, const Posture& posture) {
  Skeleton s{};
  for (const pose::Side side : pose::kSides) pose_leg(s, body, posture, side);
  pose_upper_body(s, body, posture);
  if (posture.upright_deg != 0.0) raise(s, body, posture.upright_deg);
  return s;
}

pose::Pose seen_by(const Camera& camera, const Skeleton& skeleton) {
  const PinholeCamera eye(camera);
  pose::Pose pose;
  pose.score = 1.0;
  for (std::size_t i = 0; i < skeleton.size(); ++i) {
    pose.keypoints[i] = {eye.project(skeleton[i]), 1.0};
  }
  return pose;
}

pose::Pose seen_by(const Camera& camera, const Body& body, const Posture& posture) {
  return seen_by(camera, posed(body, posture));
}

}  // namespace matside::support
