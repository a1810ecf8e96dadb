// Instants as the clock on the wall tells them: days, weeks, ISO 8601. Hours are counted
// between instants, never between wall clocks.
#pragma once

#include <cstdint>
#include <string>

#include "core/plan/record.h"

namespace matside::records {

/// An instant and how far the clock on the wall is ahead of UTC then.
struct Now {
  plan::Instant instant;
  int utc_offset_min = 0;
};

/// Days since 1 January 1970 by the clock on the wall.
std::int64_t day_of(plan::Instant instant, int utc_offset_min);
/// The Monday of the day's week, as such a day.
std::int64_t monday_of(std::int64_t day);
/// 2026-11-23
std::string date_text(std::int64_t day);
/// 2026-11-23T09:05:00+01:00
std::string iso_text(plan::Instant instant, int utc_offset_min);
/// 20261123T080500Z, as calendar files want it
std::string calendar_text(plan::Instant instant);

}  // namespace matside::records
