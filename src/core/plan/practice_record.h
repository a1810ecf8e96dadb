// What the plan knows about a past practice.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace matside::plan {

/// Seconds since 1970 in UTC: hours between two of them are hours, whatever the clock on the
/// wall does in spring and autumn.
struct Instant {
  std::int64_t unix_s = 0;
  friend constexpr auto operator<=>(Instant, Instant) = default;
};
constexpr Instant after_hours(Instant from, double hours) {
  return {from.unix_s + static_cast<std::int64_t>(hours * 3600.0)};
}
constexpr double hours_between(Instant from, Instant to) {
  return static_cast<double>(to.unix_s - from.unix_s) / 3600.0;
}

/// How the day after was.
enum class NextDay : std::uint8_t { unanswered, better, same, worse };
/// As in files and messages: unanswered, better, same, worse.
std::string_view name(NextDay next_day);

/// One practice. Comfort from 0 (nothing) to 10 (the worst).
struct PracticeRecord {
  std::string exercise;  ///< its id, such as single-leg-kick
  Instant start;
  int level = 0;
  int goal_repetitions = 0;  ///< repetitions a side
  int left = 0;
  int right = 0;
  int unsure = 0;
  int both = 0;  ///< of both legs together, or of none alone: each counts for both sides
  int clean = 0;
  std::optional<int> comfort_before;  ///< 0 nothing to 10 the worst
  std::optional<int> comfort_after;
  bool discomfort = false;    ///< it was ended because of discomfort
  bool leg_symptoms = false;  ///< pins and needles, numbness, or pain that went down a leg
  NextDay next_day = NextDay::unanswered;
};

}  // namespace matside::plan
