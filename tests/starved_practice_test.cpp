// Too few pictures, or none for a while: what was not seen is neither judged nor invented.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "core/engine/session.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"
#include "tests/support/random.h"
#include "tests/support/random_practice.h"

namespace matside {
namespace {

using exercise::KickingSide;
using exercise::Repetition;
using pose::PoseFrame;

constexpr int kPractices = 60;
constexpr double kSaidWithin_s = 3.0;

struct Outcome {
  engine::Analysis analysis;
  std::vector<double> warned_s;  ///< When missing frames were reported.
};

Outcome judged(const std::vector<PoseFrame>& frames, int level) {
  auto session = engine::Session::create(support::single_leg_kick(), level).value();
  Outcome outcome;
  for (const PoseFrame& frame : frames) {
    for (const engine::Event& event : session.push(frame)) {
      const auto* warned = std::get_if<engine::Warned>(&event);
      if (warned != nullptr && warned->warning.id == "frames_missing") {
        outcome.warned_s.push_back(frame.time.value());
      }
    }
  }
  session.finish();
  outcome.analysis = session.analysis();
  return outcome;
}

/// As by a camera that is slower from `from_s` on.
std::vector<PoseFrame> slowed(const std::vector<PoseFrame>& frames, double rate_hz,
                              double from_s) {
  std::vector<PoseFrame> kept;
  for (const PoseFrame& frame : frames) {
    const bool due =
        kept.empty() || (frame.time - kept.back().time).value() >= 1.0 / rate_hz - 1e-9;
    if (frame.time.value() < from_s || due) kept.push_back(frame);
  }
  return kept;
}

/// Without the frames of a gap of 0.5 to 3 s in every ten seconds.
std::vector<PoseFrame> with_gaps(const std::vector<PoseFrame>& frames, std::uint64_t seed,
                                 std::vector<double>& ends_s) {
  constexpr double kEvery_s = 10.0;
  support::Random random(seed);
  std::vector<PoseFrame> kept = frames;
  for (double from_s = 6.0; from_s < frames.back().time.value(); from_s += kEvery_s) {
    const double begin_s = from_s + random.uniform(0.0, 4.0);
    const double end_s = begin_s + random.uniform(0.55, 3.0);
    std::erase_if(kept, [&](const PoseFrame& frame) {
      return frame.time.value() > begin_s && frame.time.value() < end_s;
    });
    if (end_s < kept.back().time.value()) ends_s.push_back(end_s);
  }
  return kept;
}

/// The faults and the wrong sides, which must be none.
std::string invented(const Outcome& outcome, const support::SimulatedSession& truth) {
  std::string found;
  for (const Repetition& repetition : outcome.analysis.repetitions) {
    for (const auto& fault : repetition.faults) found += fault.id + " ";
    if (repetition.side == KickingSide::unsure) continue;
    const auto side =
        repetition.side == KickingSide::left ? pose::Side::left : pose::Side::right;
    const bool true_side = std::ranges::any_of(truth.repetitions, [&](const auto& real) {
      return real.side == side && real.start_s < repetition.end.value() &&
             real.end_s > repetition.start.value();
    });
    if (!true_side) found += "wrong_side ";
  }
  for (const auto& fault : outcome.analysis.set_faults) found += fault.id + " ";
  return found;
}

support::SimulatedSession clean_practice(std::uint64_t seed, int& level) {
  const support::Practice practice =
      support::random_practice(seed, {.faults = false, .uneven_times = false});
  level = practice.level;
  return support::perform(practice);
}

class SlowCamera : public testing::TestWithParam<double> {};

TEST_P(SlowCamera, InventsNoFaultAndNoSide) {
  int repetitions = 0;
  for (std::uint64_t seed = 1; seed <= kPractices; ++seed) {
    int level = 0;
    const auto truth = clean_practice(seed, level);
    const Outcome outcome = judged(slowed(truth.frames, GetParam(), 0.0), level);
    EXPECT_EQ(invented(outcome, truth), "") << "seed " << seed;
    EXPECT_LE(outcome.analysis.repetitions.size(), truth.repetitions.size()) << "seed " << seed;
    repetitions += static_cast<int>(outcome.analysis.repetitions.size());
  }
  EXPECT_GT(repetitions, kPractices);
}

TEST_P(SlowCamera, IsReportedWithinThreeSeconds) {
  constexpr double kFrom_s = 8.0;
  for (std::uint64_t seed = 1; seed <= kPractices; ++seed) {
    int level = 0;
    const auto truth = clean_practice(seed, level);
    const Outcome outcome = judged(slowed(truth.frames, GetParam(), kFrom_s), level);
    ASSERT_EQ(outcome.warned_s.size(), 1U) << "seed " << seed;
    EXPECT_GT(outcome.warned_s.front(), kFrom_s) << "seed " << seed;
    EXPECT_LT(outcome.warned_s.front(), kFrom_s + kSaidWithin_s) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(PicturesPerSecond, SlowCamera, testing::Values(5.0, 8.0, 12.0));

TEST(Gaps, InventNoFaultAndNoSide) {
  for (std::uint64_t seed = 1; seed <= kPractices; ++seed) {
    int level = 0;
    const auto truth = clean_practice(seed, level);
    std::vector<double> ends_s;
    const Outcome outcome = judged(with_gaps(truth.frames, seed, ends_s), level);
    EXPECT_EQ(invented(outcome, truth), "") << "seed " << seed;
    for (const double end_s : ends_s) {
      EXPECT_TRUE(std::ranges::any_of(
          outcome.warned_s,
          [&](double at_s) { return at_s >= end_s && at_s < end_s + kSaidWithin_s; }))
          << "seed " << seed << ", gap until " << end_s;
    }
  }
}

TEST(GoodCamera, IsNotCalledSlowAndEveryRepetitionIsJudged) {
  int missing = 0;
  int repetitions = 0;
  for (std::uint64_t seed = 1; seed <= kPractices; ++seed) {
    int level = 0;
    const auto truth = clean_practice(seed, level);
    const Outcome outcome = judged(truth.frames, level);
    EXPECT_TRUE(outcome.warned_s.empty()) << "seed " << seed;
    repetitions += static_cast<int>(outcome.analysis.repetitions.size());
    missing += static_cast<int>(
        std::ranges::count_if(outcome.analysis.repetitions, &Repetition::frames_missing));
  }
  EXPECT_GT(repetitions, kPractices);
  EXPECT_LE(missing, repetitions / 100);
}

}  // namespace
}  // namespace matside
