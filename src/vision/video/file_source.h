// A regular file on disk, read at any place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "core/base/result.h"

namespace matside::video {

/// An open file. Only regular files: a pipe or a device cannot be searched, and opening one may
/// wait forever.
class FileSource {
 public:
  /// Fails with an input error when there is no such file, it may not be read, it is a folder,
  /// a pipe or a device, or it is empty.
  static base::Result<FileSource> open(const std::filesystem::path& path);

  FileSource(FileSource&& other) noexcept;
  FileSource& operator=(FileSource&& other) noexcept;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource();

  /// Size in bytes when it was opened; above 0.
  [[nodiscard]] std::uint64_t size() const { return size_; }

  /// Reads up to target.size() bytes from `offset`.
  /// @returns the number read, 0 at or past the end, -1 when the disk fails.
  std::ptrdiff_t read_at(std::uint64_t offset, std::span<std::uint8_t> target) const;

 private:
  FileSource(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}

  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace matside::video
