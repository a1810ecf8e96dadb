// The angles of both legs from positions in space.
#pragma once

#include <array>
#include <optional>

#include "core/base/point3d.h"
#include "core/pose/landmark.h"
#include "core/pose/pose_frame.h"

namespace matside::kinematics {

/// Landmarks in space at one time; those that were not found are absent. y is up.
using LandmarksInSpace = std::array<std::optional<base::Point3d>, pose::kLandmarkCount>;

/// Measures both legs, by pose::index(Side).
///
/// The knee's flexion is the angle between the vectors hip to knee and knee to ankle, whatever
/// plane they are in. It is negative where the shank leaves the line of the thigh mainly
/// forward, away from the back of the thigh.
///
/// The hip's flexion is the turn of the thigh against the trunk about the axis from the left to
/// the right hip. Splayed legs don't change it. Without both hips that axis is the line of the
/// shoulders, and without those it is level and square to the trunk, as of somebody prone.
/// @source Wu et al. 2002, Journal of Biomechanics 35(4) (ISB): flexion about the pelvis's axis
///   from left to right; OpenSim's models: knee_angle and hip_flexion are positive in flexion
/// @returns no leg whose hip, knee or ankle is missing; none without a shoulder and a hip, or
///   where joints coincide
std::array<std::optional<pose::LegInSpace>, 2> legs_in_space(const LandmarksInSpace& points);

}  // namespace matside::kinematics
