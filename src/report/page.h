// The self-contained page that shows a report.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace matside::report {

/// Reads the page template that the build makes from web/report. Fails with ErrorKind::model
/// when the file is missing or does not contain exactly one placeholder.
base::Result<std::string> load_page(const std::filesystem::path& path);

/// The page with the document in place of the placeholder.
/// @param page from load_page().
/// @param document from report_json(); contains no `<` (asserted).
std::string embed_report(std::string page, std::string_view document);

}  // namespace matside::report
