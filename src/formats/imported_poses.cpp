#include "formats/imported_poses.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/kinematics/body_frame.h"

namespace matside::formats {
namespace {

using base::Error;
using base::ErrorKind;
using pose::Keypoint;
using pose::Pose;

// Lying outweighs any distance, and a picture's width of distance outweighs any size.
constexpr double kLying = 1e9;
constexpr double kNear = 1e3;

struct Extent {
  base::ImagePoint middle;
  double length_px = 0.0;
};

Extent extent_of(const Pose& pose) {
  constexpr double kFar = std::numeric_limits<double>::max();
  base::ImagePoint least{kFar, kFar};
  base::ImagePoint most{-kFar, -kFar};
  for (const Keypoint& k : pose.keypoints) {
    if (!(k.score >= kinematics::kMinJointScore)) continue;
    least = {std::min(least.x_px, k.position.x_px), std::min(least.y_px, k.position.y_px)};
    most = {std::max(most.x_px, k.position.x_px), std::max(most.y_px, k.position.y_px)};
  }
  if (least.x_px > most.x_px) return {};
  const base::ImageVector across = most - least;
  return {least + across * 0.5, base::length(across)};
}

bool seen(const Pose& pose) {
  return std::ranges::any_of(pose.keypoints, [](const Keypoint& k) { return k.score > 0.0; });
}

// Estimates of hidden joints can be outside the picture, but not by much and not often.
constexpr double kSureJoint = 0.5;
constexpr double kMargin = 0.02;  // Of the longer side.
constexpr double kFewOutside = 0.05;
constexpr double kMostOutside = 0.25;

/// Joints that were found, and those of them outside the picture.
struct OutsideCount {
  double joints = 0.0;
  double outside = 0.0;
  [[nodiscard]] double share() const { return joints > 0.0 ? outside / joints : 0.0; }
};

OutsideCount count_outside(std::span<const pose::PoseFrame> frames, base::ImageSize size) {
  OutsideCount count;
  const double margin = kMargin * std::max(size.width_px, size.height_px);
  for (const pose::PoseFrame& frame : frames) {
    // Other frames have a size of their own; a quarter turn keeps the area.
    const bool of_this_size = frame.image_size.width_px * frame.image_size.height_px ==
                              size.width_px * size.height_px;
    if (!frame.pose || !of_this_size) continue;
    for (const Keypoint& k : frame.pose->keypoints) {
      if (!(k.score >= kSureJoint)) continue;
      const bool inside =
          k.position.x_px >= -margin && k.position.x_px <= size.width_px + margin &&
          k.position.y_px >= -margin && k.position.y_px <= size.height_px + margin;
      count.joints += 1.0;
      count.outside += inside ? 0.0 : 1.0;
    }
  }
  return count;
}

}  // namespace

Error too_many_frames_error(const std::string& place) {
  return {ErrorKind::input,
          fmt::format("{}: has more than {} frames; split the recording", place, kMaxFrames)};
}

Error missing_size_error(const std::string& name) {
  return {ErrorKind::usage, name + ": has no picture size; add --size WIDTHxHEIGHT"};
}

Error missing_rate_error(const std::string& name) {
  return {ErrorKind::usage, name + ": has no frame rate; add --fps N"};
}

std::optional<Pose> PersonSelector::choose(std::span<const Pose> bodies) {
  const Pose* best = nullptr;
  double best_worth = 0.0;
  for (const Pose& body : bodies) {
    if (!seen(body)) continue;
    const Extent extent = extent_of(body);
    double worth = extent.length_px;
    const auto posture = kinematics::body_posture(body, kinematics::kMinJointScore);
    if (posture == kinematics::BodyPosture::lying) worth += kLying;
    if (last_) worth -= kNear * base::length(extent.middle - *last_);
    if (best != nullptr && !(worth > best_worth)) continue;
    best = &body;
    best_worth = worth;
  }
  if (best == nullptr) return std::nullopt;
  last_ = extent_of(*best).middle;
  return *best;
}

std::vector<std::string> missing_joint_warnings(std::span<const pose::PoseFrame> frames) {
  using enum pose::Landmark;
  std::array<bool, pose::kLandmarkCount> seen_ever{};
  bool any = false;
  for (const pose::PoseFrame& frame : frames) {
    if (!frame.pose) continue;
    any = true;
    for (std::size_t i = 0; i < seen_ever.size(); ++i) {
      seen_ever[i] = seen_ever[i] || frame.pose->keypoints[i].score > 0.0;
    }
  }
  const auto none_of = [&](std::initializer_list<pose::Landmark> joints) {
    return std::ranges::none_of(joints, [&](auto j) { return seen_ever[pose::index(j)]; });
  };
  std::vector<std::string> ids;
  if (!any) return ids;
  const bool head = !none_of({nose});
  if (!head) ids.emplace_back("poses_without_head");
  if (head && none_of({left_ear, right_ear})) ids.emplace_back("poses_without_ears");
  if (none_of({left_elbow, right_elbow})) ids.emplace_back("poses_without_elbows");
  if (none_of({left_heel, right_heel, left_foot_index, right_foot_index})) {
    ids.emplace_back("poses_without_feet");
  }
  return ids;
}

double mean_score(const Pose& pose) {
  double sum = 0.0;
  double count = 0.0;
  for (const Keypoint& k : pose.keypoints) {
    if (!(k.score > 0.0)) continue;
    sum += k.score;
    count += 1.0;
  }
  return count > 0.0 ? sum / count : 0.0;
}

base::Result<void> add_frame(pose::PoseFrame frame, const std::string& place,
                             std::vector<pose::PoseFrame>& frames) {
  const auto wrong = [&](const std::string& what) {
    return Error{ErrorKind::input, place + ": " + what};
  };
  if (frames.size() >= kMaxFrames) return too_many_frames_error(place);
  const double time_s = frame.time.value();
  if (!(time_s >= 0.0 && time_s <= kMaxTime_s)) {
    return wrong(fmt::format("the time {} s is out of range", time_s));
  }
  frame = pose::rounded(frame);
  if (frame.pose) {
    for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
      if (pose::is_valid(frame.pose->keypoints[i])) continue;
      return wrong(fmt::format("{} is far outside any picture",
                               pose::name(static_cast<pose::Landmark>(i))));
    }
  }
  if (!frames.empty() && frame.frame_index <= frames.back().frame_index) {
    return wrong(fmt::format("frame {} follows frame {}; frame numbers must increase",
                             frame.frame_index, frames.back().frame_index));
  }
  if (!frames.empty() && frame.time <= frames.back().time) {
    return wrong(fmt::format("{} s follows {} s; times must increase", frame.time.value(),
                             frames.back().time.value()));
  }
  frames.push_back(frame);
  return {};
}

base::Result<void> check_picture_size(ImportedPoses& poses, const PoseHints& hints,
                                      const std::string& name) {
  if (!hints.size) return {};
  const OutsideCount given = count_outside(poses.frames, *hints.size);
  if (given.share() <= kFewOutside) return {};
  if (given.share() <= kMostOutside) {
    poses.notes.emplace_back("poses_outside_picture");
    return {};
  }
  const base::ImageSize turned{hints.size->height_px, hints.size->width_px};
  const bool turned_fits = count_outside(poses.frames, turned).share() <= kFewOutside;
  return Error{
      ErrorKind::usage,
      fmt::format(
          "{}: {:.0f}% of the joints are outside a picture of {}x{}; give the size of the "
          "pictures that the poses were found in with --size{}",
          name, 100.0 * given.share(), hints.size->width_px, hints.size->height_px,
          turned_fits ? fmt::format(", such as {}x{}", turned.width_px, turned.height_px)
                      : std::string())};
}

}  // namespace matside::formats
