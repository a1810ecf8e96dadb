// The two legs read against the person's own rest, with how far each reading can be trusted.
#pragma once

#include <array>
#include <optional>

#include "core/base/quantity.h"
#include "core/kinematics/rest_baseline.h"
#include "core/kinematics/body_frame.h"
#include "core/pose/landmark.h"

namespace matside::kinematics {

/// Angles above rest. A weight is 1 for a leg seen with its limbs as long as they are and near
/// 0 where a joint was put beside the body: bones do not change their length.
struct LegAngles {
  base::Degrees knee_flexion;
  double knee_weight = 0.0;
  base::Degrees knee_from_joints;  ///< from hip, knee and ankle alone
  base::Degrees thigh_lift;    ///< by the knee as seen
  base::Degrees
      thigh_lift_by_ankle;  ///< by how far the ankle is beyond a shank's length from
                              ///< the resting knee; means little unless the shank is up
};

/// Reads the knee flexion twice, from hip, knee and ankle as seen and from the ankle alone
/// about the place where the knee rests on the mat, and joins the two by how well the limbs'
/// lengths fit.
LegAngles measure_leg(const LegFrame& leg, const RestLeg& rest, pose::Side head_direction);

/// The legs as one raised and one on the mat. Networks exchange the labels of lying legs, so
/// which one is raised is told by the picture, and whose leg it is by all the evidence later.
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

/// Where only the other leg is left, the raised one is unseen for a moment, not down.
class RaisedLegTracker {
 public:
  /// Takes the legs of each frame in turn: whether the raised one was seen last in a moment
  /// past and is not among them.
  bool is_occluded(base::Seconds time, const LegPair& legs);

 private:
  std::optional<base::Seconds> both_seen_;  ///< when both legs were last seen
  pose::Side raised_ = pose::Side::left;    ///< ... and which was raised
};

}  // namespace matside::kinematics
