// Random access to a regular file on disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "core/base/result.h"

namespace matside::media {

/// An open regular file. Pipes and devices are refused: they are not seekable, and opening one
/// may block forever. Reading is thread-safe.
class FileSource {
 public:
  /// Fails with ErrorKind::input when the file does not exist, may not be read, is a folder,
  /// pipe or device, or is empty.
  static base::Result<FileSource> open(const std::filesystem::path& path);

  /// Takes over an open regular file of `size` bytes, above 0.
  static FileSource from_descriptor(int descriptor, std::uint64_t size) {
    return {descriptor, size};
  }

  FileSource(FileSource&& other) noexcept;
  FileSource& operator=(FileSource&& other) noexcept;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource();

  /// Size in bytes at opening, above 0.
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// The descriptor, still owned by this object.
  [[nodiscard]] int descriptor() const { return descriptor_; }

  /// Reads up to target.size() bytes at `offset`.
  /// @returns the number of bytes read; 0 at or past the end; -1 on a read error.
  std::ptrdiff_t read_at(std::uint64_t offset, std::span<std::uint8_t> target) const;

 private:
  FileSource(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}

  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace matside::media
