#include "core/exercise/kicking_side.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

#include "tests/support/exercise.h"
#include "tests/support/kick_signals.h"

namespace matside::exercise {
namespace {

using base::Seconds;
using pose::Side;
using support::drawn_kicks;

KickingSide kicking(Side side) {
  return side == Side::left ? KickingSide::left : KickingSide::right;
}

SideEstimate estimate(const SegmentSignals& signals, std::optional<Side> last_side = {},
                      Seconds from = Seconds(0.0), Seconds to = Seconds(support::kDrawnEndS)) {
  return estimate_kicking_side(signals, from, to, last_side, support::single_leg_kick());
}

const SideRules& rules() { return support::single_leg_kick().side; }

/// The raised leg carries the other label between these times.
SegmentSignals with_swap(Side label, double from_s, double to_s) {
  SegmentSignals signals = drawn_kicks(label);
  for (LegEvidence& e : signals.legs) {
    if (e.time.value() >= from_s && e.time.value() <= to_s) e.label = other(label);
  }
  return signals;
}

TEST(KickingSideEstimate, is_that_of_labels_that_agree) {
  for (const Side side : pose::kSides) {
    const SideEstimate found = estimate(drawn_kicks(side));
    EXPECT_EQ(found.side, kicking(side));
    EXPECT_EQ(found.more_likely_side, side);
    EXPECT_GT(found.confidence, 0.95);
    EXPECT_LE(found.confidence, 1.0);
  }
}

TEST(KickingSideEstimate, is_unsure_without_any_evidence) {
  const SideEstimate found = estimate({});
  EXPECT_EQ(found.side, KickingSide::unsure);
  EXPECT_DOUBLE_EQ(found.confidence, 0.5);
}

TEST(KickingSideEstimate, mirrors_with_the_labels) {
  for (const double to_s : {0.9, 1.2, 1.7, 2.5, 3.2, 4.0}) {
    const SideEstimate left = estimate(with_swap(Side::left, 0.0, to_s));
    const SideEstimate right = estimate(with_swap(Side::right, 0.0, to_s));
    EXPECT_NEAR(left.confidence, right.confidence, 1e-9) << to_s;
    EXPECT_EQ(left.more_likely_side, other(right.more_likely_side)) << to_s;
    EXPECT_EQ(left.side == KickingSide::unsure, right.side == KickingSide::unsure) << to_s;
  }
}

// Networks exchange the labels of lying legs most often at the top.
TEST(KickingSideEstimate, survives_labels_exchanged_at_the_top) {
  for (const Side side : pose::kSides) {
    EXPECT_EQ(estimate(with_swap(side, 0.9, 1.9)).side, kicking(side));
  }
}

TEST(KickingSideEstimate, is_unsure_of_labels_that_change_halfway) {
  const SideEstimate found = estimate(with_swap(Side::left, 0.0, 1.35));
  EXPECT_EQ(found.side, KickingSide::unsure);
  EXPECT_LT(found.confidence, 0.8);
}

TEST(KickingSideEstimate, does_not_believe_that_sides_alternate_by_that_alone) {
  for (const Side last : pose::kSides) {
    const SideEstimate found = estimate({}, last);
    EXPECT_EQ(found.side, KickingSide::unsure);
    EXPECT_EQ(found.more_likely_side, other(last));
    // Odds of exp(log-odds) to one.
    const double odds = std::exp(rules().alternation_log_odds.value);
    EXPECT_NEAR(found.confidence, odds / (1.0 + odds), 1e-9);
  }
}

TEST(KickingSideEstimate, is_surer_when_sides_alternate_and_less_when_not) {
  const double plain = estimate(drawn_kicks(Side::left)).confidence;
  EXPECT_GT(estimate(drawn_kicks(Side::left), Side::right).confidence, plain);
  EXPECT_LT(estimate(drawn_kicks(Side::left), Side::left).confidence, plain);
  EXPECT_EQ(estimate(drawn_kicks(Side::left), Side::left).side, KickingSide::left);
}

TEST(KickingSideEstimate, ignores_the_labels_of_legs_that_look_alike) {
  SegmentSignals alike = drawn_kicks(Side::left);
  for (LegEvidence& e : alike.legs) e.clarity = 0.0;
  EXPECT_EQ(estimate(alike).side, KickingSide::unsure);
  SegmentSignals low = drawn_kicks(Side::left);
  for (LegEvidence& e : low.legs) e.raised_deg = 0.5 * rules().label_flexion_min.value;
  EXPECT_EQ(estimate(low).side, KickingSide::unsure);
}

TEST(KickingSideEstimate, follows_the_shanks_length_where_labels_show_nothing) {
  for (const Side side : pose::kSides) {
    SegmentSignals signals = drawn_kicks();
    for (LegEvidence& e : signals.legs) {
      e.clarity = 0.0;
      e.shank_ratio[index(side)] = 1.0;
      e.shank_ratio[index(other(side))] = 1.3;
    }
    const SideEstimate found = estimate(signals);
    EXPECT_EQ(found.more_likely_side, side);
    // However badly the other leg fits, a length weighs no more than this.
    const double odds = std::exp(rules().shank_log_odds_max.value);
    EXPECT_NEAR(found.confidence, odds / (1.0 + odds), 1e-9);
  }
}

TEST(KickingSideEstimate, uses_only_evidence_from_the_repetition) {
  SegmentSignals signals = drawn_kicks(Side::left);
  const double plain = estimate(signals).confidence;
  for (int i = 0; i < 100; ++i) {
    signals.legs.push_back({Seconds(10.0 + i / 30.0), Side::right, 1.0, 1.0, 90.0, {1.3, 1.0}});
  }
  EXPECT_NEAR(estimate(signals).confidence, plain, 1e-12);
}

TEST(KickingSideEstimate, is_that_of_most_of_the_time_where_the_source_knows_the_sides) {
  for (const Side side : pose::kSides) {
    SegmentSignals signals = with_swap(side, 0.0, 1.2);
    signals.in_space = true;
    // Two of the same side in a row, and lengths that fit the other leg, count for nothing.
    for (LegEvidence& e : signals.legs) e.shank_ratio[index(side)] = 1.5;
    const SideEstimate found = estimate(signals, side);
    EXPECT_EQ(found.side, kicking(side));
    EXPECT_GT(found.confidence, 0.5);
    EXPECT_LT(found.confidence, 1.0);
    signals = drawn_kicks(side);
    signals.in_space = true;
    EXPECT_DOUBLE_EQ(estimate(signals).confidence, 1.0);
  }
  SegmentSignals nothing;
  nothing.in_space = true;
  EXPECT_EQ(estimate(nothing).side, KickingSide::unsure);
}

TEST(KickingSideEstimate, does_not_depend_on_when_the_repetition_was) {
  SegmentSignals signals = with_swap(Side::left, 0.5, 1.2);
  const SideEstimate plain = estimate(signals);
  const Seconds later(64.0);
  for (auto& s : signals.knee) s.time += later;
  for (auto& e : signals.legs) e.time += later;
  const SideEstimate moved = estimate(signals, {}, later, later + Seconds(support::kDrawnEndS));
  EXPECT_EQ(moved.side, plain.side);
  EXPECT_NEAR(moved.confidence, plain.confidence, 1e-9);
}

}  // namespace
}  // namespace matside::exercise
