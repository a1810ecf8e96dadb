// One `matside serve` at a time for each data folder.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace matside::cli {

/// Held while a program records practices in a folder; released when it is destroyed, or the
/// program ends.
class FolderLock {
 public:
  /// Creates the folder where it is missing.
  /// @returns ErrorKind::usage where another program holds the lock, ErrorKind::output where
  ///   the folder can't be written
  static base::Result<FolderLock> take(const std::filesystem::path& folder);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

  /// Stores the address of the page for running_server_url().
  void publish_url(const std::string& url) const;

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

/// The page's address of the server that holds the folder's lock; nothing where none does.
std::optional<std::string> running_server_url(const std::filesystem::path& folder);

}  // namespace matside::cli
