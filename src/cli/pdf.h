// Prints a page to PDF with Chromium.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace matside::cli {

/// Finds Chromium or Chrome on $PATH.
/// @returns ErrorKind::output where there is none
base::Result<std::filesystem::path> find_chromium();

/// Prints an HTML page to PDF. Chromium runs without network access, in a temporary folder that
/// is removed afterwards. Ends early, with an error, when the person stops.
/// @param fragment the part of the page's address after #
/// @returns the PDF's bytes; ErrorKind::output where Chromium fails or takes over three minutes
base::Result<std::string> print_to_pdf(const std::filesystem::path& chromium,
                                       std::string_view page, const std::string& fragment);

}  // namespace matside::cli
