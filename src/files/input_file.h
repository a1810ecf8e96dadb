// Files that somebody else may have made, opened for reading.
//
//   const auto text = files::read_file("poses.json", 1 << 20);
//   if (!text) return text.error();
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "core/base/result.h"

namespace matside::files {

/// A regular file. Opening never waits: a named pipe, a device and a socket are refused at
/// once. The path is followed once, so that what was checked is what is read.
class InputFile {
 public:
  /// @returns ErrorKind::input, one line that begins with the path: no such file, a folder, not
  ///   a file on disk, no permission
  static base::Result<InputFile> open(const std::filesystem::path& path);

  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&& other) noexcept;
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile();

  /// In bytes, when it was opened.
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Reads the next bytes. @returns how many, 0 at the end; ErrorKind::input if the disk fails
  base::Result<std::size_t> read(std::span<std::byte> target);

 private:
  explicit InputFile(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
  std::uint64_t size_ = 0;
  int descriptor_ = -1;
};

/// Reads a whole file. @param most the largest allowed size in bytes, a multiple of 1 MiB
/// @returns as InputFile::open() and read(), and ErrorKind::input if it is larger
base::Result<std::string> read_file(const std::filesystem::path& path, std::size_t most);

}  // namespace matside::files
