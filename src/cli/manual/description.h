// The command line as data, for manual pages and completions.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace matside::cli::manual {

/// What a shell completes for a value.
enum class CompletionKind {
  nothing,
  choices,  ///< one of a few words
  files,
  folders,
};

/// The value of an option or positional argument.
struct Value {
  std::string name;  ///< As in --help: "FILE.csv", "0..3"; empty: a flag.
  CompletionKind offer = CompletionKind::nothing;
  std::vector<std::string> choices;
};

/// One option of a command.
struct Option {
  std::vector<std::string> names;  ///< With their dashes: "-h", "--help".
  Value value;
  std::string about;
};

/// One positional argument of a command.
struct Positional {
  Value value;
  std::string about;
  bool required = false;
  bool several = false;
};

/// A command, or the program itself.
struct Command {
  std::string name;  ///< Empty: the program itself.
  std::string about;
  std::vector<std::string> notes;  ///< Sentences after the options.
  std::vector<std::string> examples;
  std::string exit_codes;  ///< "0 success, 2 usage error, ..."
  std::vector<Option> options;
  std::vector<Positional> positionals;
};

/// The program, then its commands in the order of --help.
std::vector<Command> describe(const CLI::App& program);

}  // namespace matside::cli::manual
