// Kicks are reported while they happen, in random practices.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/engine/session.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"
#include "tests/support/random_practice.h"

namespace matside {
namespace {

constexpr double kLatest_s = 0.3;
constexpr double kEarliest_s = 0.2;

std::vector<double> live_kick_times(const support::Practice& practice,
                                    const support::SimulatedSession& performed) {
  auto session = engine::Session::create(support::single_leg_kick(), practice.level);
  std::vector<double> reported;
  int kicks = 0;
  for (const pose::PoseFrame& frame : performed.frames) {
    session.value().push(frame);
    const exercise::MovementState& now = session.value().frame_state().movement;
    if (now.kicks > kicks) reported.push_back(frame.time.value());
    kicks = now.kicks;
  }
  return reported;
}

struct Tally {
  int kicks = 0;
  int in_time = 0;
  int none = 0;  // reported where there is no kick
};

void compare(const support::SimulatedSession& performed, std::vector<double> reported,
             Tally& tally) {
  for (const support::GroundTruthRepetition& repetition : performed.repetitions) {
    for (const support::GroundTruthKick& kick : repetition.kicks) {
      ++tally.kicks;
      const auto match = std::ranges::find_if(reported, [&](double at_s) {
        return at_s > kick.time_s - kEarliest_s && at_s < kick.time_s + kLatest_s;
      });
      if (match == reported.end()) continue;
      ++tally.in_time;
      reported.erase(match);
    }
  }
  tally.none += static_cast<int>(reported.size());
}

TEST(LiveKick, AKickIsReportedWithinThreeTenthsOfASecond) {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    const support::Practice practice = support::random_practice(seed);
    const support::SimulatedSession performed = support::perform(practice);
    compare(performed, live_kick_times(practice, performed), tally);
  }
  ASSERT_GT(tally.kicks, 1000);
  EXPECT_GE(tally.in_time, 0.95 * tally.kicks);
  EXPECT_LE(tally.none, 0.05 * tally.kicks);
}

}  // namespace
}  // namespace matside
