// `matside export INPUT|ID`: a practice in the formats of other programs.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cli/load_practice.h"
#include "cli/program_data.h"

namespace matside::cli {

/// The options of `matside export`, validated.
struct ExportCommand {
  enum class Format { csv, trc, c3d, mot, openpose, coco, mediapipe, fhir, ics, json };
  Format format = Format::json;
  PracticeSelector practice;
  ExerciseChoice exercise;
  std::filesystem::path output;  ///< A file, a folder for openpose, or "-".
  bool force = false;            ///< Overwrite existing files.
  std::optional<double>
      height_m;  ///< The person's height; for trc and c3d, one of these is set.
  std::optional<double> metres_per_px;
};

/// Loads the practice and writes it in the format. Errors go to standard error, one line.
/// @returns the program's exit code
int export_practice(const ExportCommand& command);

}  // namespace matside::cli
