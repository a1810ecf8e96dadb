#include "core/engine/quality_monitor.h"

#include <algorithm>
#include <cmath>

#include "core/engine/framing.h"
#include "core/exercise/level_posture.h"

namespace matside::engine {
namespace {

using kinematics::BodyFrame;
using pose::Side;

double share(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

}  // namespace

Warning make_warning(const exercise::Definition& definition, std::string_view id) {
  const std::string name(id);
  const exercise::Phrase* phrase = definition.phrase("warning_" + name);
  return {name, phrase != nullptr ? phrase->text : name};
}

void QualityMonitor::observe(const pose::PoseFrame& frame,
                             const std::optional<BodyFrame>& body) {
  if (frames_ == 0) first_ = frame.time;
  last_ = frame.time;
  ++frames_;
  if (frame.pose) ++with_pose_;
  if (frame.pose && frame.pose->by_eye) ++by_eye_;
  if (frame.pose && frame.pose->in_space()) ++in_space_;
  if (!body) return;
  observe_posture(*body);
  if (body->posture != kinematics::BodyPosture::lying) return;
  ++lying_;
  head_right_votes_ += body->head_direction == Side::right ? 1 : -1;
  const Framing framing = assess_framing(frame, *body, rules_);
  if (framing.legs_seen) ++legs_seen_;
  if (framing.cut_off) ++cut_off_;
  if (framing.small) ++small_;
  const bool bent = std::ranges::any_of(
      body->legs, [&](const auto& leg) { return leg && leg->knee_flexion >= counted_bend_; });
  if (bent) ++bent_;
}

void QualityMonitor::observe_posture(const BodyFrame& body) {
  using kinematics::BodyPosture;
  using kinematics::RaisedHips;
  const RaisedHips hips = kinematics::raised_hips(body);
  if (body.posture == BodyPosture::on_back) {
    ++other_[on_back];
  } else if (body.posture == BodyPosture::on_side) {
    ++other_[on_side];
  } else if (hips == RaisedHips::on_all_fours) {
    ++other_[on_all_fours];
  } else if (hips != RaisedHips::none) {
    ++other_[hips_up];
  }
}

// Of at least this share of the frames with a pose; empty where none is.
std::string_view QualityMonitor::usual_posture(double least_share) const {
  static constexpr std::array<std::string_view, kPostureCount> kWarnings{
      "on_back", "on_side", "on_all_fours", "hips_up"};
  const auto most = std::ranges::max_element(other_);
  if (share(*most, with_pose_) < least_share) return {};
  return kWarnings[static_cast<std::size_t>(most - other_.begin())];
}

bool QualityMonitor::is_small() const {
  return lying_ > 0 && share(small_, lying_) > rules_.small_share.value;
}

// The warning of somebody who lay there; empty where another warning says it.
std::string_view QualityMonitor::why_nothing_counted(
    const exercise::RepetitionRules& rules) const {
  if (together_ > 0) return "legs_together";
  const std::string_view posture = usual_posture(rules_.seldom_share.value);
  if (!posture.empty()) return posture;
  const double step_s = (last_ - first_).value() / static_cast<double>(frames_ - 1);
  if (feet_cut_off_ || is_small() || step_s > rules.scored_gap_max.value) return {};
  const bool never_rested = !settled_ && share(bent_, lying_) >= rules_.seldom_share.value;
  return never_rested ? "no_rest" : "no_repetition";
}

void QualityMonitor::add_rest(const kinematics::RestPose& rest,
                              const kinematics::PlaneRectification& view) {
  ++rests_;
  rest_trunk_deg_sum_ += rest.trunk_incline.value();
  yaw_deg_sum_ += view.yaw().value();
  pitch_deg_sum_ += view.pitch().value();
}

CameraView QualityMonitor::view() const {
  if (lying_ == 0 || head_right_votes_ == 0) return {};
  const Side head = head_right_votes_ > 0 ? Side::right : Side::left;
  CameraView view{kinematics::near_side(head), head, {}, {}};
  if (rests_ > 0) {
    view.camera_yaw = base::Degrees(yaw_deg_sum_ / static_cast<double>(rests_));
    view.camera_pitch = base::Degrees(pitch_deg_sum_ / static_cast<double>(rests_));
  }
  return view;
}

std::vector<Warning> QualityMonitor::warnings(const exercise::Definition& definition,
                                              const exercise::Level& level,
                                              bool any_repetition) const {
  std::vector<Warning> out;
  const auto warn = [&](std::string_view id) { out.push_back(make_warning(definition, id)); };
  if (frames_ == 1) warn("one_picture");
  if (with_pose_ == 0) {
    warn("no_person");
  } else if (share(lying_, with_pose_) < rules_.seldom_share.value) {
    const std::string_view posture = usual_posture(rules_.usual_share.value);
    warn(posture.empty() ? "not_lying" : posture);
  } else if (share(legs_seen_, lying_) < rules_.seldom_share.value) {
    warn("legs_not_seen");
  } else if (!any_repetition && frames_ > 1) {
    const std::string_view reason = why_nothing_counted(definition.repetition);
    if (!reason.empty()) warn(reason);
  }
  if (any_repetition && often_together_) warn("legs_together");
  if (with_pose_ > 0 && share(with_pose_, frames_) < rules_.mostly_share.value)
    warn("often_lost");
  if (interrupted_ > 0) warn("interrupted");
  if (unscored_ > 0) warn("unsteady");
  if (undersampled_ > 0) warn("frames_missing");
  if (is_small()) warn("person_small");
  if (feet_cut_off_) {
    warn("feet_cut_off");
  } else if (lying_ > 0 && share(cut_off_, lying_) > rules_.seldom_share.value) {
    warn("cut_off");
  }
  if (rests_ > 0) {
    const CameraView seen = view();
    const double yaw_deg = seen.camera_yaw.value_or(base::Degrees(0.0)).value();
    const double pitch_deg = seen.camera_pitch.value_or(base::Degrees(0.0)).value();
    if (std::abs(yaw_deg) > rules_.yaw_max.value) warn("camera_oblique");
    if (pitch_deg > rules_.pitch_max.value) warn("camera_high");
    const base::Degrees trunk(rest_trunk_deg_sum_ / static_cast<double>(rests_));
    const auto posture = exercise::level_posture(level, rules_, trunk);
    if (posture == exercise::LevelPosture::too_low) warn("chest_low");
    if (posture == exercise::LevelPosture::too_high) warn("chest_high");
  }
  const double span_s = (last_ - first_).value();
  if (frames_ > 1 && static_cast<double>(frames_ - 1) < rules_.frame_rate_min.value *
                                                            rules_.frame_rate_tolerance.value *
                                                            span_s) {
    warn("low_frame_rate");
  }
  return out;
}

}  // namespace matside::engine
