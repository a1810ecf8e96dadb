// Times as people read them on a clock.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/quantity.h"

namespace matside::base {

/// m:ss, or h:mm:ss from an hour on, to the nearest second; negative times are 0:00.
inline std::string clock_text(Seconds time) {
  const auto whole_s = static_cast<long long>(std::llround(std::max(time.value(), 0.0)));
  const auto two = [](long long number) { return std::to_string(number + 100).substr(1); };
  const long long minutes = whole_s / 60;
  if (minutes < 60) return std::to_string(minutes) + ":" + two(whole_s % 60);
  return std::to_string(minutes / 60) + ":" + two(minutes % 60) + ":" + two(whole_s % 60);
}

}  // namespace matside::base
