#include "records/local_time.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

namespace matside::records {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

constexpr int kMinutesAnHour = 60;

sys_seconds wall(plan::Instant instant, int utc_offset_min) {
  return sys_seconds(seconds(instant.unix_s + kSecondsAMinute * utc_offset_min));
}

std::string text_of(sys_days day) {
  const year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace

std::int64_t day_of(plan::Instant instant, int utc_offset_min) {
  return floor<days>(wall(instant, utc_offset_min)).time_since_epoch().count();
}

std::int64_t monday_of(std::int64_t day) {
  const std::chrono::weekday weekday{sys_days(days(day))};
  return day - static_cast<std::int64_t>(weekday.iso_encoding()) + 1;
}

std::string date_text(std::int64_t day) { return text_of(sys_days(days(day))); }

std::string iso_text(plan::Instant instant, int utc_offset_min) {
  const sys_seconds time = wall(instant, utc_offset_min);
  const sys_days day = floor<days>(time);
  const std::chrono::hh_mm_ss clock{time - day};
  const int offset = std::abs(utc_offset_min);
  return fmt::format("{}T{:02}:{:02}:{:02}{}{:02}:{:02}", text_of(day), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(),
                     utc_offset_min < 0 ? '-' : '+', offset / kMinutesAnHour,
                     offset % kMinutesAnHour);
}

std::string calendar_text(plan::Instant instant) {
  const sys_seconds time = wall(instant, 0);
  const sys_days day = floor<days>(time);
  const year_month_day date(day);
  const std::chrono::hh_mm_ss clock{time - day};
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace matside::records
