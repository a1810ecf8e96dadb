#include "core/exercise/fault_absence.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/support/exercise.h"

namespace matside::exercise {
namespace {

using base::Degrees;
using base::Seconds;

const Definition& kick() { return support::single_leg_kick(); }
const Fault& fault_named(const char* id) { return *kick().fault(id); }

/// A repetition in which everything was seen, and done well.
Repetition well_done(KickingSide side = KickingSide::left) {
  Repetition out;
  out.side = side;
  out.kicks.resize(2);
  out.hip_rise_thigh_lengths = 0.01;
  out.thigh_lift = ThighLift{Degrees(1.0), Degrees(1.5), {}};
  out.measures.greatest_bend_deg = {104.0, 1.0, 4.0};
  out.measures.lowering_s = {2.0, 0.1, 0.0};
  out.measures.transit_70_20_s = {0.8, 0.1, 0.0};
  return out;
}

bool absent(const char* id, const Repetition& repetition) {
  return is_clearly_absent(fault_named(id), std::vector{repetition}, kick());
}

TEST(FaultAbsence, is_clear_where_everything_was_seen_and_done_well) {
  for (const char* id : {"hips_lift", "thigh_lift", "dropped_foot", "missing_second_kick",
                         "shallow_kick", "incomplete_lower", "thrown_kick", "extra_kick",
                         "fast_lowering", "same_side_twice", "pedalling"}) {
    EXPECT_TRUE(absent(id, well_done())) << id;
  }
  EXPECT_FALSE(absent("no_thigh_lift", well_done()));
  Repetition lifted = well_done();
  lifted.thigh_lift = ThighLift{Degrees(6.0), Degrees(1.5), {}};
  EXPECT_TRUE(absent("no_thigh_lift", lifted));
  lifted.hip_rise_thigh_lengths = fault_named("hips_lift").off->value;
  EXPECT_FALSE(absent("no_thigh_lift", lifted)) << "raised hips tilt the thigh";
}

TEST(FaultAbsence, is_never_clear_where_the_value_is_not_recorded) {
  for (const char* id :
       {"chest_sink", "head_drop", "head_up", "rocking", "elbows_out_of_place"})
    EXPECT_FALSE(absent(id, well_done())) << id;
}

TEST(FaultAbsence, is_not_clear_in_a_repetition_that_was_not_judged_or_has_the_fault) {
  for (const Fault& fault : kick().faults) {
    Repetition rep = well_done();
    rep.scored = false;
    EXPECT_FALSE(is_clearly_absent(fault, std::vector{rep}, kick())) << fault.id;
    rep = well_done();
    rep.faults.push_back({fault.id, 0.0, 0.0, "", ""});
    EXPECT_FALSE(is_clearly_absent(fault, std::vector{rep}, kick())) << fault.id;
    EXPECT_FALSE(is_clearly_absent(fault, {}, kick())) << fault.id;
  }
}

TEST(FaultAbsence, is_not_clear_within_the_uncertainty_of_the_value) {
  Repetition rep = well_done();
  const double on = fault_named("thigh_lift").on.value;
  rep.thigh_lift = ThighLift{Degrees(on - 1.0), Degrees(1.5), {}};
  EXPECT_FALSE(absent("thigh_lift", rep)) << "a lift that may have been missed";
  rep.thigh_lift = ThighLift{Degrees(on - 2.0), Degrees(1.5), {}};
  EXPECT_TRUE(absent("thigh_lift", rep));
  rep.measures.transit_70_20_s = {fault_named("fast_lowering").on.value + 0.05, 0.1, 0.0};
  EXPECT_FALSE(absent("fast_lowering", rep));
  EXPECT_TRUE(absent("dropped_foot", rep));
  rep.measures.transit_70_20_s.reset();
  EXPECT_FALSE(absent("dropped_foot", rep));
}

TEST(FaultAbsence, of_kicks_and_lowering_needs_them_to_be_seen) {
  Repetition rep = well_done();
  rep.kicks_well_seen = false;
  for (const char* id : {"missing_second_kick", "extra_kick", "thrown_kick"})
    EXPECT_FALSE(absent(id, rep)) << id;
  rep = well_done();
  rep.kicks.resize(1);
  EXPECT_FALSE(absent("missing_second_kick", rep));
  rep = well_done();
  rep.measures = {};
  EXPECT_FALSE(absent("shallow_kick", rep));
  EXPECT_FALSE(absent("incomplete_lower", rep));
}

TEST(FaultAbsence, in_the_order_of_the_legs_compares_each_with_the_one_before) {
  const auto both = [](const Repetition& first, const Repetition& second, const char* id) {
    return is_clearly_absent(fault_named(id), std::vector{first, second}, kick());
  };
  Repetition left = well_done();
  left.start = Seconds(1.0);
  left.end = Seconds(4.0);
  Repetition right = well_done(KickingSide::right);
  right.start = Seconds(4.5);
  right.end = Seconds(7.0);
  EXPECT_TRUE(both(left, right, "same_side_twice"));
  EXPECT_TRUE(both(left, right, "pedalling"));
  EXPECT_FALSE(both(left, well_done(KickingSide::left), "same_side_twice"));
  EXPECT_FALSE(both(left, well_done(KickingSide::unsure), "same_side_twice"));
  Repetition early = right;
  early.start = Seconds(3.9);
  EXPECT_FALSE(both(left, early, "pedalling"));
  Repetition after_gap = right;
  after_gap.after_gap = true;
  EXPECT_FALSE(both(left, after_gap, "same_side_twice"));
  EXPECT_FALSE(both(left, after_gap, "pedalling"));
}

TEST(FaultAbsence, signals_of_one_part_of_the_movement_judge_the_same) {
  EXPECT_TRUE(judge_the_same(Signal::hip_rise, Signal::hip_sway));
  EXPECT_TRUE(judge_the_same(Signal::transit_70_20, Signal::lowering_stop));
  EXPECT_TRUE(judge_the_same(Signal::kick_count, Signal::kicks_beyond));
  EXPECT_FALSE(judge_the_same(Signal::hip_rise, Signal::thigh_lift));
}

}  // namespace
}  // namespace matside::exercise
