#include "report/camera_quality.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "core/kinematics/body_frame.h"
#include "core/signal/samples.h"

namespace matside::report {
namespace {

using engine::Analysis;
using pose::Landmark;
using pose::Side;

constexpr double kMinScore = 0.1;
constexpr std::array kBody{
    Landmark::nose,       Landmark::left_shoulder, Landmark::right_shoulder,
    Landmark::left_hip,   Landmark::right_hip,     Landmark::left_knee,
    Landmark::right_knee, Landmark::left_ankle,    Landmark::right_ankle};
constexpr std::array kLeg{Landmark::left_hip, Landmark::left_knee, Landmark::left_ankle};

double width_share(const pose::PoseFrame& frame) {
  double left = frame.image_size.width_px;
  double right = 0.0;
  for (const Landmark landmark : kBody) {
    const auto place = frame.pose->at(landmark, kMinScore);
    if (!place) continue;
    left = std::min(left, place->x_px);
    right = std::max(right, place->x_px);
  }
  return std::clamp((right - left) / std::max(1, frame.image_size.width_px), 0.0, 1.0);
}

double leg_score(const pose::Pose& pose, Side side) {
  double sum = 0.0;
  for (const Landmark joint : kLeg) sum += pose[pose::on_side(joint, side)].score;
  return sum / static_cast<double>(kLeg.size());
}

/// Medians over the frames with a lying body.
struct MedianView {
  std::optional<double> width_share;
  std::array<std::optional<double>, 2> leg_score;  ///< By pose::index(Side).
};

MedianView median_view(std::span<const pose::PoseFrame> frames) {
  std::vector<double> widths;
  std::array<std::vector<double>, 2> scores;
  for (const pose::PoseFrame& frame : frames) {
    if (!frame.pose ||
        kinematics::body_posture(*frame.pose, kMinScore) != kinematics::BodyPosture::lying) {
      continue;
    }
    widths.push_back(width_share(frame));
    for (const Side side : pose::kSides) {
      scores[pose::index(side)].push_back(leg_score(*frame.pose, side));
    }
  }
  return {signal::median(widths), {signal::median(scores[0]), signal::median(scores[1])}};
}

std::optional<double> value_of(const std::optional<base::Degrees>& angle) {
  if (!angle) return std::nullopt;
  return angle->value();
}

class Grading {
 public:
  explicit Grading(const Analysis& analysis) : analysis_(analysis) {}

  /// @param warned the warnings about this aspect.
  /// @param prevents the warnings after which nothing can be counted.
  [[nodiscard]] Grade of(std::initializer_list<std::string_view> warned,
                         std::initializer_list<std::string_view> prevents = {}) const {
    if (std::ranges::any_of(prevents, [&](auto id) { return has_warning(id); }))
      return Grade::poor;
    if (std::ranges::none_of(warned, [&](auto id) { return has_warning(id); }))
      return Grade::good;
    return nothing_judged() ? Grade::poor : Grade::fair;
  }

 private:
  [[nodiscard]] bool has_warning(std::string_view id) const {
    return std::ranges::count(analysis_.warnings, id, &engine::Warning::id) > 0;
  }
  [[nodiscard]] bool nothing_judged() const {
    return std::ranges::none_of(analysis_.repetitions, &exercise::Repetition::scored);
  }

  const Analysis& analysis_;
};

}  // namespace

std::string_view name(Grade grade) {
  constexpr std::array<std::string_view, 3> kNames{"good", "fair", "poor"};
  return kNames.at(static_cast<std::size_t>(grade));
}

std::string_view name(AspectId id) {
  constexpr std::array<std::string_view, 9> kNames{"side_on",    "level",      "size",
                                                   "whole_body", "frame_rate", "found",
                                                   "near_leg",   "far_leg",    "steadiness"};
  return kNames.at(static_cast<std::size_t>(id));
}

std::optional<double> frame_rate_hz(std::span<const pose::PoseFrame> frames) {
  if (frames.size() < 2) return std::nullopt;
  const double span_s = (frames.back().time - frames.front().time).value();
  if (!(span_s > 0.0)) return std::nullopt;
  return static_cast<double>(frames.size() - 1) / span_s;
}

CameraQuality camera_quality(std::span<const pose::PoseFrame> frames,
                             const Analysis& analysis) {
  const MedianView seen = median_view(frames);
  const Side near = analysis.view.near_side.value_or(Side::left);
  const Grading grade(analysis);
  const double found = analysis.frames > 0 ? static_cast<double>(analysis.frames_with_pose) /
                                                 static_cast<double>(analysis.frames)
                                           : 0.0;
  const Grade legs = grade.of({"broken_poses"}, {"legs_not_seen"});
  CameraQuality camera;
  camera.aspects = {
      {AspectId::side_on, grade.of({"camera_oblique"}), value_of(analysis.view.camera_yaw)},
      {AspectId::level, grade.of({"camera_high"}), value_of(analysis.view.camera_pitch)},
      {AspectId::size, grade.of({"person_small"}), seen.width_share},
      {AspectId::whole_body, grade.of({"cut_off", "feet_cut_off"}), {}},
      {AspectId::frame_rate,
       grade.of(
           {"low_frame_rate", "frames_missing", "high_frame_rate", "disorder", "one_picture"}),
       frame_rate_hz(frames)},
      {AspectId::found,
       grade.of({"often_lost", "interrupted"},
                {"no_person", "not_lying", "on_back", "on_side", "on_all_fours", "hips_up"}),
       found},
      {AspectId::near_leg, legs, seen.leg_score[pose::index(near)]},
      {AspectId::far_leg, legs, seen.leg_score[pose::index(pose::other(near))]},
      {AspectId::steadiness, grade.of({"unsteady"}), {}},
  };
  for (const Aspect& aspect : camera.aspects)
    camera.grade = std::max(camera.grade, aspect.grade);
  return camera;
}

}  // namespace matside::report
