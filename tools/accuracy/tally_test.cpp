#include "tools/accuracy/tally.h"

#include <gtest/gtest.h>

#include "tests/support/exercise.h"

namespace matside::accuracy {
namespace {

using exercise::KickingSide;
using exercise::Repetition;
using support::GroundTruthRepetition;
using support::SimulatedSession;

// One repetition to the left from 5 to 10 seconds, with two kicks to 104 degrees.
SimulatedSession performed() {
  GroundTruthRepetition r;
  r.side = pose::Side::left;
  r.start_s = 5.0;
  r.end_s = 10.0;
  r.kicks = {{6.0, 104.0}, {6.7, 104.0}};
  SimulatedSession out;
  out.repetitions = {r};
  return out;
}

engine::Analysis detected() {
  Repetition r;
  r.side = KickingSide::left;
  r.start = base::Seconds(5.1);
  r.end = base::Seconds(9.9);
  r.kicks = {{base::Seconds(6.1), base::Degrees(101.0)},
             {base::Seconds(6.7), base::Degrees(106.0)}};
  engine::Analysis out;
  out.repetitions = {r};
  return out;
}

Tally tallied(const SimulatedSession& truth, const engine::Analysis& analysis) {
  return score_practice(support::Practice{}, truth, analysis, support::single_leg_kick(), 1);
}

TEST(Tally, of_correct_results_has_no_failure) {
  const Tally t = tallied(performed(), detected());
  EXPECT_EQ(t.repetitions.true_positives, 1);
  EXPECT_EQ(t.repetitions.f1(), 1.0);
  EXPECT_EQ(t.kicks_exact, 1);
  EXPECT_EQ(t.side_right, 1);
  EXPECT_EQ(t.wrong_repetitions, 0);
  EXPECT_TRUE(t.failures.empty());
  ASSERT_EQ(t.knee_error_deg.size(), 2U);
  EXPECT_NEAR(t.knee_error_deg[0], -3.0, 1e-9);
  EXPECT_NEAR(t.kick_time_error_s[0], 0.1, 1e-9);
  EXPECT_NEAR(t.edge_error_s[1], 0.1, 1e-9);
}

TEST(Tally, tells_a_wrong_side_from_an_unsure_one) {
  auto analysis = detected();
  analysis.repetitions[0].side = KickingSide::unsure;
  EXPECT_EQ(tallied(performed(), analysis).side_unsure, 1);
  EXPECT_EQ(tallied(performed(), analysis).wrong_repetitions, 0);
  analysis.repetitions[0].side = KickingSide::right;
  EXPECT_EQ(tallied(performed(), analysis).side_wrong, 1);
  EXPECT_EQ(tallied(performed(), analysis).wrong_repetitions, 1);
}

TEST(Tally, matches_repetitions_that_overlap_by_a_third_of_their_union) {
  auto analysis = detected();
  analysis.repetitions[0].start = base::Seconds(8.8);
  analysis.repetitions[0].end = base::Seconds(10.2);
  const Tally t = tallied(performed(), analysis);
  EXPECT_EQ(t.repetitions.false_negatives, 1);
  EXPECT_EQ(t.repetitions.false_positives, 1);
  EXPECT_EQ(t.wrong_repetitions, 1);
}

TEST(Tally, counts_faults_found_missed_and_invented_but_not_the_doubtful) {
  auto truth = performed();
  truth.repetitions[0].faults = {"hips_lift", "dropped_foot"};
  truth.repetitions[0].doubtful = {"chest_sink"};
  auto analysis = detected();
  for (const char* id : {"hips_lift", "chest_sink", "head_drop"}) {
    analysis.repetitions[0].faults.push_back({id, 0.0, 0.0, "", ""});
  }
  const Tally t = tallied(truth, analysis);
  EXPECT_EQ(t.all_faults().true_positives, 1);
  EXPECT_EQ(t.all_faults().false_negatives, 1);
  EXPECT_EQ(t.all_faults().false_positives, 1);
  EXPECT_EQ(t.faults.at("head_drop").false_positives, 1);
  EXPECT_EQ(t.wrong_repetitions, 1);
}

TEST(Tally, names_faults_the_exercise_does_not_know) {
  auto truth = performed();
  truth.repetitions[0].faults = {"humming"};
  const Tally t = tallied(truth, detected());
  EXPECT_EQ(t.not_scored.at("humming"), 1);
  EXPECT_EQ(t.all_faults().false_negatives, 0);
}

TEST(Tally, counts_the_faults_of_a_set_as_often_as_they_happen) {
  auto truth = performed();
  truth.set_faults = {"same_side_twice", "same_side_twice"};
  auto analysis = detected();
  analysis.set_faults = {{"same_side_twice", base::Seconds(7.0)}};
  const DetectionCounts a = tallied(truth, analysis).set_faults.at("same_side_twice");
  EXPECT_EQ(a.true_positives, 1);
  EXPECT_EQ(a.false_negatives, 1);
  EXPECT_EQ(a.false_positives, 0);
}

TEST(Tally, adds_up) {
  Tally sum = tallied(performed(), detected());
  sum += tallied(performed(), engine::Analysis{});
  EXPECT_EQ(sum.practices, 2);
  EXPECT_EQ(sum.repetitions.true_positives, 1);
  EXPECT_EQ(sum.repetitions.false_negatives, 1);
  EXPECT_NEAR(sum.repetitions.f1(), 2.0 / 3.0, 1e-9);
}

}  // namespace
}  // namespace matside::accuracy
