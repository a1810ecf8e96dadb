// Prompts during a set: which side, kick and kick, lower slowly, and when to breathe. Many at
// first, few later.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/coaching/pace.h"
#include "core/coaching/practice_request.h"
#include "core/coaching/utterance.h"
#include "core/engine/analysis.h"
#include "core/engine/frame_state.h"
#include "core/exercise/coaching_rules.h"
#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"
#include "core/pose/landmark.h"

namespace matside::coaching {

/// A phrase to say, and until when it is worth saying.
struct Prompt {
  std::string_view id;  ///< of a phrase of the definition
  UtteranceKind kind = UtteranceKind::side;
  std::optional<base::Seconds> start_by;
  std::optional<base::Seconds> end_by;
};

/// One for each set.
class PromptScheduler {
 public:
  /// The definition and its level must outlive it.
  /// @param repetitions asked for on each side
  PromptScheduler(const exercise::Definition& definition, const exercise::Level& level,
                  BreathingPattern breath, int repetitions);

  /// The set begins, or continues after a pause.
  void start(base::Seconds now, const engine::RepetitionCounts& counts);
  /// A repetition has ended. @param spoken_to something else is said about it, so the next turn
  /// has its side alone
  /// @param clean_in_a_row after CoachingRules::silent_after_clean of them there is no prompt
  void after(const exercise::Repetition& repetition, const engine::RepetitionCounts& counts,
             base::Seconds now, bool spoken_to, int clean_in_a_row);
  /// The side was not said in time: it is prompted again if the person rests.
  void side_unsaid(base::Seconds now);
  /// The state after a frame. @returns what to say now, in order; valid until the next call
  /// @param speaking  something is being said; a side that is named again waits for its end
  std::span<const Prompt> observe(const engine::FrameState& frame_state, bool speaking);

  /// The side whose turn is next.
  [[nodiscard]] pose::Side next_side() const { return next_; }
  /// The person's own pace.
  [[nodiscard]] const Pace& pace() const { return pace_; }

 private:
  void turn_to(pose::Side side, const engine::RepetitionCounts& counts);
  void say_turn();
  void say_side();
  void say_exercise();
  void say_kicks(base::Seconds now);
  void say_breath(base::Seconds now);
  void say_lowering(base::Seconds start);
  [[nodiscard]] bool lowering_begins(const exercise::MovementState& movement) const;

  const exercise::CoachingRules& rules_;
  const exercise::SpeechRules& speech_;
  const std::optional<exercise::CycleRules>& cycle_;
  std::string exercise_prompt_;  ///< id of the cycle's own prompt
  BreathingPattern breath_;
  int kicks_;
  int repetitions_;
  Pace pace_;
  int full_prompts_ = 0;  ///< turns prompted in full
  pose::Side next_ = pose::Side::left;
  bool prompts_turn_ = true;          ///< the next turn is prompted in full
  std::optional<base::Seconds> due_;  ///< when to prompt the next side
  bool retries_ = false;              ///< The prompt that is due names a side again.
  std::optional<base::Seconds>
      last_end_;  ///< of the last repetition, until its side is retried
  exercise::MovementPhase phase_ = exercise::MovementPhase::rest;
  int seen_kicks_ = 0;  ///< of this movement
  int lowerings_ = 0;   ///< prompted
  std::vector<Prompt> said_;
};

}  // namespace matside::coaching
