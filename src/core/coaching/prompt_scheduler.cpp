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

PromptScheduler::PromptScheduler(const exercise::CoachingRules& rules, BreathingPattern breath,
                                 int kicks, int repetitions)
    : rules_(rules), breath_(breath), kicks_(kicks), repetitions_(repetitions) {}

void PromptScheduler::turn_to(Side side, const RepetitionCounts& counts) {
  next_ = done(counts, side) < repetitions_ ? side : pose::other(side);
}

void PromptScheduler::start(Seconds now, const RepetitionCounts& counts) {
  turn_to(counts.left <= counts.right ? Side::left : Side::right, counts);
  due_ = now;
}

void PromptScheduler::after(const exercise::Repetition& repetition,
                            const RepetitionCounts& counts, Seconds now, bool spoken_to,
                            int clean_in_a_row) {
  const bool known = repetition.side != exercise::KickingSide::unsure;
  const Side last = !known                                           ? next_
                    : repetition.side == exercise::KickingSide::left ? Side::left
                                                                     : Side::right;
  turn_to(pose::other(last), counts);
  due_.reset();
  if (!spoken_to && clean_in_a_row < rules_.silent_after_clean.value) {
    due_ = now + Seconds(rules_.after_count.value);
  }
}

void PromptScheduler::say_turn() {
  said_.push_back(next_ == Side::left ? "left" : "right");
  if (full_prompts_ >= rules_.full_prompts.value) return;
  ++full_prompts_;
  said_.push_back(kick_phrase_id(breath_, kicks_));
}

void PromptScheduler::say_lowering() {
  if (lowerings_ >= rules_.lowering_prompts.value) return;
  ++lowerings_;
  said_.push_back(lowering_phrase_id(breath_));
}

std::span<const std::string_view> PromptScheduler::observe(
    const engine::FrameState& frame_state) {
  said_.clear();
  const MovementPhase phase = frame_state.movement.phase;
  if (phase != MovementPhase::rest) due_.reset();  // the person has begun already
  if (due_ && frame_state.time >= *due_) {
    due_.reset();
    say_turn();
  }
  const bool all_kicks = frame_state.movement.kicks >= kicks_;
  if (phase == MovementPhase::lowering && phase_ != phase && all_kicks) say_lowering();
  phase_ = phase;
  return said_;
}

}  // namespace matside::coaching
