// A practice that is being recorded. Each repetition is saved when it has ended, with the poses
// up to it, so that a crash loses only the repetition in progress. If the disk refuses, the
// practice continues, and the next repetition tries the unsaved part again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/coaching/lesson.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"
#include "records/exercises.h"
#include "records/local_time.h"
#include "records/replay.h"
#include "records/repository.h"

namespace matside::records {

/// The engine and the networks that score a practice.
struct EngineInfo {
  std::string version;     ///< Program and version, such as "matside 0.1.0".
  std::string pose_model;  ///< Such as "blazepose-full"; empty: no pictures.
  bool eye = false;        ///< Whether the eye refined the joints of a lying body.
};

/// The engine and the exercise as a scoring saves them.
/// @param made  when the scoring is made
ScoringInfo scoring_info(const EngineInfo& engine, const exercise::Definition& exercise,
                         Instant made);

class PracticeDraft {
 public:
  /// What a person is about to practise.
  struct Plan {
    Id person = 0;
    int level = 0;
    int repetitions = 0;                ///< The goal on each side.
    std::optional<int> comfort_before;  ///< 0 (no discomfort) to 10.
    Origin origin = Origin::camera;
    std::optional<LocalTime> start;  ///< When it took place; absent: now.
    bool save_again = false;  ///< For import_poses: also if the records have these poses.
  };

  /// Begins a practice and saves its start.
  /// @param records, exercise  must outlive the draft
  /// @returns errors of Repository::begin
  static base::Result<PracticeDraft> begin(Repository& records, const Plan& plan,
                                           const LocalTime& now, const EngineInfo& engine,
                                           const exercise::Definition& exercise);

  /// Continues an unfinished practice, with the next session of it.
  /// @param records, exercises  must outlive the draft
  /// @returns ErrorKind::not_found if that person has no such practice, ErrorKind::conflict if
  ///   it has ended, ErrorKind::input if its exercise isn't installed; otherwise errors of
  ///   Repository
  static base::Result<PracticeDraft> resume(Repository& records, Id practice, Id person,
                                            const Exercises& exercises);

  [[nodiscard]] Id practice() const { return practice_; }
  [[nodiscard]] int level() const { return level_; }
  /// What had been counted when the practice was resumed; zero for a new one.
  [[nodiscard]] const RepetitionCounts& counts_before() const { return counts_before_; }
  /// From when on the frames' times continue those that are saved; 0 for a new practice.
  [[nodiscard]] base::Seconds begin_time() const { return begin_; }

  /// Adds a frame, in memory, if the lesson scores it.
  void add_frame(const pose::PoseFrame& frame, const coaching::ScoringContext& scoring);
  /// Saves a repetition, with the frames up to it and the counts of the whole practice.
  /// @returns ErrorKind::output if it can't be saved; the next call tries again
  base::Result<void> add_repetition(const exercise::Repetition& repetition,
                                    const RepetitionCounts& counts);
  /// Saves the remaining frames and ends the practice.
  /// @returns errors of end_practice
  base::Result<void> end(EndReason by);

 private:
  PracticeDraft(Repository& records, Id practice, int level, int first_session,
                const exercise::Definition& exercise)
      : records_(&records),
        exercise_(&exercise),
        practice_(practice),
        level_(level),
        first_session_(first_session) {}
  /// Saves what is pending, and the counts, in one transaction.
  base::Result<void> write(const std::optional<RepetitionCounts>& counts);
  void flush_frames();

  Repository* records_;
  const exercise::Definition* exercise_;
  Id practice_;
  int level_;
  int first_session_;  ///< The number of this draft's first session in the practice.
  RepetitionCounts counts_before_;
  base::Seconds begin_;
  int repetitions_ = 0;
  int session_ = 0;                         ///< Of the frames in memory.
  std::optional<base::Degrees> full_peak_;  ///< Of the frames in memory.
  std::vector<pose::PoseFrame> frames_;     ///< In memory, not yet compressed.
  std::vector<PoseChunk> pending_chunks_;   ///< Compressed, not yet saved.
  std::vector<SavedRepetition> pending_repetitions_;
};

/// The start of a practice with this plan. The engine is the one that scores it, now.
PracticeStart practice_start(const PracticeDraft::Plan& plan, const LocalTime& now,
                             const EngineInfo& engine, const exercise::Definition& exercise);

/// The exercise of a practice.
/// @returns ErrorKind::input, which names the installed ones, if it isn't among them
base::Result<const exercise::Definition*> exercise_of(const Practice& practice,
                                                      const Exercises& exercises);

/// Ends a practice: scores its poses for the means and the result file, and merges the parts of
/// its poses. The counts stay as they were reported live.
/// @returns errors of Repository and exercise_of(); ErrorKind::input if the poses are damaged
base::Result<void> end_practice(Repository& records, Id practice, EndReason by,
                                const Exercises& exercises);

/// Saves an audio-only practice with the counts that the person reports. Where no leg moves
/// alone, the larger of both is saved as repetitions of both legs.
/// @returns the practice's number; errors of Repository::add_practice
base::Result<Id> save_self_reported(Repository& records, const PracticeDraft::Plan& plan,
                                    const LocalTime& now, const EngineInfo& engine,
                                    const exercise::Definition& exercise,
                                    const SideCounts& reported, EndReason by);

/// Corrects the side of one repetition; none restores the measured side. The practice's
/// corrected counts follow.
/// @returns ErrorKind::not_found if there is no such practice or repetition, ErrorKind::input
///   for a repetition of both legs
base::Result<void> correct_side(Repository& records, Id practice, int index,
                                std::optional<exercise::KickingSide> side);

/// Scores the saved poses of a practice with this engine. Earlier scorings stay saved.
/// @returns ErrorKind::not_found if the practice does not exist, ErrorKind::input if it has no
///   poses or they are damaged; errors of exercise_of()
base::Result<void> rescore(Repository& records, Id practice, const EngineInfo& engine,
                           const Exercises& exercises, Instant now);

}  // namespace matside::records
