// Manual pages, as man(7) macros.
#pragma once

#include <string>
#include <vector>

#include "cli/manual/description.h"

namespace matside::cli::manual {

/// The version and date in each page's header and footer.
struct ManualVersion {
  std::string version;
  std::string date;  ///< 2026-11-27
};

/// The page's name: "matside", "matside-analyze" and so on.
std::string page_name(const Command& command);

/// matside(1), the first of `commands`, with the list of the others.
std::string program_page(const std::vector<Command>& commands, const ManualVersion& edition);
/// The page of one command.
std::string command_page(const Command& command, const ManualVersion& edition);

}  // namespace matside::cli::manual
