// Whether a practice that is about to be saved is of a recording that the records have already.
#pragma once

#include <span>
#include <string>

#include "core/base/result.h"
#include "records/repository.h"

namespace matside::records {

/// Whether a practice of this origin is of a recording: of a video, poses or a result file.
bool is_recorded(Origin origin);

/// What is known of a recording.
struct RecordingFacts {
  int level = 0;
  base::Seconds duration;
  std::span<const SavedRepetition> repetitions;
  /// Of the video or poses that a result file names; empty for poses themselves.
  std::string sha256;
};

/// Compares two result files by the recording that they name and its duration. Poses, or a
/// result file and poses, are compared by the times of all repetitions and peaks: different
/// recordings never agree in all of them. Recordings at different levels are never the same.
/// @param saved  a practice with is_recorded(origin)
/// @returns errors of Repository
base::Result<bool> is_same_recording(Repository& records, const Practice& saved,
                                     const RecordingFacts& other);

}  // namespace matside::records
