#include "core/cycle/cycle_tracker.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "tests/support/exercise.h"

namespace matside::cycle {
namespace {

using exercise::MovementPhase;

/// The phases in turn, and the peaks, while the channel goes through `values` at 30 a second.
struct Followed {
  std::vector<MovementPhase> phases;
  int peaks = 0;
};

Followed follow(const char* id, const std::vector<double>& values) {
  const exercise::Definition& exercise = support::sister_move(id);
  CycleTracker tracker(exercise, *exercise.level(0));
  Followed out;
  base::Seconds time(10.0);
  for (const double value : values) {
    time = time + base::Seconds(1.0 / 30.0);
    tracker.update(time, value, pose::Side::left);
    const MovementPhase phase = tracker.movement().phase;
    if (out.phases.empty() || out.phases.back() != phase) out.phases.push_back(phase);
    out.peaks = tracker.movement().kicks;
  }
  return out;
}

/// From each value to the next in that many steps.
std::vector<double> ramps(const std::vector<double>& values, int steps) {
  std::vector<double> out;
  for (std::size_t i = 1; i < values.size(); ++i) {
    for (int k = 0; k < steps; ++k)
      out.push_back(values[i - 1] + (values[i] - values[i - 1]) * k / steps);
  }
  return out;
}

TEST(CycleTracker, ShowsRiseHoldAndLoweringOfALift) {
  const Followed lift = follow("prone-leg-lift", ramps({0.0, 11.0, 11.0, 0.0}, 30));
  EXPECT_EQ(lift.peaks, 1);
  EXPECT_EQ(lift.phases, (std::vector{MovementPhase::bending, MovementPhase::kicking,
                                      MovementPhase::lowering}));
}

TEST(CycleTracker, CountsEachPulse) {
  const Followed pulses =
      follow("double-leg-kick", ramps({0.0, 100.0, 76.0, 100.0, 76.0, 100.0, 0.0}, 12));
  EXPECT_EQ(pulses.peaks, 3);
  EXPECT_EQ(pulses.phases.back(), MovementPhase::lowering);
}

TEST(CycleTracker, CountsNothingThatStaysBelowWhatCounts) {
  EXPECT_EQ(follow("double-leg-kick", ramps({0.0, 25.0, 0.0}, 20)).peaks, 0);
}

TEST(CycleTracker, ForgetsItsPeaksAtRest) {
  const exercise::Definition& exercise = support::sister_move("prone-leg-lift");
  CycleTracker tracker(exercise, *exercise.level(0));
  base::Seconds time(1.0);
  for (const double value : ramps({0.0, 11.0, 11.0, 0.0}, 30)) {
    time = time + base::Seconds(1.0 / 30.0);
    tracker.update(time, value, pose::Side::right);
  }
  EXPECT_EQ(tracker.movement().raised, pose::Side::right);
  tracker.rest();
  EXPECT_EQ(tracker.movement().phase, MovementPhase::rest);
  EXPECT_EQ(tracker.movement().kicks, 0);
}

}  // namespace
}  // namespace matside::cycle
