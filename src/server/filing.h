// A live practice on its way to the records. What can't be kept is told, and the practice goes
// on.
#pragma once

#include <memory>
#include <optional>

#include "core/base/result.h"
#include "core/coaching/lesson.h"
#include "core/engine/analysis.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"
#include "records/ongoing.h"
#include "records/repository.h"
#include "server/from_page.h"
#include "server/records_api.h"
#include "server/unlocked.h"

namespace matside::server {

class Filing {
 public:
  /// @returns null where the hello names nobody, or nothing is kept here
  /// @returns ErrorKind::usage for a person who needs a PIN; else as records::Ongoing
  static base::Result<std::unique_ptr<Filing>> begin(const RecordsSetup& setup,
                                                     const exercise::Definition& exercise,
                                                     Unlocked& unlocked, const Hello& hello);
  /// What a person did without a camera. @returns nothing where the hello names nobody
  static base::Result<std::optional<records::Id>> keep(const RecordsSetup& setup,
                                                       const exercise::Definition& exercise,
                                                       Unlocked& unlocked, const Hello& hello,
                                                       const SelfReported& reported,
                                                       coaching::EndedBy by);

  [[nodiscard]] records::Id practice() const { return ongoing_.practice(); }
  /// What was counted before the practice was gone on with.
  [[nodiscard]] engine::Counts before() const;

  void saw(const pose::PoseFrame& frame, const coaching::Judging& judging) {
    ongoing_.saw(frame, judging);
  }
  /// @param counts of the whole practice
  /// @returns what to warn of, once
  std::optional<engine::Warning> finished(const exercise::Repetition& repetition,
                                          const engine::Counts& counts);
  std::optional<engine::Warning> end(coaching::EndedBy by);

 private:
  Filing(std::unique_ptr<records::Repository> records, records::Ongoing ongoing)
      : records_(std::move(records)), ongoing_(std::move(ongoing)) {}
  std::optional<engine::Warning> warn(const base::Result<void>& kept);

  std::unique_ptr<records::Repository> records_;
  records::Ongoing ongoing_;
  bool warned_ = false;
};

/// Of a practice that is not, or not wholly, kept.
engine::Warning not_kept(const base::Error& why);

}  // namespace matside::server
