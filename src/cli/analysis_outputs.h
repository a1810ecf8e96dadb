// The output files of an analysis.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "cli/output_file.h"
#include "core/base/result.h"

namespace matside::cli {

/// The files of one input's analysis, opened before the work starts.
struct Outputs {
  std::optional<OutputFile> result;  ///< Unset: standard output.
  std::optional<OutputFile> poses;
};

/// The outputs that the person asked for.
struct OutputRequest {
  std::optional<std::filesystem::path> json;   ///< A file, a folder, "-", or the default.
  std::optional<std::filesystem::path> poses;  ///< A file, a folder, or none.
  std::filesystem::path input;
  std::string input_sha256;
  bool force = false;                                 ///< Overwrite existing files.
  std::span<const std::filesystem::path> all_inputs;  ///< Never overwritten.
};

/// Opens the output files. In a folder they are NAME.analysis.json and NAME.poses.csv, where
/// NAME is the input's. Without --json the folder is `results` in the current folder, created
/// when missing. There an earlier result of the same input is overwritten; that of another
/// input with the same name stays, and the new one is called NAME-2, NAME-3 and so on.
/// @returns as OutputFile::open()
base::Result<Outputs> open_outputs(const OutputRequest& request);

}  // namespace matside::cli
