// The self-contained page that shows a report.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace matside::report {

/// Takes the page template that the build makes from web/report.
/// @param name  of the template, for the error
/// @returns the template; ErrorKind::model when it does not contain exactly one placeholder
base::Result<std::string> checked_page(std::string page, std::string_view name);

/// The page with the document in place of the placeholder.
/// @param page from checked_page().
/// @param document from report_json(); contains no `<` (asserted).
std::string embed_report(std::string page, std::string_view document);

}  // namespace matside::report
