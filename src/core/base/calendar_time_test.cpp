#include "core/base/calendar_time.h"

#include <gtest/gtest.h>

#include <string>

namespace matside::base {
namespace {

TEST(CalendarTime, IsReadWithAndWithoutTimeOfDayAndZone) {
  const auto date = parse_calendar_time("2026-01-05");
  ASSERT_TRUE(date);
  EXPECT_EQ(date->wall_s, 1'767'571'200);
  EXPECT_FALSE(date->has_time_of_day);
  EXPECT_FALSE(date->utc_offset_min);
  const auto local = parse_calendar_time("2026-01-05 09:30");
  ASSERT_TRUE(local);
  EXPECT_EQ(local->wall_s, 1'767'571'200 + 9 * 3600 + 30 * 60);
  EXPECT_TRUE(local->has_time_of_day);
  for (const char* text : {"2026-01-05T09:30:00+01:00", "2026-01-05T09:30:00.123+0100",
                           "2026-01-05t09:30:00+01"}) {
    const auto zoned = parse_calendar_time(text);
    ASSERT_TRUE(zoned) << text;
    EXPECT_EQ(zoned->utc_offset_min, 60) << text;
    EXPECT_EQ(zoned->wall_s, local->wall_s) << text;
  }
  EXPECT_EQ(parse_calendar_time("2026-01-05T09:30-03:30")->utc_offset_min, -210);
  EXPECT_EQ(parse_calendar_time("2024-02-29")->wall_s, 1'709'164'800);
}

TEST(CalendarTime, IsRefusedWhereThereIsNoSuchDateOrTime) {
  for (const char* text : {"",
                           "2026",
                           "2026-1-5",
                           "2026-02-29",
                           "2026-13-01",
                           "2026-00-10",
                           "2026-01-32",
                           "2026-01-05T",
                           "2026-01-05T9:30",
                           "2026-01-05T24:00",
                           "2026-01-05T09:60",
                           "2026-01-05T09:30:61",
                           "2026-01-05T09:30:00.",
                           "2026-01-05T09:30+15:00",
                           "2026-01-05T09:30+14:30",
                           "2026-01-05T09:30+1:0",
                           "2026-01-05T09:30Zx",
                           "2026-01-05x",
                           " 2026-01-05",
                           "-026-01-05",
                           "2026-01-05T09:30:00+01:00 ",
                           "\xFF\xFE"}) {
    EXPECT_FALSE(parse_calendar_time(text)) << text;
  }
}

TEST(RecordingTime, HasAZoneAndAPlausibleYear) {
  const auto utc = parse_recording_time("2026-01-05T08:30:00.000000Z");
  ASSERT_TRUE(utc);
  EXPECT_EQ(utc->unix_s, 1'767'601'800);
  EXPECT_FALSE(utc->utc_offset_min);
  const auto local = parse_recording_time("2026-01-05T09:30:00+0100");
  ASSERT_TRUE(local);
  EXPECT_EQ(local->unix_s, utc->unix_s);
  EXPECT_EQ(local->utc_offset_min, 60);
  for (const char* text :
       {"1904-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "1980-01-06T00:00:00Z",
        "2200-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-05T08:30:00", "2026-01-05"}) {
    EXPECT_FALSE(parse_recording_time(text)) << text;
  }
  EXPECT_FALSE(plausible_recording_time({1'767'601'800, 15 * 60}));
}

TEST(RecordingTime, IsWrittenInItsOwnZone) {
  EXPECT_EQ(iso_text({1'767'601'800, 60}), "2026-01-05T09:30:00+01:00");
  EXPECT_EQ(iso_text({1'767'601'800, -210}), "2026-01-05T05:00:00-03:30");
  EXPECT_EQ(iso_text({1'767'601'800, std::nullopt}), "2026-01-05T08:30:00+00:00");
  EXPECT_EQ(iso_text({-1, std::nullopt}), "1969-12-31T23:59:59+00:00");
  EXPECT_EQ(iso_text({951'782'399, std::nullopt}), "2000-02-28T23:59:59+00:00");
  EXPECT_EQ(iso_text({951'782'400, std::nullopt}), "2000-02-29T00:00:00+00:00");
  for (std::int64_t time = 0; time < 4'102'444'800; time += 86'399 * 17) {
    EXPECT_EQ(parse_recording_time(iso_text({time, 60})).value_or(ZonedTime{time, 60}).unix_s,
              time);
  }
}

}  // namespace
}  // namespace matside::base
