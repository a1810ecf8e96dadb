// The words that carry a set: whose turn it is, kick and kick, lower slowly, and when to
// breathe. Many at first, few once the set runs.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/coaching/practice_request.h"
#include "core/engine/analysis.h"
#include "core/engine/frame_state.h"
#include "core/exercise/repetition.h"
#include "core/pose/landmark.h"

namespace matside::coaching {

class PromptScheduler {
 public:
  /// @param kicks in a repetition  @param repetitions wished a side
  PromptScheduler(BreathingPattern breath, int kicks, int repetitions);

  /// The set begins, or goes on after a pause.
  void start(base::Seconds now, const engine::RepetitionCounts& counts);
  /// A repetition has ended. @param spoken_to something else is said of it: no prompt then
  /// @param clean_in_a_row a run of clean ones needs no words
  void after(const exercise::Repetition& repetition, const engine::RepetitionCounts& counts,
             base::Seconds now, bool spoken_to, int clean_in_a_row);
  /// Ids of the phrases to say now, in turn; valid until the next call.
  std::span<const std::string_view> observe(const engine::FrameState& frame_state);

  [[nodiscard]] pose::Side next_side() const { return next_; }

 private:
  void turn_to(pose::Side side, const engine::RepetitionCounts& counts);
  void say_turn();
  void say_lowering();

  BreathingPattern breath_;
  int kicks_;
  int repetitions_;
  int full_prompts_ = 0;  ///< turns prompted with every word
  pose::Side next_ = pose::Side::left;
  std::optional<base::Seconds> due_;  ///< when to tell the next turn
  exercise::MovementPhase phase_ = exercise::MovementPhase::rest;
  int lowerings_ = 0;  ///< prompted
  std::vector<std::string_view> said_;
};

}  // namespace matside::coaching
