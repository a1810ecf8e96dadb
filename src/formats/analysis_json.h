// The result file, schema "matside.analysis/1" (analysis.schema.json describes it).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/engine/analysis.h"

namespace matside::formats {

/// The value of a result file's "schema", with the quotes that it has in the file.
inline constexpr std::string_view kQuotedResultSchema = "\"matside.analysis/1\"";
inline constexpr std::string_view kResultSchema =
    kQuotedResultSchema.substr(1, kQuotedResultSchema.size() - 2);

/// Where the poses of an analysis come from.
struct AnalysedSource {
  std::string path;    ///< As the person typed it.
  std::string sha256;  ///< Of the whole file, 64 lower-case hexadecimal digits; or empty.
  base::ImageSize size;
  std::int64_t frames = 0;
  base::Seconds duration;
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

/// Writes a result file: keys in a fixed order, times to a millisecond, angles to a tenth of a
/// degree, null for what was not measured. Invalid UTF-8 in the path becomes U+FFFD.
std::string analysis_json(const AnalysisRecord& record);

}  // namespace matside::formats
