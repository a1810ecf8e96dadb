#include "bindings/c/told_events.h"

#include <cmath>
#include <limits>
#include <optional>
#include <variant>

namespace matside::c {
namespace {

using exercise::KickingSide;
using exercise::MovementPhase;
using exercise::RepetitionStatus;
using kinematics::Attitude;

constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

std::int32_t told(KickingSide side) {
  switch (side) {
    case KickingSide::left:
      return MATSIDE_LEFT;
    case KickingSide::right:
      return MATSIDE_RIGHT;
    case KickingSide::unsure:
      break;
  }
  return MATSIDE_UNSURE;
}

std::int32_t told(RepetitionStatus status) {
  switch (status) {
    case RepetitionStatus::clean:
      return MATSIDE_CLEAN;
    case RepetitionStatus::faulty:
      return MATSIDE_FAULTY;
    case RepetitionStatus::partial:
      return MATSIDE_PARTIAL;
    case RepetitionStatus::unjudged:
      break;
  }
  return MATSIDE_UNJUDGED;
}

std::int32_t told(Attitude attitude) {
  switch (attitude) {
    case Attitude::lying:
      return MATSIDE_LYING;
    case Attitude::upright:
      return MATSIDE_UPRIGHT;
    case Attitude::unclear:
      break;
  }
  return MATSIDE_UNCLEAR;
}

std::int32_t told(MovementPhase phase) {
  switch (phase) {
    case MovementPhase::bending:
      return MATSIDE_BENDING;
    case MovementPhase::kicking:
      return MATSIDE_KICKING;
    case MovementPhase::lowering:
      return MATSIDE_LOWERING;
    case MovementPhase::rest:
      break;
  }
  return MATSIDE_REST;
}

double degrees(const std::optional<base::Degrees>& angle) {
  return angle ? angle->value() : kNotMeasured;
}

}  // namespace

void ToldEvents::clear() {
  events_.clear();
  texts_.clear();
  kicks_.clear();
  faults_.clear();
  repetitions_.clear();
  set_faults_.clear();
  warnings_.clear();
}

void ToldEvents::tell(std::span<const engine::Event> events,
                      const exercise::Definition& exercise) {
  clear();
  for (const engine::Event& event : events) {
    if (const auto* finished = std::get_if<engine::RepetitionFinished>(&event)) {
      add(finished->repetition, exercise);
    } else if (const auto* seen = std::get_if<engine::SetFaultSeen>(&event)) {
      add(seen->fault, exercise);
    } else if (const auto* warned = std::get_if<engine::Warned>(&event)) {
      add(warned->warning);
    }
  }
}

void ToldEvents::add(const exercise::Repetition& repetition,
                     const exercise::Definition& exercise) {
  auto& kicks = kicks_.emplace_back();
  for (const exercise::Kick& kick : repetition.kicks) {
    kicks.push_back({kick.time.value(), kick.knee_flexion.value()});
  }
  auto& faults = faults_.emplace_back();
  for (const exercise::FaultFinding& fault : repetition.faults) {
    const exercise::Words* words = exercise.words_for(fault.id);
    faults.push_back({keep(fault.id), keep(words == nullptr ? fault.id : words->name),
                      keep(fault.cue), fault.value, fault.threshold, keep(fault.unit)});
  }
  const auto& told_repetition = repetitions_.emplace_back(matside_repetition{
      repetition.index, told(repetition.side), told(repetition.status),
      static_cast<std::int32_t>(kicks.size()), static_cast<std::int32_t>(faults.size()),
      repetition.start.value(), repetition.lowering_start.value(), repetition.end.value(),
      repetition.greatest_bend.value(), repetition.side_confidence, repetition.confidence,
      kicks.data(), faults.data()});
  events_.push_back({MATSIDE_REPETITION_FINISHED, &told_repetition, nullptr, nullptr});
}

void ToldEvents::add(const exercise::SetFault& fault, const exercise::Definition& exercise) {
  const exercise::Words* words = exercise.words_for(fault.id);
  const auto& told_fault = set_faults_.emplace_back(
      matside_set_fault{keep(fault.id), keep(words == nullptr ? fault.id : words->name),
                        keep(words == nullptr ? "" : words->cue), fault.at.value()});
  events_.push_back({MATSIDE_SET_FAULT_SEEN, nullptr, &told_fault, nullptr});
}

void ToldEvents::add(const engine::Warning& warning) {
  const auto& told_warning =
      warnings_.emplace_back(matside_warning{keep(warning.id), keep(warning.message)});
  events_.push_back({MATSIDE_WARNED, nullptr, nullptr, &told_warning});
}

pose::PoseFrame pose_frame(const matside_frame& frame, std::int64_t index) {
  pose::PoseFrame out;
  out.frame_index = index;
  out.time = base::Seconds(frame.time_s);
  out.image_size = {frame.width_px, frame.height_px};
  if (frame.has_pose == 0) return pose::rounded(out);
  pose::Pose& pose = out.pose.emplace();
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const matside_landmark& seen = frame.landmarks[i];
    pose.keypoints[i] = {{seen.x_px, seen.y_px}, seen.score};
    pose.score += seen.score / static_cast<double>(pose::kLandmarkCount);
  }
  for (const pose::Side side : pose::kSides) {
    const matside_knee& knee = frame.knees[pose::index(side)];
    if (!(knee.deviation_deg > 0.0)) continue;
    pose.knees[pose::index(side)] = {base::Degrees(knee.flexion_deg),
                                     base::Degrees(knee.deviation_deg)};
  }
  return pose::rounded(out);
}

matside_moment told_moment(const engine::Moment& moment) {
  const exercise::Movement& movement = moment.movement;
  const bool moving = movement.phase != MovementPhase::rest;
  matside_moment out = MATSIDE_MOMENT_INIT;
  out.person = moment.person ? 1 : 0;
  out.attitude = told(moment.attitude);
  out.settled = moment.settled ? 1 : 0;
  out.phase = told(movement.phase);
  out.raised = !moving                               ? MATSIDE_UNSURE
               : movement.raised == pose::Side::left ? MATSIDE_LEFT
                                                     : MATSIDE_RIGHT;
  out.kicks = movement.kicks;
  out.time_s = moment.time.value();
  out.last_kick_s = movement.kicks > 0 ? movement.last_kick.value() : kNotMeasured;
  for (const pose::Side side : pose::kSides) {
    out.knee_flexion_deg[pose::index(side)] = degrees(moment.knee_flexion[pose::index(side)]);
  }
  out.trunk_deg = moment.attitude == Attitude::unclear ? kNotMeasured : moment.trunk.value();
  out.camera_yaw_deg = degrees(moment.camera_yaw);
  out.camera_pitch_deg = degrees(moment.camera_pitch);
  return out;
}

}  // namespace matside::c
