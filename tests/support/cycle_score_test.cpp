#include "tests/support/cycle_score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace matside::support {
namespace {

using exercise::KickingSide;
using exercise::Repetition;

// Two pulses of both legs from 5 to 10 seconds.
CycleRepetition performed_pulses() {
  CycleRepetition r;
  r.start_s = 5.0;
  r.end_s = 10.0;
  r.peaks = {{6.0, 100.0}, {6.6, 100.0}};
  return r;
}

Repetition found_pulses() {
  Repetition r;
  r.side = KickingSide::both;
  r.start = base::Seconds(5.2);
  r.end = base::Seconds(9.9);
  for (const double time_s : {6.0, 6.6}) {
    for (const pose::Side leg : pose::kSides) {
      r.peaks.push_back({base::Seconds(time_s), 98.0, "deg", leg});
    }
  }
  return r;
}

CycleScore scored(const std::vector<CycleRepetition>& performed,
                  const std::vector<Repetition>& found) {
  return score_cycles(performed, found);
}

TEST(CycleScore, of_a_right_result_has_no_failure) {
  const CycleScore s = scored({performed_pulses()}, {found_pulses()});
  EXPECT_EQ(s.repetitions.hits, 1);
  EXPECT_EQ(s.repetitions.f1(), 1.0);
  EXPECT_EQ(s.peaks_exact, 1);
  EXPECT_EQ(s.side_wrong, 0);
  EXPECT_TRUE(s.failures.empty());
  EXPECT_NEAR(s.edge_errors_s.at(0), 0.2, 1e-9);
}

TEST(CycleScore, tells_wrong_sides_from_unsure_ones_and_counts_peaks) {
  Repetition found = found_pulses();
  found.side = KickingSide::left;
  found.peaks.pop_back();
  CycleScore s = scored({performed_pulses()}, {found});
  EXPECT_EQ(s.side_wrong, 1);
  EXPECT_EQ(s.peaks_exact, 0);
  found.side = KickingSide::unsure;
  s = scored({performed_pulses()}, {found});
  EXPECT_EQ(s.side_wrong, 0);
  EXPECT_EQ(s.side_unsure, 1);
}

TEST(CycleScore, counts_the_peaks_of_a_body_without_legs_once) {
  CycleRepetition lift = performed_pulses();
  lift.peaks = {{7.0, 15.0}};
  Repetition found = found_pulses();
  found.peaks = {{base::Seconds(7.1), 14.0, "deg", std::nullopt}};
  EXPECT_EQ(scored({lift}, {found}).peaks_exact, 1);
  found.peaks.clear();
  EXPECT_EQ(scored({lift}, {found}).peaks_exact, 0);
}

TEST(CycleScore, matches_the_better_overlap_and_calls_the_other_invented) {
  Repetition late = found_pulses();
  late.start = base::Seconds(8.0);
  const CycleScore s = scored({performed_pulses()}, {late, found_pulses()});
  EXPECT_EQ(s.repetitions.hits, 1);
  EXPECT_EQ(s.repetitions.inventions, 1);
  EXPECT_NEAR(s.edge_errors_s.at(0), 0.2, 1e-9);
}

TEST(CycleScore, counts_faults_but_not_the_doubtful) {
  CycleRepetition performed = performed_pulses();
  performed.faults = {"hips_lift", "shallow"};
  performed.doubtful = {"legs_apart"};
  Repetition found = found_pulses();
  for (const char* id : {"hips_lift", "legs_apart", "extra_pulse"}) {
    found.faults.push_back({id, 0.0, 0.0, "", ""});
  }
  const CycleScore s = scored({performed}, {found});
  EXPECT_EQ(s.all_faults().hits, 1);
  EXPECT_EQ(s.faults.at("shallow").misses, 1);
  EXPECT_EQ(s.faults.at("extra_pulse").inventions, 1);
  EXPECT_FALSE(s.faults.contains("legs_apart"));
  EXPECT_NEAR(s.all_faults().f1(), 0.5, 1e-9);
}

TEST(CycleScore, of_a_missed_repetition_misses_its_faults_and_adds_up) {
  CycleRepetition performed = performed_pulses();
  performed.faults = {"shallow"};
  CycleScore s = scored({performed}, {});
  s += scored({performed_pulses()}, {found_pulses()});
  EXPECT_EQ(s.practices, 2);
  EXPECT_EQ(s.repetitions.misses, 1);
  EXPECT_EQ(s.faults.at("shallow").misses, 1);
  EXPECT_NEAR(s.repetitions.f1(), 2.0 / 3.0, 1e-9);
}

}  // namespace
}  // namespace matside::support
