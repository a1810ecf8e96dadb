// The page that shows a report: one file, complete in itself.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace matside::report {

/// @param path what the build made of web/report
/// @returns ErrorKind::model: not there, or without a place for a report
base::Result<std::string> load_page(const std::filesystem::path& path);

/// The page with the document in it.
/// @param page of load_page()
/// @param document of report_json(): without any `<`
std::string page_with(std::string page, std::string_view document);

}  // namespace matside::report
