// Decodes the eye: a head on the landmark network's features, trained on rendered prone bodies.
// See docs/eye.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/pose/pose_frame.h"
#include "vision/network/graph.h"

namespace matside::blazepose {

/// Joints that the eye locates on each side of the body, in output order.
enum class EyeJoint : std::uint8_t {
  ear,
  shoulder,
  elbow,
  wrist,
  hip,
  knee,
  ankle,
  heel,
  toe,
};
inline constexpr std::size_t kEyeJoints = 9;

/// The body's side towards the camera, and the other side.
enum class CameraSide : std::uint8_t { near, far };

/// What the eye classifies a region as.
enum class PostureClass : std::uint8_t { nobody, prone, other_lying, upright };
inline constexpr std::size_t kPostureClassCount = 4;

/// A joint in coordinates of the region, 0 to 1, as in RawLandmark.
struct JointEstimate {
  double u = 0.0;
  double v = 0.0;
  /// Standard deviation of u and of v, as a fraction of the region's side.
  double deviation = 0.0;
};

/// The eye's output for one region.
struct EyeReading {
  JointEstimate nose;
  std::array<std::array<JointEstimate, kEyeJoints>, 2> sides;  ///< By CameraSide.
  std::array<pose::KneeEstimate, 2> knees;                     ///< By CameraSide.
  std::array<double, kPostureClassCount> posture{};            ///< Probabilities that sum to 1.

  /// The estimate of one joint.
  [[nodiscard]] const JointEstimate& at(CameraSide side, EyeJoint joint) const {
    return sides[static_cast<std::size_t>(side)][static_cast<std::size_t>(joint)];
  }
  /// Probability of the class, 0 to 1.
  [[nodiscard]] double chance(PostureClass of) const {
    return posture[static_cast<std::size_t>(of)];
  }
};

/// Tensors of pose_landmark_full.tflite that feed the eye's inputs, in order.
inline const std::vector<network::TensorId> kEyeInputTensors = {216, 279, 226, 251, 269};

/// Shapes of the eye's outputs: joint maps and posture logits.
inline const network::Shape kEyeMapsShape = {1, 64, 64, 42};
inline const network::Shape kEyePostureShape = {1, 8, 8, 4};

/// Decodes the eye's outputs, which must have the shapes above (asserted).
EyeReading read_eye(std::span<const float> maps, std::span<const float> posture);

}  // namespace matside::blazepose
