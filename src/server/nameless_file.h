// A file for a page's recording, which has no name in any folder: when it is closed, or the
// program ends in whatever way, nothing of it stays.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <utility>

#include "core/base/result.h"

namespace matside::server {

class NamelessFile {
 public:
  /// In `folder`. @returns ErrorKind::output when it can't be made there.
  static base::Result<NamelessFile> create(const std::filesystem::path& folder);
  NamelessFile(NamelessFile&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)) {}
  NamelessFile& operator=(NamelessFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~NamelessFile();

  /// Appends. @returns ErrorKind::output when the disk is full or fails.
  base::Result<void> write(std::span<const char> bytes);

  /// Where this process can open it for reading as long as it lives.
  [[nodiscard]] std::filesystem::path path() const;

 private:
  explicit NamelessFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace matside::server
