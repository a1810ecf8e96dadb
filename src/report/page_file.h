// The file of the page that shows a report.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace matside::report {

/// checked_page() of a file.
/// @returns also ErrorKind::model when the file is missing.
base::Result<std::string> load_page(const std::filesystem::path& path);

}  // namespace matside::report
