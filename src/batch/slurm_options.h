// The options for sbatch, as a person writes them in one string.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace matside::batch {

/// Options for Slurm's commands.
struct SlurmOptions {
  std::vector<std::string> words;  ///< For sbatch, each one argument.
  std::string clusters;            ///< The value of --clusters; empty: none given.
};

/// Splits the options at spaces as a shell does, with its quotes and backslashes. No shell runs
/// and nothing is replaced: `$HOME` and `*` stay as they are.
/// @returns ErrorKind::usage, without the option's name, for a quote that isn't closed, a word
///   that is neither an option nor its value, and an option that the batch sets itself
base::Result<SlurmOptions> slurm_options(std::string_view text);

/// @returns the word in quotes, so that a POSIX shell takes it as it is
std::string shell_quoted(std::string_view word);

}  // namespace matside::batch
