#include "vision/video/timeline.h"

namespace matside::video {
namespace {

constexpr double kLargestLateness_s = 1.0;
constexpr int kLateRunning = 3;
// A smaller step is rounding, not time.
constexpr double kSmallestStep_s = 1e-6;

}  // namespace

std::optional<base::Seconds> Timeline::next(std::optional<double> stamp_s) {
  if (!origin_s_ && stamp_s)
    origin_s_ = *stamp_s - (last_s_ ? *last_s_ + nominal_interval_s_ : 0.0);
  const double following_s = last_s_ ? *last_s_ + nominal_interval_s_ : 0.0;
  double time_s = stamp_s ? *stamp_s - *origin_s_ : following_s;
  if (!last_s_ || time_s > *last_s_ + kSmallestStep_s) {
    late_running_ = 0;
  } else {
    ++late_running_;
    if (*last_s_ - time_s < kLargestLateness_s && late_running_ < kLateRunning) {
      return std::nullopt;
    }
    origin_s_ = *stamp_s - following_s;
    time_s = following_s;
  }
  last_s_ = time_s;
  return base::Seconds(time_s);
}

void Timeline::jump() {
  last_s_.reset();
  late_running_ = 0;
}

}  // namespace matside::video
