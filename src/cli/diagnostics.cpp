#include "cli/diagnostics.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "cli/exit_code.h"
#include "core/base/printable_text.h"

namespace matside::cli {
namespace {

/// The message: file names and records may contain line ends and terminal escapes.
class PrintableMessage : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm& /*time*/,
              spdlog::memory_buf_t& line) override {
    const std::string_view text(message.payload.data(), message.payload.size());
    const std::string shown = base::printable_line(text);
    line.append(shown.data(), shown.data() + shown.size());
  }
  [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<PrintableMessage>();
  }
};

}  // namespace

void set_up_logging() {
  auto logger = spdlog::stderr_logger_mt("matside");
  auto formatter = std::make_unique<spdlog::pattern_formatter>();
  formatter->add_flag<PrintableMessage>('*').set_pattern("matside: %*");
  logger->set_formatter(std::move(formatter));
  spdlog::set_default_logger(std::move(logger));
}

int fail(const base::Error& error) {
  spdlog::error("{}", error.message);
  return exit_code(error.kind);
}

int report_stopped(const std::filesystem::path& input, const std::string& outcome) {
  spdlog::warn("{}: stopped early; {}", input.string(), outcome);
  return kExitInterrupted;
}

int report_interrupted(const std::filesystem::path& input, bool wrote) {
  return report_stopped(
      input, wrote ? "the result covers only the part analysed" : "nothing was saved");
}

}  // namespace matside::cli
