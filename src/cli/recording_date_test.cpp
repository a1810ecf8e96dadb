#include "cli/recording_date.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace matside::cli {
namespace {

using base::ZonedTime;
using formats::DateSource;

constexpr std::int64_t kNow_s = 1'767'600'000;  // 5 January 2026, 8:00 UTC
const records::LocalTime kNow{{kNow_s}, 60};

/// A computer in Berlin, one hour ahead of UTC and two in summer.
class RecordingDateTest : public ::testing::Test {
 protected:
  void SetUp() override {
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    tzset();
  }
  void TearDown() override {
    unsetenv("TZ");
    tzset();
  }
};

TEST_F(RecordingDateTest, OfAnOptionIsInThisComputersZoneUnlessItNamesOne) {
  EXPECT_EQ(parse_date_option("2026-01-04T09:30", kNow).value(),
            (ZonedTime{1'767'515'400, 60}));
  EXPECT_EQ(parse_date_option("2025-07-01T09:30", kNow).value(),
            (ZonedTime{1'751'355'000, 120}));
  EXPECT_EQ(parse_date_option("2026-01-04T09:30Z", kNow).value(),
            (ZonedTime{1'767'519'000, 0}));
  EXPECT_EQ(parse_date_option("2026-01-04", kNow).value(), (ZonedTime{1'767'524'400, 60}));
}

TEST_F(RecordingDateTest, OfTodayIsNoLaterThanNow) {
  EXPECT_EQ(parse_date_option("2026-01-05", kNow).value().unix_s, kNow_s);
  EXPECT_EQ(parse_date_option("2026-01-06", kNow).error().kind, base::ErrorKind::usage);
  EXPECT_EQ(parse_date_option("2026-01-05T09:01", kNow).error().kind, base::ErrorKind::usage);
  EXPECT_EQ(parse_date_option("1990-01-01", kNow).error().kind, base::ErrorKind::usage);
  EXPECT_EQ(parse_date_option("Monday", kNow).error().kind, base::ErrorKind::usage);
}

TEST_F(RecordingDateTest, IsTheFilesOwnBeforeTheAnalysisAndAfterTheOption) {
  formats::AnalysisRecord record;
  EXPECT_EQ(date_practice(record, std::nullopt, kNow).instant.unix_s, kNow_s);
  EXPECT_EQ(record.source.date.from, DateSource::analysis);
  record.source.date = {DateSource::file, ZonedTime{kNow_s - 100, std::nullopt}};
  const records::LocalTime own = date_practice(record, std::nullopt, kNow);
  EXPECT_EQ(own.instant.unix_s, kNow_s - 100);
  EXPECT_EQ(own.utc_offset_min, 60);
  EXPECT_EQ(dated_text(own, record.source.date.from),
            "2026-01-05 08:58 (the recording's own date)");
  const auto given = date_practice(record, ZonedTime{kNow_s - 200, -300}, kNow);
  EXPECT_EQ(given.instant.unix_s, kNow_s - 200);
  EXPECT_EQ(given.utc_offset_min, -300);
  EXPECT_EQ(record.source.date.from, DateSource::given);
}

TEST_F(RecordingDateTest, OfAClockThatRunsAheadIsNotUsed) {
  formats::AnalysisRecord record;
  record.source.date = {DateSource::file, ZonedTime{kNow_s + 1, std::nullopt}};
  EXPECT_EQ(date_practice(record, std::nullopt, kNow).instant.unix_s, kNow_s);
  EXPECT_EQ(record.source.date.from, DateSource::analysis);
  EXPECT_FALSE(record.source.date.time);
}

}  // namespace
}  // namespace matside::cli
