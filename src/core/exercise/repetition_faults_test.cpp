#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "core/exercise/repetition_faults.h"
#include "tests/support/exercise.h"
#include "tests/support/kick_signals.h"

namespace matside::exercise {
namespace {

using base::Degrees;
using base::Seconds;
using signal::Sample;

const Definition& kick() { return support::single_leg_kick(); }

/// The repetition's fault of that signal that is checked at the level, if any.
const Fault* fault_at(Signal signal, int level) {
  const auto found = std::ranges::find_if(kick().faults, [&](const Fault& f) {
    return !f.of_set && f.signal == signal && f.applies_at(level);
  });
  return found == kick().faults.end() ? nullptr : &*found;
}

/// A drawn repetition without a fault; tests change it.
struct Drawn {
  explicit Drawn(int number = 1) : level(kick().level(number)) {
    rep.greatest_bend = Degrees(level->knee_aim.value);
    rep.kicks.resize(static_cast<std::size_t>(level->kicks));
    const Fault* lack = fault_at(Signal::thigh_lift_lack, number);
    const double lift_deg = lack != nullptr ? lack->on.value + 3.0 : 0.0;
    rep.thigh_lift = ThighLift{Degrees(lift_deg), Degrees(1.0), std::nullopt};
    rep.measures.transit_70_20_s = Measured{level->transit_70_20.value + 0.5, 0.05, 0.0};
  }

  [[nodiscard]] std::vector<DetectedFault> faults() const {
    Repetition seen = rep;
    seen.kicks_well_seen = kicks_are_well_seen(signals, rep, kick().measurement);
    return find_faults(signals, seen, stop_deg, kick(), *level);
  }
  [[nodiscard]] bool has(Signal signal) const {
    const Fault* fault = fault_at(signal, level->number);
    return fault != nullptr && std::ranges::count(faults(), fault->id, &DetectedFault::id) == 1;
  }

