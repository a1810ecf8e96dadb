// The result file, schema "matside.analysis/1" (analysis.schema.json describes it).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/calendar_time.h"
#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/engine/analysis.h"

namespace matside::formats {

/// The value of a result file's "schema", with the quotes that it has in the file.
inline constexpr std::string_view kQuotedResultSchema = "\"matside.analysis/1\"";
inline constexpr std::string_view kResultSchema =
    kQuotedResultSchema.substr(1, kQuotedResultSchema.size() - 2);

/// Where a recording's date is from.
enum class DateSource : std::uint8_t {
  analysis,  ///< Nobody knows when it was recorded; it is dated by its analysis.
  file,      ///< The recording says so.
  given,     ///< The person said so.
};

/// When a practice was recorded.
struct RecordingDate {
  DateSource from = DateSource::analysis;
  std::optional<base::ZonedTime> time;  ///< Absent with DateSource::analysis.
};

/// Where the poses of an analysis come from.
struct AnalysedSource {
  std::string path;    ///< As the person typed it.
  std::string sha256;  ///< Of the whole file, 64 lower-case hexadecimal digits; or empty.
  base::ImageSize size;
  std::int64_t frames = 0;
  base::Seconds duration;
  RecordingDate date{};
};

/// The contents of a result file.
struct AnalysisRecord {
  bool complete = true;  ///< False when stopped before the end of the source.
  AnalysedSource source;
  std::string pose_model;   ///< blazepose-lite, blazepose-full, blazepose-heavy, or another
  bool eye = false;         ///< Whether the eye refined the joints of a lying body.
  std::string exercise_id;  ///< Such as "single-leg-kick".
  engine::Analysis analysis;
};

/// The name in a result file: analysis, file or given.
std::string_view name(DateSource source);

/// Writes a result file: keys in a fixed order, times to a millisecond, angles to a tenth of a
/// degree, null for what was not measured. Invalid UTF-8 in the path becomes U+FFFD.
std::string analysis_json(const AnalysisRecord& record);

}  // namespace matside::formats
