// A file that appears whole or not at all.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace matside::app {

/// Written beside its place under another name and moved there by commit(), so that a crash, a
/// full disk or an interruption leaves what was there before. A device or pipe is written to
/// directly.
class OutputFile {
 public:
  /// Makes sure now that `path` can be written later.
  /// @param mark text near the start of every file of this kind: a file that is there already
  ///   is only replaced when it has it, or is empty.
  /// @param inputs files that must not be replaced.
  /// @returns ErrorKind::output: a folder, no such folder, no permission, not one of ours, one
  ///   of the inputs.
  static base::Result<OutputFile> open(const std::filesystem::path& path, std::string_view mark,
                                       std::span<const std::filesystem::path> inputs);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();  ///< Without commit() nothing is left behind.

  /// @returns ErrorKind::output when the disk is full or fails.
  base::Result<void> write(std::string_view text);
  base::Result<void> commit();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  OutputFile(std::filesystem::path path, std::filesystem::path target)
      : path_(std::move(path)), target_(std::move(target)) {}
  base::Result<void> flush();
  base::Error failed(int error_number) const;
  void abandon();

  std::filesystem::path path_;       ///< As the person gave it.
  std::filesystem::path target_;     ///< path_ with its links followed.
  std::filesystem::path temporary_;  ///< Empty for a device.
  std::string buffer_;
  int descriptor_ = -1;
};

/// Writes all of `text` to standard output. @returns ErrorKind::output when that fails.
base::Result<void> write_to_standard_output(std::string_view text);

}  // namespace matside::app
