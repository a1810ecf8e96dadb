// The progress bar.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/quantity.h"

namespace matside::cli {

/// What the bar shows.
struct ProgressState {
  std::int64_t frames = 0;
  base::Seconds elapsed;
  std::optional<double> done;  ///< Share of the work, 0 to 1, where the length is known.
};

/// Formats `[#######-------------]  35%  412 frames  88 frames/s  0:09 left`; without `done`
/// only frames and speed.
std::string progress_line(const ProgressState& state);

/// Redraws the line on standard error ten times a second, if that is a terminal and `wanted`;
/// otherwise does nothing. Clears the line when destroyed.
class ProgressBar {
 public:
  explicit ProgressBar(bool wanted);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// Shows the progress. @param done share of the work, 0 to 1, where the length is known
  void show(std::int64_t frames, std::optional<double> done);

 private:
  using Clock = std::chrono::steady_clock;

  bool visible_;
  bool drawn_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_ = start_;
};

}  // namespace matside::cli
