// `matside export INPUT|ID`: a practice in the formats of other programs.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cli/seen_practice.h"

namespace matside::cli {

struct ExportCommand {
  enum class Format { csv, trc, mot, openpose, coco, mediapipe, fhir, ics, json };
  Format format = Format::json;
  PracticeRequest practice;
  std::filesystem::path output;  ///< A file, a folder for openpose, or "-".
  bool force = false;
  std::optional<double> height_m;       ///< Of the person, for trc ...
  std::optional<double> metres_per_px;  ///< ... or the scale itself.
};

/// @returns the program's exit code.
int export_practice(const ExportCommand& command);

}  // namespace matside::cli
