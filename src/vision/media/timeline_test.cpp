#include "vision/media/timeline.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace matside::media {
namespace {

constexpr double kDropped = -1.0;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::vector<double> times_of(const std::vector<double>& timestamps, double interval_s = 0.1) {
  Timeline timeline(interval_s);
  std::vector<double> times;
  for (const double timestamp : timestamps) {
    const auto time =
        timeline.next(std::isnan(timestamp) ? std::nullopt : std::optional<double>(timestamp));
    times.push_back(time ? time->value() : kDropped);
  }
  return times;
}

void expect_times(const std::vector<double>& actual, const std::vector<double>& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i)
    EXPECT_NEAR(actual[i], expected[i], 1e-9) << i;
}

TEST(Timeline, starts_at_zero_and_keeps_uneven_steps) {
  expect_times(times_of({5.0, 5.04, 5.2, 7.2}), {0, 0.04, 0.2, 2.2});
  expect_times(times_of({-0.5, 0.0, 0.25}), {0, 0.5, 0.75});
}

TEST(Timeline, a_picture_without_a_timestamp_follows_at_the_usual_rate) {
  expect_times(times_of({1.0, kNone, 1.3, kNone}), {0, 0.1, 0.3, 0.4});
  expect_times(times_of({kNone, kNone, kNone}), {0, 0.1, 0.2});
  expect_times(times_of({kNone, 8.0, 8.1}), {0, 0.1, 0.2});
}

TEST(Timeline, a_late_or_repeated_picture_is_dropped) {
  expect_times(times_of({0, 0.1, 0.1, 0.2, 0.15, 0.3}), {0, 0.1, kDropped, 0.2, kDropped, 0.3});
}

TEST(Timeline, time_continues_after_the_clock_restarts) {
  expect_times(times_of({10, 10.1, 10.2, 0, 0.1, 0.3}), {0, 0.1, 0.2, 0.3, 0.4, 0.6});
}

TEST(Timeline, a_stopped_clock_is_replaced_by_the_usual_rate) {
  expect_times(times_of({3, 3, 3, 3, 3, 3.5}), {0, kDropped, kDropped, 0.1, 0.2, 0.7});
}

TEST(Timeline, times_rise_for_any_timestamps) {
  std::vector<double> timestamps;
  std::uint32_t state = 12345;
  for (int i = 0; i < 2000; ++i) {
    state = state * 1664525u + 1013904223u;
    const double step = (state >> 8) % 4000 / 1000.0 - 2.0;
    timestamps.push_back(state % 7 == 0 ? kNone : step * 3);
  }
  double last = -1;
  int kept = 0;
  for (const double time : times_of(timestamps)) {
    if (time == kDropped) continue;
    EXPECT_GT(time, last);
    last = time;
    ++kept;
  }
  EXPECT_GT(kept, 500);
}

TEST(Timeline, after_a_seek_times_still_count_from_the_first_picture) {
  Timeline timeline(0.1);
  timeline.next(2.0);
  timeline.next(9.0);
  timeline.reset_after_seek();
  EXPECT_NEAR(timeline.next(5.0)->value(), 3.0, 1e-9);
  EXPECT_NEAR(timeline.next(5.1)->value(), 3.1, 1e-9);
}

}  // namespace
}  // namespace matside::media
