#include "cli/manual/description.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <charconv>
#include <sstream>
#include <string_view>

namespace matside::cli::manual {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  return parts;
}

/// "0..3" as 0 1 2 3, "lite|full" as lite full; empty for a placeholder such as FILE.
std::vector<std::string> choices_in(const std::string& name) {
  if (const std::size_t dots = name.find(".."); dots != std::string::npos) {
    int from = 0;
    int to = -1;
    std::from_chars(name.data(), name.data() + dots, from);
    std::from_chars(name.data() + dots + 2, name.data() + name.size(), to);
    std::vector<std::string> numbers;
    for (int number = from; number <= to; ++number) numbers.push_back(std::to_string(number));
    return numbers;
  }
  const bool words = std::ranges::none_of(
      name, [](unsigned char c) { return std::isupper(c) != 0 || c == ' ' || c == '='; });
  return words && contains(name, "|") ? split(name, '|') : std::vector<std::string>();
}

Value value_named(const std::string& name) {
  Value value;
  value.name = name;
  value.choices = choices_in(name);
  if (!value.choices.empty()) {
    value.offer = CompletionKind::choices;
  } else if (contains(name, "FILE") || contains(name, "INPUT") || contains(name, "VIDEO") ||
             name == "MEASURED" || name == "REFERENCE") {
    value.offer = CompletionKind::files;
  } else if (contains(name, "DIR")) {
    value.offer = CompletionKind::folders;
  }
  return value;
}

Option option_of(const CLI::Option& option) {
  Option out;
  for (const std::string& name : option.get_snames()) out.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) out.names.push_back("--" + name);
  if (option.get_items_expected_max() > 0) {
    const std::string& text = option.get_option_text();
    out.value = value_named(text.empty() ? option.get_type_name() : text);
  }
  out.about = option.get_description();
  return out;
}

Positional positional_of(const CLI::Option& option) {
  Positional out;
  out.value = value_named(option.get_name(true));
  out.about = option.get_description();
  out.required = option.get_required();
  out.several = option.get_expected_max() > 1;
  return out;
}

/// A footer's lines: examples are indented, the exit codes stand in one line, the rest are
/// sentences.
void read_footer(const std::string& footer, Command& command) {
  constexpr std::string_view kExitCodes = "Exit codes: ";
  for (const std::string& line : split(footer, '\n')) {
    if (line.starts_with("  ")) {
      command.examples.push_back(line.substr(2));
    } else if (line.starts_with(kExitCodes)) {
      command.exit_codes = line.substr(kExitCodes.size());
      if (command.exit_codes.ends_with('.')) command.exit_codes.pop_back();
    } else if (!line.empty() && line != "Example:" && line != "Examples:") {
      command.notes.push_back(line);
    }
  }
}

Command command_of(const CLI::App& app, bool program) {
  Command out;
  if (!program) out.name = app.get_name();
  out.about = app.get_description();
  read_footer(app.get_footer(), out);
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;  // Hidden from --help, too.
    if (option->get_positional()) {
      out.positionals.push_back(positional_of(*option));
    } else {
      out.options.push_back(option_of(*option));
    }
  }
  return out;
}

}  // namespace

std::vector<Command> describe(const CLI::App& program) {
  std::vector<Command> all{command_of(program, true)};
  for (const CLI::App* command : program.get_subcommands(
           [](const CLI::App* each) { return !each->get_group().empty(); })) {
    all.push_back(command_of(*command, false));
  }
  return all;
}

}  // namespace matside::cli::manual
