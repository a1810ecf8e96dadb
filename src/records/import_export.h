// Export of a person's records as one file (matside.export/2), and import of practices made
// elsewhere. Imported text is untrusted: it is checked completely, and the first error is
// reported with its place, before anything is saved.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/point.h"
#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "records/exercises.h"
#include "records/import_document.h"
#include "records/local_time.h"
#include "records/practice_draft.h"
#include "records/repository.h"

namespace matside::records {

/// Everything saved of a person, except the PIN.
/// @returns matside.export/2; ErrorKind::not_found for an unknown person, errors of Repository
base::Result<std::string> export_json(Repository& records, Id person);

/// What became of the practices of a file.
struct ImportedDocument {
  int saved = 0;
  int known = 0;  ///< Already in the records.
};

/// Imports the practices of an export (matside.export/1 or 2) or a result file
/// (matside.analysis/1).
/// All of them are saved, or none. Practices of an export with the start and origin of an
/// existing one (and, if recorded, its length) are skipped, and a result file of a recording
/// that the records have (is_same_recording). If the person has no practices yet, an export's
/// settings are imported too.
/// @param name  of the file, for errors
/// @param date  of a result file's practice
/// @param exercises  of which practices are accepted; an error names them
/// @returns how many practices there were; ErrorKind::input with file and place;
///   ErrorKind::usage for a date that is given with an export
base::Result<ImportedDocument> import_json(Repository& records, Id person,
                                           std::string_view text, const std::string& name,
                                           const ImportDate& date, const Exercises& exercises);

/// Where imported poses are.
struct ImportedPoses {
  Id practice = 0;
  bool already_saved = false;  ///< The records had this recording at this level.
};

/// Scores poses made elsewhere and saves them as a practice, unless the records have these
/// poses or their recording (is_same_recording) at this level, and `plan.save_again` is not
/// set.
/// @param plan  without a goal (0 repetitions) the counted repetitions are the goal
/// @returns the new or the existing practice; ErrorKind::input without frames, errors of
///   replay_poses and Repository::add_practice
base::Result<ImportedPoses> import_poses(Repository& records, const PracticeDraft::Plan& plan,
                                         const std::vector<pose::PoseFrame>& frames,
                                         const LocalTime& now, const EngineInfo& engine,
                                         const exercise::Definition& exercise);

}  // namespace matside::records
