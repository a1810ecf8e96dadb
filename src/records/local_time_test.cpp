#include "records/local_time.h"

#include <gtest/gtest.h>

namespace matside::records {
namespace {

constexpr plan::Instant kLateMonday{1'767'654'000};  // 5 January 2026, 23:00 UTC

TEST(LocalTime, WritesIso8601WithTheOffset) {
  EXPECT_EQ(iso_text(kLateMonday, 0), "2026-01-05T23:00:00+00:00");
  EXPECT_EQ(iso_text(kLateMonday, 60), "2026-01-06T00:00:00+01:00");
  EXPECT_EQ(iso_text(kLateMonday, -330), "2026-01-05T17:30:00-05:30");
}

TEST(LocalTime, WorksBefore1970) {
  EXPECT_EQ(iso_text({-1}, 0), "1969-12-31T23:59:59+00:00");
  EXPECT_EQ(day_of({-1}, 0), -1);
}

TEST(LocalTime, TakesTheDayFromTheLocalClock) {
  EXPECT_EQ(day_of(kLateMonday, 60), day_of(kLateMonday, 0) + 1);
  EXPECT_EQ(date_text(day_of(kLateMonday, 60)), "2026-01-06");
}

TEST(LocalTime, WritesCalendarTimesInUtc) {
  EXPECT_EQ(calendar_text(kLateMonday), "20260105T230000Z");
}

TEST(LocalTime, KnowsLeapDays) {
  EXPECT_EQ(date_text(day_of({1'709'164'800}, 0)), "2024-02-29");
}

TEST(LocalTime, FindsTheMondayOfEveryDay) {
  EXPECT_EQ(date_text(monday_of(day_of(kLateMonday, 60))), "2026-01-05");
  for (std::int64_t day = -10; day < 10; ++day) {
    const std::int64_t monday = monday_of(day);
    EXPECT_LE(monday, day);
    EXPECT_GT(monday + 7, day);
    EXPECT_EQ(monday_of(monday), monday);
  }
}

}  // namespace
}  // namespace matside::records
