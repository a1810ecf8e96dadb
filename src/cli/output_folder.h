// A folder of files that appears complete or not at all.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace matside::cli {

/// Filled under a random temporary name in the same parent folder; commit() renames it. Only
/// its owner can open it, as it tells of a person's health.
class OutputFolder {
 public:
  /// Checks now that the folder can be written later. An empty folder is always replaced.
  /// @param forced replaces an existing folder, if `ours` is true of every file name in it
  /// @returns ErrorKind::output: no such parent folder, no permission, a file, a folder with
  ///   something in it
  static base::Result<OutputFolder> open(const std::filesystem::path& path, bool forced,
                                         const std::function<bool(const std::string&)>& ours);

  OutputFolder(OutputFolder&& other) noexcept;
  OutputFolder& operator=(OutputFolder&&) = delete;
  ~OutputFolder();  ///< Removes the temporary folder, unless committed.

  /// Adds a file. @returns ErrorKind::output when the disk is full or fails
  base::Result<void> write(const std::string& name, std::string_view text);
  /// Gives the folder its name. Fails likewise.
  base::Result<void> commit();

 private:
  explicit OutputFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
  std::filesystem::path temporary_;
};

}  // namespace matside::cli
