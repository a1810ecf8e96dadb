// Which correction is said after a repetition: at most one, the most important, not one that is
// being worked at, and fewer as it goes well.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>

#include "core/coaching/utterance.h"
#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"

namespace matside::coaching {

class CorrectionSelector {
 public:
  explicit CorrectionSelector(const exercise::Definition& definition) : definition_(&definition) {}

  /// @param set_faults those that this repetition completed
  /// @returns what to say of it, if anything.
  std::optional<Utterance> after(const exercise::Repetition& repetition,
                           std::span<const exercise::SetFault> set_faults);

  /// Whether the hips rose in three of the last five repetitions judged. Asking starts anew.
  /// @source movement.md 6.3
  bool hips_rise_often();
  /// Repetitions in a row without anything to correct.
  [[nodiscard]] int clean_in_a_row() const { return clean_in_a_row_; }

 private:
  std::optional<Utterance> legs_unseen_hint();
  std::optional<Utterance> praise_correction(const exercise::Repetition& repetition);
  [[nodiscard]] const exercise::Fault* most_important_fault(
      const exercise::Repetition& repetition,
      std::span<const exercise::SetFault> set_faults) const;

  const exercise::Definition* definition_;
  int repetitions_ = 0;
  int clean_in_a_row_ = 0;
  std::string current_fault_;  ///< the fault corrected last, until it is mended
  int said_at_ = 0;         ///< in which repetition
  std::string skipped_fault_;        ///< what was let pass once, after a clean run
  int unseen_said_at_ = -1000;
  std::deque<bool> hips_;
};

}  // namespace matside::coaching
