#include "core/coaching/prompt_scheduler.h"

#include "core/coaching/breathing_cues.h"

namespace matside::coaching {
namespace {

using base::Seconds;
using engine::RepetitionCounts;
using exercise::MovementPhase;
using pose::Side;

int done(const RepetitionCounts& counts, Side side) {
  return side == Side::left ? counts.left : counts.right;
}

}  // namespace

PromptScheduler::PromptScheduler(const exercise::Definition& definition,
                                 const exercise::Level& level, BreathingPattern breath,
                                 int repetitions)
    : rules_(definition.coaching),
      speech_(definition.speech),
      cycle_(definition.cycle),
      exercise_prompt_(definition.own_phrase_id("prompt")),
      breath_(breath),
      kicks_(level.kicks),
      repetitions_(repetitions),
      pace_(definition.audio_guide, definition.speech, level) {}

void PromptScheduler::turn_to(Side side, const RepetitionCounts& counts) {
  next_ = done(counts, side) < repetitions_ ? side : pose::other(side);
}

void PromptScheduler::start(Seconds now, const RepetitionCounts& counts) {
  turn_to(counts.left <= counts.right ? Side::left : Side::right, counts);
  due_ = now;
  retries_ = false;
  last_end_.reset();
  prompts_turn_ = true;
}

void PromptScheduler::after(const exercise::Repetition& repetition,
                            const RepetitionCounts& counts, Seconds now, bool spoken_to,
                            int clean_in_a_row) {
  pace_.take(repetition);
  const bool known = repetition.side != exercise::KickingSide::unsure;
  const Side last = !known                                           ? next_
                    : repetition.side == exercise::KickingSide::left ? Side::left
                                                                     : Side::right;
  turn_to(pose::other(last), counts);
  const bool silent = clean_in_a_row >= rules_.silent_after_clean.value;
  due_.reset();
  retries_ = false;
  if (!silent) due_ = now;
  last_end_ = repetition.end;
  prompts_turn_ = !silent && !spoken_to;
}

void PromptScheduler::side_unsaid(Seconds now) {
  if (phase_ != MovementPhase::rest) return;
  due_ = now + Seconds(speech_.side_retry.value);
  retries_ = true;
  last_end_.reset();
}

void PromptScheduler::say_turn() {
  const bool by_side = !cycle_ || cycle_->sides == exercise::CycleSides::alternating;
  if (by_side) say_side();
  if (cycle_) say_exercise();
}

// What to do is said before the movement: a lift that is held has no beat to say it on.
void PromptScheduler::say_exercise() {
  if (!prompts_turn_ || full_prompts_ >= rules_.full_prompts.value) return;
  ++full_prompts_;
  Prompt& prompt = said_.emplace_back();
  prompt.id = exercise_prompt_;
  prompt.kind = UtteranceKind::side;
  if (last_end_) prompt.start_by = *last_end_ + pace_.rest() - Seconds(speech_.gap.value);
}

// A person who sets out at their own pace is not told the side too late.
void PromptScheduler::say_side() {
  Prompt& side = said_.emplace_back();
  side.id = next_ == Side::left ? "left" : "right";
  side.kind = UtteranceKind::side;
  if (last_end_) side.start_by = *last_end_ + pace_.rest() - Seconds(speech_.gap.value);
}

void PromptScheduler::say_kicks(Seconds now) {
  if (!prompts_turn_ || full_prompts_ >= rules_.full_prompts.value) return;
  ++full_prompts_;
  said_.push_back({kick_phrase_id(breath_, kicks_), UtteranceKind::kick,
                   now + pace_.to_first_kick(),
                   now + pace_.to_last_kick() + Seconds(speech_.kick_overrun.value)});
}

void PromptScheduler::say_breath(Seconds now) {
  if (!prompts_turn_ || breath_ == BreathingPattern::off) return;
  said_.push_back({rise_phrase_id(cycle_->breath), UtteranceKind::breath,
                   now + pace_.to_first_kick(), now + pace_.to_last_kick()});
}

void PromptScheduler::say_lowering(Seconds start) {
  if (!prompts_turn_ || lowerings_ >= rules_.lowering_prompts.value) return;
  ++lowerings_;
  said_.push_back(
      {cycle_ ? lowering_phrase_id(cycle_->breath, breath_) : lowering_phrase_id(breath_),
       UtteranceKind::kick, start + speech_.lowering_share.value * pace_.lowering(),
       start + pace_.lowering()});
}

// Where a kick's lowering is seen it has already begun: its words follow the last kick at once.
// A cycle's top may be held.
bool PromptScheduler::lowering_begins(const exercise::MovementState& movement) const {
  if (!cycle_) return seen_kicks_ < kicks_ && movement.kicks >= kicks_;
  return phase_ == MovementPhase::kicking && movement.phase == MovementPhase::lowering;
}

std::span<const Prompt> PromptScheduler::observe(const engine::FrameState& frame_state,
                                                 bool speaking) {
  said_.clear();
  const exercise::MovementState& movement = frame_state.movement;
  const Seconds now = frame_state.time;
  if (movement.phase != MovementPhase::rest) due_.reset();  // the person has begun already
  if (due_ && now >= *due_ && !(retries_ && speaking)) {
    due_.reset();
    retries_ = false;
    say_turn();
  }
  if (phase_ == MovementPhase::rest && movement.phase == MovementPhase::bending) {
    if (cycle_) {
      say_breath(now);
    } else {
      say_kicks(now);
    }
  }
  if (lowering_begins(movement)) say_lowering(cycle_ ? now : movement.last_kick);
  seen_kicks_ = movement.kicks;
  phase_ = movement.phase;
  return said_;
}

}  // namespace matside::coaching
