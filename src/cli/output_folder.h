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
  /// @param temporary_in  where it is filled, on the same file system; empty: beside `path`
  /// @returns ErrorKind::output: no such parent folder, no permission, a file, a folder with
  ///   something in it
  static base::Result<OutputFolder> open(const std::filesystem::path& path, bool forced,
                                         const std::function<bool(const std::string&)>& ours,
                                         const std::filesystem::path& temporary_in = {});

  OutputFolder(OutputFolder&& other) noexcept;
  OutputFolder& operator=(OutputFolder&&) = delete;
  ~OutputFolder();  ///< Removes the temporary folder, unless committed.

  /// Adds a file. @returns ErrorKind::output when the disk is full or fails
  base::Result<void> write(const std::string& name, std::string_view text);
  /// Gives the folder its name. Fails likewise.
  base::Result<void> commit();
  /// As commit(), but keeps a folder of that name with files in it, and drops this one. Of
  /// several processes on several computers the first wins.
  base::Result<void> commit_unless_there();

 private:
  explicit OutputFolder(std::filesystem::path path) : path_(std::move(path)) {}
  void sync() const;

  std::filesystem::path path_;
  std::filesystem::path temporary_;
};

}  // namespace matside::cli
