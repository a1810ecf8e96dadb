#include "cli/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "cli/counted.h"
#include "core/base/clock_text.h"

namespace matside::cli {
namespace {

constexpr int kBarCells = 20;
constexpr std::chrono::milliseconds kRedrawEvery{100};
constexpr double kTooEarly_s = 0.5;  ///< Before this a speed means nothing.

}  // namespace

std::string progress_line(const ProgressState& state) {
  const bool early = state.elapsed.value() < kTooEarly_s;
  std::string line;
  if (state.done) {
    const double done = std::clamp(*state.done, 0.0, 1.0);
    const int cells = static_cast<int>(done * kBarCells);
    line = fmt::format("[{:#<{}}{:-<{}}] {:3}%  ", "", cells, "", kBarCells - cells,
                       static_cast<int>(done * 100.0));
  }
  line += counted(state.frames, "frame");
  if (early) return line;
  line += fmt::format("  {:.0f} frames/s",
                      static_cast<double>(state.frames) / state.elapsed.value());
  if (state.done && *state.done > 0.0) {
    const double left_s = state.elapsed.value() * (1.0 / *state.done - 1.0);
    line += fmt::format("  {} left", base::clock_text(base::Seconds(left_s)));
  }
  return line;
}

ProgressBar::ProgressBar(bool wanted) : visible_(wanted && ::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
  if (!drawn_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

void ProgressBar::show(std::int64_t frames, std::optional<double> done) {
  if (!visible_) return;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + kRedrawEvery;
  drawn_ = true;
  const base::Seconds elapsed(std::chrono::duration<double>(now - start_).count());
  const std::string line = progress_line({frames, elapsed, done});
  std::fputs(("\r" + line + "\x1b[K").c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace matside::cli
