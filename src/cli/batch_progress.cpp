#include "cli/batch_progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "core/base/clock_text.h"

namespace matside::cli {
namespace {

constexpr std::chrono::milliseconds kRedrawLineEvery{100};
constexpr std::chrono::minutes kLogEvery{1};
constexpr double kTooEarlyForRate_s = 0.5;

}  // namespace

std::string batch_line(const BatchState& state) {
  std::string line = fmt::format("{} of {} recordings", state.done, state.total);
  if (state.reused > 0) line += fmt::format("  {} done before", state.reused);
  if (state.failed > 0) line += fmt::format("  {} failed", state.failed);
  const auto made = static_cast<double>(state.done - state.reused);
  if (made > 0.0 && state.elapsed.value() >= kTooEarlyForRate_s) {
    const double each_s = state.elapsed.value() / made;
    const auto left = static_cast<double>(state.total - state.done);
    line += fmt::format("  {:.1f} a minute  {} left", 60.0 / each_s,
                        base::clock_text(base::Seconds(left * each_s)));
  }
  if (!state.tasks.empty()) line += "  " + state.tasks;
  return line;
}

BatchProgress::BatchProgress(bool wanted)
    : wanted_(wanted),
      terminal_(::isatty(STDERR_FILENO) == 1),
      next_(terminal_ ? start_ : start_ + kLogEvery) {}

BatchProgress::~BatchProgress() { clear(); }

void BatchProgress::clear() {
  if (!drawn_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  drawn_ = false;
  next_ = start_;
}

void BatchProgress::show(BatchState state) {
  const Clock::time_point now = Clock::now();
  if (!wanted_ || now < next_) return;
  state.elapsed = base::Seconds(std::chrono::duration<double>(now - start_).count());
  const std::string line = batch_line(state);
  if (terminal_) {
    next_ = now + kRedrawLineEvery;
    drawn_ = true;
    std::fputs(("\r" + line + "\x1b[K").c_str(), stderr);
  } else {
    next_ = now + kLogEvery;
    std::fputs(("matside: " + line + "\n").c_str(), stderr);
  }
  std::fflush(stderr);
}

}  // namespace matside::cli
