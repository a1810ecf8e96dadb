// A file that appears complete or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace matside::cli {

/// Which existing files may be overwritten.
struct OverwritePolicy {
  bool forced = false;               ///< --force: any file may be overwritten ...
  std::string_view own_signature{};  ///< ... else one with this text near its start ...
  std::span<const std::filesystem::path> inputs{};  ///< ... but never these.
};

/// Written under a random temporary name in the same folder; commit() renames it. After a
/// crash, a full disk, a power cut or an interruption the old file is still there. Only its
/// owner can read it, as it tells of a person's health. A device or pipe is written directly.
class OutputFile {
 public:
  /// Checks now that `path` can be written later. An empty file may always be overwritten.
  /// @returns ErrorKind::output: a folder, no such folder, no permission, a file that may not
  ///   be overwritten, a symbolic link that another user made
  static base::Result<OutputFile> open(const std::filesystem::path& path,
                                       const OverwritePolicy& overwriting);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();  ///< Removes the temporary file, unless committed.

  /// Appends `text`. @returns ErrorKind::output when the disk is full or fails
  base::Result<void> write(std::string_view text);
  /// Instead of write(), for bytes in any order. Fails likewise.
  base::Result<void> write_at(std::uint64_t offset, std::span<const std::uint8_t> bytes);
  /// Gives the file its name. Fails likewise.
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

/// Writes all of `text` to an open file. @returns the number of the error, 0 when all was
/// written
int write_all(int descriptor, std::string_view text);

/// Whether `path` is a symbolic link that neither `user` nor root made: it may lead anywhere.
bool is_link_of_another(const std::filesystem::path& path, unsigned int user);

/// Writes all of `text` to standard output, with base::printable_text(): names of files and
/// persons may have terminal escapes. @returns ErrorKind::output when that fails
base::Result<void> write_to_standard_output(std::string_view text);
/// A sound of the terminal, which write_to_standard_output() would escape.
void ring_terminal_bell();

}  // namespace matside::cli
