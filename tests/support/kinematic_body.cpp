#include "tests/support/kinematic_body.h"

#include <cmath>
#include <numbers>

namespace matside::support {
namespace {

using base::ImagePoint;
using base::WorldPoint;
using pose::Landmark;

double radians(double deg) { return deg * std::numbers::pi / 180.0; }

WorldPoint step(WorldPoint from, double length_m, double elevation_deg) {
  return {from.x_m + length_m * std::cos(radians(elevation_deg)),
          from.y_m + length_m * std::sin(radians(elevation_deg)), from.z_m};
}

struct Eye {
  explicit Eye(const Camera& camera) : c(camera) {
    const double yaw = radians(camera.yaw_deg);
    const double sign = camera.side == pose::Side::right ? 1.0 : -1.0;
    // Right side of a prone body: z toward the camera is +z for the right, -z for the left.
    position = {kTarget.x_m - camera.distance_m * std::sin(yaw), camera.height_m,
                sign * camera.distance_m * std::cos(yaw)};
    forward = unit(
        {kTarget.x_m - position.x_m, kTarget.y_m - position.y_m, kTarget.z_m - position.z_m});
    right = unit(cross(forward, {0.0, 1.0, 0.0}));
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

  static constexpr WorldPoint kTarget{0.0, 0.15, 0.0};
  Camera c;
  WorldPoint position;
  WorldPoint forward;
  WorldPoint right;
  WorldPoint up;
};

struct Skeleton {
  std::array<WorldPoint, pose::kLandmarkCount> joints{};
  WorldPoint& operator[](Landmark l) { return joints[pose::index(l)]; }
};

void pose_leg(Skeleton& s, const Body& body, const Posture& p, pose::Side side,
              WorldPoint hip) {
  const std::size_t i = pose::index(side);
  const double thigh_m = body.thigh_ratio * body.height_m;
  const double shank_m = body.shank_ratio * body.height_m;
  const double knee_rest_m = 0.06;
  // The knee stays on the mat unless the thigh lifts; the thigh slopes from the hip down to it.
  const double slope = std::asin(std::min(0.95, (hip.y_m - knee_rest_m) / thigh_m));
  const double thigh_deg = 180.0 + slope * 180.0 / std::numbers::pi - p.thigh_lift_deg[i];
  const WorldPoint knee = step(hip, thigh_m, thigh_deg);
  const double flexion = kStraightKneeDeg + p.knee_flexion_deg[i];
  const double shank_deg = thigh_deg - flexion;
  const WorldPoint ankle = step(knee, shank_m, shank_deg);
  s[pose::on_side(Landmark::left_hip, side)] = hip;
  s[pose::on_side(Landmark::left_knee, side)] = knee;
  s[pose::on_side(Landmark::left_ankle, side)] = ankle;
  s[pose::on_side(Landmark::left_heel, side)] = step(ankle, 0.05, shank_deg - 60.0);
  s[pose::on_side(Landmark::left_foot_index, side)] =
      step(ankle, 0.10 * body.height_m, shank_deg + 35.0);
}

void pose_upper_body(Skeleton& s, const Body& body, const Posture& p, WorldPoint hip) {
  const double trunk_m = 0.29 * body.height_m;
  const WorldPoint shoulder = step(hip, trunk_m, p.trunk_incline_deg);
  const WorldPoint ear =
      step(shoulder, 0.14 * body.height_m, p.trunk_incline_deg + 25.0 + p.neck_deg);
  const WorldPoint nose =
      step(ear, 0.065 * body.height_m, p.trunk_incline_deg - 20.0 + p.neck_deg);
  const bool propped = p.trunk_incline_deg > 15.0;
  const WorldPoint elbow =
      propped ? step(shoulder, shoulder.y_m / std::cos(radians(p.elbow_forward_deg)),
                     -90.0 + p.elbow_forward_deg)
              : step(shoulder, 0.17 * body.height_m, -10.0);
  const WorldPoint wrist = step(elbow, 0.146 * body.height_m, 0.0);
  for (const pose::Side side : pose::kSides) {
    const double z = side == pose::Side::right ? 1.0 : -1.0;
    const auto put = [&](Landmark left_twin, WorldPoint at, double half_width_m) {
      at.z_m = z * half_width_m;
      s[pose::on_side(left_twin, side)] = at;
    };
    put(Landmark::left_shoulder, shoulder, 0.11 * body.height_m);
    put(Landmark::left_elbow, elbow, 0.13 * body.height_m);
    put(Landmark::left_wrist, wrist, 0.08 * body.height_m);
    put(Landmark::left_pinky, step(wrist, 0.06, 0.0), 0.08 * body.height_m);
    put(Landmark::left_index, step(wrist, 0.07, 0.0), 0.06 * body.height_m);
    put(Landmark::left_thumb, step(wrist, 0.05, 10.0), 0.05 * body.height_m);
    put(Landmark::left_ear, ear, 0.045 * body.height_m);
  }
  for (const Landmark face :
       {Landmark::nose, Landmark::left_eye_inner, Landmark::left_eye, Landmark::left_eye_outer,
        Landmark::right_eye_inner, Landmark::right_eye, Landmark::right_eye_outer,
        Landmark::mouth_left, Landmark::mouth_right}) {
    s[face] = nose;
  }
}

// Turns the whole body about the hips toward standing.
WorldPoint raised(WorldPoint p, double upright_deg, double leg_m) {
  const double a = radians(upright_deg);
  const double x = p.x_m * std::cos(a) - (p.y_m - 0.095) * std::sin(a);
  const double y = p.x_m * std::sin(a) + (p.y_m - 0.095) * std::cos(a);
  return {x, 0.095 + y + std::sin(a) * leg_m, p.z_m};
}

}  // namespace

pose::Pose seen_by(const Camera& camera, const Body& body, const Posture& posture) {
  Skeleton s;
  for (const pose::Side side : pose::kSides) {
    const double z = (side == pose::Side::right ? 1.0 : -1.0) * 0.055 * body.height_m;
    pose_leg(s, body, posture, side, {0.0, 0.095 + posture.hip_rise_m, z});
  }
  pose_upper_body(s, body, posture, {0.0, 0.095 + posture.hip_rise_m, 0.0});
  const Eye eye(camera);
  const double leg_m = (body.thigh_ratio + body.shank_ratio) * body.height_m;
  pose::Pose pose;
  pose.score = 1.0;
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const WorldPoint p = raised(s.joints[i], posture.upright_deg, leg_m);
    pose.keypoints[i] = {eye.project(p), 1.0};
  }
  return pose;
}

}  // namespace matside::support
