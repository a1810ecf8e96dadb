// The command line of the commands on the records.
#pragma once

#include <memory>
#include <vector>

#include "cli/command_parser.h"

namespace matside::cli {

/// Parsers for plan, history, show and the others of RecordsCommand::What, except export --all.
std::vector<std::unique_ptr<CommandParser>> records_commands();

}  // namespace matside::cli
