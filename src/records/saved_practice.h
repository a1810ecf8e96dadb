// A practice in the records with everything that can be computed from it, and the part of it
// that the page plays.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"
#include "formats/analysis_json.h"
#include "records/exercises.h"
#include "records/repository.h"

namespace matside::records {

struct SavedPractice {
  Practice practice;
  /// Scored again from the poses. Without poses: the counts and repetitions as saved. The
  /// person's corrections are in `practice` only.
  formats::AnalysisRecord record;
  /// With times from the start of the practice; empty where there are no poses.
  std::vector<pose::PoseFrame> frames;
};

/// @returns ErrorKind::not_found if there is no such practice; errors of Repository,
///   exercise_of and replay_poses
base::Result<SavedPractice> load_saved_practice(Repository& records, Id practice,
                                                const Exercises& exercises);

/// The poses of one repetition, to be drawn one after the other: RepetitionPoses of
/// src/protocol/records.schema.json.
/// @param index  of the repetition, from 1
/// @returns ErrorKind::not_found if there is no such practice or repetition, or it has no
///   poses; ErrorKind::conflict if this version counts other repetitions in the practice than
///   the version that scored it; errors of load_saved_practice
base::Result<std::string> repetition_poses_json(Repository& records, Id practice, int index,
                                                const Exercises& exercises);

}  // namespace matside::records
