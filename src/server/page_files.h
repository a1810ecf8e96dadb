// The page's files, read once and held in memory.
//
// Immutable after loading: any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace matside::server {

/// One file.
struct PageFile {
  std::string target;     ///< Path in a request: "/page.js".
  std::string_view type;  ///< Content type.
  std::string body;
};

/// Finds files by their exact request path, so that no request is ever used as a file path.
class Page {
 public:
  /// Reads the page and the voice clips in `folder`.
  /// @returns ErrorKind::model when a file can't be read or is empty
  static base::Result<Page> load(const std::filesystem::path& folder);

  /// The file at this request path, or null.
  [[nodiscard]] const PageFile* find(std::string_view target) const;

 private:
  std::vector<PageFile> files_;
};

}  // namespace matside::server
