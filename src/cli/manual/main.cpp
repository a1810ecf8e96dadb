// matside_manual FOLDER: writes the manual pages and the shells' completions there, when
// Matside is built. Not installed.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>

#include "cli/command_line.h"
#include "cli/manual/completion.h"
#include "cli/manual/description.h"
#include "cli/manual/man_page.h"
#include "generated/build_info.h"

namespace {

namespace fs = std::filesystem;
namespace manual = matside::cli::manual;

bool written(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  return static_cast<bool>(file << text << std::flush);
}

bool write_all(const fs::path& folder) {
  const auto typed = matside::cli::all_commands();
  CLI::App program;
  matside::cli::describe_program(program, typed);
  const auto commands = manual::describe(program);
  const manual::ManualVersion edition{matside::generated::kVersion, matside::generated::kDate};
  bool good = written(folder / "bash" / "matside", manual::bash_completion(commands)) &&
              written(folder / "zsh" / "_matside", manual::zsh_completion(commands)) &&
              written(folder / "fish" / "matside.fish", manual::fish_completion(commands));
  for (const manual::Command& each : commands) {
    const fs::path page = folder / "man" / (manual::page_name(each) + ".1");
    good = good && written(page, each.name.empty() ? manual::program_page(commands, edition)
                                                   : manual::command_page(each, edition));
  }
  return good;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc == 2 && write_all(argv[1])) return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "matside_manual: %s\n", error.what());
    return EXIT_FAILURE;
  }
  std::fprintf(stderr, "matside_manual: FOLDER is missing, or can't be written\n");
  return EXIT_FAILURE;
}
