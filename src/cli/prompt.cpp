#include "cli/prompt.h"

#include <charconv>
#include <iostream>
#include <system_error>

#include "cli/output_file.h"

namespace matside::cli {

std::optional<std::string> prompt(const std::string& question) {
  (void)write_to_standard_output(question);
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::optional<int> prompt_number(const std::string& question, int least, int most) {
  for (;;) {
    const auto line = prompt(question);
    if (!line || line->empty()) return std::nullopt;
    int number = 0;
    const char* const end = line->data() + line->size();
    const auto [stopped, failed] = std::from_chars(line->data(), end, number);
    if (failed == std::errc() && stopped == end && number >= least && number <= most) {
      return number;
    }
    (void)write_to_standard_output("Please type a whole number from " + std::to_string(least) +
                                   " to " + std::to_string(most) +
                                   ", or press Enter to skip.\n");
  }
}

}  // namespace matside::cli
