#include "cli/recording_date.h"

#include <ctime>

#include "cli/command_parser.h"

namespace matside::cli {
namespace {

constexpr std::int64_t kNoon_s = 12 * 3600;

int local_offset_min(std::time_t instant) {
  constexpr int kMinute_s = 60;
  std::tm local{};
  localtime_r(&instant, &local);
  return static_cast<int>(local.tm_gmtoff / kMinute_s);
}

/// The instant at which this computer's clock shows that time.
std::time_t instant_of(std::int64_t wall_s) {
  const auto as_utc = static_cast<std::time_t>(wall_s);
  std::tm wall{};
  gmtime_r(&as_utc, &wall);
  wall.tm_isdst = -1;  // as the time zone has it on that day
  return std::mktime(&wall);
}

}  // namespace

base::Result<base::ZonedTime> parse_date_option(const std::string& text,
                                                const records::LocalTime& now) {
  const auto read = base::parse_calendar_time(text);
  if (!read) {
    return usage_error(
        "--date: must be a date such as 2026-01-05, 2026-01-05T09:30 or "
        "2026-01-05T09:30+01:00");
  }
  const std::int64_t wall_s = read->wall_s + (read->has_time_of_day ? 0 : kNoon_s);
  base::ZonedTime time;
  if (read->utc_offset_min) {
    time = {wall_s - *read->utc_offset_min * records::kSecondsAMinute, read->utc_offset_min};
  } else {
    const std::time_t instant = instant_of(wall_s);
    time = {instant, local_offset_min(instant)};
  }
  // Today without a time of day may be before noon.
  if (!read->has_time_of_day && time.unix_s > now.instant.unix_s &&
      time.unix_s - kNoon_s <= now.instant.unix_s) {
    time.unix_s = now.instant.unix_s;
  }
  if (!base::plausible_recording_time(time)) {
    return usage_error("--date: must be from 1995 to 2199");
  }
  if (time.unix_s > now.instant.unix_s) return usage_error("--date: is in the future");
  return time;
}

records::LocalTime date_practice(formats::AnalysisRecord& record,
                                 const std::optional<base::ZonedTime>& given,
                                 const records::LocalTime& now) {
  formats::RecordingDate& date = record.source.date;
  if (given) date = {formats::DateSource::given, given};
  if (date.time && date.time->unix_s > now.instant.unix_s) date = {};
  if (!date.time) return now;
  const std::int64_t at = date.time->unix_s;
  return {{at}, date.time->utc_offset_min.value_or(local_offset_min(at))};
}

std::string date_time_text(const records::LocalTime& at) {
  constexpr std::size_t kDate = 10;
  constexpr std::size_t kDateAndTime = 16;
  std::string text = records::iso_text(at.instant, at.utc_offset_min).substr(0, kDateAndTime);
  text[kDate] = ' ';
  return text;
}

std::string dated_text(const records::LocalTime& at, formats::DateSource from) {
  const std::string when = date_time_text(at);
  switch (from) {
    case formats::DateSource::file:
      return when + " (the recording's own date)";
    case formats::DateSource::given:
      return when + " (from --date)";
    case formats::DateSource::analysis:
      break;
  }
  return when + " (the time of the analysis, because the recording has no date)";
}

}  // namespace matside::cli
