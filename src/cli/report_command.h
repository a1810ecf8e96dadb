// `matside report`: a practice as one page to look at.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cli/practice_options.h"
#include "report/report_json.h"

namespace matside::cli {

enum class Paper { a4, letter };

struct ReportCommand {
  std::string source;  ///< A file, or the number of a practice in the records.
  PracticeOptions practice;
  std::optional<std::filesystem::path> html;  ///< At least one of both.
  std::optional<std::filesystem::path> pdf;
  report::Pictures pictures = report::Pictures::shown;  ///< shown, blurred or left_out
  Paper paper = Paper::a4;
  bool force = false;
  bool quiet = false;
  std::optional<std::filesystem::path> data;  ///< Where the records are.
};

/// Makes sure first that all can be written, and by what. Errors go to standard error, one
/// line.
/// @returns the program's exit code
int report_practice(const ReportCommand& command);

}  // namespace matside::cli
