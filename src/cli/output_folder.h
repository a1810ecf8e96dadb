// A folder of files that appears whole or not at all.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace matside::cli {

/// Filled beside its place under another name and moved there by commit().
class OutputFolder {
 public:
  /// @param forced replaces a folder that is there, if all in it is `ours` by its name; an
  ///   empty one is always replaced
  /// @returns ErrorKind::output: no such parent folder, no permission, a file, a folder with
  ///   something in it
  static base::Result<OutputFolder> open(const std::filesystem::path& path, bool forced,
                                         const std::function<bool(const std::string&)>& ours);

  OutputFolder(OutputFolder&& other) noexcept;
  OutputFolder& operator=(OutputFolder&&) = delete;
  ~OutputFolder();  ///< Without commit() nothing is left behind.

  /// @returns ErrorKind::output when the disk is full or fails.
  base::Result<void> write(const std::string& name, std::string_view text);
  base::Result<void> commit();

 private:
  explicit OutputFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
  std::filesystem::path temporary_;
};

}  // namespace matside::cli
