#include "annotation/notes.h"

#include <cassert>
#include <variant>
#include <vector>

#include "core/coaching/closing.h"

namespace matside::annotation {
namespace {

using base::Seconds;
using coaching::phrase_text;
using exercise::MovementPhase;

constexpr Seconds kTitleFor(5.0);
// Long enough to be read twice; praise is short.
constexpr Seconds kCueFor(4.5);
constexpr Seconds kPraiseFor(2.5);

const char* phrase_of(MovementPhase phase) {
  switch (phase) {
    case MovementPhase::bending:
      return "phase_bending";
    case MovementPhase::kicking:
      return "phase_kicking";
    case MovementPhase::lowering:
      return "phase_lowering";
    case MovementPhase::rest:
      break;
  }
  return "phase_rest";
}

const char* phrase_at_rest(const engine::Moment& moment) {
  if (!moment.person) return "phase_nobody";
  if (moment.attitude == kinematics::Attitude::upright) return "phase_upright";
  const bool lies = moment.attitude == kinematics::Attitude::lying;
  return lies && moment.settled ? "phase_rest" : "phase_settling";
}

}  // namespace

NoteTaker::NoteTaker(const exercise::Definition& exercise, int level)
    : exercise_(&exercise), corrections_(exercise) {
  const exercise::Level* found = exercise.level(level);
  assert(found != nullptr);
  notes_.kicks_wanted = found->kicks;
  notes_.title = phrase_text(
      exercise, "title",
      {{"exercise", exercise.name}, {"level", std::to_string(level)}, {"name", found->name}});
  notes_.caution = phrase_text(exercise, "estimated");
  notes_.left_name = phrase_text(exercise, "side_left");
  notes_.right_name = phrase_text(exercise, "side_right");
}

const Notes& NoteTaker::see(const engine::Moment& moment, std::span<const engine::Event> events,
                            const engine::Counts& counts, Seconds time) {
  if (!begun_) begun_ = time;
  if (time - *begun_ >= kTitleFor) {
    notes_.title.clear();
    notes_.caution.clear();
  }
  if (notes_.cue && time >= cue_until_) notes_.cue.reset();
  note_movement(moment);
  note_repetitions(events, time);
  notes_.left = counts.left;
  notes_.right = counts.right;
  notes_.unsure = counts.unsure == 0 ? ""
                                     : phrase_text(*exercise_, "counted_unsure",
                                                   {{"count", std::to_string(counts.unsure)}});
  return notes_;
}

void NoteTaker::note_movement(const engine::Moment& moment) {
  const exercise::Movement& movement = moment.movement;
  const bool moves = movement.phase != MovementPhase::rest;
  notes_.moving.reset();
  notes_.kicks = moves ? movement.kicks : 0;
  if (!moves) {
    notes_.phase = phrase_text(*exercise_, phrase_at_rest(moment));
    return;
  }
  notes_.moving = movement.raised;
  const bool left = movement.raised == pose::Side::left;
  notes_.phase = phrase_text(*exercise_, phrase_of(movement.phase),
                             {{"side", left ? notes_.left_name : notes_.right_name}});
}

void NoteTaker::note_repetitions(std::span<const engine::Event> events, Seconds time) {
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
    if (const auto said = corrections_.after(repetition, set_faults)) {
      say(said->text, said->kind == coaching::SayKind::praise, time);
    } else if (repetition.status == exercise::RepetitionStatus::clean && set_faults.empty()) {
      say(phrase_text(*exercise_, "clean_repetition"), true, time);
    } else {
      notes_.cue.reset();
    }
  }
}

void NoteTaker::say(const std::string& text, bool praise, Seconds time) {
  notes_.cue = Notes::Cue{text, praise};
  cue_until_ = time + (praise ? kPraiseFor : kCueFor);
}

}  // namespace matside::annotation
