// What shells offer while a command line is typed.
#pragma once

#include <string>
#include <vector>

#include "cli/manual/description.h"

namespace matside::cli::manual {

std::string bash_completion(const std::vector<Command>& commands);
std::string zsh_completion(const std::vector<Command>& commands);
std::string fish_completion(const std::vector<Command>& commands);

}  // namespace matside::cli::manual
