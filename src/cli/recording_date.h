// When a recorded practice took place.
#pragma once

#include <optional>
#include <string>

#include "core/base/calendar_time.h"
#include "core/base/result.h"
#include "formats/analysis_json.h"
#include "records/local_time.h"

namespace matside::cli {

/// What --date does, for --help.
inline constexpr const char* kDateOptionText =
    "When the practice was recorded, such as 2026-01-05 or 2026-01-05T09:30 "
    "(default: the recording's own date, or else now)";

/// The time that --date names: in this computer's time zone, unless it has a zone; at noon,
/// unless it has a time of day.
/// @returns ErrorKind::usage for anything else, or a time that a camera can't have recorded at
///   or that is after `now`
base::Result<base::ZonedTime> parse_date_option(const std::string& text,
                                                const records::LocalTime& now);

/// Dates a practice: by `given`, else by the recording's own date, else by `now`. A recording
/// from after `now` is from a camera whose clock is wrong, so its own date is removed. The
/// record says which of them it was.
/// @returns when it took place, with this computer's offset from UTC where none is known
records::LocalTime date_practice(formats::AnalysisRecord& record,
                                 const std::optional<base::ZonedTime>& given,
                                 const records::LocalTime& now);

/// "2026-01-05 09:30".
std::string date_time_text(const records::LocalTime& at);
/// "2026-01-05 09:30 (the recording's own date)".
std::string dated_text(const records::LocalTime& at, formats::DateSource from);

}  // namespace matside::cli
