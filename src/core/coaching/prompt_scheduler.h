// Prompts during a set: which side, kick and kick, lower slowly, and when to breathe. Many at
// first, few later.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/coaching/practice_request.h"
#include "core/engine/analysis.h"
#include "core/engine/frame_state.h"
#include "core/exercise/coaching_rules.h"
#include "core/exercise/repetition.h"
#include "core/pose/landmark.h"

namespace matside::coaching {

/// One for each set.
class PromptScheduler {
 public:
  /// @param kicks in a repetition  @param repetitions asked for on each side
  PromptScheduler(const exercise::CoachingRules& rules, BreathingPattern breath, int kicks,
                  int repetitions);

  /// The set begins, or continues after a pause.
  void start(base::Seconds now, const engine::RepetitionCounts& counts);
  /// A repetition has ended. @param spoken_to something else is said about it, so no prompt
  /// follows
  /// @param clean_in_a_row after CoachingRules::silent_after_clean of them there is no prompt
  void after(const exercise::Repetition& repetition, const engine::RepetitionCounts& counts,
             base::Seconds now, bool spoken_to, int clean_in_a_row);
  /// The state after a frame. @returns ids of the phrases to say now, in order; valid until the
  /// next call
  std::span<const std::string_view> observe(const engine::FrameState& frame_state);

  /// The side whose turn is next.
  [[nodiscard]] pose::Side next_side() const { return next_; }

 private:
  void turn_to(pose::Side side, const engine::RepetitionCounts& counts);
  void say_turn();
  void say_lowering();

  exercise::CoachingRules rules_;
  BreathingPattern breath_;
  int kicks_;
  int repetitions_;
  int full_prompts_ = 0;  ///< turns prompted in full
  pose::Side next_ = pose::Side::left;
  std::optional<base::Seconds> due_;  ///< when to prompt the next turn
  exercise::MovementPhase phase_ = exercise::MovementPhase::rest;
  int lowerings_ = 0;  ///< prompted
  std::vector<std::string_view> said_;
};

}  // namespace matside::coaching
