#include "bindings/c/event_buffer.h"

#include <cmath>
#include <limits>
#include <optional>
#include <variant>

namespace matside::c {
namespace {

using exercise::KickingSide;
using exercise::MovementPhase;
using exercise::RepetitionStatus;
using kinematics::BodyPosture;

constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

std::int32_t to_c(KickingSide side) {
  switch (side) {
    case KickingSide::left:
      return MATSIDE_LEFT;
    case KickingSide::right:
      return MATSIDE_RIGHT;
    case KickingSide::both:
      return MATSIDE_BOTH;
    case KickingSide::unsure:
      break;
  }
  return MATSIDE_UNSURE;
}

std::int32_t to_c(RepetitionStatus status) {
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

std::int32_t to_c(BodyPosture posture) {
  switch (posture) {
    case BodyPosture::lying:
      return MATSIDE_POSTURE_LYING;
    case BodyPosture::upright:
    case BodyPosture::on_back:
    case BodyPosture::on_side:
      return MATSIDE_POSTURE_UPRIGHT;
    case BodyPosture::unclear:
      break;
  }
  return MATSIDE_POSTURE_UNKNOWN;
}

std::int32_t to_c(MovementPhase phase) {
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

std::int32_t to_c_leg(const std::optional<pose::Side>& leg) {
  if (!leg) return MATSIDE_NO_LEG;
  return *leg == pose::Side::left ? MATSIDE_LEFT : MATSIDE_RIGHT;
}

std::int32_t moving_side(const exercise::MovementState& movement,
                         const exercise::Definition& exercise) {
  if (movement.phase == MovementPhase::rest) return MATSIDE_UNSURE;
  const bool one_leg = exercise.by_side();
  return one_leg ? to_c_leg(movement.raised) : MATSIDE_BOTH;
}

double degrees(const std::optional<base::Degrees>& angle) {
  return angle ? angle->value() : kNotMeasured;
}

}  // namespace

void EventBuffer::clear() {
  events_.clear();
  texts_.clear();
  kicks_.clear();
  peaks_.clear();
  readings_.clear();
  faults_.clear();
  repetitions_.clear();
  set_faults_.clear();
  warnings_.clear();
}

void EventBuffer::assign(std::span<const engine::Event> events,
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

/// The kicks, where the exercise has them, or its peaks.
const std::vector<matside_peak>& EventBuffer::store_peaks(
    const exercise::Repetition& repetition) {
  auto& peaks = peaks_.emplace_back();
  for (const exercise::Kick& kick : repetition.kicks) {
    peaks.push_back({kick.time.value(), kick.knee_flexion.value(), "deg", MATSIDE_NO_LEG});
  }
  for (const exercise::Peak& peak : repetition.peaks) {
    peaks.push_back({peak.time.value(), peak.value, store_text(std::string(peak.unit)),
                     to_c_leg(peak.leg)});
  }
  return peaks;
}

const std::vector<matside_reading>& EventBuffer::store_readings(
    const exercise::Repetition& repetition) {
  auto& readings = readings_.emplace_back();
  for (const exercise::NamedReading& reading : repetition.readings) {
    readings.push_back({store_text(reading.id), reading.value, store_text(reading.unit)});
  }
  return readings;
}

void EventBuffer::add(const exercise::Repetition& repetition,
                      const exercise::Definition& exercise) {
  auto& kicks = kicks_.emplace_back();
  for (const exercise::Kick& kick : repetition.kicks) {
    kicks.push_back({kick.time.value(), kick.knee_flexion.value()});
  }
  auto& faults = faults_.emplace_back();
  for (const exercise::DetectedFault& fault : repetition.faults) {
    const exercise::FaultText* words = exercise.words_for(fault.id);
    faults.push_back(
        {store_text(fault.id), store_text(words == nullptr ? fault.id : words->name),
         store_text(fault.cue), fault.value, fault.threshold, store_text(fault.unit)});
  }
  const auto& peaks = store_peaks(repetition);
  const auto& readings = store_readings(repetition);
  const auto& native = repetitions_.emplace_back(matside_repetition{
      repetition.index, to_c(repetition.side), to_c(repetition.status),
      static_cast<std::int32_t>(kicks.size()), static_cast<std::int32_t>(faults.size()),
      repetition.start.value(), repetition.lowering_start.value(), repetition.end.value(),
      repetition.greatest_bend.value(), repetition.side_confidence, repetition.confidence,
      kicks.data(), faults.data(), static_cast<std::int32_t>(peaks.size()),
      static_cast<std::int32_t>(readings.size()), peaks.data(), readings.data()});
  events_.push_back({MATSIDE_REPETITION_FINISHED, &native, nullptr, nullptr});
}

void EventBuffer::add(const exercise::SetFault& fault, const exercise::Definition& exercise) {
  const exercise::FaultText* words = exercise.words_for(fault.id);
  const auto& to_c_fault = set_faults_.emplace_back(matside_set_fault{
      store_text(fault.id), store_text(words == nullptr ? fault.id : words->name),
      store_text(words == nullptr ? "" : words->cue), fault.at.value()});
  events_.push_back({MATSIDE_SET_FAULT_DETECTED, nullptr, &to_c_fault, nullptr});
}

void EventBuffer::add(const engine::Warning& warning) {
  const auto& to_c_warning = warnings_.emplace_back(
      matside_warning{store_text(warning.id), store_text(warning.message)});
  events_.push_back({MATSIDE_WARNING_RAISED, nullptr, nullptr, &to_c_warning});
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
    if (!(knee.sd_deg > 0.0)) continue;
    pose.knees[pose::index(side)] = {base::Degrees(knee.flexion_deg),
                                     base::Degrees(knee.sd_deg)};
  }
  return pose::rounded(out);
}

matside_frame_state to_c_frame_state(const engine::FrameState& frame_state,
                                     const exercise::Definition& exercise) {
  const exercise::MovementState& movement = frame_state.movement;
  matside_frame_state out = MATSIDE_FRAME_STATE_INIT;
  out.person = frame_state.person ? 1 : 0;
  out.posture = to_c(frame_state.posture);
  out.baseline_known = frame_state.settled ? 1 : 0;
  out.phase = to_c(movement.phase);
  out.moving_side = moving_side(movement, exercise);
  out.kicks = movement.kicks;
  out.time_s = frame_state.time.value();
  out.last_kick_s = movement.kicks > 0 ? movement.last_kick.value() : kNotMeasured;
  for (const pose::Side side : pose::kSides) {
    out.knee_flexion_deg[pose::index(side)] =
        degrees(frame_state.knee_flexion[pose::index(side)]);
  }
  out.trunk_deg =
      frame_state.posture == BodyPosture::unclear ? kNotMeasured : frame_state.trunk.value();
  out.camera_yaw_deg = degrees(frame_state.camera_yaw);
  out.camera_pitch_deg = degrees(frame_state.camera_pitch);
  return out;
}

}  // namespace matside::c
