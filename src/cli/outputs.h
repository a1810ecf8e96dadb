// Where an analysis goes.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "cli/output_file.h"
#include "core/base/result.h"

namespace matside::cli {

/// The files of one input's analysis, made sure of before the work starts.
struct Outputs {
  std::optional<OutputFile> result;  ///< Nothing: the result goes to standard output.
  std::optional<OutputFile> poses;
};

/// What the person asked for.
struct OutputRequest {
  std::optional<std::filesystem::path> json;   ///< A file, a folder, "-", or the default.
  std::optional<std::filesystem::path> poses;  ///< A file, a folder, or none.
  std::filesystem::path input;
  std::string input_sha256;
  bool force = false;                                 ///< Replace what is there.
  std::span<const std::filesystem::path> all_inputs;  ///< Never replaced.
};

/// Opens the outputs. A folder gets NAME.analysis.json and NAME.poses.csv, where NAME is the
/// input's; without a --json that is `results` in the current folder, made when missing. There
/// an earlier result of the same recording is made anew, and that of another one of the same
/// name is kept: the new one is called NAME-2, NAME-3.
/// @returns ErrorKind::output, as OutputFile::open() does.
base::Result<Outputs> open_outputs(const OutputRequest& request);

}  // namespace matside::cli
