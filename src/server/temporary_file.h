// A file without a name, for an uploaded recording: the system removes it when it is closed or
// the program ends, even by a crash.
//
// One thread at a time; path() may be opened by any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <utility>

#include "core/base/result.h"

namespace matside::server {

/// An open file that only this process can reach.
class TemporaryFile {
 public:
  /// Creates the file on the disk of `folder`.
  /// @returns ErrorKind::output when that fails
  static base::Result<TemporaryFile> create(const std::filesystem::path& folder);
  TemporaryFile(TemporaryFile&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)) {}
  TemporaryFile& operator=(TemporaryFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~TemporaryFile();

  /// Appends. @returns ErrorKind::output when the disk is full or fails
  base::Result<void> write(std::span<const char> bytes);

  /// A path under which this process can open the file while this object exists.
  [[nodiscard]] std::filesystem::path path() const;

 private:
  explicit TemporaryFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace matside::server
