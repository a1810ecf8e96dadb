#include "core/coaching/posture_monitor.h"

#include <gtest/gtest.h>

#include "tests/support/exercise.h"

namespace matside::coaching {
namespace {

using base::Degrees;
using base::Seconds;
using kinematics::BodyPosture;

class PostureMonitorTest : public ::testing::Test {
 protected:
  /// Shows the same state for a while, 30 frames a second.
  void show(double for_s, BodyPosture posture, double trunk_deg,
            exercise::MovementPhase phase = exercise::MovementPhase::rest) {
    engine::FrameState state;
    state.person = true;
    state.settled = true;
    state.posture = posture;
    state.trunk = Degrees(trunk_deg);
    state.movement.phase = phase;
    for (const double end_s = now_s_ + for_s; now_s_ < end_s; now_s_ += 1.0 / 30.0) {
      state.time = Seconds(now_s_);
      monitor_.observe(state);
    }
  }
  void lie(double for_s, double trunk_deg) { show(for_s, BodyPosture::lying, trunk_deg); }

  double now_s_ = 0.0;
  PostureMonitor monitor_{support::single_leg_kick().posture};
};

TEST_F(PostureMonitorTest, a_person_who_has_not_lain_down_does_not_sit_up) {
  show(5.0, BodyPosture::upright, 80.0);
  EXPECT_FALSE(monitor_.sat_up());
}

TEST_F(PostureMonitorTest, sitting_up_counts_after_a_second) {
  lie(2.0, 28.0);
  show(0.9, BodyPosture::upright, 80.0);
  EXPECT_FALSE(monitor_.sat_up());
  show(0.2, BodyPosture::upright, 80.0);
  EXPECT_TRUE(monitor_.sat_up());
  lie(0.1, 28.0);
  EXPECT_FALSE(monitor_.sat_up());
}

TEST_F(PostureMonitorTest, a_chest_on_the_mat_counts_after_a_second) {
  lie(2.0, 28.0);
  lie(0.9, 8.0);
  EXPECT_FALSE(monitor_.chest_down());
  lie(0.2, 8.0);
  EXPECT_TRUE(monitor_.chest_down());
}

TEST_F(PostureMonitorTest, a_sinking_chest_is_not_down) {
  lie(2.0, 28.0);
  lie(5.0, 20.0);
  EXPECT_FALSE(monitor_.chest_down());
}

TEST_F(PostureMonitorTest, the_chest_stays_down_until_it_is_well_up) {
  lie(2.0, 28.0);
  lie(2.0, 5.0);
  lie(2.0, 15.0);
  EXPECT_TRUE(monitor_.chest_down());
  lie(2.0, 25.0);
  EXPECT_FALSE(monitor_.chest_down());
}

TEST_F(PostureMonitorTest, lying_flat_from_the_start_is_no_rest) {
  lie(10.0, 4.0);
  EXPECT_FALSE(monitor_.chest_down());
}

TEST_F(PostureMonitorTest, a_chest_that_is_low_during_a_movement_is_not_down) {
  lie(2.0, 28.0);
  show(3.0, BodyPosture::lying, 5.0, exercise::MovementPhase::kicking);
  EXPECT_FALSE(monitor_.chest_down());
}

TEST_F(PostureMonitorTest, after_a_restart_sitting_up_needs_lying_again) {
  lie(2.0, 28.0);
  monitor_.restart();
  show(3.0, BodyPosture::upright, 80.0);
  EXPECT_FALSE(monitor_.sat_up());
}

TEST_F(PostureMonitorTest, an_empty_picture_is_neither_sitting_nor_a_chest_on_the_mat) {
  lie(2.0, 28.0);
  for (const auto posture : {BodyPosture::upright, BodyPosture::lying, BodyPosture::unclear}) {
    engine::FrameState nobody;
    nobody.posture = posture;
    nobody.settled = true;
    for (int i = 0; i < 150; ++i) {
      nobody.time = Seconds(now_s_ += 1.0 / 30.0);
      monitor_.observe(nobody);
    }
    EXPECT_FALSE(monitor_.sat_up());
    EXPECT_FALSE(monitor_.chest_down());
  }
}

TEST_F(PostureMonitorTest, time_unseen_does_not_count_as_time_with_the_chest_down) {
  lie(2.0, 28.0);
  lie(0.7, 8.0);
  monitor_.restart();
  lie(0.7, 8.0);
  EXPECT_FALSE(monitor_.chest_down());
}

}  // namespace
}  // namespace matside::coaching
