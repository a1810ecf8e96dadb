// Saves a live practice to the records while it runs. A failure to save becomes a warning, and
// the practice continues.
//
// One thread at a time, with a connection to the records of its own.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "core/base/result.h"
#include "core/coaching/lesson.h"
#include "core/engine/analysis.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"
#include "protocol/client_messages.h"
#include "protocol/pin_tokens.h"
#include "protocol/records_setup.h"
#include "records/practice_draft.h"
#include "records/repository.h"

namespace matside::protocol {

/// One practice's records::PracticeDraft, with the repository it writes to.
class PracticeRecorder {
 public:
  /// Begins a practice in the records, or resumes the one that the hello names.
  /// @param exercise must outlive the recorder
  /// @returns null where the hello names nobody or no records are kept;
  ///   ErrorKind::usage without the person's PIN; otherwise errors of RecordsSetup::open,
  ///   Repository::person and PracticeDraft
  static base::Result<std::unique_ptr<PracticeRecorder>> begin(
      const RecordsSetup& setup, const exercise::Definition& exercise, PinTokens& pin_tokens,
      const ClientHello& hello);
  /// Saves a practice without a camera.
  /// @returns its id; nothing where the hello names nobody or no records are kept;
  ///   errors as begin()
  static base::Result<std::optional<records::Id>> save_self_reported(
      const RecordsSetup& setup, const exercise::Definition& exercise, PinTokens& pin_tokens,
      const ClientHello& hello, const SelfReported& reported, records::EndReason by);

  [[nodiscard]] records::Id practice() const { return draft_.practice(); }
  /// What was counted before the practice was resumed; zero for a new one.
  [[nodiscard]] const records::RepetitionCounts& counts_before() const {
    return draft_.counts_before();
  }

  /// From when on the frames' times continue those that are saved; 0 for a new practice.
  [[nodiscard]] base::Seconds begin_time() const { return draft_.begin_time(); }

  /// Adds a frame, in memory.
  void add_frame(const pose::PoseFrame& frame, const coaching::ScoringContext& scoring) {
    draft_.add_frame(frame, scoring);
  }
  /// Saves a repetition with the frames up to it.
  /// @param counts of the whole practice
  /// @returns a warning for the first failure to save
  std::optional<engine::Warning> add_repetition(const exercise::Repetition& repetition,
                                                const records::RepetitionCounts& counts);
  /// Ends the practice in the records. @returns a warning for the first failure to save
  std::optional<engine::Warning> end(records::EndReason by);

 private:
  PracticeRecorder(std::shared_ptr<records::Repository> records, records::PracticeDraft draft)
      : records_(std::move(records)), draft_(std::move(draft)) {}
  std::optional<engine::Warning> warn_once(const base::Result<void>& saved);

  std::shared_ptr<records::Repository> records_;
  records::PracticeDraft draft_;
  bool warned_ = false;
};

/// The warning that a practice, or part of it, is not saved.
engine::Warning not_saved_warning(const base::Error& error);

}  // namespace matside::protocol
