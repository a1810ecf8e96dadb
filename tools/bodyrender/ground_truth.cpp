#include "tools/bodyrender/ground_truth.h"

#include <algorithm>
#include <cmath>

namespace matside::bodyrender {
namespace {

float angle_deg(const Vec3& a, const Vec3& middle, const Vec3& b) {
  const float cosine = (a - middle).normalized().dot((b - middle).normalized());
  return degrees(std::acos(std::clamp(cosine, -1.0F, 1.0F)));
}

}  // namespace

GroundTruth measure(const Shape& shape, const GroundedPose& rested, const Mat3& turn,
                    const Vec3& shift) {
  const NamedBones& named = shape.data->named;
  const Skeleton& skeleton = rested.skeleton;
  const auto world = [&](const Vec3& p) { return Vec3(turn * p + shift); };
  const auto head_of = [&](int bone) { return world(joint(shape, skeleton, bone)); };
  const auto carried = [&](int bone, const Vec3& offset) {
    return world(skeleton.apply(bone, shape.bone_head[at(bone)] + offset));
  };
  GroundTruth truth;
  truth.posture = rested.pose.posture;
  auto& j = truth.joints;
  j[0] = carried(named.head, Vec3(0.0F, 0.01F, 0.13F));
  j[1] = carried(named.head, Vec3(0.075F, 0.03F, 0.0F));
  j[2] = carried(named.head, Vec3(-0.075F, 0.03F, 0.0F));
  truth.head_top = carried(named.head, Vec3(0.0F, 0.19F, 0.0F));
  float leg_m = 0.0F;
  for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
    j.at(3 + side) = head_of(named.upper_arm.at(side));
    j.at(5 + side) = head_of(named.lower_arm.at(side));
    j.at(7 + side) = head_of(named.wrist.at(side));
    j.at(9 + side) = head_of(named.upper_leg.at(side));
    j.at(11 + side) = head_of(named.lower_leg.at(side));
    j.at(13 + side) = head_of(named.foot.at(side));
    j.at(15 + side) = carried(named.foot.at(side), Vec3(0.0F, -0.05F, -0.045F));
    const int toe = named.toe.at(side);
    j.at(17 + side) = world(skeleton.apply(toe, shape.bone_tail[at(toe)]));
    const Vec3& hip = j.at(9 + side);
    const Vec3& knee = j.at(11 + side);
    const Vec3& ankle = j.at(13 + side);
    truth.knee_flexion_deg.at(side) = 180.0F - angle_deg(hip, knee, ankle);
    truth.hip_extension_deg.at(side) = rested.pose.hip_extension_deg.at(side);
    // A pointed foot extends about two thirds of its length beyond the ankle.
    const float below = (ankle - knee).norm() + 0.65F * (j.at(17 + side) - ankle).norm();
    truth.extended_toe.at(side) = knee + (knee - hip).normalized() * below;
    leg_m = std::max(leg_m, (knee - hip).norm() + below);
  }
  truth.length_m = (truth.head_top - truth.hip_middle()).norm() + leg_m;
  const Vec3 trunk = truth.shoulder_middle() - truth.hip_middle();
  const float level = std::hypot(trunk.x(), trunk.z());
  truth.trunk_incline_deg = degrees(std::atan2(trunk.y(), level));
  return truth;
}

RegionPoints region_points(const GroundTruth& truth, const Camera& camera) {
  const auto project = [&](const Vec3& world) {
    Vec3 seen = camera.to_camera(world);
    seen.z() = std::max(seen.z(), 0.15F);
    return camera.to_frame(seen);
  };
  RegionPoints points;
  points.middle = project(truth.hip_middle());
  const Vec2 shoulders = project(truth.shoulder_middle());
  const Vec2 top = project(truth.head_top);
  float radius = (top - points.middle).norm();
  for (const Vec3& toe : truth.extended_toe) {
    radius = std::max(radius, (project(toe) - points.middle).norm());
  }
  Vec2 way = shoulders - points.middle;
  if (way.norm() < 0.1F * radius) way += top - points.middle;
  points.end = points.middle + way.normalized() * radius;
  return points;
}

}  // namespace matside::bodyrender
