// One frame's pose: what every source (video, camera, file) passes to the engine.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/pose/landmark.h"

namespace matside::pose {

/// A landmark seen in the picture.
struct Keypoint {
  base::ImagePoint position;  ///< Pixels of the upright picture; may be outside it.
  double score = 0.0;         ///< 0 (missing or hidden) to 1 (surely seen here).
};

/// A knee's flexion in space, not in the picture, as estimated by the source.
struct KneeEstimate {
  base::Degrees flexion;    ///< 0 = straight.
  base::Degrees deviation;  ///< Standard deviation.
};

/// A leg's angles in space, measured by the source from positions in space: no estimates.
struct LegInSpace {
  /// Between the lines of thigh and shank; 0 = straight, negative = bent forward.
  base::Degrees knee_flexion;
  /// Of the thigh against the trunk, in the plane that divides left from right; 0 = in line,
  /// positive = toward the belly.
  base::Degrees hip_flexion;
  base::Degrees thigh;  ///< Against the floor; grows as the knee rises.
};

/// A whole body in one picture.
struct Pose {
  std::array<Keypoint, kLandmarkCount> keypoints{};
  std::array<std::optional<KneeEstimate>, 2> knees;        ///< By index(Side).
  std::array<std::optional<LegInSpace>, 2> legs_in_space;  ///< By index(Side).
  double score = 0.0;   ///< 0 to 1: how sure the source is that there is a body.
  bool by_eye = false;  ///< Whether the eye for lying bodies contributed to the joints.

  [[nodiscard]] const Keypoint& operator[](Landmark landmark) const {
    return keypoints[index(landmark)];
  }
  [[nodiscard]] Keypoint& operator[](Landmark landmark) { return keypoints[index(landmark)]; }

  /// Whether the source knows positions in space. It then also knows left from right.
  [[nodiscard]] bool in_space() const { return legs_in_space[0] || legs_in_space[1]; }

  /// The landmark's place, or nothing when its score is below `min_score`.
  [[nodiscard]] std::optional<base::ImagePoint> at(Landmark landmark, double min_score) const {
    const Keypoint& k = (*this)[landmark];
    if (!(k.score >= min_score)) return std::nullopt;
    return k.position;
  }
};

/// One frame of a source. Without a pose, nobody was found in the picture.
struct PoseFrame {
  std::int64_t frame_index = 0;  ///< Counted from the start of the source.
  base::Seconds time;            ///< The source's own time, from its first frame.
  base::ImageSize image_size;    ///< Of the upright picture.
  std::optional<Pose> pose;
  /// Quarter turns clockwise that make the source's picture upright, 0 to 3.
  int quarter_turns = 0;
};

/// Whether the source has the joint at all. Otherwise its score and place are 0.
[[nodiscard]] bool is_present(const Keypoint& keypoint);

/// Whether the numbers are finite and possible for a clock, a picture or a knee. Invalid ones
/// are not used.
[[nodiscard]] bool is_valid(base::Seconds time);
[[nodiscard]] bool is_valid(const Keypoint& keypoint);
[[nodiscard]] bool is_valid(const KneeEstimate& reading);
[[nodiscard]] bool is_valid(const LegInSpace& leg);

/// The frame rounded to the digits of a table of poses: microseconds, hundredths of a pixel,
/// scores to 0.0001, tenths of a degree (hundredths for legs in space). Every producer of
/// frames rounds them, so that a recording gives the same results.
[[nodiscard]] PoseFrame rounded(PoseFrame frame);

}  // namespace matside::pose
