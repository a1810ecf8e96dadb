// A file that appears whole or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace matside::cli {

/// What may be replaced by a new file.
struct Overwriting {
  bool forced = false;          ///< By --force: whatever is there ...
  std::string_view own_mark{};  ///< ... otherwise a file with this text near its start ...
  std::span<const std::filesystem::path> inputs{};  ///< ... but none of these.
};

/// Written beside its place under another name and moved there by commit(), so that a crash, a
/// full disk or an interruption leaves what was there before. A device or pipe is written to
/// directly.
class OutputFile {
 public:
  /// Makes sure now that `path` can be written later. An empty file may always be replaced.
  /// @returns ErrorKind::output: a folder, no such folder, no permission, a file that must
  ///   stay.
  static base::Result<OutputFile> open(const std::filesystem::path& path,
                                       const Overwriting& overwriting);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();  ///< Without commit() nothing is left behind.

  /// @returns ErrorKind::output when the disk is full or fails.
  base::Result<void> write(std::string_view text);
  /// In place of write(), for what is not written in order. Fails likewise.
  base::Result<void> write_at(std::uint64_t offset, std::span<const std::uint8_t> bytes);
  base::Result<void> commit();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Where commit() finds it: for a library that writes by name, in place of write().
  [[nodiscard]] const std::filesystem::path& written_to() const {
    return temporary_.empty() ? target_ : temporary_;
  }

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

}  // namespace matside::cli
