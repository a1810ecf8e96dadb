// The page's files, read once and kept in memory.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace matside::server {

struct PageFile {
  std::string target;  ///< As a browser asks for it: "/page.js".
  std::string_view type;
  std::string body;
};

/// Knows its own files by name and no others, so that no request becomes a path.
class Page {
 public:
  /// The page, and what clips of a recorded voice there are.
  /// @returns ErrorKind::model when one of the files can't be read.
  static base::Result<Page> load(const std::filesystem::path& folder);

  /// The file asked for, or null.
  [[nodiscard]] const PageFile* find(std::string_view target) const;

 private:
  std::vector<PageFile> files_;
};

}  // namespace matside::server
