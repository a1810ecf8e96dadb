#include "core/coaching/prompts.h"

#include "core/coaching/breath_words.h"

namespace matside::coaching {
namespace {

using base::Seconds;
using engine::Counts;
using exercise::MovementPhase;
using pose::Side;

// The count is heard first.
constexpr Seconds kAfterCount(0.7);
// The first turns are told with every word, later ones by their side alone.
constexpr int kTurnsTaught = 4;
constexpr int kLoweringsTaught = 4;
// With so many clean ones in a row the sides go by themselves.
constexpr int kRunning = 3;

int done(const Counts& counts, Side side) {
  return side == Side::left ? counts.left : counts.right;
}

}  // namespace

Prompts::Prompts(Breath breath, int kicks, int repetitions)
    : breath_(breath), kicks_(kicks), repetitions_(repetitions) {}

void Prompts::turn_to(Side side, const Counts& counts) {
  next_ = done(counts, side) < repetitions_ ? side : pose::other(side);
}

void Prompts::set_off(Seconds now, const Counts& counts) {
  turn_to(counts.left <= counts.right ? Side::left : Side::right, counts);
  due_ = now;
}

void Prompts::after(const exercise::Repetition& repetition, const Counts& counts, Seconds now,
                    bool spoken_to, int clean_in_a_row) {
  const bool known = repetition.side != exercise::KickingSide::unsure;
  const Side last = !known                                           ? next_
                    : repetition.side == exercise::KickingSide::left ? Side::left
                                                                     : Side::right;
  turn_to(pose::other(last), counts);
  due_.reset();
  if (!spoken_to && clean_in_a_row < kRunning) due_ = now + kAfterCount;
}

void Prompts::say_turn() {
  said_.push_back(next_ == Side::left ? "left" : "right");
  if (told_whole_ >= kTurnsTaught) return;
  ++told_whole_;
  said_.push_back(kick_words(breath_, kicks_));
}

void Prompts::say_lowering() {
  if (lowerings_ >= kLoweringsTaught) return;
  ++lowerings_;
  said_.push_back(lower_words(breath_));
}

std::span<const std::string_view> Prompts::see(const engine::Moment& moment) {
  said_.clear();
  const MovementPhase phase = moment.movement.phase;
  if (phase != MovementPhase::rest) due_.reset();  // the next one has begun by itself
  if (due_ && moment.time >= *due_) {
    due_.reset();
    say_turn();
  }
  const bool all_kicks = moment.movement.kicks >= kicks_;
  if (phase == MovementPhase::lowering && phase_ != phase && all_kicks) say_lowering();
  phase_ = phase;
  return said_;
}

}  // namespace matside::coaching
