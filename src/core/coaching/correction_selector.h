// Selects the correction after a repetition: at most one, the most important; not the one that
// the person is working on already, and fewer as things go well.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>

#include "core/coaching/utterance.h"
#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"

namespace matside::coaching {

/// One for each practice. The definition must outlive it.
class CorrectionSelector {
 public:
  explicit CorrectionSelector(const exercise::Definition& definition);

  /// A repetition has ended.
  /// @param set_faults those that it completed
  /// @returns a correction; praise where the last correction was clearly seen to work; a hint
  /// where the legs were
  ///   not seen; or nothing.
  std::optional<Utterance> after(const exercise::Repetition& repetition,
                                 std::span<const exercise::SetFault> set_faults);

  /// Whether the fault that calls for smaller kicks showed in so many of the last repetitions
  /// scored (FaultDetails::ease_at_least, ease_of_last). Once true, counting starts again.
  /// @source movement.md 6.3
  bool should_ease_kick();
  /// Scored repetitions in a row without a fault, up to now.
  [[nodiscard]] int clean_in_a_row() const { return clean_in_a_row_; }

 private:
  std::optional<Utterance> legs_unseen_hint();
  /// @param before the repetition before, or null
  std::optional<Utterance> praise_correction(const exercise::Repetition* before,
                                             const exercise::Repetition& repetition);
  [[nodiscard]] const exercise::Fault* most_important_fault(
      const exercise::Repetition& repetition,
      std::span<const exercise::SetFault> set_faults) const;

  const exercise::Definition* definition_;
  int repetitions_ = 0;
  std::optional<exercise::Repetition> last_;
  int clean_in_a_row_ = 0;
  std::string current_fault_;  ///< corrected last, until it is fixed
  int said_at_ = 0;            ///< in this repetition
  std::string skipped_fault_;  ///< ignored once, after a clean run
  std::optional<int> unseen_said_at_;
  const exercise::Fault* easing_fault_ = nullptr;  ///< the one that calls for smaller kicks
  std::deque<bool> eased_by_;                      ///< whether it showed in the last ones
};

}  // namespace matside::coaching
