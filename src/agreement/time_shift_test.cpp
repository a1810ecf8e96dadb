#include "agreement/time_shift.h"

#include <gtest/gtest.h>

#include <random>

#include "agreement/bends.h"
#include "agreement/test_curves.h"

namespace matside::agreement {
namespace {

Curves curves_in(const formats::KneeMeasurement& practice) {
  return {Curve(practice.knees[0]), Curve(practice.knees[1])};
}

TEST(TimeShift, IsFoundAtAnyRateAndOffset) {
  const auto reference = test_practice({.rate_hz = 100.0});
  for (const double clock_s : {-31.337, -0.05, 0.0, 0.123, 7.777, 1.7e9}) {
    for (const double rate_hz : {15.0, 30.0, 59.94, 240.0}) {
      const auto measured = test_practice(
          {.rate_hz = rate_hz, .clock_s = clock_s, .offset_deg = 4.0, .scale = 0.9});
      const auto shift = find_time_shift(curves_in(measured), curves_in(reference));
      ASSERT_TRUE(shift) << clock_s << " s, " << rate_hz << " Hz";
      EXPECT_NEAR(shift->shift.value(), -clock_s, 0.003) << rate_hz << " Hz";
      EXPECT_GT(shift->correlation, 0.999);
      EXPECT_FALSE(shift->given);
    }
  }
}

TEST(TimeShift, IsAsSureAsItsStandardErrorSays) {
  const auto reference = test_practice({.rate_hz = 100.0});
  std::mt19937 random(5);
  std::normal_distribution<double> noise(0.0, 3.0);
  int within = 0;
  constexpr int kTrials = 40;
  for (int i = 0; i < kTrials; ++i) {
    auto measured = test_practice({.clock_s = -2.5});
    for (auto& knee : measured.knees) {
      for (auto& sample : knee) sample.value += noise(random);
    }
    const auto shift = find_time_shift(curves_in(measured), curves_in(reference));
    ASSERT_TRUE(shift && shift->standard_error);
    EXPECT_EQ(shift->bends, 11U);
    EXPECT_LT(shift->standard_error->value(), 0.02);
    const double error_s = std::abs(shift->shift.value() - 2.5);
    within += error_s < 3.0 * shift->standard_error->value() ? 1 : 0;
  }
  EXPECT_GE(within, kTrials * 9 / 10);
}

TEST(TimeShift, IsFoundWhereTheMeasurementsShareOnlyAPart) {
  const auto whole = test_practice({.rate_hz = 50.0});
  auto part = test_practice({.clock_s = 100.0});
  for (auto& knee : part.knees) knee.erase(knee.begin(), knee.begin() + 600);
  const auto shift = find_time_shift(curves_in(part), curves_in(whole));
  ASSERT_TRUE(shift);
  EXPECT_NEAR(shift->shift.value(), -100.0, 0.003);
}

TEST(TimeShift, IsNotFoundWithoutCommonMovement) {
  auto still = test_practice();
  for (auto& knee : still.knees) {
    for (auto& sample : knee) sample.value = kTestRest_deg;
  }
  const auto moving = test_practice();
  EXPECT_FALSE(find_time_shift(curves_in(still), curves_in(moving)));
  std::mt19937 random(5);
  std::normal_distribution<double> noise(0.0, 30.0);
  for (auto& knee : still.knees) {
    for (auto& sample : knee) sample.value += noise(random);
  }
  EXPECT_FALSE(find_time_shift(curves_in(still), curves_in(moving)));
  EXPECT_FALSE(find_time_shift(curves_in({}), curves_in(moving)));
}

TEST(TimeShift, HasARivalWhereTheMovementRepeatsEvenly) {
  // The left knee alone, each bend like the others.
  formats::KneeMeasurement even;
  for (int i = 0; i < 3000; ++i) {
    const double time_s = i / 30.0;
    even.knees[0].push_back(
        {base::Seconds(time_s), test_flexion_deg(std::fmod(time_s, 10.0), 5.0)});
  }
  const auto shift = find_time_shift(curves_in(even), curves_in(even));
  ASSERT_TRUE(shift && shift->rival);
  const double apart_s = shift->rival->value() - shift->shift.value();
  EXPECT_GT(std::abs(apart_s), 9.0);
  EXPECT_NEAR(std::remainder(apart_s, 10.0), 0.0, 0.2);
}

TEST(Bends, AreFoundWithTheirStartAndEnd) {
  const auto practice = test_practice({.rate_hz = 100.0});
  const auto bends = bends_in(Curve(practice.knees[0]));
  ASSERT_EQ(bends.size(), 6U);
  EXPECT_NEAR(bends[0].start.value(), 5.45, 0.1);
  EXPECT_NEAR(bends[0].end.value(), 7.55, 0.1);
  EXPECT_TRUE(bends_in(Curve({})).empty());
}

TEST(Bends, LeaveOutWhatIsCutOff) {
  auto practice = test_practice();
  auto& knee = practice.knees[0];
  knee.erase(knee.begin(), knee.begin() + 195);        // It begins within the first bend.
  knee.erase(knee.begin() + 300, knee.begin() + 330);  // A gap within the second.
  EXPECT_EQ(bends_in(Curve(knee)).size(), 4U);
}

}  // namespace
}  // namespace matside::agreement
