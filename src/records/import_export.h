// Export of a person's records as one file (matside.export/1), and import of practices made
// elsewhere. Imported text is untrusted: it is checked completely, and the first error is
// reported with its place, before anything is saved.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/point.h"
#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "records/local_time.h"
#include "records/practice_draft.h"
#include "records/repository.h"

namespace matside::records {

/// Everything saved of a person, except the PIN.
/// @returns matside.export/1; ErrorKind::not_found for an unknown person, errors of Repository
base::Result<std::string> export_json(Repository& records, Id person);

/// Imports the practices of an export (matside.export/1) or a result file (matside.analysis/1).
/// All of them are saved, or none. Practices with the start and origin of an existing one (and,
/// if recorded, its length) are skipped, and a result file that was imported before. If the
/// person has no practices yet, an export's settings are imported too.
/// @param name  of the file, for errors
/// @param now   the date of a result file's practice, unless the file says when it was recorded
/// @param highest_level  of the exercise
/// @returns the number of imported practices; ErrorKind::input with file and place
base::Result<int> import_json(Repository& records, Id person, std::string_view text,
                              const std::string& name, const LocalTime& now, int highest_level);

/// Where imported poses are.
struct ImportedPoses {
  Id practice = 0;
  bool already_saved = false;  ///< By an earlier import, with this origin and level.
};

/// Scores poses made elsewhere and saves them as a practice, unless they are saved already
/// with this origin and level, or `plan.save_again` is set.
/// @param plan  without a goal (0 repetitions) the counted repetitions are the goal
/// @returns the new or the existing practice; ErrorKind::input without frames, errors of
///   replay_poses and Repository::add_practice
base::Result<ImportedPoses> import_poses(Repository& records, const PracticeDraft::Plan& plan,
                                         const std::vector<pose::PoseFrame>& frames,
                                         const LocalTime& now, const EngineInfo& engine,
                                         const exercise::Definition& exercise);

}  // namespace matside::records
