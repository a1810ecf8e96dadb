// The eye for lying bodies: a head on the landmark network's inner features, trained on
// rendered bodies that lie prone, and how its outputs are read. See docs/eye.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/pose/pose_frame.h"
#include "vision/network/graph.h"

namespace matside::blazepose {

/// What the eye places on either side of the body, in its own order.
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

/// The body's side toward the camera and the other one.
enum class Nearness : std::uint8_t { near, far };

enum class EyePosture : std::uint8_t { nobody, prone, other_lying, upright };
inline constexpr std::size_t kEyePostures = 4;

/// A joint in the region, 0 to 1, as RawLandmark.
struct PlacedJoint {
  double u = 0.0;
  double v = 0.0;
  /// Standard deviation of u and of v, of the region's side.
  double deviation = 0.0;
};

/// What the eye makes of one region.
struct EyeReading {
  PlacedJoint nose;
  std::array<std::array<PlacedJoint, kEyeJoints>, 2> sides;  ///< By Nearness.
  std::array<pose::KneeReading, 2> knees;                    ///< By Nearness.
  std::array<double, kEyePostures> posture{};                ///< Chances; add up to 1.

  [[nodiscard]] const PlacedJoint& at(Nearness side, EyeJoint joint) const {
    return sides[static_cast<std::size_t>(side)][static_cast<std::size_t>(joint)];
  }
  [[nodiscard]] double chance(EyePosture of) const {
    return posture[static_cast<std::size_t>(of)];
  }
};

/// Tensors of pose_landmark_full.tflite that the eye's inputs are, in order.
inline const std::vector<network::TensorId> kEyePlaces = {216, 279, 226, 251, 269};

/// Sizes of the eye's outputs.
inline const network::Shape kEyeMapsShape = {1, 64, 64, 42};
inline const network::Shape kEyePostureShape = {1, 8, 8, 4};

/// Reads the eye's outputs, of these sizes (asserted).
EyeReading read_eye(std::span<const float> maps, std::span<const float> posture);

}  // namespace matside::blazepose
