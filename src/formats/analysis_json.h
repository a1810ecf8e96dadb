// The result file, schema "matside.analysis/1" (analysis.schema.json describes it).
#pragma once

#include <cstdint>
#include <string>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/engine/analysis.h"

namespace matside::formats {

/// Where the poses of an analysis came from.
struct AnalysedSource {
  std::string path;    ///< As the person gave it.
  std::string sha256;  ///< Of the whole file, 64 lower-case hexadecimal digits; or empty.
  base::ImageSize size;
  std::int64_t frames = 0;
  base::Seconds duration;
};

/// Everything the result file says.
struct AnalysisRecord {
  bool complete = true;  ///< False when stopped before the end of the source.
  AnalysedSource source;
  std::string pose_model;   ///< blazepose-lite, blazepose-full, blazepose-heavy, or another's
  bool eye = false;         ///< Whether the eye for lying bodies helped it.
  std::string exercise_id;  ///< single-leg-kick
  engine::Analysis analysis;
};

/// The result file's text: keys in a fixed order, times to a millisecond, angles to a tenth of
/// a degree, what was not measured as null. Bytes of the path that are not UTF-8 become U+FFFD.
std::string analysis_json(const AnalysisRecord& record);

}  // namespace matside::formats
