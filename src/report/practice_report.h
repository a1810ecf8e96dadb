// The report of a practice, as far as poses and records give it. Pictures are added by
// picture_extraction.h.
#pragma once

#include <span>
#include <string>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"
#include "formats/analysis_json.h"
#include "records/exercises.h"
#include "records/repository.h"
#include "report/report_json.h"

namespace matside::report {

/// When a report is made, and by what.
struct Stamp {
  std::string made;     ///< ISO 8601.
  std::string program;  ///< matside 0.1.0
  std::string build;
};

/// @param name    title of the report
/// @param frames  that `record` was scored from; empty: no curve, camera quality or skeletons
Report practice_report(const std::string& name, const formats::AnalysisRecord& record,
                       std::span<const pose::PoseFrame> frames,
                       const exercise::Definition& exercise, const Stamp& stamp);

/// The report of a practice in the records, with what the person told about it. Its exercise is
/// `record.exercise_id`.
/// @returns errors of records::load_saved_practice and Repository
base::Result<Report> saved_practice_report(records::Repository& records, records::Id practice,
                                           const records::Exercises& exercises,
                                           const Stamp& stamp);

}  // namespace matside::report
