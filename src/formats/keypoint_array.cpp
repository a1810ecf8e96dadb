#include "formats/keypoint_array.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "formats/imported_poses.h"

namespace matside::formats {
namespace {

// The precision of a pose table.
double hundredths(double px) { return std::round(px * 100.0) / 100.0; }

}  // namespace

double clamped_score(double third) { return std::clamp(third, 0.0, 1.0); }

std::optional<pose::Pose> read_keypoint_array(const strict_json::Node& node,
                                              const pose::Skeleton& skeleton,
                                              const std::function<double(double)>& score) {
  const std::vector<double> numbers = node.numbers();
  if (node.has_error()) return std::nullopt;
  if (numbers.size() != 3 * skeleton.size()) {
    node.report("has " + std::to_string(numbers.size()) + " numbers; " +
                std::string(skeleton.name) + " needs three for each of its " +
                std::to_string(skeleton.size()) + " joints");
    return std::nullopt;
  }
  pose::Pose pose;
  for (std::size_t i = 0; i < skeleton.joints.size(); ++i) {
    const auto& landmark = skeleton.joints[i].landmark;
    if (!landmark) continue;
    pose[*landmark] = {{numbers[3 * i], numbers[3 * i + 1]}, score(numbers[3 * i + 2])};
  }
  pose.score = mean_score(pose);
  return pose;
}

std::vector<double> keypoint_array(const pose::Pose& pose, const pose::Skeleton& skeleton,
                                   const std::function<double(double)>& third) {
  std::vector<double> numbers;
  numbers.reserve(3 * skeleton.joints.size());
  for (const pose::SkeletonJoint& joint : skeleton.joints) {
    const pose::Keypoint k = pose::joint_of(pose, joint);
    const bool there = k.score > 0.0;
    numbers.push_back(there ? hundredths(k.position.x_px) : 0.0);
    numbers.push_back(there ? hundredths(k.position.y_px) : 0.0);
    numbers.push_back(there ? third(k.score) : 0.0);
  }
  return numbers;
}

}  // namespace matside::formats
