// What leaves the records and comes back: a person whole as one file (matside.export/1), and
// practices made elsewhere. What comes in is hostile until checked: the first thing wrong is
// told with its place, and then nothing of the file is kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/point.h"
#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "records/ongoing.h"
#include "records/repository.h"
#include "records/wall_clock.h"

namespace matside::records {

/// Everything kept of a person but the PIN.
base::Result<std::string> export_json(records::Repository& records, records::Id person);

/// Files the practices of an export, or that of a result file (matside.analysis/1), with a
/// person. A practice that is there already, by its start and origin, is left out. An export
/// also brings the person's settings where there was no practice yet.
/// @param name of the file, for the errors
/// @param now when a result file, which has no date, is taken to have been made
/// @returns how many came in
/// @returns ErrorKind::input naming file and place
base::Result<int> import_json(records::Repository& records, records::Id person,
                              std::string_view text, const std::string& name, const Now& now);

/// Judges poses made elsewhere and files them as a practice.
/// @returns as judge(); ErrorKind::input where there are none
base::Result<records::Id> import_poses(records::Repository& records, const Ongoing::Wish& wish,
                                       const std::vector<pose::PoseFrame>& frames,
                                       const Now& now, const Engine& engine,
                                       const exercise::Definition& exercise);

}  // namespace matside::records
