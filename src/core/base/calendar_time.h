// Dates and times of day as text, without a clock or a time zone database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace matside::base {

/// A moment, and how far local time was ahead of UTC where that is known.
struct ZonedTime {
  std::int64_t unix_s = 0;            ///< Seconds since 1970 in UTC.
  std::optional<int> utc_offset_min;  ///< From -kMaxUtcOffset_min to kMaxUtcOffset_min.

  friend bool operator==(const ZonedTime&, const ZonedTime&) = default;
};

/// No place is farther from UTC. @source IANA time zone database
inline constexpr int kMaxUtcOffset_min = 14 * 60;

/// A date and a time of day as written.
struct CalendarTime {
  std::int64_t wall_s = 0;       ///< What a clock there showed, in seconds since 1970.
  bool has_time_of_day = false;  ///< Otherwise it is midnight.
  /// Set where the text names its zone; 0 for Z.
  std::optional<int> utc_offset_min;
};

/// Reads ISO 8601: YYYY-MM-DD, and after "T" or a space hh:mm or hh:mm:ss, a fraction of a
/// second (ignored), and a zone: Z, +hh:mm, +hhmm or +hh.
/// @returns nothing for anything else, or a date or time that doesn't exist
std::optional<CalendarTime> parse_calendar_time(std::string_view text);

/// When a recording says that it was made. Only times with a zone are used: without one,
/// nobody knows where the clock was.
/// @returns nothing unless the time is plausible_recording_time()
std::optional<ZonedTime> parse_recording_time(std::string_view text);

/// Whether a camera can have recorded at that time: from 1995 to 2199. Cameras whose clock was
/// never set say 1904, 1970 or 1980.
bool plausible_recording_time(const ZonedTime& time);

/// Writes YYYY-MM-DDThh:mm:ss with the offset; with +00:00, in UTC, where it isn't known.
/// @param time  from the year 0 to 9999
std::string iso_text(const ZonedTime& time);

}  // namespace matside::base
