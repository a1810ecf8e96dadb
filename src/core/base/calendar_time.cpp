#include "core/base/calendar_time.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace matside::base {
namespace {

constexpr std::int64_t kMinute_s = 60;
constexpr std::int64_t kHour_s = 3600;
constexpr std::int64_t kDay_s = 86'400;
constexpr int kMonths = 12;

struct Date {
  int year = 0;
  int month = 1;
  int day = 1;
};

/// Days from 1 January 1970 in the Gregorian calendar.
/// @source H. Hinnant, chrono-Compatible Low-Level Date Algorithms, days_from_civil
std::int64_t days_of(const Date& date) {
  constexpr std::int64_t kEra_days = 146'097;  // 400 years
  constexpr std::int64_t kTo1970_days = 719'468;
  const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t of_era = year - era * 400;
  const std::int64_t of_year = (153 * ((date.month + 9) % kMonths) + 2) / 5 + date.day - 1;
  return era * kEra_days + of_era * 365 + of_era / 4 - of_era / 100 + of_year - kTo1970_days;
}

/// The inverse of days_of(). @source civil_from_days, in the same place
Date date_of(std::int64_t days) {
  constexpr std::int64_t kEra_days = 146'097;
  const std::int64_t shifted = days + 719'468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - (kEra_days - 1)) / kEra_days;
  const std::int64_t of_era = shifted - era * kEra_days;
  const std::int64_t year =
      (of_era - of_era / 1460 + of_era / 36'524 - of_era / (kEra_days - 1)) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const std::int64_t shifted_month = (5 * of_year + 2) / 153;
  Date date;
  date.day = static_cast<int>(of_year - (153 * shifted_month + 2) / 5 + 1);
  date.month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  date.year = static_cast<int>(year + era * 400 + (date.month <= 2 ? 1 : 0));
  return date;
}

int days_in(int year, int month) {
  constexpr std::array<int, kMonths> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

/// Takes the text apart from its start on.
class CalendarReader {
 public:
  explicit CalendarReader(std::string_view text) : text_(text) {}

  /// The next `digits` digits as a number from `least` to `most`.
  int number(std::size_t digits, int least, int most) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (i >= text_.size() || text_[i] < '0' || text_[i] > '9') good_ = false;
      if (!good_) return least;
      value = value * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(digits);
    if (value < least || value > most) good_ = false;
    return value;
  }
  bool take_one_of(std::string_view marks) {
    if (text_.empty() || marks.find(text_.front()) == std::string_view::npos) return false;
    text_.remove_prefix(1);
    return true;
  }
  void expect(char mark) { good_ = take_one_of({&mark, 1}) && good_; }
  void skip_digits() {
    const std::size_t end = std::min(text_.find_first_not_of("0123456789"), text_.size());
    if (end == 0) good_ = false;
    text_.remove_prefix(end);
  }
  [[nodiscard]] char next() const { return text_.empty() ? '\0' : text_.front(); }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool at_end() const { return text_.empty(); }

 private:
  std::string_view text_;
  bool good_ = true;
};

std::int64_t time_of_day_s(CalendarReader& reader) {
  std::int64_t seconds = reader.number(2, 0, 23) * kHour_s;
  reader.expect(':');
  seconds += reader.number(2, 0, 59) * kMinute_s;
  if (!reader.take_one_of(":")) return seconds;
  // 60 is a leap second.
  seconds += reader.number(2, 0, 60);
  if (reader.take_one_of(".,")) reader.skip_digits();
  return seconds;
}

int offset_min(CalendarReader& reader, bool behind) {
  int minutes = reader.number(2, 0, 14) * 60;
  const bool more = reader.take_one_of(":") || reader.next() != '\0';
  if (more) minutes += reader.number(2, 0, 59);
  return behind ? -minutes : minutes;
}

void append_two(std::string& text, std::int64_t number) {
  text += static_cast<char>('0' + number / 10);
  text += static_cast<char>('0' + number % 10);
}

}  // namespace

std::optional<CalendarTime> parse_calendar_time(std::string_view text) {
  CalendarReader reader(text);
  Date date;
  date.year = reader.number(4, 0, 9999);
  reader.expect('-');
  date.month = reader.number(2, 1, kMonths);
  reader.expect('-');
  date.day = reader.number(2, 1, 31);
  if (!reader.good() || date.day > days_in(date.year, date.month)) return std::nullopt;
  CalendarTime time;
  time.wall_s = days_of(date) * kDay_s;
  if (reader.at_end()) return time;
  if (!reader.take_one_of("Tt ")) return std::nullopt;
  time.has_time_of_day = true;
  time.wall_s += time_of_day_s(reader);
  if (reader.take_one_of("Zz")) {
    time.utc_offset_min = 0;
  } else if (const char sign = reader.next(); sign == '+' || sign == '-') {
    reader.take_one_of("+-");
    time.utc_offset_min = offset_min(reader, sign == '-');
    if (std::abs(*time.utc_offset_min) > kMaxUtcOffset_min) return std::nullopt;
  }
  if (!reader.good() || !reader.at_end()) return std::nullopt;
  return time;
}

std::optional<ZonedTime> parse_recording_time(std::string_view text) {
  const auto read = parse_calendar_time(text);
  if (!read || !read->has_time_of_day || !read->utc_offset_min) return std::nullopt;
  ZonedTime time{read->wall_s - *read->utc_offset_min * kMinute_s, read->utc_offset_min};
  // UTC is how a file without a zone is written: it doesn't say where the camera was.
  if (*time.utc_offset_min == 0) time.utc_offset_min.reset();
  if (!plausible_recording_time(time)) return std::nullopt;
  return time;
}

bool plausible_recording_time(const ZonedTime& time) {
  constexpr std::int64_t kEarliest_s = 788'918'400;  // 1 January 1995
  constexpr std::int64_t kLatest_s = 7'258'118'400;  // 1 January 2200
  const int offset_min = time.utc_offset_min.value_or(0);
  return time.unix_s >= kEarliest_s && time.unix_s < kLatest_s &&
         offset_min >= -kMaxUtcOffset_min && offset_min <= kMaxUtcOffset_min;
}

std::string iso_text(const ZonedTime& time) {
  const int offset_min = time.utc_offset_min.value_or(0);
  const std::int64_t wall_s = time.unix_s + offset_min * kMinute_s;
  const std::int64_t of_day_s = ((wall_s % kDay_s) + kDay_s) % kDay_s;
  const Date date = date_of((wall_s - of_day_s) / kDay_s);
  std::string text;
  append_two(text, date.year / 100);
  append_two(text, date.year % 100);
  for (const int part : {date.month, date.day}) {
    text += '-';
    append_two(text, part);
  }
  text += 'T';
  append_two(text, of_day_s / kHour_s);
  text += ':';
  append_two(text, of_day_s % kHour_s / kMinute_s);
  text += ':';
  append_two(text, of_day_s % kMinute_s);
  text += offset_min < 0 ? '-' : '+';
  append_two(text, std::abs(offset_min) / 60);
  text += ':';
  append_two(text, std::abs(offset_min) % 60);
  return text;
}

}  // namespace matside::base
