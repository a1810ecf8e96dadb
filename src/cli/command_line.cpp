#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "cli/agree_options.h"
#include "cli/analyze_options.h"
#include "cli/annotate_options.h"
#include "cli/batch_options.h"
#include "cli/compare_options.h"
#include "cli/diagnostics.h"
#include "cli/doctor_command.h"
#include "cli/exit_code.h"
#include "cli/export_options.h"
#include "cli/output_file.h"
#include "cli/records_options.h"
#include "cli/report_options.h"
#include "cli/serve_options.h"
#include "generated/build_info.h"

namespace matside::cli {
namespace {

constexpr const char* kAbout =
    "Counts and checks the Pilates single-leg kick, live or in a video, and other exercises\n"
    "lying face down in a video.\n"
    "Nothing leaves this computer. Talk to a health professional before starting if you have "
    "back pain.";
constexpr const char* kProgramNotes =
    "Examples:\n"
    "  matside analyze practice.mp4\n"
    "  matside report practice.mp4 -o practice.html\n"
    "  matside serve --open\n"
    "  matside plan\n"
    "  matside doctor\n"
    "Exit codes: 0 success, 2 usage error, 3 input error, 4 output error, 5 model or "
    "data error, 6 erasure not finished, 130 interrupted.";

int print_and_exit(const std::string& text, int code) {
  const auto written = write_to_standard_output(text);
  return written ? code : fail(written.error());
}

Action to_print(std::string text) {
  return [text = std::move(text)] { return print_and_exit(text, kExitOk); };
}

/// Writes each positional argument as often as it may be given: PRACTICE [PRACTICE].
class UsageFormatter : public CLI::Formatter {
 public:
  [[nodiscard]] std::string make_option_usage(const CLI::Option* option) const override {
    const std::string name = make_option_name(option, true);
    if (option->get_expected_max() >= CLI::detail::expected_max_vector_size) {
      return option->get_required() ? name + "..." : "[" + name + "...]";
    }
    const int needed = option->get_required() ? std::max(option->get_expected_min(), 1) : 0;
    std::string usage;
    for (int i = 0; i < std::max(option->get_expected_max(), 1); ++i) {
      if (i > 0) usage += " ";
      usage += i < needed ? name : "[" + name + "]";
    }
    return usage;
  }
};

/// An error of CLI11 in the words of the program's other messages.
std::string reworded(std::string text) {
  const auto replace = [&text](std::string_view old, std::string_view with) {
    const std::size_t at = text.find(old);
    if (at == std::string::npos) return false;
    text.replace(at, old.size(), with);
    return true;
  };
  const std::size_t value = text.find(": 1 required ");
  if (value != std::string::npos && text.ends_with(" missing")) {
    return text.substr(0, value) + ": add a value";
  }
  if (replace("Could not convert: ", "")) {
    replace(" = ", ": ");
    return text + " is not a number";
  }
  if (replace(" not in {", " is not one of ") && text.ends_with('}')) text.pop_back();
  replace(": Value ", ": ");
  replace(" not in range ", " is not in the range from ");
  replace(": At Most ", ": at most ");
  replace(" required but received ", " allowed, but got ");
  return text;
}

class DoctorParser : public CommandParser {
 public:
  [[nodiscard]] const char* name() const override { return "doctor"; }
  void describe(CLI::App& program) override {
    program.add_subcommand(name(), "Check the installation")
        ->footer(
            "Lists what is installed and what is missing, and how to fix it.\n"
            "Example:\n"
            "  matside doctor");
  }
  [[nodiscard]] base::Result<Action> action() const override {
    return Action([] {
      const InstallationReport report = check_installation();
      return print_and_exit(report.text, report.good ? kExitOk : kExitModel);
    });
  }
};

}  // namespace

base::Error usage_error(const std::string& what) {
  return {base::ErrorKind::usage, what + " (see matside --help)"};
}

std::vector<std::unique_ptr<CommandParser>> all_commands() {
  std::vector<std::unique_ptr<CommandParser>> all;
  all.push_back(std::make_unique<AnalyzeParser>());
  all.push_back(std::make_unique<BatchParser>());
  all.push_back(std::make_unique<AnnotateParser>());
  all.push_back(std::make_unique<ReportParser>());
  all.push_back(std::make_unique<ServeParser>());
  all.push_back(std::make_unique<ExportParser>());
  all.push_back(std::make_unique<CompareParser>());
  all.push_back(std::make_unique<AgreeParser>());
  for (auto& each : records_commands()) all.push_back(std::move(each));
  all.push_back(std::make_unique<DoctorParser>());
  return all;
}

void describe_program(CLI::App& program,
                      const std::vector<std::unique_ptr<CommandParser>>& commands) {
  const auto formatter = std::make_shared<UsageFormatter>();
  formatter->label("SUBCOMMAND", "COMMAND");
  program.formatter(formatter);
  program.name("matside");
  program.description(kAbout);
  program.footer(kProgramNotes);
  program.add_flag_function(
      "--version", [](std::int64_t) {}, "Print the version");
  program.require_subcommand(0, 1);
  for (const auto& each : commands) each->describe(program);
  for (CLI::App* command : program.get_subcommands({})) command->group("Commands");
}

base::Result<Action> parse_command_line(int argc, const char* const* argv) {
  const auto commands = all_commands();
  CLI::App program;
  describe_program(program, commands);
  try {
    program.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return to_print(program.help());
  } catch (const CLI::ParseError& error) {
    return usage_error(reworded(error.what()));
  }
  if (program.count("--version") > 0) {
    return to_print(std::string("matside ") + generated::kVersion + "\n");
  }
  for (const auto& each : commands) {
    if (program.got_subcommand(each->name())) return each->action();
  }
  return usage_error("no command given; try analyze or serve");
}

}  // namespace matside::cli
