// An analysis in the words of a teacher.
#pragma once

#include <string>
#include <string_view>

#include "core/exercise/definition.h"
#include "interchange/analysis_json.h"

namespace matside::app {

/// Several lines for a person: what was counted, what went well, what to work on, what to know
/// about the recording. All wording comes from the words of `exercise`.
/// @param name what to call the recording.
std::string summary_text(const interchange::AnalysisRecord& record,
                         const exercise::Definition& exercise, std::string_view name);

}  // namespace matside::app
