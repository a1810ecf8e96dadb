// A file with practices from elsewhere, read and checked, before anything of it is saved.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "records/exercises.h"
#include "records/local_time.h"
#include "records/repository.h"

namespace matside::records {

inline constexpr const char* kExportSchema = "matside.export/2";
/// Of the single-leg kick alone: no practice names its exercise.
inline constexpr const char* kFirstExportSchema = "matside.export/1";

/// A practice as read.
struct ParsedPractice {
  bool known_by_start = true;  ///< Otherwise by its recording: a result file.
  std::string sha256;          ///< Of the recording that a result file names, if it does.
  PracticeStart start;
  PracticeEnd end;
  Comfort comfort;
  std::optional<SideCounts> corrected;
  std::vector<SavedRepetition> repetitions;
  PracticeResult result;
  std::vector<PoseChunk> poses;
};

/// A person's settings as read.
struct ParsedSettings {
  std::string settings;
  std::map<std::string, int, std::less<>> teacher_levels;
  std::optional<Instant> safety_read_at;
  std::optional<Instant> cleared_since;
};

/// A whole file as read.
struct ParsedImport {
  std::vector<ParsedPractice> practices;
  std::optional<ParsedSettings> settings;
};

/// When the practice of a result file took place.
struct ImportDate {
  LocalTime now;                   ///< Where nothing says when, or what does is later.
  std::optional<LocalTime> given;  ///< Instead of what the file says.
};

/// Reads an export (matside.export/1 or 2) or a result file (matside.analysis/1).
/// @param name  of the file, for errors
/// @param date  of a result file's practice
/// @param exercises  of which practices are accepted
/// @returns ErrorKind::input with file and place; ErrorKind::usage for an export with a date
base::Result<ParsedImport> parse_import(std::string_view text, const std::string& name,
                                        const ImportDate& date, const Exercises& exercises);

}  // namespace matside::records
