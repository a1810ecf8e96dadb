#include "agreement/pairing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agreement/study.h"
#include "agreement/test_curves.h"

namespace matside::agreement {
namespace {

using base::Seconds;
using exercise::KickingSide;
using formats::KneeMeasurement;
using ::testing::HasSubstr;

std::size_t count(const PairsOfKnees& pairs) { return pairs[0].size() + pairs[1].size(); }

TEST(Pairing, PairsEachTimeAndEachRepetition) {
  const auto reference = test_practice({.rate_hz = 100.0});
  const auto measured = test_practice({.clock_s = 12.0, .offset_deg = 3.0});
  const auto pairs = pair_measurements(measured, reference, std::nullopt, Zero::straight);
  ASSERT_TRUE(pairs) << pairs.error().message;
  EXPECT_NEAR(pairs.value().shift->shift.value(), -12.0, 0.003);
  EXPECT_NEAR(pairs.value().step.value(), 1.0 / 30.0, 1e-6);
  EXPECT_EQ(pairs.value().repetitions[0].size(), 6U);
  EXPECT_EQ(pairs.value().repetitions[1].size(), 5U);
  EXPECT_EQ(pairs.value().only_measured + pairs.value().only_reference, 0U);
  for (const auto& knee : pairs.value().in_time) {
    EXPECT_GT(knee.size(), 1700U);
    for (const TimedPair& pair : knee) {
      EXPECT_NEAR(pair.measured_deg - pair.reference_deg, 3.0, 0.6);
    }
  }
  for (const TimedPair& pair : pairs.value().repetitions[0]) {
    EXPECT_NEAR(pair.measured_deg - pair.reference_deg, 3.0, 0.2);
  }
}

TEST(Pairing, TakesAGivenShift) {
  const auto practice = test_practice();
  const auto pairs = pair_measurements(practice, practice, Seconds(0.0), Zero::straight);
  ASSERT_TRUE(pairs);
  EXPECT_TRUE(pairs.value().shift->given);
  EXPECT_EQ(count(pairs.value().in_time), 2 * 1800U);
}

TEST(Pairing, AboveRestTakesAwayEachLegsOwnRest) {
  const auto reference = test_practice();
  const auto measured = test_practice({.offset_deg = 12.0});
  const auto pairs = pair_measurements(measured, reference, Seconds(0.0), Zero::rest);
  ASSERT_TRUE(pairs);
  ASSERT_EQ(count(pairs.value().repetitions), 11U);
  for (const TimedPair& pair : pairs.value().repetitions[1]) {
    EXPECT_NEAR(pair.measured_deg, pair.reference_deg, 1e-9);
    EXPECT_GT(pair.reference_deg, 65.0);
  }
}

KneeMeasurement listed(std::vector<formats::ListedRepetition> repetitions) {
  KneeMeasurement practice;
  practice.repetitions = std::move(repetitions);
  return practice;
}

TEST(Pairing, PairsListedRepetitionsWithACurve) {
  const auto result = listed({{KickingSide::left, Seconds(5.1), Seconds(8.0), 70.0},
                              {KickingSide::right, Seconds(11.2), Seconds(14.0), 72.0},
                              {KickingSide::left, Seconds(40.0), Seconds(42.0), 60.0},
                              {KickingSide::unsure, Seconds(45.2), Seconds(47.8), 75.0}});
  const auto pairs = pair_measurements(result, test_practice(), std::nullopt, Zero::rest);
  ASSERT_TRUE(pairs) << pairs.error().message;
  EXPECT_FALSE(pairs.value().shift);
  EXPECT_EQ(count(pairs.value().in_time), 0U);
  ASSERT_EQ(pairs.value().repetitions[0].size(), 1U);
  ASSERT_EQ(pairs.value().repetitions[1].size(), 1U);
  EXPECT_DOUBLE_EQ(pairs.value().repetitions[0][0].measured_deg, 70.0);
  EXPECT_NEAR(pairs.value().repetitions[0][0].reference_deg, 71.0, 0.5);
  EXPECT_EQ(pairs.value().only_measured, 1U);
  EXPECT_EQ(pairs.value().only_reference, 9U);
  EXPECT_EQ(pairs.value().unsure, 1U);
}

TEST(Pairing, LeavesTheTimeOfAnUnsureRepetitionOut) {
  auto measured = test_practice();
  measured.repetitions.emplace();
  measured.repetitions->push_back({KickingSide::unsure, Seconds(4.0), Seconds(9.0), {}});
  const auto pairs = pair_measurements(measured, test_practice(), Seconds(0.0), Zero::straight);
  ASSERT_TRUE(pairs);
  for (const TimedPair& pair : pairs.value().in_time[0]) {
    EXPECT_FALSE(pair.time >= Seconds(4.0) && pair.time <= Seconds(9.0));
  }
  EXPECT_EQ(pairs.value().unsure, 1U);
  EXPECT_EQ(pairs.value().only_reference, 11U);
}

TEST(Pairing, DoesNotReadAcrossGaps) {
  auto measured = test_practice();
  auto& knee = measured.knees[0];
  knee.erase(knee.begin() + 180, knee.begin() + 210);  // Six to seven seconds: the first top.
  measured.repetitions.emplace();
  measured.repetitions->push_back({KickingSide::left, Seconds(5.2), Seconds(7.8), {}});
  const auto pairs = pair_measurements(measured, test_practice(), Seconds(0.0), Zero::straight);
  ASSERT_TRUE(pairs);
  for (const TimedPair& pair : pairs.value().in_time[0]) {
    EXPECT_FALSE(pair.time > Seconds(6.01) && pair.time < Seconds(6.95));
  }
  EXPECT_EQ(pairs.value().not_seen, 1U);
  EXPECT_TRUE(pairs.value().repetitions[0].empty());
}

TEST(Pairing, RefusesWhatHasNothingInCommon) {
  const auto practice = test_practice();
  const auto apart = pair_measurements(practice, practice, Seconds(1000.0), Zero::straight);
  ASSERT_FALSE(apart);
  EXPECT_THAT(apart.error().message, HasSubstr("no time in common"));
  EXPECT_FALSE(pair_measurements({}, practice, Seconds(0.0), Zero::straight));
  auto left = practice;
  left.knees[1].clear();
  auto right = practice;
  right.knees[0].clear();
  EXPECT_FALSE(pair_measurements(left, right, std::nullopt, Zero::straight));
}

TEST(Study, SortsPairsBySideAndByTheMeanOfBoth) {
  const auto pairs = pair_measurements(test_practice({.offset_deg = 2.0}), test_practice(),
                                       Seconds(0.0), Zero::straight);
  const auto rows = study({pairs.value()});
  std::size_t whole = 0;
  std::size_t parts = 0;
  std::size_t sides = 0;
  for (const StudyRow& row : rows) {
    if (row.kind != PairKind::time) continue;
    if (!row.side && row.range.name == "all") whole = row.agreement.pairs;
    if (!row.side && row.range.name != "all") parts += row.agreement.pairs;
    if (row.side && row.range.name == "all") sides += row.agreement.pairs;
    EXPECT_NEAR(row.agreement.bias.value, 2.0, 1e-9);
  }
  EXPECT_EQ(whole, 3600U);
  EXPECT_EQ(parts, whole);
  EXPECT_EQ(sides, whole);
  EXPECT_EQ(rows.front().kind, PairKind::repetition);
  EXPECT_EQ(rows.front().range.name, "all");
}

}  // namespace
}  // namespace matside::agreement
