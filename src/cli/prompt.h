// Questions to the person at the terminal.
#pragma once

#include <optional>
#include <string>

namespace matside::cli {

/// Prints `question` and reads a line from standard input, without its line end.
/// @returns nothing at the end of the input
std::optional<std::string> prompt(const std::string& question);

/// Asks until the answer is a whole number from `least` to `most`.
/// @returns nothing for an empty answer and at the end of the input
std::optional<int> prompt_number(const std::string& question, int least, int most);

}  // namespace matside::cli
