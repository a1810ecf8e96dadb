#include "vision/media/timeline.h"

namespace matside::media {
namespace {

constexpr int kMaxConsecutiveLate = 3;
// A smaller step is rounding, not time.
constexpr double kMinStep_s = 1e-6;

}  // namespace

std::optional<base::Seconds> Timeline::next(std::optional<double> timestamp_s) {
  if (!origin_s_ && timestamp_s)
    origin_s_ = *timestamp_s - (last_s_ ? *last_s_ + nominal_interval_s_ : 0.0);
  const double following_s = last_s_ ? *last_s_ + nominal_interval_s_ : 0.0;
  double time_s = timestamp_s ? *timestamp_s - *origin_s_ : following_s;
  if (!last_s_ || time_s > *last_s_ + kMinStep_s) {
    consecutive_late_ = 0;
  } else {
    ++consecutive_late_;
    if (*last_s_ - time_s < kMaxLateness_s && consecutive_late_ < kMaxConsecutiveLate) {
      return std::nullopt;
    }
    origin_s_ = *timestamp_s - following_s;
    time_s = following_s;
  }
  last_s_ = time_s;
  return base::Seconds(time_s);
}

void Timeline::reset_after_seek() {
  last_s_.reset();
  consecutive_late_ = 0;
}

}  // namespace matside::media
