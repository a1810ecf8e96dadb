// A practice while it happens, on disk as it goes: each repetition when it has ended, with the
// poses up to it. Where the disk refuses, the practice goes on, and what could not be written
// is tried again with the next repetition.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/coaching/lesson.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"
#include "records/judging.h"
#include "records/repository.h"
#include "records/wall_clock.h"

namespace matside::records {

/// Who judges, for the record.
struct Engine {
  std::string version;     ///< matside 0.1.0
  std::string pose_model;  ///< blazepose-full
  bool eye = false;
};
/// As a judgement keeps it.
records::Judgement judgement_of(const Engine& engine, const exercise::Definition& exercise,
                                records::Instant made);

class Ongoing {
 public:
  struct Wish {
    records::Id person = 0;
    int level = 0;
    int repetitions = 0;
    std::optional<int> comfort_before;
    records::Origin origin = records::Origin::camera;
  };
  /// @param records must outlive it
  static base::Result<Ongoing> begin(records::Repository& records, const Wish& wish,
                                     const Now& now, const Engine& engine,
                                     const exercise::Definition& exercise);
  /// Goes on with one that was broken off.
  /// @returns ErrorKind::input where it is not there, not that person's, or has ended.
  static base::Result<Ongoing> resume(records::Repository& records, records::Id practice,
                                      records::Id person, const exercise::Definition& exercise);

  [[nodiscard]] records::Id practice() const { return practice_; }
  [[nodiscard]] int level() const { return level_; }
  /// What had been counted before it was gone on with.
  [[nodiscard]] const records::Counts& before() const { return before_; }

  void saw(const pose::PoseFrame& frame, const coaching::Judging& judging);
  /// @returns ErrorKind::output where it can't be written
  base::Result<void> finished(const exercise::Repetition& repetition,
                              const records::Counts& counts);
  base::Result<void> end(records::EndedBy by);

 private:
  Ongoing(records::Repository& records, records::Id practice, int level, int first_session,
          const exercise::Definition& exercise)
      : records_(&records),
        exercise_(&exercise),
        practice_(practice),
        level_(level),
        first_session_(first_session) {}
  base::Result<void> write();
  void pack();

  records::Repository* records_;
  const exercise::Definition* exercise_;
  records::Id practice_;
  int level_;
  int first_session_;  ///< the number of this source's first one
  records::Counts before_;
  int repetitions_ = 0;
  int session_ = 0;  ///< of the frames at hand
  std::optional<base::Degrees> full_kick_;
  std::vector<pose::PoseFrame> frames_;     ///< at hand
  std::vector<records::PoseChunk> chunks_;  ///< packed, to be written
  std::vector<records::Repetition> unwritten_;
};

/// Ends a practice with the repetitions kept: judges its poses, and puts them together.
base::Result<void> end_practice(records::Repository& records, records::Id practice,
                                records::EndedBy by, const exercise::Definition& exercise);

/// A practice by sound alone, at the person's word.
base::Result<records::Id> keep_self_reported(records::Repository& records,
                                             const Ongoing::Wish& wish, const Now& now,
                                             const Engine& engine,
                                             const exercise::Definition& exercise,
                                             const records::Correction& told,
                                             records::EndedBy by);

/// A person's word on whose side a repetition was, absent: as counted. The practice's counts
/// follow.
base::Result<void> correct_side(records::Repository& records, records::Id practice, int index,
                                std::optional<exercise::KickingSide> side);

/// Judges the poses kept of a practice by this engine; the earlier judgement is kept beside it.
/// @returns ErrorKind::input for a practice without poses
base::Result<void> rescore(records::Repository& records, records::Id practice,
                           const Engine& engine, const exercise::Definition& exercise,
                           records::Instant now);

}  // namespace matside::records
