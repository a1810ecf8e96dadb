// `matside analyze`: recordings in, results out.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/practice_options.h"

namespace matside::cli {

struct AnalyzeCommand {
  std::vector<std::filesystem::path> inputs;
  PracticeOptions practice;
  std::optional<std::filesystem::path> json;   ///< A file, a folder, or "-".
  std::optional<std::filesystem::path> poses;  ///< A file or a folder.
  bool force = false;                          ///< Replace files that are there.
  bool quiet = false;
  bool record = false;  ///< Also file it as a practice ...
  std::string person;   ///< ... of this person; empty: the only one there is ...
  std::optional<std::filesystem::path> data;  ///< ... in the records here.
};

/// Analyses each input in turn and writes its result; one that fails does not keep the others
/// from being analysed. Errors go to standard error, one line each.
/// @returns the program's exit code: of the first failure, or kExitInterrupted.
int analyze(const AnalyzeCommand& command);

}  // namespace matside::cli
