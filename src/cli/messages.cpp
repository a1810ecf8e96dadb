#include "cli/messages.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <string>

#include "cli/exit_code.h"

namespace matside::cli {
namespace {

/// File names may hold line ends and worse.
std::string on_one_line(std::string text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  std::ranges::replace_if(text, control, '?');
  return text;
}

}  // namespace

void set_up_messages() {
  auto logger = spdlog::stderr_logger_mt("matside");
  logger->set_pattern("matside: %v");
  spdlog::set_default_logger(std::move(logger));
}

int fail(const base::Error& error) {
  spdlog::error("{}", on_one_line(error.message));
  return exit_code(error.kind);
}

int say_stopped(const std::filesystem::path& input, const std::string& outcome) {
  spdlog::warn("{}: stopped early; {}", on_one_line(input.string()), on_one_line(outcome));
  return kExitInterrupted;
}

int say_interrupted(const std::filesystem::path& input, bool wrote) {
  return say_stopped(
      input, wrote ? "the result says what was found up to then" : "nothing was written");
}

}  // namespace matside::cli
