// Reads a result file (matside.analysis/1): the parts that a comparison needs.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/exercise/measured_value.h"
#include "records/exercises.h"

namespace matside::records {

struct ResultDocument {
  struct RepetitionSummary {
    std::string side;
    std::size_t kicks = 0;
    std::string status;
    std::vector<std::string> faults;

    friend bool operator==(const RepetitionSummary&, const RepetitionSummary&) = default;
  };
  std::string source;    ///< Path of the video or poses, as the file names it.
  std::string exercise;  ///< Its id.
  int level = 0;
  base::Seconds duration;
  int left = 0;
  int right = 0;
  int unsure = 0;
  int kicks = 0;
  int clean = 0;
  int both = 0;
  std::vector<RepetitionSummary> repetitions;
  /// The measures of `set.mean` and `set` by their names in the file; null ones are absent. The
  /// whole deviation counts as systematic.
  std::map<std::string, exercise::Measured> measures;
  /// The mean of what an exercise's file asks to read off each repetition.
  struct ReadingMean {
    exercise::Measured mean;
    std::string unit;
  };
  /// By their ids; only those of two repetitions or more.
  std::map<std::string, ReadingMean> readings;
};

/// The error of a reading's mean: its scatter, and what the camera's view adds to every angle
/// and length, as for a knee (MeasurementRules::image_angle_deviation).
/// @param name  of the file, for errors
/// @param exercises  of which results are accepted
/// @returns ErrorKind::input with file and place
base::Result<ResultDocument> read_result(std::string_view text, const std::string& name,
                                         const Exercises& exercises);

}  // namespace matside::records
