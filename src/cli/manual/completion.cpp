#include "cli/manual/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace matside::cli::manual {
namespace {

constexpr const char* kMade = "made by matside_manual from the command line; not for editing";

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

/// In single quotes for bash and zsh.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

bool takes(const Command& command, CompletionKind offer) {
  return std::ranges::any_of(command.positionals,
                             [&](const Positional& each) { return each.value.offer == offer; });
}

std::vector<std::string> all_names(const Command& command) {
  std::vector<std::string> names;
  for (const Option& option : command.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return names;
}

std::vector<std::string> command_names(const std::vector<Command>& commands) {
  std::vector<std::string> names;
  for (const Command& each : commands) {
    if (!each.name.empty()) names.push_back(each.name);
  }
  return names;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// One case of bash's: what follows an option that takes a value.
std::string bash_value(const Command& command, const Option& option) {
  if (option.value.name.empty()) return "";
  std::string patterns;
  for (const std::string& name : option.names) {
    patterns += (patterns.empty() ? "" : " | ") + quoted(command.name + " " + name);
  }
  switch (option.value.offer) {
    case CompletionKind::choices:
      return fmt::format("    {}) offer -W {}; return ;;\n", patterns,
                         quoted(joined(option.value.choices)));
    case CompletionKind::folders:
      return fmt::format("    {}) compopt -o filenames; offer -d; return ;;\n", patterns);
    case CompletionKind::files:
      return fmt::format("    {}) compopt -o filenames; offer -f; return ;;\n", patterns);
    case CompletionKind::nothing:
      break;
  }
  return fmt::format("    {}) return ;;\n", patterns);
}

std::string bash_words(const Command& command, const std::string& words) {
  const char* files = takes(command, CompletionKind::files)     ? "-f"
                      : takes(command, CompletionKind::folders) ? "-d"
                                                       : "";
  return fmt::format("    {}) words={} positional={} ;;\n", quoted(command.name), quoted(words),
                     quoted(files));
}

std::string zsh_escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_value(const Value& value) {
  std::string out = ":" + zsh_escaped(value.name, ":\\") + ":";
  switch (value.offer) {
    case CompletionKind::choices:
      return out + "(" + joined(value.choices) + ")";
    case CompletionKind::files:
      return out + "_files";
    case CompletionKind::folders:
      return out + "_files -/";
    case CompletionKind::nothing:
      break;
  }
  return out + " ";
}

/// The arguments of zsh's _arguments, one a line.
std::string zsh_arguments(const Command& command, std::string_view indent) {
  std::string out;
  for (const Option& option : command.options) {
    const std::string about = "[" + zsh_escaped(option.about, "[]:\\") + "]";
    for (const std::string& name : option.names) {
      const bool equals = !option.value.name.empty() && name.starts_with("--");
      std::string spec = name + (equals ? "=" : "") + about;
      if (!option.value.name.empty()) spec += zsh_value(option.value);
      out += fmt::format(" \\\n{}{}", indent, quoted(spec));
    }
  }
  for (const Positional& each : command.positionals) {
    out += fmt::format(" \\\n{}{}", indent,
                       quoted((each.several ? "*" : "") + zsh_value(each.value)));
  }
  return out + "\n";
}

/// In double quotes for fish, where a single one may stand inside.
std::string fish_quoted(std::string_view text) {
  return "\"" + zsh_escaped(text, "\"\\$") + "\"";
}

std::string fish_option(const std::string& when, const Option& option) {
  std::string out = "complete -c matside -n " + fish_quoted(when);
  for (const std::string& name : option.names) {
    out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  switch (option.value.name.empty() ? CompletionKind::nothing : option.value.offer) {
    case CompletionKind::choices:
      out += " -x -a " + fish_quoted(joined(option.value.choices));
      break;
    case CompletionKind::files:
      out += " -r -F";
      break;
    case CompletionKind::folders:
      out += " -x -a " + fish_quoted("(__fish_complete_directories)");
      break;
    case CompletionKind::nothing:
      if (!option.value.name.empty()) out += " -x";
  }
  return out + " -d " + fish_quoted(option.about) + "\n";
}

}  // namespace

std::string bash_completion(const std::vector<Command>& commands) {
  std::string values;
  std::string words;
  for (const Command& each : commands) {
    for (const Option& option : each.options) values += bash_value(each, option);
    std::string names = joined(all_names(each));
    if (each.name.empty()) names += " " + joined(command_names(commands));
    words += bash_words(each, names);
  }
  return fmt::format("# bash completion for matside; {}\n", kMade) + R"(
_matside() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local command='' word='' words='' positional=''
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [[ $word != -* ]]; then command=$word && break; fi
  done
  COMPREPLY=()
  offer() { mapfile -t COMPREPLY < <(compgen "$@" -- "$current"); }
  case "$command $previous" in
)" + values +
         R"(  esac
  case "$command" in
)" + words +
         R"(  esac
  if [[ $current == -* || -z $command ]]; then
    offer -W "$words"
  elif [[ -n $positional ]]; then
    compopt -o filenames
    offer "$positional"
  fi
}
complete -F _matside matside
)";
}

std::string zsh_completion(const std::vector<Command>& commands) {
  std::string list;
  std::string cases;
  for (const Command& each : commands) {
    if (each.name.empty()) continue;
    list += fmt::format("    {}\n",
                        quoted(each.name + ":" + zsh_escaped(first_line(each.about), ":\\")));
    cases += fmt::format("        {})\n          _arguments{}          ;;\n", each.name,
                         zsh_arguments(each, "            "));
  }
  std::string program = zsh_arguments(commands.front(), "    ");
  program.pop_back();
  return fmt::format("#compdef matside\n# {}\n", kMade) + R"(
_matside() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
)" + list +
         "  )\n  _arguments -C" + program + R"( \
    '1:command:->command' \
    '*::argument:->argument'
  case $state in
    command) _describe 'command' commands ;;
    argument)
      case $words[1] in
)" + cases +
         R"(      esac
      ;;
  esac
}

_matside "$@"
)";
}

std::string fish_completion(const std::vector<Command>& commands) {
  std::string out = fmt::format("# {}\ncomplete -c matside -f\n", kMade);
  for (const Command& each : commands) {
    const bool program = each.name.empty();
    const std::string when =
        program ? "__fish_use_subcommand" : "__fish_seen_subcommand_from " + each.name;
    if (!program) {
      out += fmt::format("complete -c matside -n __fish_use_subcommand -a {} -d {}\n",
                         each.name, fish_quoted(first_line(each.about)));
    }
    for (const Option& option : each.options) out += fish_option(when, option);
    if (takes(each, CompletionKind::files)) {
      out += fmt::format("complete -c matside -n {} -F\n", fish_quoted(when));
    } else if (takes(each, CompletionKind::folders)) {
      out += fmt::format("complete -c matside -n {} -a {}\n", fish_quoted(when),
                         fish_quoted("(__fish_complete_directories)"));
    }
  }
  return out;
}

}  // namespace matside::cli::manual
