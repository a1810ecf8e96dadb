#include "core/exercise/repetition_finder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/exercise.h"
#include "tests/support/observed_body.h"
#include "tests/support/practice.h"

namespace matside::exercise {
namespace {

using base::Seconds;
using pose::PoseFrame;
using pose::Side;

const Definition& kick() { return support::single_leg_kick(); }

KickingSide kicking(Side side) {
  return side == Side::left ? KickingSide::left : KickingSide::right;
}

std::vector<MovementSegment> segments_of(const std::vector<PoseFrame>& frames) {
  MovementSegmenter segmenter(kick().repetition, kick().measurement);
  std::vector<MovementSegment> out;
  for (const PoseFrame& frame : frames) {
    const auto body = kinematics::measure(frame, support::kObservedMinScore);
    if (const auto* segment = segmenter.push(frame.time, body)) out.push_back(*segment);
  }
  if (const auto* segment = segmenter.finish()) out.push_back(*segment);
  return out;
}

std::vector<Repetition> found_in(const std::vector<MovementSegment>& segments, int level = 1) {
  PersonHistory history;
  std::vector<Repetition> out;
  for (const MovementSegment& segment : segments) {
    for (auto& r : find_repetitions(segment, kick(), *kick().level(level), history)) {
      out.push_back(std::move(r));
    }
  }
  return out;
}

support::SimulatedSession performed(support::RepetitionPlan plan, int count = 4,
                                    Side camera_side = Side::right) {
  support::Practice practice;
  practice.camera.side = camera_side;
  practice.steps = support::alternating(count, plan);
  return perform(practice);
}

bool has_fault(const Repetition& r, Signal signal) {
  const Fault* fault = kick().fault_of(signal);
  return fault != nullptr && std::ranges::count(r.faults, fault->id, &DetectedFault::id) > 0;
}

TEST(FindRepetitions, finds_those_performed_as_they_were_from_either_side) {
  for (const Side camera_side : pose::kSides) {
    const auto truth = performed({}, 4, camera_side);
    const auto found = found_in(segments_of(truth.frames));
    ASSERT_EQ(found.size(), truth.repetitions.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      const support::GroundTruthRepetition& t = truth.repetitions[i];
      const Repetition& r = found[i];
      EXPECT_EQ(r.side, kicking(t.side)) << i;
      EXPECT_GT(r.side_confidence, 0.8);
      EXPECT_NEAR(r.start.value(), t.start_s, 0.3) << i;
      EXPECT_NEAR(r.end.value(), t.end_s, 0.4) << i;
      ASSERT_EQ(r.kicks.size(), t.kicks.size()) << i;
      for (std::size_t k = 0; k < r.kicks.size(); ++k) {
        EXPECT_NEAR(r.kicks[k].time.value(), t.kicks[k].time_s, 0.1);
        EXPECT_NEAR(r.kicks[k].knee_flexion.value(), t.kicks[k].knee_flexion_deg, 6.0);
      }
      EXPECT_EQ(r.status, RepetitionStatus::clean) << i;
      EXPECT_TRUE(r.scored);
      EXPECT_GT(r.confidence, 0.9);
    }
  }
}

TEST(FindRepetitions, has_times_in_their_order) {
  Seconds last_end(-10.0);
  const auto found = found_in(segments_of(performed({}, 6).frames));
  ASSERT_EQ(found.size(), 6U);
  for (const Repetition& r : found) {
    EXPECT_GE(r.start.value(), last_end.value() - 0.3);
    EXPECT_LT(r.start, r.kicks.front().time);
    EXPECT_LE(r.kicks.back().time, r.lowering_start);
    EXPECT_LT(r.lowering_start, r.end);
    ASSERT_TRUE(r.lowering);
    EXPECT_EQ(*r.lowering, r.end - r.lowering_start);
    last_end = r.end;
  }
}

TEST(FindRepetitions, of_a_single_kick_has_one_and_lacks_the_second_at_levels_with_two) {
  const auto segments = segments_of(performed({.kicks = 1}, 2).frames);
  for (const Level& level : kick().levels) {
    const auto found = found_in(segments, level.number);
    ASSERT_EQ(found.size(), 2U) << level.number;
    for (const Repetition& r : found) {
      EXPECT_EQ(r.kicks.size(), 1U);
      EXPECT_EQ(has_fault(r, Signal::kick_count), level.kicks > 1) << level.number;
    }
  }
}

TEST(FindRepetitions, of_small_bends_is_partial_and_of_smaller_ones_nothing) {
  const double counted_deg = kick().repetition.counted_bend.value;
  const auto small =
      found_in(segments_of(performed({.peak_deg = counted_deg + 15.0}, 2).frames));
  ASSERT_EQ(small.size(), 2U);
  for (const Repetition& r : small) {
    EXPECT_EQ(r.status, RepetitionStatus::partial);
    EXPECT_TRUE(has_fault(r, Signal::peak_knee));
  }
  EXPECT_TRUE(
      found_in(segments_of(
                   performed({.peak_deg = counted_deg - 10.0, .recoil_deg = 10.0}, 2).frames))
          .empty());
}

TEST(FindRepetitions, of_both_feet_swaying_together_is_nothing) {
  support::Practice practice;
  practice.steps = {
      {.kind = support::Step::Kind::idle, .idle = support::Idle::both_feet, .idle_s = 6.0}};
  EXPECT_TRUE(found_in(segments_of(perform(practice).frames)).empty());
}

TEST(FindRepetitions, of_no_frame_or_no_leg_is_nothing) {
  EXPECT_TRUE(found_in({MovementSegment{}}).empty());
  auto segments = segments_of(performed({}, 1).frames);
  ASSERT_EQ(segments.size(), 1U);
  for (auto& body : segments[0].frames) body.legs = {};
  EXPECT_TRUE(found_in(segments).empty());
}

TEST(FindRepetitions, cut_off_at_the_top_is_partial_and_not_scored) {
  auto truth = performed({}, 1);
  const double top_s = truth.repetitions[0].kicks[1].time_s;
  std::erase_if(truth.frames, [&](const PoseFrame& f) { return f.time.value() > top_s + 0.2; });
  const auto found = found_in(segments_of(truth.frames));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].status, RepetitionStatus::partial);
  EXPECT_FALSE(found[0].scored);
  EXPECT_TRUE(found[0].faults.empty());
  EXPECT_FALSE(found[0].measures.greatest_bend_deg);
}

