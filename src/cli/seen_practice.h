// A practice by what a person calls it, looked at and judged.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/data_folder.h"
#include "cli/practice_options.h"
#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"
#include "formats/analysis_json.h"
#include "records/repository.h"

namespace matside::cli {

struct SeenPractice {
  std::string name;  ///< practice.mp4, practice 12
  formats::AnalysisRecord record;
  /// As judged, their times from its beginning. None of a practice that nobody saw.
  std::vector<pose::PoseFrame> frames;
  std::optional<std::filesystem::path> video;  ///< The recording with its pictures.
  std::optional<records::Practice> kept;       ///< What the records tell of it.
};

struct PracticeRequest {
  std::string source;  ///< A file's path, or the number of a practice in the records.
  PracticeOptions practice;
  std::optional<std::filesystem::path> data;  ///< Where the records are.
  bool quiet = false;                         ///< No progress bar.
};

/// A number is a practice, unless there is a file of that name. What is kept is judged anew
/// from its poses; a person's own word on counts and sides is in `kept` alone.
/// @returns errors of the recording, the poses or the records.
base::Result<SeenPractice> see_practice(const PracticeRequest& request, const DataFolder& data,
                                        const exercise::Definition& exercise);

}  // namespace matside::cli
