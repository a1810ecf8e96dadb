#include "core/exercise/set_faults.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/exercise.h"

namespace matside::exercise {
namespace {

using base::Seconds;

constexpr auto kLeft = KickingSide::left;
constexpr auto kRight = KickingSide::right;

const Definition& kick() { return support::single_leg_kick(); }

/// The set's fault that is measured by that signal.
const Fault& fault_by(Signal signal) {
  return *std::ranges::find_if(kick().faults,
                               [&](const Fault& f) { return f.of_set && f.signal == signal; });
}

/// A level where it is checked.
const Level& level_of(const Fault& fault) { return *kick().level(fault.levels.back()); }

Repetition repetition(KickingSide side, double start_s = 0.0) {
  Repetition out;
  out.side = side;
  out.start = Seconds(start_s);
  out.end = Seconds(start_s + 4.0);
  return out;
}

/// Repetitions of these sides, five seconds apart.
std::vector<Repetition> sides(const std::vector<KickingSide>& of) {
  std::vector<Repetition> out;
  for (const KickingSide side : of) {
    out.push_back(repetition(side, 5.0 * static_cast<double>(out.size())));
  }
  return out;
}

std::vector<Repetition> alternating(std::size_t count) {
  std::vector<KickingSide> of;
  for (std::size_t i = 0; i < count; ++i) of.push_back(i % 2 == 0 ? kLeft : kRight);
  return sides(of);
}

/// After which repetitions of the set this fault is new.
std::vector<std::size_t> reported_after(const std::vector<Repetition>& all, const Fault& fault,
                                        const Level& level) {
  std::vector<std::size_t> out;
  for (std::size_t count = 1; count <= all.size(); ++count) {
    const std::vector<Repetition> now(all.begin(),
                                      all.begin() + static_cast<std::ptrdiff_t>(count));
    for (const SetFault& found : new_set_faults(now, kick(), level)) {
      if (found.id != fault.id) continue;
      EXPECT_EQ(found.at, now.back().start);
      out.push_back(count);
    }
  }
  return out;
}

std::vector<std::size_t> reported_after(const std::vector<Repetition>& all, Signal signal) {
  return reported_after(all, fault_by(signal), level_of(fault_by(signal)));
}

using Counts = std::vector<std::size_t>;

TEST(SetFaults, of_no_repetition_or_a_clean_set_are_none) {
  for (const Level& level : kick().levels) {
    EXPECT_TRUE(new_set_faults({}, kick(), level).empty());
    for (const Fault& fault : kick().faults) {
      if (fault.of_set) {
        EXPECT_TRUE(reported_after(alternating(10), fault, level).empty());
      }
    }
  }
}

TEST(SetFaults, of_a_repetition_that_was_not_scored_are_none) {
  auto all = sides({kLeft, kLeft});
  all.back().scored = false;
  EXPECT_TRUE(new_set_faults(all, kick(), level_of(fault_by(Signal::side_order))).empty());
}

TEST(SameSideTwice, is_reported_each_time) {
  EXPECT_EQ(reported_after(sides({kLeft, kLeft, kLeft, kRight, kRight}), Signal::side_order),
            (Counts{2, 3, 5}));
  EXPECT_EQ(reported_after(sides({kRight, kRight}), Signal::side_order), Counts{2});
}

TEST(SameSideTwice, needs_two_sides_that_are_sure_and_next_to_each_other) {
  constexpr auto kUnsure = KickingSide::unsure;
  EXPECT_TRUE(reported_after(sides({kUnsure, kUnsure, kLeft, kUnsure, kLeft, kRight}),
                             Signal::side_order)
                  .empty());
}

TEST(Pedalling, begins_where_the_legs_overlap_by_more_than_the_border) {
  const double border_s = fault_by(Signal::legs_overlap).on.value;
  for (const double beyond : {-0.05, 0.05}) {
    auto all = alternating(2);
    all[1].start = all[0].end - Seconds(border_s + beyond);
    EXPECT_EQ(reported_after(all, Signal::legs_overlap).size(), beyond > 0.0 ? 1U : 0U);
  }
}

TEST(Pedalling, is_reported_each_time) {
  auto all = alternating(4);
  for (std::size_t i = 1; i < all.size(); ++i) all[i].start = all[i - 1].end - Seconds(1.0);
  EXPECT_EQ(reported_after(all, Signal::legs_overlap), (Counts{2, 3, 4}));
}

/// A set in which the repetitions marked come down fast.
std::vector<Repetition> lowered(const std::string& fast) {
  const double border_s = fault_by(Signal::transit_70_20).on.value;
  auto all = alternating(fast.size());
  for (std::size_t i = 0; i < fast.size(); ++i) {
    if (fast[i] == '?') continue;
    // An 'n' is nearer to the border than its deviation.
    const double transit_s = fast[i] == 's'   ? 1.5
                             : fast[i] == 'n' ? 0.97 * border_s
                                              : 0.9 * border_s;
    all[i].measures.transit_70_20_s = Measured{transit_s, 0.05 * border_s, 0.0};
  }
  return all;
}

TEST(FastLowering, is_a_habit_only_where_enough_of_the_last_ones_show_it) {
  const FaultDetails& details = fault_by(Signal::transit_70_20).details;
  ASSERT_EQ(details.of_last->value, 3.0);
  ASSERT_EQ(details.at_least->value, 2.0);
  EXPECT_TRUE(reported_after(lowered("sfssfs"), Signal::transit_70_20).empty());
  EXPECT_EQ(reported_after(lowered("ffs"), Signal::transit_70_20), Counts{2});
  EXPECT_TRUE(reported_after(lowered("fnnsnf"), Signal::transit_70_20).empty());
  EXPECT_EQ(reported_after(lowered("sfsf"), Signal::transit_70_20), Counts{4});
}

TEST(FastLowering, is_reported_once_and_again_after_it_was_gone) {
  EXPECT_EQ(reported_after(lowered("ffffff"), Signal::transit_70_20), Counts{2});
  EXPECT_EQ(reported_after(lowered("ffssssff"), Signal::transit_70_20), (Counts{2, 8}));
}

TEST(FastLowering, that_was_not_seen_counts_as_neither) {
  EXPECT_TRUE(reported_after(lowered("f??f??f"), Signal::transit_70_20).empty());
}

/// A set in which the hip is this high in left and right kicks.
std::vector<Repetition> rocked(double left, double right, std::size_t count) {
  auto all = alternating(count);
  for (Repetition& r : all) r.hip_at_top_thigh_lengths = r.side == kLeft ? left : right;
  return all;
}

TEST(Rocking, shows_once_each_side_was_seen_often_enough) {
  const Fault& fault = fault_by(Signal::hip_sway);
  const auto each = static_cast<std::size_t>(fault.details.of_each_side->value);
  const double high = 1.2 * fault.on.value;
  for (const double sign : {-1.0, 1.0}) {
    EXPECT_EQ(reported_after(rocked(sign * high, -sign * high, 10), Signal::hip_sway),
              Counts{2 * each});
  }
}

TEST(Rocking, needs_one_hip_up_and_the_other_down_by_enough) {
  const double on = fault_by(Signal::hip_sway).on.value;
  EXPECT_TRUE(reported_after(rocked(4.0 * on, 0.5 * on, 10), Signal::hip_sway).empty())
      << "both are up: the hips rise";
  EXPECT_TRUE(reported_after(rocked(0.9 * on, -0.9 * on, 10), Signal::hip_sway).empty());
}

TEST(Rocking, is_not_shown_by_one_odd_repetition_of_each_side) {
  auto all = rocked(0.0, 0.0, 10);
  all[2].hip_at_top_thigh_lengths = 1.0;
  all[5].hip_at_top_thigh_lengths = -1.0;
  EXPECT_TRUE(reported_after(all, Signal::hip_sway).empty());
}

/// A set with the elbows this far ahead of the shoulders.
std::vector<Repetition> elbows_at(double forward) {
  auto all = alternating(4);
  for (Repetition& r : all) r.elbow_forward = forward;
  return all;
}

TEST(ElbowsOutOfPlace, are_further_ahead_or_behind_than_the_level_and_the_error_allow) {
  const Fault& fault = fault_by(Signal::elbow_offset);
  const Level& level = level_of(fault);
  const double margin = fault.on.value + fault.details.uncertainty->value;
  for (const double beyond : {-0.02, 0.02}) {
    const Counts expected = beyond > 0.0 ? Counts{1} : Counts{};
    EXPECT_EQ(reported_after(elbows_at(level.elbow_forward.value + margin + beyond),
                             Signal::elbow_offset),
              expected);
    EXPECT_EQ(reported_after(elbows_at(-level.elbow_back.value - margin - beyond),
                             Signal::elbow_offset),
              expected);
  }
}

TEST(ElbowsOutOfPlace, are_not_reported_where_unseen_or_at_other_levels) {
  EXPECT_TRUE(reported_after(alternating(4), Signal::elbow_offset).empty());
  const Fault& fault = fault_by(Signal::elbow_offset);
  for (const Level& level : kick().levels) {
    EXPECT_EQ(reported_after(elbows_at(5.0), fault, level).empty(),
              !fault.applies_at(level.number));
  }
}

TEST(SetFaults, do_not_depend_on_when_the_set_was) {
  auto all = lowered("ffssff");
  for (Repetition& r : all) {
    r.start += Seconds(500.0);
    r.end += Seconds(500.0);
  }
  EXPECT_EQ(reported_after(all, Signal::transit_70_20),
            reported_after(lowered("ffssff"), Signal::transit_70_20));
}

}  // namespace
}  // namespace matside::exercise
