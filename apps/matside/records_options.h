// The command line's part that is about records.
#pragma once

#include <memory>
#include <vector>

#include "apps/matside/typed_command.h"

namespace matside::app {

/// plan, history, show, ...: those of RecordsCommand::What.
std::vector<std::unique_ptr<TypedCommand>> records_commands();

}  // namespace matside::app
