#include "core/exercise/thigh_lift.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <vector>

#include "tests/support/exercise.h"
#include "tests/support/kick_signals.h"

namespace matside::exercise {
namespace {

using base::Degrees;
using base::Seconds;

constexpr LegContext kNear{.hidden = false, .wanted = false};
constexpr LegContext kFar{.hidden = true, .wanted = false};
constexpr LegContext kNearWanted{.hidden = false, .wanted = true};

const MeasurementRules& rules() { return support::single_leg_kick().measurement; }

/// A thigh that reads so much at the knee and at the ankle all the time.
SegmentSignals lifted(double knee_deg, double ankle_deg) {
  SegmentSignals signals = support::drawn_kicks();
  for (auto& s : signals.thigh) s.value = knee_deg;
  for (auto& s : signals.thigh_from_ankle) s.value = ankle_deg;
  return signals;
}

std::optional<ThighLift> lift_of(const SegmentSignals& signals, LegContext leg,
                                 LiftHistory& earlier) {
  return estimate_thigh_lift(signals, support::drawn_repetition(), leg, rules(), earlier);
}

double lift_deg(const SegmentSignals& signals, LegContext leg, LiftHistory earlier = {}) {
  const auto lift = lift_of(signals, leg, earlier);
  EXPECT_TRUE(lift.has_value());
  return lift ? lift->lift.value() : 1e9;
}

/// So many repetitions that read alike.
LiftHistory repeated(double deg, double apart_deg = 0.0, int times = 3) {
  const auto count = static_cast<std::size_t>(times);
  return {std::vector<double>(count, deg), std::vector<double>(count, apart_deg)};
}

TEST(ThighLiftEstimate, is_the_reading_without_what_networks_add) {
  for (const double deg : {-3.0, 0.0, 8.0, 15.0}) {
    EXPECT_NEAR(lift_deg(lifted(deg, deg), kNear), deg - rules().thigh_near_bias.value, 1e-9);
    EXPECT_NEAR(lift_deg(lifted(deg, deg), kFar), deg - rules().thigh_far_bias.value, 1e-9);
  }
}

TEST(ThighLiftEstimate, is_read_at_the_knee_while_the_ankles_error_is_not_known) {
  EXPECT_NEAR(lift_deg(lifted(6.0, 30.0), kNear), 6.0 - rules().thigh_near_bias.value, 1e-9);
}

TEST(ThighLiftEstimate, joins_the_knee_and_what_the_ankle_reads_beyond_its_usual_error) {
  const double at_knee = rules().thigh_knee_weight.value;
  for (const double apart_deg : {-8.0, 0.0, 5.0}) {
    const auto read_deg = [&](double knee_deg, double ankle_deg) {
      return lift_deg(lifted(knee_deg, ankle_deg + apart_deg), kNearWanted,
                      repeated(0.0, apart_deg)) +
             rules().thigh_near_bias.value;
    };
    EXPECT_NEAR(read_deg(7.0, 7.0), 7.0, 1e-9);
    EXPECT_NEAR(read_deg(10.0, 0.0), 10.0 * at_knee, 1e-9);
    EXPECT_NEAR(read_deg(0.0, 10.0), 10.0 * (1.0 - at_knee), 1e-9);
  }
}

TEST(ThighLiftEstimate, is_less_sure_of_a_hidden_leg) {
  LiftHistory near_earlier;
  LiftHistory far_earlier;
  const SegmentSignals signals = lifted(5.0, 5.0);
  const auto near = lift_of(signals, kNear, near_earlier);
  const auto far = lift_of(signals, kFar, far_earlier);
  EXPECT_NEAR(near->deviation.value(),
              std::hypot(rules().thigh_near_noise_ratio.value * signals.rest_noise.thigh_deg,
                         rules().thigh_near_bias_deviation.value),
              1e-9);
  EXPECT_GT(far->deviation, near->deviation);
}

TEST(ThighLiftEstimate, gets_surer_with_each_repetition_but_not_of_what_they_share) {
  LiftHistory earlier;
  const SegmentSignals signals = lifted(5.0, 5.0);
  double last = 1e9;
  for (int i = 0; i < 20; ++i) {
    const double deviation = lift_of(signals, kFar, earlier)->deviation.value();
    EXPECT_LT(deviation, last) << i;
    EXPECT_GT(deviation, rules().thigh_far_bias_deviation.value) << i;
    last = deviation;
  }
}

TEST(ThighLiftEstimate, is_surer_of_a_difference_than_of_the_lift) {
  LiftHistory earlier = repeated(5.0, 0.0, 6);
  const auto lift = lift_of(lifted(9.0, 9.0), kFar, earlier);
  EXPECT_LT(lift->beyond_deviation, lift->deviation);
  EXPECT_GT(lift->beyond_deviation.value(), 0.0);
}

TEST(ThighLiftEstimate, believes_only_the_top_of_the_kicks) {
  SegmentSignals signals = lifted(5.0, 5.0);
  const double plain = lift_deg(signals, kNear);
  const double window_s = rules().thigh_window.value;
  for (auto* samples : {&signals.thigh, &signals.thigh_from_ankle}) {
    for (auto& s : *samples) {
      const bool before = s.time.value() < support::kFirstKickS - window_s - 0.01;
      const bool after = s.time.value() > support::kSecondKickS + window_s + 0.01;
      if (before || after) s.value = 60.0;
    }
  }
  EXPECT_NEAR(lift_deg(signals, kNear), plain, 1e-9);
}

TEST(ThighLiftEstimate, ignores_a_minority_of_wild_frames) {
  SegmentSignals signals = lifted(5.0, 5.0);
  const double plain = lift_deg(signals, kNear);
  for (std::size_t i = 0; i < signals.thigh.size(); i += 3) signals.thigh[i].value = 80.0;
  EXPECT_NEAR(lift_deg(signals, kNear), plain, 1e-9);
}

TEST(ThighLiftEstimate, is_absent_where_the_top_was_not_seen_and_teaches_nothing) {
  for (const bool knee : {true, false}) {
    SegmentSignals signals = lifted(5.0, 5.0);
    auto& samples = knee ? signals.thigh : signals.thigh_from_ankle;
    std::erase_if(samples, [](const signal::Sample& s) {
      return s.time.value() > 0.5 && s.time.value() < 2.5;
    });
    LiftHistory earlier;
    EXPECT_FALSE(lift_of(signals, kNear, earlier));
    EXPECT_TRUE(earlier.lifts.empty() && earlier.apart.empty());
  }
}

TEST(ThighLiftEstimate, remembers_each_reading_as_it_was_read) {
  LiftHistory earlier;
  lift_of(lifted(6.0, 4.0), kNear, earlier);
  lift_of(lifted(9.0, 7.0), kFar, earlier);
  EXPECT_EQ(earlier.lifts, (std::vector<double>{6.0, 9.0}));
  EXPECT_EQ(earlier.apart, (std::vector<double>{-2.0, -2.0}));
}

TEST(ThighLiftEstimate, knows_what_is_usual_only_after_enough_repetitions) {
  const int enough = static_cast<int>(rules().thigh_history_min.value);
  LiftHistory earlier = repeated(4.0, 0.0, enough - 1);
  EXPECT_FALSE(lift_of(lifted(9.0, 9.0), kNear, earlier)->beyond_usual);
  earlier = repeated(4.0, 0.0, enough);
  const auto lift = lift_of(lifted(9.0, 9.0), kNear, earlier);
  ASSERT_TRUE(lift->beyond_usual);
  EXPECT_NEAR(lift->beyond_usual->value(), 5.0, 1e-9);
}

TEST(ThighLiftEstimate, takes_off_the_legs_usual_error_but_no_more_than_an_error_can_be) {
  const double bias = rules().thigh_near_bias.value;
  const double most = rules().thigh_error_max.value * rules().thigh_near_bias_deviation.value;
  for (const double sign : {-1.0, 1.0}) {
    const double small = bias + sign * 0.5 * most;
    EXPECT_NEAR(lift_deg(lifted(9.0, 9.0), kNear, repeated(small)), 9.0 - small, 1e-9);
    EXPECT_NEAR(lift_deg(lifted(9.0, 9.0), kNear, repeated(bias + sign * 3.0 * most)),
                9.0 - bias - sign * most, 1e-9);
  }
}

TEST(ThighLiftEstimate, in_space_is_the_reading_itself) {
  for (const bool hidden : {false, true}) {
    const LegContext leg{.hidden = hidden, .wanted = false, .in_space = true};
    EXPECT_NEAR(lift_deg(lifted(9.0, 9.0), leg, repeated(4.0)), 9.0, 1e-9);
    LiftHistory earlier;
    const SegmentSignals signals = lifted(9.0, 9.0);
    EXPECT_NEAR(lift_of(signals, leg, earlier)->deviation.value(), signals.rest_noise.thigh_deg,
                1e-9);
  }
}

TEST(ThighLiftEstimate, takes_a_wanted_lift_for_no_error) {
  EXPECT_NEAR(lift_deg(lifted(9.0, 9.0), kNearWanted, repeated(8.0)),
              9.0 - rules().thigh_near_bias.value, 1e-9);
}

}  // namespace
}  // namespace matside::exercise
