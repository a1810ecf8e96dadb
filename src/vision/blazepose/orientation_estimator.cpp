#include "vision/blazepose/orientation_estimator.h"

#include <cmath>
#include <utility>

#include "vision/blazepose/posture.h"

namespace matside::blazepose {
namespace {

using pose::Landmark;

/// Least distance of the elbows from the trunk's line, and of the ankles from the knees across
/// it, as fractions of the trunk's length, for an estimate.
constexpr double kMinElbowOffset = 0.1;
constexpr double kMinFootOffset = 0.35;
/// Elbows further than this toward the hips, as a fraction of the trunk's length, don't prop
/// the body: the hands are beside the ribs or on the back, and the elbows may point anywhere.
constexpr double kMaxElbowBack = 0.25;

/// The component of `way` perpendicular to `line`.
base::ImageVector across(base::ImageVector way, base::ImageVector line) {
  const double share = (way.x_px * line.x_px + way.y_px * line.y_px) /
                       (line.x_px * line.x_px + line.y_px * line.y_px);
  return {way.x_px - line.x_px * share, way.y_px - line.y_px * share};
}

/// Quarter turns that bring the direction `down` to the picture's down.
int quarter_turns_from_down(base::ImageVector down) {
  if (std::abs(down.y_px) >= std::abs(down.x_px)) return down.y_px > 0.0 ? 0 : 2;
  return down.x_px > 0.0 ? 1 : 3;
}

base::ImagePoint turned_once(base::ImagePoint p, base::ImageSize size) {
  return {size.height_px - p.y_px, p.x_px};
}

/// Swaps the joints that the eye locates.
void exchange_sides(pose::Pose& pose) {
  for (const Landmark left :
       {Landmark::left_ear, Landmark::left_shoulder, Landmark::left_elbow, Landmark::left_wrist,
        Landmark::left_hip, Landmark::left_knee, Landmark::left_ankle, Landmark::left_heel,
        Landmark::left_foot_index}) {
    std::swap(pose[left], pose[pose::on_side(left, pose::Side::right)]);
  }
  std::swap(pose.knees[0], pose.knees[1]);
}

}  // namespace

std::optional<int> estimate_quarter_turns(const DetectedBody& body) {
  const pose::Pose& pose = body.pose;
  if (!pose.by_eye) return std::nullopt;
  const auto shoulders = midpoint(pose, Landmark::left_shoulder);
  const base::ImageVector trunk = shoulders - midpoint(pose, Landmark::left_hip);
  const double trunk_px = base::length(trunk);
  if (!(trunk_px > 0.0)) return std::nullopt;
  const auto arms = midpoint(pose, Landmark::left_elbow) - shoulders;
  const auto elbows = across(arms, trunk);
  const double ahead = (arms.x_px * trunk.x_px + arms.y_px * trunk.y_px) / trunk_px;
  if (base::length(elbows) >= kMinElbowOffset * trunk_px && ahead >= -kMaxElbowBack * trunk_px)
    return quarter_turns_from_down(elbows);
  for (const Landmark knee : {Landmark::left_knee, Landmark::right_knee}) {
    const bool left = knee == Landmark::left_knee;
    const Landmark ankle = left ? Landmark::left_ankle : Landmark::right_ankle;
    const auto foot = across(pose[ankle].position - pose[knee].position, trunk);
    if (base::length(foot) >= kMinFootOffset * trunk_px)
      return quarter_turns_from_down(foot * -1.0);
  }
  return std::nullopt;
}

void OrientationEstimator::update(const DetectedBody& body) {
  const auto quarter_turns = estimate_quarter_turns(body);
  if (!quarter_turns) return;
  in_a_row_ = *quarter_turns == candidate_ ? in_a_row_ + 1 : 1;
  candidate_ = *quarter_turns;
  if (in_a_row_ >= kFramesToAgree) quarter_turns_ = candidate_;
}

pose::Pose turned(const DetectedBody& body, int quarter_turns, base::ImageSize size) {
  pose::Pose pose = body.pose;
  for (int i = 0; i < quarter_turns; ++i) {
    for (pose::Keypoint& k : pose.keypoints) k.position = turned_once(k.position, size);
    size = turned(size, 1);
  }
  if (quarter_turns == 0 || !body.near_is_right) return pose;
  const auto way = midpoint(pose, Landmark::left_shoulder) - midpoint(pose, Landmark::left_hip);
  const bool along = std::abs(way.x_px) >= std::abs(way.y_px);
  if (along && (way.x_px > 0.0) != *body.near_is_right) exchange_sides(pose);
  return pose;
}

}  // namespace matside::blazepose
