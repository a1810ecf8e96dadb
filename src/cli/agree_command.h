// `matside agree MEASURED REFERENCE`: how well two measurements of the same knees agree.
#pragma once

#include <filesystem>
#include <optional>

#include "cli/load_practice.h"
#include "core/base/quantity.h"

namespace matside::cli {

/// The options of `matside agree`, validated.
struct AgreeCommand {
  PracticeSelector measured;
  PracticeSelector reference;
  std::optional<base::Seconds> shift;  ///< Added to the measured times; absent: found.
  bool above_rest = false;             ///< Bends of repetitions are above the leg at rest.
  std::optional<std::filesystem::path> csv;
  std::optional<std::filesystem::path> pairs;
  std::optional<std::filesystem::path> page;
  bool force = false;
};

/// Compares the measurements, prints a summary and writes the files asked for. Practices that
/// can't be compared are named, and the others are compared. Errors go to standard error, one
/// line.
/// @returns the program's exit code; kExitInput where a practice couldn't be compared
int compare_measurements(const AgreeCommand& command);

}  // namespace matside::cli