TEST(FindRepetitions, counts_but_does_not_score_what_noise_or_the_camera_hide) {
  auto noisy = segments_of(performed({}, 1).frames);
  ASSERT_EQ(noisy.size(), 1U);
  auto oblique = noisy;
  noisy[0].noise.knee_deg = kick().repetition.noise_max.value + 0.1;
  oblique[0].view = kinematics::PlaneRectification({-0.75, 0.0, 1.0}, {640, 360});
  for (const auto& segments : {noisy, oblique}) {
    const auto found = found_in(segments);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].status, RepetitionStatus::unjudged);
    EXPECT_EQ(found[0].kicks.size(), 2U);
    EXPECT_TRUE(found[0].faults.empty());
    EXPECT_FALSE(found[0].measures.duration_s);
  }
}

TEST(FindRepetitions, remembers_the_last_side_and_end_and_each_legs_lifts) {
  const auto segments = segments_of(performed({}, 2).frames);
  ASSERT_EQ(segments.size(), 2U);
  PersonHistory history;
  for (const MovementSegment& segment : segments) {
    const auto found = find_repetitions(segment, kick(), *kick().level(1), history);
    ASSERT_EQ(found.size(), 1U);
    ASSERT_TRUE(history.last_side);
    EXPECT_EQ(kicking(*history.last_side), found[0].side);
    EXPECT_EQ(history.last_end, found[0].end);
  }
  EXPECT_EQ(history.thigh_lifts[0].lifts.size(), 1U);
  EXPECT_EQ(history.thigh_lifts[1].lifts.size(), 1U);
}

TEST(FindRepetitions, in_a_mirror_has_the_other_side_and_the_same_kicks) {
  const auto truth = performed({}, 4);
  std::vector<PoseFrame> mirror;
  for (const PoseFrame& f : truth.frames) mirror.push_back(support::mirrored(f));
  const auto plain = found_in(segments_of(truth.frames));
  const auto mirrored = found_in(segments_of(mirror));
  ASSERT_EQ(plain.size(), 4U);
  ASSERT_EQ(mirrored.size(), plain.size());
  for (std::size_t i = 0; i < plain.size(); ++i) {
    EXPECT_NE(mirrored[i].side, plain[i].side);
    EXPECT_NEAR(mirrored[i].side_confidence, plain[i].side_confidence, 1e-6);
    EXPECT_NEAR(mirrored[i].greatest_bend.value(), plain[i].greatest_bend.value(), 1e-6);
    EXPECT_NEAR(mirrored[i].start.value(), plain[i].start.value(), 1e-6);
    EXPECT_EQ(mirrored[i].status, plain[i].status);
  }
}

TEST(FindRepetitions, does_not_depend_on_when_the_practice_was) {
  auto truth = performed({}, 2);
  const auto plain = found_in(segments_of(truth.frames));
  ASSERT_EQ(plain.size(), 2U);
  for (PoseFrame& f : truth.frames) f.time += Seconds(256.0);
  const auto later = found_in(segments_of(truth.frames));
  ASSERT_EQ(later.size(), plain.size());
  for (std::size_t i = 0; i < plain.size(); ++i) {
    EXPECT_NEAR(later[i].start.value(), plain[i].start.value() + 256.0, 1e-6);
    EXPECT_NEAR(later[i].greatest_bend.value(), plain[i].greatest_bend.value(), 1e-6);
    EXPECT_EQ(later[i].side, plain[i].side);
  }
}

/// A fault as somebody makes it, and the signal that shows it.
struct PerformedFault {
  Signal signal;
  support::RepetitionPlan plan;
};

TEST(FindRepetitions, finds_each_fault_where_it_was_made_and_only_there) {
  const PerformedFault made[] = {
      {Signal::hip_rise, {.hip_rise_m = 0.08}},
      {Signal::transit_70_20, {.drop_s = 0.25}},
      {Signal::lowering_stop, {.stop_short_deg = 35.0, .stop_hold_s = 0.8}},
      {Signal::trunk_incline, {.chest_sink_deg = 14.0}},
      {Signal::kicks_beyond, {.kicks = 3}},
  };
  const auto clean = found_in(segments_of(performed({}, 2).frames));
  ASSERT_EQ(clean.size(), 2U);
  for (const PerformedFault& fault : made) {
    const auto found = found_in(segments_of(performed(fault.plan, 2).frames));
    ASSERT_EQ(found.size(), 2U);
    for (const Repetition& r : found) {
      EXPECT_TRUE(has_fault(r, fault.signal)) << kick().fault_of(fault.signal)->id;
    }
    for (const Repetition& r : clean) EXPECT_FALSE(has_fault(r, fault.signal));
  }
}

}  // namespace
}  // namespace matside::exercise
