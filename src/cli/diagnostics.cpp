#include "cli/diagnostics.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <string>

#include "cli/exit_code.h"

namespace matside::cli {
namespace {

/// File names may contain line ends and terminal escapes.
std::string without_control_characters(std::string text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  std::ranges::replace_if(text, control, '?');
  return text;
}

}  // namespace

void set_up_logging() {
  auto logger = spdlog::stderr_logger_mt("matside");
  logger->set_pattern("matside: %v");
  spdlog::set_default_logger(std::move(logger));
}

int fail(const base::Error& error) {
  spdlog::error("{}", without_control_characters(error.message));
  return exit_code(error.kind);
}

int report_stopped(const std::filesystem::path& input, const std::string& outcome) {
  spdlog::warn("{}: stopped early; {}", without_control_characters(input.string()),
               without_control_characters(outcome));
  return kExitInterrupted;
}

int report_interrupted(const std::filesystem::path& input, bool wrote) {
  return report_stopped(
      input, wrote ? "the result covers only the part analysed" : "nothing was saved");
}

}  // namespace matside::cli
