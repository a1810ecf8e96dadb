#include "core/exercise/movement_tracker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "tests/support/exercise.h"
#include "tests/support/joint_motion.h"

namespace matside::exercise {
namespace {

using base::Degrees;
using base::Seconds;
using pose::Side;
using support::MotionTrack;

const Definition& kick() { return support::single_leg_kick(); }

struct Kicks {
  int count = 2;
  double peak_deg = 105.0;
  double recoil_deg = 30.0;
  double beat_s = 0.65;
};

/// Up within a second from time 0, kick after kick, and down in two seconds.
MotionTrack course(const Kicks& plan) {
  MotionTrack track;
  track.move(0.0, 1.0, plan.peak_deg);
  double now_s = 1.0;
  for (int i = 1; i < plan.count; ++i) {
    track.move(now_s, now_s + 0.5 * plan.beat_s, plan.peak_deg - plan.recoil_deg);
    track.move(now_s + 0.5 * plan.beat_s, now_s + plan.beat_s, plan.peak_deg);
    now_s += plan.beat_s;
  }
  track.move(now_s + 0.1, now_s + 2.1, 0.0);
  return track;
}

struct Watching {
  double fps = 30.0;
  double noise_deg = 1.0;
  double start_s = 0.0;
  Side leg = Side::left;
  int level = 1;
};

/// What the tracker shows frame by frame while the leg is off the mat.
std::vector<MovementState> watched(const MotionTrack& track, const Watching& how = {}) {
  MovementTracker tracker(kick().repetition, kick().live, *kick().level(how.level));
  std::vector<MovementState> out;
  for (int i = 0; i < static_cast<int>(5.0 * how.fps); ++i) {
    const double t = i / how.fps;
    const double deg = track.at(t);
    if (t > 1.0 && deg < 15.0) break;
    tracker.update(Seconds(how.start_s + t), Degrees(deg), Degrees(how.noise_deg), how.leg);
    out.push_back(tracker.movement());
  }
  return out;
}

int kicks_seen(const Kicks& plan, const Watching& how = {}) {
  return watched(course(plan), how).back().kicks;
}

TEST(MovementPhaseNames, differ) {
  std::set<std::string_view> names;
  for (const MovementPhase phase : {MovementPhase::rest, MovementPhase::bending,
                                    MovementPhase::kicking, MovementPhase::lowering}) {
    names.insert(name(phase));
  }
  EXPECT_EQ(names, (std::set<std::string_view>{"rest", "bending", "kicking", "lowering"}));
}

TEST(LiveMovement, begins_at_rest_without_kicks) {
  const MovementTracker tracker(kick().repetition, kick().live, *kick().level(1));
  EXPECT_EQ(tracker.movement().phase, MovementPhase::rest);
  EXPECT_EQ(tracker.movement().kicks, 0);
}

TEST(LiveMovement, counts_the_kicks_at_every_frame_rate) {
  for (const double fps : {24.0, 30.0, 60.0, 120.0}) {
    for (const int count : {1, 2, 3}) {
      EXPECT_EQ(kicks_seen({.count = count}, {.fps = fps}), count) << fps << ' ' << count;
    }
  }
}

TEST(LiveMovement, shows_each_kick_at_its_top_within_a_fifth_of_a_second) {
  const auto states = watched(course({}));
  int kicks = 0;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states[i].kicks == kicks) continue;
    kicks = states[i].kicks;
    const double top_s = kicks == 1 ? 1.0 : 1.65;
    EXPECT_NEAR(states[i].last_kick.value(), top_s, 0.15);
    EXPECT_LT(static_cast<double>(i) / 30.0 - top_s, 0.2);
  }
  EXPECT_EQ(kicks, 2);
}

TEST(LiveMovement, goes_from_bending_to_kicking_to_lowering) {
  for (const int level : {0, 1, 2, 3}) {
    const int count = kick().level(level)->kicks;
    std::vector<MovementPhase> phases;
    for (const MovementState& s : watched(course({.count = count}), {.level = level})) {
      if (phases.empty() || phases.back() != s.phase) phases.push_back(s.phase);
    }
    EXPECT_EQ(phases, (std::vector{MovementPhase::bending, MovementPhase::kicking,
                                   MovementPhase::lowering}))
        << level;
  }
}

