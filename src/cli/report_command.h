// `matside report`: a practice as one self-contained page, or as a PDF.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cli/program_data.h"
#include "practice/recording/options.h"
#include "report/report_json.h"

namespace matside::cli {

/// Size of the PDF's pages.
enum class Paper { a4, letter };

/// The options of `matside report`, validated.
struct ReportCommand {
  std::string source;  ///< A file, or the number of a practice in the records.
  recording::PracticeOptions practice;
  ExerciseChoice exercise;
  std::optional<std::filesystem::path> html;  ///< At least one of html and pdf is set.
  std::optional<std::filesystem::path> pdf;
  report::PictureMode pictures = report::PictureMode::shown;  ///< shown, blurred or left_out
  Paper paper = Paper::a4;
  bool force = false;                         ///< Overwrite existing files.
  bool quiet = false;                         ///< No progress bar and no message at the end.
  std::optional<std::filesystem::path> data;  ///< Folder of the records.
};

/// Checks that every output can be written, then analyses the practice and writes the report.
/// Errors go to standard error, one line.
/// @returns the program's exit code
int report_practice(const ReportCommand& command);

}  // namespace matside::cli
