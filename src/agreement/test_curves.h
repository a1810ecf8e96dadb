// Knee curves with known bends, for tests.
#pragma once

#include <cmath>
#include <numbers>
#include <vector>

#include "core/base/math.h"
#include "core/signal/samples.h"
#include "formats/knee_measurement.h"

namespace matside::agreement {

/// How a test's practice is measured.
struct TestMeasurement {
  double rate_hz = 30.0;
  double clock_s = 0.0;  ///< Its clock shows this much more.
  double offset_deg = 0.0;
  double scale = 1.0;  ///< Of the bends above rest.
  double length_s = 60.0;
};

inline constexpr double kTestRest_deg = 9.0;

/// The flexion at a time: bends of three seconds that begin every ten; `first_s` is the first
/// one's start. They grow by two degrees each, from 80 degrees on, so that each differs.
inline double test_flexion_deg(double time_s, double first_s) {
  constexpr double kEvery_s = 10.0;
  constexpr double kLasts_s = 3.0;
  const double number = std::floor((time_s - first_s) / kEvery_s);
  const double within_s = time_s - first_s - number * kEvery_s;
  if (number < 0.0 || within_s > kLasts_s) return kTestRest_deg;
  const double top_deg = 80.0 + 2.0 * number - kTestRest_deg;
  return kTestRest_deg +
         top_deg * 0.5 * (1.0 - base::cos(2.0 * std::numbers::pi * within_s / kLasts_s));
}

/// A practice whose left knee bends at 5, 15, ... and whose right knee at 11, 21, ... seconds.
inline formats::KneeMeasurement test_practice(const TestMeasurement& how = {}) {
  formats::KneeMeasurement practice;
  const auto count = static_cast<int>(how.length_s * how.rate_hz);
  for (int i = 0; i < count; ++i) {
    const double time_s = i / how.rate_hz;
    const double firsts_s[] = {5.0, 11.0};
    for (std::size_t knee = 0; knee < 2; ++knee) {
      const double above = test_flexion_deg(time_s, firsts_s[knee]) - kTestRest_deg;
      practice.knees[knee].push_back({base::Seconds(time_s + how.clock_s),
                                      kTestRest_deg + how.offset_deg + how.scale * above});
    }
  }
  return practice;
}

}  // namespace matside::agreement
