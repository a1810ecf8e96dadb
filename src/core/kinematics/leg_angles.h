// The angles of both legs above the person's rest, each with a weight.
#pragma once

#include <array>
#include <optional>

#include "core/base/quantity.h"
#include "core/kinematics/body_frame.h"
#include "core/kinematics/rest_baseline.h"
#include "core/pose/landmark.h"

namespace matside::kinematics {

/// Angles above rest. The weight is 1 where the limbs are as long as at rest, and near 0 where
/// a joint was placed beside the body: bones do not change their length.
struct LegAngles {
  base::Degrees knee_flexion;
  double knee_weight = 0.0;
  base::Degrees knee_from_joints;  ///< from hip, knee and ankle alone
};

/// Measures the knee flexion twice: from hip, knee and ankle, and from the ankle alone about
/// the place where the knee rests on the mat. The two are averaged by how well the limbs'
/// lengths fit. Angles in space are taken as they are.
LegAngles measure_leg(const LegFrame& leg, const RestLeg& rest, pose::Side head_direction);

/// How far the thigh is lifted above rest, from the height of the knee; in space, as measured.
base::Degrees thigh_lift_by_knee(const LegFrame& leg, const RestLeg& rest);

/// The same from the ankle: how far it is beyond a shank's length from the resting knee. Means
/// little unless the shank is up.
base::Degrees thigh_lift_by_ankle(const LegFrame& leg, const RestLeg& rest);

/// The legs as one raised and one on the mat. Pose networks swap the labels of lying legs, so
/// the raised leg is the more bent one; kicking_side.h decides later which leg it is.
struct LegPair {
  LegAngles raised;
  std::optional<LegAngles> other;
  pose::Side raised_label = pose::Side::left;
  /// For the raised ankle about each leg's resting knee: its distance over that leg's shank. 1
  /// for the leg it belongs to; the far leg is smaller in the picture.
  /// @source movement.md 5.4 (3)
  std::array<double, 2> shank_ratio{1.0, 1.0};
};

/// Nothing when no leg was seen.
std::optional<LegPair> measure_legs(const BodyFrame& body, const RestPose& rest);

/// Where only the other leg is seen, the raised one is occluded for a moment, not down.
class RaisedLegTracker {
 public:
  /// @param occlusion_max a leg unseen for longer than this is down
  explicit RaisedLegTracker(base::Seconds occlusion_max) : occlusion_max_(occlusion_max) {}
  /// Takes the legs of each frame in turn.
  /// @returns whether the leg that was raised is missing, and was seen no longer than
  ///   `occlusion_max` ago.
  bool is_occluded(base::Seconds time, const LegPair& legs);

 private:
  base::Seconds occlusion_max_;
  std::optional<base::Seconds> both_seen_;  ///< when both legs were last seen
  pose::Side raised_ = pose::Side::left;    ///< ... and which was raised
};

}  // namespace matside::kinematics