  const Level* level;
  SegmentSignals signals = support::drawn_kicks();
  Repetition rep = support::drawn_repetition();
  IncompleteLowering stop_deg;
};

/// A signal that leaves 0 for a value, from one second on, for so long.
void hold(std::vector<Sample>& samples, double value, double length_s) {
  for (Sample& s : samples) {
    if (s.time.value() >= 1.0 && s.time.value() <= 1.0 + length_s) s.value = value;
  }
}

TEST(RepetitionFaults, of_a_clean_repetition_are_none_at_any_level) {
  for (const Level& level : kick().levels) {
    for (const DetectedFault& found : Drawn(level.number).faults()) {
      ADD_FAILURE() << level.number << ' ' << found.id << ' ' << found.value;
    }
  }
}

TEST(RepetitionFaults, are_no_small_kick_within_the_error_of_its_angle) {
  Drawn drawn;
  const double border = drawn.level->knee_min.value - fault_at(Signal::peak_knee, 1)->on.value;
  const auto small_at = [&](double bend_deg) {
    drawn.rep.greatest_bend = Degrees(bend_deg);
    drawn.rep.measures.greatest_bend_deg = Measured{bend_deg, 0.9, 4.0};  // 4.1 together
    return drawn.has(Signal::peak_knee);
  };
  EXPECT_FALSE(small_at(border - 4.0));
  EXPECT_TRUE(small_at(border - 4.2));
}

TEST(RepetitionFaults, say_what_was_measured_against_what_and_the_cue) {
  Drawn drawn;
  drawn.rep.measures.transit_70_20_s = Measured{0.1, 0.02, 0.0};
  const Fault& fault = *fault_at(Signal::transit_70_20, 1);
  ASSERT_EQ(drawn.faults().size(), 1U);
  const DetectedFault found = drawn.faults()[0];
  EXPECT_EQ(found.id, fault.id);
  EXPECT_EQ(found.value, 0.1);
  EXPECT_EQ(found.threshold, fault.on.value);
  EXPECT_EQ(found.unit, fault.on.unit);
  EXPECT_EQ(found.cue, kick().words_for(fault.id)->cue);
}

TEST(RepetitionFaults, come_with_the_most_important_first) {
  Drawn drawn;
  drawn.rep.measures.transit_70_20_s = Measured{0.1, 0.02, 0.0};
  drawn.rep.greatest_bend = Degrees(30.0);
  drawn.rep.kicks.resize(1);
  drawn.stop_deg = 45.0;
  hold(drawn.signals.hip_rise, 0.5, 2.0);
  const auto found = drawn.faults();
  ASSERT_EQ(found.size(), 5U);
  for (std::size_t i = 1; i < found.size(); ++i) {
    EXPECT_LE(kick().fault(found[i - 1].id)->priority, kick().fault(found[i].id)->priority);
  }
}

/// A fault that shows where a signal stays beyond a border for a while.
struct Sustained {
  Signal signal;
  std::vector<Sample> SegmentSignals::*samples;
  double sign;  ///< of the signal's values that are faults
};

constexpr Sustained kSustained[] = {
    {Signal::hip_rise, &SegmentSignals::hip_rise, 1.0},
    {Signal::trunk_incline, &SegmentSignals::chest, -1.0},
    {Signal::neck_angle, &SegmentSignals::neck, -1.0},
    {Signal::neck_raise, &SegmentSignals::neck, 1.0},
};

class SustainedFault : public testing::TestWithParam<Sustained> {
 protected:
  [[nodiscard]] static const Fault& fault() { return *fault_at(GetParam().signal, 1); }
  [[nodiscard]] static double border() { return std::abs(fault().on.value); }
  [[nodiscard]] static double least_s() { return fault().min_duration->value; }
  /// Whether it is found where the signal is so far beyond 0 for so long.
  [[nodiscard]] static bool found(double size, double length_s) {
    Drawn drawn;
    hold(drawn.signals.*GetParam().samples, GetParam().sign * size, length_s);
    return drawn.has(GetParam().signal);
  }
};

TEST_P(SustainedFault, needs_a_value_beyond_the_border) {
  EXPECT_FALSE(found(0.95 * border(), 2.5));
  EXPECT_TRUE(found(1.05 * border(), 2.5));
  EXPECT_FALSE(found(-2.0 * border(), 2.5)) << "the other way";
}

TEST_P(SustainedFault, needs_to_last) {
  EXPECT_FALSE(found(2.0 * border(), least_s() - 0.1));
  EXPECT_TRUE(found(2.0 * border(), least_s() + 0.1));
}

TEST_P(SustainedFault, outside_the_repetition_does_not_count) {
  Drawn drawn;
  hold(drawn.signals.*GetParam().samples, GetParam().sign * 2.0 * border(), 3.5);
  drawn.rep.end = Seconds(0.9);
  EXPECT_FALSE(drawn.has(GetParam().signal));
}

TEST_P(SustainedFault, lasts_until_the_value_is_back_within_the_lower_border) {
  ASSERT_TRUE(fault().off);
  const double between = 0.5 * (border() + std::abs(fault().off->value));
  Drawn drawn;
  auto& samples = drawn.signals.*GetParam().samples;
  hold(samples, GetParam().sign * between, least_s() + 0.3);
  EXPECT_FALSE(drawn.has(GetParam().signal)) << "it never began";
  hold(samples, GetParam().sign * 1.2 * border(), 0.1);
  EXPECT_TRUE(drawn.has(GetParam().signal));
}

TEST_P(SustainedFault, is_as_large_as_its_greatest_value) {
  Drawn drawn;
  auto& samples = drawn.signals.*GetParam().samples;
  hold(samples, GetParam().sign * 1.5 * border(), 2.5);
  hold(samples, GetParam().sign * 2.5 * border(), 0.2);
  ASSERT_EQ(drawn.faults().size(), 1U);
  EXPECT_NEAR(std::abs(drawn.faults()[0].value), 2.5 * border(), 1e-9);
}

INSTANTIATE_TEST_SUITE_P(Signals, SustainedFault, testing::ValuesIn(kSustained),
                         [](const testing::TestParamInfo<Sustained>& made) {
                           return fault_at(made.param.signal, 1)->id;
                         });

TEST(HipsLifting, has_to_stand_out_of_the_noise_at_rest) {
  const Fault& fault = *fault_at(Signal::hip_rise, 1);
  Drawn drawn;
  hold(drawn.signals.hip_rise, 1.1 * fault.on.value, 2.0);
  EXPECT_TRUE(drawn.has(Signal::hip_rise));
  drawn.signals.rest_noise.hip_thigh_lengths = fault.on.value;
  EXPECT_FALSE(drawn.has(Signal::hip_rise));
}

TEST(DroppedFoot, falls_faster_than_the_border_by_more_than_its_deviation) {
  const double border_s = fault_at(Signal::transit_70_20, 1)->on.value;
  Drawn drawn;
  for (const double deviation : {0.0, 0.02, 0.06}) {
    for (const double off : {-0.05, -0.03, -0.01, 0.01}) {
      drawn.rep.measures.transit_70_20_s =
          Measured{border_s + off, 0.6 * deviation, 0.8 * deviation};
      EXPECT_EQ(drawn.has(Signal::transit_70_20), off + deviation < 0.0) << off << deviation;
    }
  }
  drawn.rep.measures.transit_70_20_s.reset();
  EXPECT_FALSE(drawn.has(Signal::transit_70_20)) << "not measured";
}

TEST(ShallowKick, is_below_the_levels_full_kick_by_more_than_the_border) {
  for (const Level& level : kick().levels) {
    const double border = fault_at(Signal::peak_knee, level.number)->on.value;
    Drawn drawn(level.number);
    for (const double off : {-1.0, 1.0}) {
      drawn.rep.greatest_bend = Degrees(level.knee_min.value - border + off);
      EXPECT_EQ(drawn.has(Signal::peak_knee), off < 0.0) << level.number;
    }
  }
}

TEST(KickCount, is_a_fault_where_one_is_missing_or_too_many) {
  for (const Level& level : kick().levels) {
    Drawn drawn(level.number);
    drawn.rep.kicks.resize(static_cast<std::size_t>(level.kicks) + 1);
    EXPECT_TRUE(drawn.has(Signal::kicks_beyond)) << level.number;
    if (level.kicks < 2) continue;
    drawn.rep.kicks.resize(static_cast<std::size_t>(level.kicks) - 1);
    EXPECT_TRUE(drawn.has(Signal::kick_count)) << level.number;
  }
}

TEST(KickCount, is_no_fault_where_the_top_was_badly_seen) {
  for (const std::size_t kicks : {std::size_t{1}, std::size_t{3}}) {
    Drawn drawn;
    drawn.rep.kicks.resize(kicks);
    const double too_much = kick().measurement.kick_top_deviation_max.value + 1.0;
    for (std::size_t i = 0; i < drawn.signals.knee.size(); ++i) {
      if (drawn.signals.knee[i].value > 100.0) drawn.signals.knee_deviation[i] = too_much;
    }
    EXPECT_FALSE(drawn.has(Signal::kick_count)) << kicks;
    EXPECT_FALSE(drawn.has(Signal::kicks_beyond)) << kicks;
  }
}

TEST(IncompleteLowering, stops_at_or_above_the_border) {
  const double border = fault_at(Signal::lowering_stop, 1)->on.value;
  Drawn drawn;
  EXPECT_FALSE(drawn.has(Signal::lowering_stop));
  drawn.stop_deg = border - 0.1;
  EXPECT_FALSE(drawn.has(Signal::lowering_stop));
  drawn.stop_deg = border;
  EXPECT_TRUE(drawn.has(Signal::lowering_stop));
}

// A knee that bends along a straight line, this many times as fast as the border of a thrown
// kick: that is its greatest speed.
Drawn bent_at(double factor) {
  const double speed = factor * fault_at(Signal::bend_speed, 1)->on.value;
  Drawn drawn;
  for (Sample& s : drawn.signals.knee) {
    if (s.time.value() >= 1.0) continue;
    s.value = std::max(0.0, support::kDrawnBendDeg - speed * (1.0 - s.time.value()));
  }
  return drawn;
}

TEST(ThrownKick, bends_faster_than_the_border_by_more_than_the_speeds_deviation) {
  EXPECT_FALSE(bent_at(0.9).has(Signal::bend_speed));
  EXPECT_FALSE(bent_at(1.03).has(Signal::bend_speed)) << "412, give or take 30";
  EXPECT_TRUE(bent_at(1.25).has(Signal::bend_speed));
}

TEST(ThrownKick, is_less_sure_the_noisier_the_joints_are) {
  Drawn drawn = bent_at(1.25);
  for (double& deviation : drawn.signals.knee_deviation) deviation = 3.0;
  EXPECT_TRUE(drawn.has(Signal::bend_speed));
  for (double& deviation : drawn.signals.knee_deviation) deviation = 5.0;
  EXPECT_FALSE(drawn.has(Signal::bend_speed));
}

TEST(ThrownKick, is_less_sure_the_less_the_times_are_known) {
  Drawn drawn = bent_at(1.25);
  drawn.signals.time_noise = Seconds(0.005);
  EXPECT_TRUE(drawn.has(Signal::bend_speed));
  drawn.signals.time_noise = Seconds(0.02);
  EXPECT_FALSE(drawn.has(Signal::bend_speed));
}

TEST(ThrownKick, a_fast_lowering_is_none) {
  Drawn drawn;
  for (Sample& s : drawn.signals.knee) {
    if (s.time.value() > support::kSecondKickS) s.value = 0.0;
  }
  EXPECT_FALSE(drawn.has(Signal::bend_speed));
}

TEST(ThighLeavingTheMat, is_surely_beyond_the_border_or_beyond_what_is_usual) {
  const Fault& fault = *fault_at(Signal::thigh_lift, 1);
  const double on = fault.on.value;
  const double significant = fault.details.significance->value;
  const auto lifted = [&](double lift, double deviation, std::optional<double> beyond) {
    Drawn drawn;
    drawn.rep.thigh_lift = ThighLift{Degrees(lift), Degrees(deviation), std::nullopt};
    if (beyond) drawn.rep.thigh_lift->beyond_usual = Degrees(*beyond);
    drawn.rep.thigh_lift->beyond_deviation = Degrees(1.2);
    return drawn.has(Signal::thigh_lift);
  };
  EXPECT_TRUE(lifted(on + 2.0, 1.5, std::nullopt));
  EXPECT_FALSE(lifted(on + 1.0, 1.5, std::nullopt)) << "within its uncertainty";
  EXPECT_TRUE(lifted(on + 1.0, 1.5, 1.2 * significant + 0.1));
  EXPECT_FALSE(lifted(on + 1.0, 1.5, 1.2 * significant - 0.1));
  EXPECT_FALSE(lifted(on - 0.1, 0.1, 50.0)) << "not beyond the border";
}

TEST(ThighLeavingTheMat, is_no_fault_where_it_was_not_measured) {
  for (const Level& level : kick().levels) {
    Drawn drawn(level.number);
    drawn.rep.thigh_lift.reset();
    EXPECT_FALSE(drawn.has(Signal::thigh_lift));
    EXPECT_FALSE(drawn.has(Signal::thigh_lift_lack));
  }
}

TEST(ThighNotLifted, is_a_fault_only_where_the_level_asks_for_it) {
  for (const Level& level : kick().levels) {
    Drawn drawn(level.number);
    drawn.rep.thigh_lift = ThighLift{Degrees(0.0), Degrees(1.0), std::nullopt};
    const bool asked = fault_at(Signal::thigh_lift_lack, level.number) != nullptr;
    EXPECT_EQ(drawn.has(Signal::thigh_lift_lack), asked) << level.number;
    drawn.rep.hip_rise_thigh_lengths = 0.5;
    EXPECT_EQ(drawn.has(Signal::thigh_lift_lack), asked) << "the knee shows it";
    drawn.signals.in_space = true;
    EXPECT_FALSE(drawn.has(Signal::thigh_lift_lack)) << "raised hips tilt the thigh";
  }
}

TEST(RepetitionFaults, include_none_of_the_set) {
  Drawn drawn;
  drawn.rep.elbow_forward = 50.0;
  drawn.rep.hip_at_top_thigh_lengths = 5.0;
  EXPECT_TRUE(drawn.faults().empty());
}

}  // namespace
}  // namespace matside::exercise
