#include "annotation/overlay_content.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>
#include <variant>
#include <vector>

#include "core/coaching/practice_feedback.h"
#include "core/exercise/reading_name.h"

namespace matside::annotation {
namespace {

using base::Seconds;
using coaching::phrase_text;
using exercise::MovementPhase;

constexpr Seconds kTitleFor(5.0);
// Long enough to read twice; praise is short.
constexpr Seconds kCueFor(4.5);
constexpr Seconds kPraiseFor(2.5);
// More don't fit beside the counts.
constexpr std::size_t kMostReadings = 2;

/// The words of each way to move: rest, upward, at the top, downward.
using PhaseWords = std::array<const char*, 4>;
constexpr PhaseWords kKick{"phase_rest", "phase_bending", "phase_kicking", "phase_lowering"};
constexpr PhaseWords kOneLeg{"phase_rest", "phase_leg_rising", "phase_leg_top",
                             "phase_lowering"};
constexpr PhaseWords kTogether{"phase_rest", "phase_rising", "phase_top", "phase_falling"};

/// The first readings, such as "Lift 12 degrees, hold 2.1 s"; empty without readings.
std::string readings_text(const exercise::Repetition& repetition) {
  std::string text;
  const std::size_t shown = std::min(kMostReadings, repetition.readings.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const exercise::NamedReading& reading = repetition.readings[i];
    std::string name = exercise::reading_name(reading.id);
    if (!text.empty()) {
      name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
      text += ", ";
    }
    text += name + " " + exercise::reading_text(reading.value, reading.unit);
  }
  return text;
}

const char* phrase_at_rest(const engine::FrameState& frame_state) {
  if (!frame_state.person) return "phase_nobody";
  const bool lies = frame_state.posture == kinematics::BodyPosture::lying;
  if (!lies && frame_state.posture != kinematics::BodyPosture::unclear) return "phase_upright";
  return lies && frame_state.settled ? "phase_rest" : "phase_settling";
}

}  // namespace

OverlayContentBuilder::OverlayContentBuilder(const exercise::Definition& exercise, int level)
    : exercise_(&exercise), corrections_(exercise) {
  const exercise::Level* found = exercise.level(level);
  assert(found != nullptr);
  content_.kicks_expected = found->kicks;
  content_.title = phrase_text(
      exercise, "title",
      {{"exercise", exercise.name}, {"level", std::to_string(level)}, {"name", found->name}});
  content_.caution = phrase_text(exercise, "estimated");
  content_.left_name = phrase_text(exercise, "side_left");
  content_.right_name = phrase_text(exercise, "side_right");
  if (exercise.by_side()) return;
  const bool legs = exercise.cycle->sides == exercise::CycleSides::both;
  content_.together_name = phrase_text(exercise, legs ? "side_both" : "label_repetitions");
}

const OverlayContent& OverlayContentBuilder::update(const engine::FrameState& frame_state,
                                                    std::span<const engine::Event> events,
                                                    const engine::RepetitionCounts& counts,
                                                    Seconds time) {
  if (!begun_) begun_ = time;
  if (time - *begun_ >= kTitleFor) {
    content_.title.clear();
    content_.caution.clear();
  }
  if (content_.cue && time >= cue_until_) content_.cue.reset();
  if (time >= readings_until_) content_.readings.clear();
  update_movement(frame_state);
  update_repetitions(events, time);
  content_.left = counts.left;
  content_.right = counts.right;
  content_.together = counts.both;
  content_.unsure = counts.unsure == 0
                        ? ""
                        : phrase_text(*exercise_, "counted_unsure",
                                      {{"count", std::to_string(counts.unsure)}});
  return content_;
}

const char* OverlayContentBuilder::phrase_of(MovementPhase phase) const {
  const PhaseWords& words = !exercise_->cycle      ? kKick
                            : exercise_->by_side() ? kOneLeg
                                                   : kTogether;
  return words.at(static_cast<std::size_t>(phase));
}

void OverlayContentBuilder::update_movement(const engine::FrameState& frame_state) {
  const exercise::MovementState& movement = frame_state.movement;
  const bool moves = movement.phase != MovementPhase::rest;
  content_.moving.reset();
  content_.moving_together = moves && !content_.together_name.empty();
  content_.kicks = moves ? movement.kicks : 0;
  if (!moves) {
    content_.phase = phrase_text(*exercise_, phrase_at_rest(frame_state));
    return;
  }
  if (content_.moving_together) {
    content_.phase = phrase_text(*exercise_, phrase_of(movement.phase));
    return;
  }
  content_.moving = movement.raised;
  const bool left = movement.raised == pose::Side::left;
  content_.phase = phrase_text(*exercise_, phrase_of(movement.phase),
                               {{"side", left ? content_.left_name : content_.right_name}});
}

void OverlayContentBuilder::update_repetitions(std::span<const engine::Event> events,
                                               Seconds time) {
  std::vector<exercise::SetFault> set_faults;
  for (const engine::Event& event : events) {
    if (const auto* fault = std::get_if<engine::SetFaultSeen>(&event)) {
      set_faults.push_back(fault->fault);
    }
  }
  for (const engine::Event& event : events) {
    const auto* finished = std::get_if<engine::RepetitionFinished>(&event);
    if (finished == nullptr) continue;
    const exercise::Repetition& repetition = finished->repetition;
    content_.readings = readings_text(repetition);
    readings_until_ = time + kCueFor;
    if (const auto said = corrections_.after(repetition, set_faults)) {
      say(said->text, said->kind == coaching::UtteranceKind::praise, time);
    } else if (repetition.status == exercise::RepetitionStatus::clean && set_faults.empty()) {
      say(phrase_text(*exercise_, "clean_repetition"), true, time);
    } else {
      content_.cue.reset();
    }
  }
}

void OverlayContentBuilder::say(const std::string& text, bool praise, Seconds time) {
  content_.cue = OverlayContent::Cue{text, praise};
  cue_until_ = time + (praise ? kPraiseFor : kCueFor);
}

}  // namespace matside::annotation
