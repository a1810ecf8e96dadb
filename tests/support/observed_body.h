// Bodies as the engine measures them: postures before a camera, and pictures mirrored or moved.
#pragma once

#include <array>
#include <utility>
#include <vector>

#include "core/kinematics/body_frame.h"
#include "core/kinematics/rest_baseline.h"
#include "tests/support/body_model.h"

namespace matside::support {

/// A score below this is a joint not seen.
inline constexpr double kObservedMinScore = 0.1;

/// Far away and level, so that the picture shows the angles as they are.
inline Camera square_camera(pose::Side side = pose::Side::right) {
  Camera camera;
  camera.distance_m = 40.0;
  camera.height_m = 0.15;
  camera.hfov_deg = 3.5;
  camera.side = side;
  return camera;
}

/// Prone on the forearms with straight legs.
inline Posture on_forearms() {
  Posture posture;
  posture.trunk_incline_deg = 29.0;
  return posture;
}

inline pose::PoseFrame pictured(const Posture& posture, const Camera& camera = square_camera(),
                                base::Seconds time = {}) {
  return {0, time, camera.size, seen_by(camera, {}, posture)};
}

/// The body measured in that picture; every joint is seen.
inline kinematics::BodyFrame observed(const Posture& posture,
                                      const Camera& camera = square_camera(),
                                      base::Seconds time = {}) {
  return kinematics::measure(pictured(posture, camera, time), kObservedMinScore).value();
}

/// The rest of somebody lying still on the forearms.
inline kinematics::RestPose observed_rest(const Camera& camera = square_camera()) {
  const std::array frames{observed(on_forearms(), camera)};
  std::vector<double> scratch;
  return kinematics::median_rest_pose(frames, scratch);
}

/// The picture in a mirror. What was the left of a body is then its right.
inline pose::PoseFrame mirrored(pose::PoseFrame frame) {
  if (!frame.pose) return frame;
  pose::Pose& pose = *frame.pose;
  for (pose::Keypoint& k : pose.keypoints) {
    k.position.x_px = frame.image_size.width_px - k.position.x_px;
  }
  for (std::size_t left = pose::index(pose::Landmark::left_ear); left < pose::kLandmarkCount;
       left += 2) {
    // The mouth's corners are no joints of a side.
    if (left == pose::index(pose::Landmark::mouth_left)) continue;
    std::swap(pose.keypoints[left], pose.keypoints[left + 1]);
  }
  std::swap(pose.knees[0], pose.knees[1]);
  return frame;
}

/// The picture scaled about its origin and then moved.
inline pose::PoseFrame transformed(pose::PoseFrame frame, double scale,
                                   base::ImageVector shift = {}) {
  for (pose::Keypoint& k : frame.pose->keypoints) {
    k.position = base::ImagePoint{k.position.x_px * scale, k.position.y_px * scale} + shift;
  }
  frame.image_size = {static_cast<int>(frame.image_size.width_px * scale),
                      static_cast<int>(frame.image_size.height_px * scale)};
  return frame;
}

}  // namespace matside::support
