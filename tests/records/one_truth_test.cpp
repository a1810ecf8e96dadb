// What is shown of a set never contradicts itself: in simulated practices, with faults, before
// recommended cameras.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "core/coaching/practice_feedback.h"
#include "core/engine/session.h"
#include "core/exercise/fault_absence.h"
#include "core/signal/samples.h"
#include "records/replay.h"
#include "report/summary.h"
#include "tests/support/exercise.h"
#include "tests/support/random_practice.h"

namespace matside {
namespace {

using coaching::Steadiness;
using engine::Analysis;
using exercise::Fault;
using exercise::Signal;

constexpr std::uint64_t kPractices = 200;

const exercise::Definition& kick() { return support::single_leg_kick(); }

struct Practised {
  std::uint64_t seed = 0;
  support::SimulatedSession truth;
  Analysis analysis;
};

const std::vector<Practised>& practices() {
  static const std::vector<Practised> all = [] {
    std::vector<Practised> out;
    for (std::uint64_t seed = 1; seed <= kPractices; ++seed) {
      const support::Practice practice = support::random_practice(300'000 + seed);
      Practised one{seed, support::perform(practice), {}};
      auto session = engine::Session::create(kick(), practice.level);
      EXPECT_TRUE(session.ok());
      for (const pose::PoseFrame& frame : one.truth.frames) session.value().push(frame);
      session.value().finish();
      one.analysis = session.value().analysis();
      one.truth.frames.clear();
      out.push_back(std::move(one));
    }
    return out;
  }();
  return all;
}

bool was_found(const Fault& fault, const Analysis& analysis) {
  const bool in_repetition =
      std::ranges::any_of(analysis.repetitions, [&](const exercise::Repetition& r) {
        return std::ranges::count(r.faults, fault.id, &exercise::DetectedFault::id) > 0;
      });
  return in_repetition ||
         std::ranges::count(analysis.set_faults, fault.id, &exercise::SetFault::id) > 0;
}

std::optional<double> mean_of(const std::vector<double>& values) {
  if (values.empty()) return std::nullopt;
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

std::optional<double> value_of(const std::optional<exercise::Measured>& measured) {
  return measured ? std::optional(measured->value) : std::nullopt;
}

/// The value beside that label in the printed summary; empty where there is none.
std::string summary_value(const Analysis& analysis, const char* label) {
  formats::AnalysisRecord record;
  record.analysis = analysis;
  for (const auto& row : report::summarise(record, kick()).rows) {
    if (row.label == kick().phrase(label)->text) return row.value;
  }
  return "";
}

void expect_same(std::optional<double> a, std::optional<double> b) {
  ASSERT_EQ(a.has_value(), b.has_value());
  if (a) EXPECT_NEAR(*a, *b, 1e-9);
}

TEST(OneTruth, the_sets_bend_and_lowering_are_those_of_its_rows) {
  for (const auto& [seed, truth, analysis] : practices()) {
    SCOPED_TRACE(seed);
    std::vector<double> bends;
    std::vector<double> lowerings;
    for (const records::SavedRepetition& row : records::to_saved(analysis.repetitions)) {
      if (row.knee_flexion) bends.push_back(row.knee_flexion->value());
      if (row.lowering) lowerings.push_back(row.lowering->value());
    }
    records::ReplayResult replayed;
    replayed.analysis = analysis;
    const records::Means kept = records::to_result(replayed, {"test", "{}", {}}, kick()).means;
    expect_same(value_of(kept.knee_flexion_deg), signal::median(bends));
    expect_same(value_of(analysis.set.greatest_bend_median_deg), signal::median(bends));
    expect_same(value_of(kept.lowering_s), mean_of(lowerings));
    const std::string shown = summary_value(analysis, "label_bend");
    ASSERT_EQ(shown.empty(), bends.empty());
    if (!bends.empty()) {
      EXPECT_NEAR(std::stod(shown), *signal::median(bends), 0.5 + 1e-9);
    }
    for (const exercise::Repetition& r : analysis.repetitions) {
      const auto deepest = std::ranges::max(r.kicks, {}, &exercise::Kick::knee_flexion);
      EXPECT_EQ(deepest.knee_flexion, r.greatest_bend);
      if (r.measures.greatest_bend_deg) {
        EXPECT_EQ(r.measures.greatest_bend_deg->value, r.greatest_bend.value());
      }
    }
  }
}

TEST(OneTruth, a_set_with_a_fault_is_not_praised_for_its_absence_nor_called_clean) {
  for (const auto& [seed, truth, analysis] : practices()) {
    SCOPED_TRACE(seed);
    const auto lines = coaching::praise(analysis, kick());
    const auto says = [&](const std::string& text) {
      return std::ranges::count(lines, text) > 0;
    };
    for (const Fault& fault : kick().faults) {
      if (!was_found(fault, analysis)) continue;
      EXPECT_FALSE(says(kick().phrase("all_clean")->text)) << fault.id;
      for (const Fault& other : kick().faults) {
        if (!exercise::judge_the_same(other.signal, fault.signal)) continue;
        EXPECT_FALSE(says(kick().words_for(other.id)->praise)) << fault.id << ' ' << other.id;
      }
      if (exercise::judge_the_same(fault.signal, Signal::transit_70_20)) {
        EXPECT_NE(coaching::lowering_steadiness(analysis, kick()), Steadiness::steady);
      }
    }
  }
}

// A fault may be missed; then nothing may be praised for want of it.
TEST(OneTruth, a_fault_that_was_missed_is_hardly_ever_praised_as_absent) {
  int praised = 0;
  int wrongly = 0;
  for (const auto& [seed, truth, analysis] : practices()) {
    const auto lines = coaching::praise(analysis, kick());
    for (const Fault& fault : kick().faults) {
      if (!fault.applies_at(analysis.level) ||
          std::ranges::count(lines, kick().words_for(fault.id)->praise) == 0)
        continue;
      ++praised;
      bool present = std::ranges::count(truth.set_faults, fault.id) > 0;
      for (const auto& r : truth.repetitions)
        present = present || std::ranges::count(r.faults, fault.id) > 0;
      if (!present) continue;
      ++wrongly;
      std::printf("practice %d: praised, though %s was there\n", static_cast<int>(seed),
                  fault.id.c_str());
    }
  }
  std::printf("%d of %d praises were wrong\n", wrongly, praised);
  EXPECT_GE(praised, 100);
  EXPECT_LE(wrongly, praised / 50);
}

}  // namespace
}  // namespace matside
