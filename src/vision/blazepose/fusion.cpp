#include "vision/blazepose/fusion.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/math.h"

namespace matside::blazepose {
namespace {

using base::ImagePoint;
using base::ImageVector;
using pose::Landmark;

constexpr double kMinProneChance = 0.5;
/// A region's side is 2.5 times its body's reach from the hips, the body about 1.8 times.
constexpr double kBodyOfSide = 0.72;
constexpr double kCorrectWithin = 0.05;  ///< Of the body's length.
/// Two estimates further apart than this many standard deviations disagree: one is wrong.
constexpr double kAgreement = 2.5;

/// The reference's errors have heavy tails, one-sided for a bent knee: their standard deviation
/// is this many times the half width of the middle 68 %. The result is flat from 1.5 on
/// (docs/eye.md).
constexpr double kHeavyTailFactor = 2.0;

struct JointPair {
  EyeJoint joint;
  Landmark left;
  /// Half width of the middle 68 % of the reference's errors on rendered prone bodies, as a
  /// fraction of the body's length: near, far. @source docs/eye.md, "The reference on lying
  /// bodies"
  std::array<double, 2> reference_deviation;
};

constexpr std::array<JointPair, kEyeJoints> kJointPairs = {{
    {EyeJoint::ear, Landmark::left_ear, {0.027, 0.034}},
    {EyeJoint::shoulder, Landmark::left_shoulder, {0.042, 0.045}},
    {EyeJoint::elbow, Landmark::left_elbow, {0.040, 0.059}},
    {EyeJoint::wrist, Landmark::left_wrist, {0.029, 0.061}},
    {EyeJoint::hip, Landmark::left_hip, {0.025, 0.029}},
    {EyeJoint::knee, Landmark::left_knee, {0.030, 0.043}},
    {EyeJoint::ankle, Landmark::left_ankle, {0.041, 0.065}},
    {EyeJoint::heel, Landmark::left_heel, {0.045, 0.070}},
    {EyeJoint::toe, Landmark::left_foot_index, {0.052, 0.086}},
}};
constexpr double kNoseDeviation = 0.036;

/// A position in picture pixels, with the standard deviation of each coordinate.
struct PositionEstimate {
  ImagePoint place;
  double deviation_px = 0.0;
};

PositionEstimate placed(const JointEstimate& joint, const Region& region) {
  return {region.to_picture(joint.u, joint.v), joint.deviation * region.side_px};
}

PositionEstimate fused(const PositionEstimate& eye, const PositionEstimate& reference) {
  const ImageVector apart = reference.place - eye.place;
  const double both_px = base::hypot(eye.deviation_px, reference.deviation_px);
  if (!(base::length(apart) <= kAgreement * both_px)) return eye;
  const double reference_px = kHeavyTailFactor * reference.deviation_px;
  const double share = eye.deviation_px / base::hypot(eye.deviation_px, reference_px);
  return {eye.place + apart * (share * share), reference_px * share};
}

/// Probability that a position with this deviation along both axes is within `radius_px` of the
/// truth (Rayleigh distribution).
double chance_within(double radius_px, double deviation_px) {
  const double ratio = radius_px / deviation_px;
  return 1.0 - base::exp(-0.5 * ratio * ratio);
}

ImagePoint between(ImagePoint a, ImagePoint b) { return a + (b - a) * 0.5; }

/// The eye's joint of one side, and the middle of both sides, in picture pixels.
ImagePoint at(const EyeReading& reading, const Region& region, CameraSide side,
              EyeJoint joint) {
  const JointEstimate& place = reading.at(side, joint);
  return region.to_picture(place.u, place.v);
}
ImagePoint middle(const EyeReading& reading, const Region& region, EyeJoint joint) {
  return between(at(reading, region, CameraSide::near, joint),
                 at(reading, region, CameraSide::far, joint));
}

/// Whether the near side is the right one: for a prone body, when the head is at the upright
/// picture's right. For a body along the vertical of a picture not known to be rotated, only
/// the reference's own left and right decide.
bool near_is_right(const EyeReading& reading, const Region& region, const pose::Pose& pose) {
  ImageVector way =
      middle(reading, region, EyeJoint::shoulder) - middle(reading, region, EyeJoint::hip);
  for (int i = 0; i < region.quarter_turns; ++i) way = {-way.y_px, way.x_px};
  if (std::abs(way.x_px) >= std::abs(way.y_px)) return way.x_px > 0.0;
  double left_px = 0.0;
  double right_px = 0.0;
  for (const EyeJoint joint : {EyeJoint::shoulder, EyeJoint::hip}) {
    const Landmark left = kJointPairs[static_cast<std::size_t>(joint)].left;
    const ImagePoint near = at(reading, region, CameraSide::near, joint);
    left_px += base::length(pose[left].position - near);
    right_px += base::length(pose[pose::on_side(left, pose::Side::right)].position - near);
  }
  return right_px < left_px;
}

}  // namespace

bool is_confidently_prone(const EyeReading& reading) {
  return reading.chance(PostureClass::prone) > kMinProneChance;
}

bool fuse_estimates(const EyeReading& reading, const Region& region, pose::Pose& pose) {
  const double body_px = kBodyOfSide * region.side_px;
  const auto set = [&](const JointEstimate& joint, double reference_deviation,
                       pose::Keypoint& keypoint) {
    const PositionEstimate both =
        fused(placed(joint, region), {keypoint.position, reference_deviation * body_px});
    keypoint = {both.place, chance_within(kCorrectWithin * body_px, both.deviation_px)};
  };
  const bool near_right = near_is_right(reading, region, pose);
  set(reading.nose, kNoseDeviation, pose[Landmark::nose]);
  pose.knees[index(near_right ? pose::Side::right : pose::Side::left)] = reading.knees[0];
  pose.knees[index(near_right ? pose::Side::left : pose::Side::right)] = reading.knees[1];
  for (const JointPair& pair : kJointPairs) {
    for (const CameraSide side : {CameraSide::near, CameraSide::far}) {
      const bool right = (side == CameraSide::near) == near_right;
      const Landmark landmark =
          pose::on_side(pair.left, right ? pose::Side::right : pose::Side::left);
      set(reading.at(side, pair.joint),
          pair.reference_deviation[static_cast<std::size_t>(side)], pose[landmark]);
    }
  }
  return near_right;
}

Region next_region(const EyeReading& reading, const Region& region) {
  const ImagePoint hips = middle(reading, region, EyeJoint::hip);
  const ImageVector way = middle(reading, region, EyeJoint::shoulder) - hips;
  // The top of the head is a little beyond the ears; a stretched leg is as long as its parts.
  double reach_px = base::length(middle(reading, region, EyeJoint::ear) - hips) * 1.15;
  for (const CameraSide side : {CameraSide::near, CameraSide::far}) {
    const auto part = [&](EyeJoint a, EyeJoint b) {
      return base::length(at(reading, region, side, b) - at(reading, region, side, a));
    };
    reach_px = std::max(reach_px, part(EyeJoint::hip, EyeJoint::knee) +
                                      part(EyeJoint::knee, EyeJoint::ankle) +
                                      0.7 * part(EyeJoint::ankle, EyeJoint::toe));
  }
  const double length_px = base::length(way);
  if (!(length_px > 0.0)) return region;
  return region_around(hips, hips + way * (reach_px / length_px));
}

}  // namespace matside::blazepose
