// Dates and times in a person's local time: days, weeks, ISO 8601. Durations are always taken
// between instants (UTC), so that a change of the clocks doesn't affect them.
#pragma once

#include <cstdint>
#include <string>

#include "core/plan/practice_record.h"

namespace matside::records {

inline constexpr int kDaysAWeek = 7;
inline constexpr std::int64_t kSecondsAMinute = 60;
inline constexpr std::int64_t kSecondsADay = 86'400;

/// An instant, and how far local time is ahead of UTC.
struct LocalTime {
  plan::Instant instant;
  int utc_offset_min = 0;
};

/// @returns the local date, in days since 1 January 1970
std::int64_t day_of(plan::Instant instant, int utc_offset_min);
/// @returns the Monday of the day's week; both in days since 1 January 1970
std::int64_t monday_of(std::int64_t day);
/// @returns the date in ISO 8601, such as "2026-11-23"
std::string date_text(std::int64_t day);
/// @returns local date and time in ISO 8601, such as "2026-11-23T09:05:00+01:00"
std::string iso_text(plan::Instant instant, int utc_offset_min);
/// @returns UTC as calendar files (RFC 5545) write it, such as "20261123T080500Z"
std::string calendar_text(plan::Instant instant);

}  // namespace matside::records