TEST(LiveMovement, has_the_label_of_the_raised_leg) {
  for (const Side side : pose::kSides) {
    for (const MovementState& s : watched(course({}), {.leg = side})) EXPECT_EQ(s.raised, side);
  }
}

TEST(LiveMovement, has_no_kick_in_a_bend_that_does_not_count) {
  EXPECT_EQ(kicks_seen({.count = 1, .peak_deg = 0.8 * kick().repetition.counted_bend.value}),
            0);
}

TEST(LiveMovement, has_one_kick_where_the_leg_hardly_springs_back) {
  EXPECT_EQ(kicks_seen({.recoil_deg = 0.4 * kick().repetition.kick_prominence.value}), 1);
}

TEST(LiveMovement, does_not_take_noise_for_a_second_kick) {
  const double recoil_deg = 20.0;
  const double loud_deg = 1.5 * recoil_deg / kick().repetition.kick_prominence_noise.value;
  EXPECT_EQ(kicks_seen({.recoil_deg = recoil_deg}, {.noise_deg = 1.0}), 2);
  EXPECT_EQ(kicks_seen({.recoil_deg = recoil_deg}, {.noise_deg = loud_deg}), 1);
}

TEST(LiveMovement, takes_two_tops_too_close_together_for_one_kick) {
  const double close_s = 0.6 * kick().repetition.kick_interval_min.value;
  EXPECT_EQ(kicks_seen({.recoil_deg = 40.0, .beat_s = close_s}, {.fps = 120.0}), 1);
}

TEST(LiveMovement, does_not_depend_on_when_it_happens) {
  const auto early = watched(course({}));
  const auto late = watched(course({}), {.start_s = 64.0});
  ASSERT_EQ(early.size(), late.size());
  for (std::size_t i = 0; i < early.size(); ++i) {
    EXPECT_EQ(early[i].kicks, late[i].kicks) << i;
    EXPECT_EQ(early[i].phase, late[i].phase) << i;
  }
}

TEST(LiveMovement, starts_counting_again_after_rest) {
  MovementTracker tracker(kick().repetition, kick().live, *kick().level(1));
  const MotionTrack track = course({});
  for (int turn = 0; turn < 3; ++turn) {
    for (int i = 0; i < 105; ++i) {
      tracker.update(Seconds(10.0 * turn + i / 30.0), Degrees(track.at(i / 30.0)), Degrees(1.0),
                     turn % 2 == 0 ? Side::left : Side::right);
    }
    EXPECT_EQ(tracker.movement().kicks, 2) << turn;
    tracker.rest();
    EXPECT_EQ(tracker.movement().phase, MovementPhase::rest);
    EXPECT_EQ(tracker.movement().kicks, 0);
  }
}

TEST(LiveMovement, adapts_to_how_far_this_person_kicks) {
  // A stop on the way up to a full kick is a hesitation; for somebody who always stops there it
  // is the kick.
  const double low_deg = 0.7 * kick().level(1)->knee_min.value;
  ASSERT_GT(low_deg, kick().repetition.counted_bend.value);
  MovementTracker tracker(kick().repetition, kick().live, *kick().level(1));
  MotionTrack track;
  track.move(0.0, 0.8, low_deg);
  bool at_once = false;
  for (int turn = 0; turn < 12; ++turn) {
    at_once = false;
    for (int i = 0; i < 45; ++i) {
      tracker.update(Seconds(10.0 * turn + i / 30.0), Degrees(track.at(i / 30.0)), Degrees(1.0),
                     Side::left);
      at_once = at_once || tracker.movement().kicks == 1;
    }
    // The leg falls: now it is a kick in any case.
    for (int i = 0; i < 10; ++i) {
      tracker.update(Seconds(10.0 * turn + 1.5 + i / 30.0), Degrees(low_deg - 3.0 * i),
                     Degrees(1.0), Side::left);
    }
    EXPECT_EQ(tracker.movement().kicks, 1) << turn;
    if (turn == 0) {
      EXPECT_FALSE(at_once);
    }
    tracker.rest();
  }
  EXPECT_TRUE(at_once);
}

}  // namespace
}  // namespace matside::exercise
