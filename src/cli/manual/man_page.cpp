#include "cli/manual/man_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace matside::cli::manual {
namespace {

/// Text as roff prints it: nothing in it is a request or an escape, and a dash is the one
/// typed.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\\':
        out += "\\e";
        break;
      case '-':
        out += "\\-";
        break;
      case '"':
        out += "\\(dq";
        break;
      case '\'':
        out += "\\(aq";
        break;
      case '`':
        out += "\\(ga";
        break;
      case '^':
        out += "\\(ha";
        break;
      case '~':
        out += "\\(ti";
        break;
      default:
        out += c;
    }
  }
  const bool request = out.starts_with('.');
  return request ? "\\&" + out : out;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fP"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fP"; }

/// A sentence with its full stop.
std::string sentence(std::string text) {
  const bool ended = text.ends_with('.') || text.ends_with('?') || text.ends_with(':');
  return ended || text.empty() ? text : text + ".";
}

std::string first_word_small(std::string text) {
  const bool name = text.size() > 1 && std::isupper(static_cast<unsigned char>(text[1])) != 0;
  if (!text.empty() && !name) {
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  }
  return text;
}

/// The first line of `about` as whatis(1) shows it.
std::string in_short(const Command& command) {
  return first_word_small(command.about.substr(0, command.about.find('\n')));
}

std::string heading(const Command& command, const ManualVersion& edition) {
  std::string name = page_name(command);
  std::string upper = name;
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });
  std::string about = in_short(command);
  if (about.ends_with('.')) about.pop_back();
  return fmt::format(
      ".\\\" Made by matside_manual from the command line; not for editing.\n"
      ".TH {} 1 {} \"Matside {}\" \"Matside\"\n.SH NAME\n{} \\- {}\n",
      roff(upper), edition.date, edition.version, roff(name), roff(about));
}

std::string synopsis(const Command& command) {
  std::string out = ".SH SYNOPSIS\n" + bold("matside");
  if (!command.name.empty()) out += " " + bold(command.name);
  out += " [" + italic("OPTIONS") + "]";
  for (const Positional& each : command.positionals) {
    const std::string name = italic(each.value.name) + (each.several ? "..." : "");
    out += " " + (each.required ? name : "[" + name + "]");
  }
  if (command.name.empty()) out += " [" + italic("COMMAND") + "]";
  return out + "\n";
}

/// A paragraph hanging under its tag.
std::string tagged(const std::string& tag, const std::string& about) {
  return ".TP\n" + tag + "\n" + (about.empty() ? "\\&" : roff(about)) + "\n";
}

std::string options(const Command& command) {
  std::string out = ".SH OPTIONS\n";
  for (const Positional& each : command.positionals) {
    out += tagged(italic(each.value.name), sentence(each.about));
  }
  for (const Option& option : command.options) {
    std::string tag;
    for (const std::string& name : option.names) tag += (tag.empty() ? "" : ", ") + bold(name);
    if (!option.value.name.empty()) tag += " " + italic(option.value.name);
    out += tagged(tag, sentence(option.about));
  }
  return out;
}

std::string examples(const Command& command) {
  if (command.examples.empty()) return "";
  std::string out = ".SH EXAMPLES\n.nf\n";
  for (const std::string& line : command.examples) out += roff(line) + "\n";
  return out + ".fi\n";
}

/// "0 done, 2 usage" as a list.
std::string exit_status(const Command& program) {
  std::string out = ".SH EXIT STATUS\n";
  std::string_view rest = program.exit_codes;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(", ");
    std::string_view code = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? "" : rest.substr(comma + 2);
    const std::size_t space = code.find(' ');
    out += tagged(bold(code.substr(0, space)), std::string(code.substr(space + 1)));
  }
  return out;
}

std::string paragraphs(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += roff(line) + "\n";
  return out;
}

}  // namespace

std::string page_name(const Command& command) {
  return command.name.empty() ? "matside" : "matside-" + command.name;
}

std::string program_page(const std::vector<Command>& commands, const ManualVersion& edition) {
  const Command& program = commands.front();
  std::string out = heading(program, edition) + synopsis(program) + ".SH DESCRIPTION\n";
  std::string about = program.about;
  std::ranges::replace(about, '\n', ' ');
  out += roff(about) + "\n" + paragraphs(program.notes) + ".SH COMMANDS\n";
  std::string see_also = ".SH SEE ALSO\n";
  for (const Command& each : commands) {
    if (each.name.empty()) continue;
    out += tagged(bold(each.name), sentence(each.about));
    const bool last = &each == &commands.back();
    see_also += fmt::format(".BR {} (1){}\n", roff(page_name(each)), last ? "" : ",");
  }
  out += options(program) + examples(program) + exit_status(program);
  out +=
      ".SH ENVIRONMENT\n" +
      tagged(bold("XDG_DATA_HOME"),
             "The folder whose folder matside holds the records; ~/.local/share without it.") +
      tagged(bold("MATSIDE_DATA_DIR"),
             "The folder with the networks, exercises and the page, in place of the "
             "installed one.");
  out += ".SH FILES\n" +
         tagged(italic("~/.local/share/matside/matside.db"),
                "What was practised: times, angles and joint positions, no picture.");
  return out + see_also;
}

std::string command_page(const Command& command, const ManualVersion& edition) {
  std::string out = heading(command, edition) + synopsis(command);
  out += ".SH DESCRIPTION\n" + roff(sentence(command.about)) + "\n" + paragraphs(command.notes);
  return out + options(command) + examples(command) +
         ".SH SEE ALSO\n.BR matside (1),\nfor the exit status, files and environment\n";
}

}  // namespace matside::cli::manual
