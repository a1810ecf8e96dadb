// Pages as PDF, by the Chromium that is installed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace matside::cli {

/// The Chromium or Chrome on $PATH.
/// @returns ErrorKind::output where there is none
base::Result<std::filesystem::path> find_chromium();

/// What it prints of a page: a whole PDF's bytes. It has no network, and all it keeps lies in a
/// temporary folder that is gone afterwards. Ends early, with an error, when the person stops.
/// @param fragment what stands behind the # of the page's address
/// @returns ErrorKind::output where it fails or takes minutes
base::Result<std::string> printed(const std::filesystem::path& chromium, std::string_view page,
                                  const std::string& fragment);

}  // namespace matside::cli
