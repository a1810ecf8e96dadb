// The command line's part that is about records.
#pragma once

#include <memory>
#include <vector>

#include "cli/typed_command.h"

namespace matside::cli {

/// plan, history, show, ...: those of RecordsCommand::What.
std::vector<std::unique_ptr<TypedCommand>> records_commands();

}  // namespace matside::cli
