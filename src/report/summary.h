// The summary of an analysis, in a teacher's words.
#pragma once

#include <string>
#include <string_view>

#include "core/exercise/definition.h"
#include "formats/analysis_json.h"
#include "report/report_json.h"

namespace matside::report {

/// What was counted and measured, what went well, what to work on and what to know about the
/// recording, all in the words of `exercise`.
Summary summarise(const formats::AnalysisRecord& record, const exercise::Definition& exercise);

/// The same as several lines for a person.
/// @param name what to call the recording.
std::string summary_text(const formats::AnalysisRecord& record,
                         const exercise::Definition& exercise, std::string_view name);

/// Repetitions by side: "4 left, 4 right", "8 of both legs", or "6" of no leg alone.
std::string repetitions_text(const engine::RepetitionCounts& counts,
                             const exercise::Definition& exercise);

/// A value as people read it: "25 degrees", "1 degree", "2.3 s".
/// @param unit  of a reading or a peak: deg, s, thigh_length, count
std::string value_text(double value, std::string_view unit);

}  // namespace matside::report
