// Completion scripts for shells.
#pragma once

#include <string>
#include <vector>

#include "cli/manual/description.h"

namespace matside::cli::manual {

/// The script for bash-completion's folder.
std::string bash_completion(const std::vector<Command>& commands);
/// The function _matside for zsh.
std::string zsh_completion(const std::vector<Command>& commands);
/// The script for fish's completions folder.
std::string fish_completion(const std::vector<Command>& commands);

}  // namespace matside::cli::manual
