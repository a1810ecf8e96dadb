// The simulator itself: its frames show what was planned, and its ground truth agrees.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/kinematics/body_frame.h"
#include "tests/support/random_practice.h"

namespace matside::support {
namespace {

using pose::Side;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

// Only a camera far away sees angles as they are.
Camera far_camera(Side side) {
  Camera c;
  c.distance_m = 200.0;
  c.height_m = 0.15;
  c.hfov_deg = 0.8;
  c.side = side;
  return c;
}

double seen_knee_deg(const Camera& camera, const Body& body, const Posture& posture,
                     Side side) {
  const pose::PoseFrame frame{0, base::Seconds(0.0), camera.size,
                              seen_by(camera, body, posture)};
  const auto measured = kinematics::measure(frame, 0.5);
  return measured->legs[pose::index(side)]->knee_flexion.value();
}

TEST(BodyModel, shows_the_planned_knee_flexion_on_either_side) {
  Random random(7);
  for (const Side side : pose::kSides) {
    const Body body = random_body(random);
    for (const double bend : {0.0, 45.0, 90.0, 120.0}) {
      Posture posture;
      posture.trunk_incline_deg = 29.0;
      posture.knee_flexion_deg[pose::index(side)] = bend;
      EXPECT_NEAR(seen_knee_deg(far_camera(side), body, posture, side),
                  body.straight_knee_deg + bend, 0.5);
    }
  }
}

TEST(BodyModel, that_rocks_lifts_one_hip_and_lowers_the_other) {
  Posture posture;
  posture.pelvis_roll_deg = 20.0;
  const Skeleton level = posed(Body{}, Posture{});
  const Skeleton rolled = posed(Body{}, posture);
  const auto rise = [&](pose::Landmark hip) {
    return rolled[pose::index(hip)].y_m - level[pose::index(hip)].y_m;
  };
  EXPECT_GT(rise(pose::Landmark::left_hip), 0.02);
  EXPECT_NEAR(rise(pose::Landmark::left_hip), -rise(pose::Landmark::right_hip), 1e-9);
}

TEST(BodyModel, is_seen_askew_by_a_camera_off_square) {
  Camera camera;
  camera.yaw_deg = 20.0;
  camera.height_m = 0.45;
  Posture posture;
  posture.knee_flexion_deg[1] = 90.0;
  // movement.md 5.5: a camera moved toward the feet reads a little more.
  const double ordered = kStraightKneeDeg + 90.0;
  const double seen = seen_knee_deg(camera, Body{}, posture, Side::right);
  EXPECT_GT(std::abs(seen - ordered), 0.5);
  EXPECT_LT(std::abs(seen - ordered), 8.0);
}

// The middle one of three repetitions.
GroundTruthRepetition truth_of(const RepetitionPlan& plan, int level) {
  Practice practice;
  practice.level = level;
  practice.steps = alternating(3);
  practice.steps[1].repetition = plan;
  practice.steps[1].repetition.side = Side::right;
  for (Step& s : practice.steps) {
    if (level == 3 && s.repetition.thigh_lift_deg == 0.0) s.repetition.thigh_lift_deg = 6.0;
  }
  return perform(practice).repetitions[1];
}

TEST(GroundTruthFaults, are_none_in_a_repetition_without_any) {
  EXPECT_THAT(truth_of({}, 1).faults, IsEmpty());
  EXPECT_THAT(truth_of({.lower_s = 3.2}, 3).faults, IsEmpty());
}

TEST(GroundTruthFaults, are_those_that_were_planned) {
  const auto expect = [](const char* id, const RepetitionPlan& plan, int level = 1) {
    SCOPED_TRACE(id);
    EXPECT_THAT(truth_of(plan, level).faults, Contains(id));
  };
  expect("hips_lift", {.hip_rise_m = 0.06});
  expect("early_hip_motion",
         {.hip_rise_m = 0.022, .hips_from_share = 0.0, .hips_up_share = 0.4});
  expect("thigh_lift", {.thigh_lift_deg = 10.0});
  expect("thigh_too_high", {.thigh_lift_deg = 14.0}, 3);
  expect("no_thigh_lift", {.thigh_lift_deg = 1.0}, 3);
  expect("dropped_foot", {.drop_s = 0.4});
  expect("thrown_kick", {.bend_s = 0.38});
  expect("missing_second_kick", {.kicks = 1});
  expect("extra_kick", {.kicks = 3});
  expect("extra_kick", {.kicks = 2}, 0);
  expect("shallow_kick", {.peak_deg = 60.0});
  expect("incomplete_lower", {.stop_short_deg = 30.0});
  expect("chest_sink", {.chest_sink_deg = 10.0});
  expect("head_drop", {.head_drop_deg = 30.0});
  expect("head_up", {.head_drop_deg = -30.0});
  expect("no_reach", {}, 2);
}

TEST(GroundTruthFaults, near_their_border_are_doubtful) {
  const GroundTruthRepetition r = truth_of({.thigh_lift_deg = 7.0}, 1);
  EXPECT_THAT(r.doubtful, Contains("thigh_lift"));
  EXPECT_THAT(r.faults, Not(Contains("thigh_lift")));
}

TEST(GroundTruthFaults, of_the_set_are_habits_and_the_order_of_the_sides) {
  Practice practice;
  practice.steps = alternating(4, {.lower_s = 1.45});
  practice.rocking_deg = 20.0;
  practice.elbow_forward_deg = 42.0;
  practice.steps[3].repetition.side = Side::left;
  practice.steps[0].repetition.gap_s = -1.2;
  EXPECT_THAT(
      perform(practice).set_faults,
      IsSupersetOf({"fast_lowering", "rocking", "elbows_out_of_place", "same_side_twice"}));
}

NetworkNoise silence() {
  NetworkNoise n;
  n.scale = 0.0;
  n.raised_knee = 0.0;
  n.outliers = n.joints_lost = n.frames_lost = n.swaps_per_min = 0.0;
  return n;
}

TEST(PoseNetworkSimulator, without_errors_shows_what_is_there) {
  PoseNetworkSimulator network(silence(), Camera{}, 3);
  const pose::Pose truth = seen_by(Camera{}, Body{}, Posture{});
  const auto seen = network.see(0.0, truth, {0.0, 0.0});
  ASSERT_TRUE(seen.has_value());
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    EXPECT_EQ(seen->keypoints[i].position.x_px, truth.keypoints[i].position.x_px);
    EXPECT_EQ(seen->keypoints[i].position.y_px, truth.keypoints[i].position.y_px);
  }
}

TEST(PoseNetworkSimulator, reads_large_bends_too_straight) {
  NetworkNoise noise = silence();
  noise.scale = 1e-9;
  noise.bend_bias_deg = 8.0 / noise.scale;
  Posture posture;
  posture.knee_flexion_deg[1] = 110.0;
  const Camera camera = far_camera(Side::right);
  PoseNetworkSimulator network(noise, camera, 3);
  const pose::PoseFrame frame{0, base::Seconds(0.0), camera.size,
                              network.see(0.0, seen_by(camera, Body{}, posture), {0.0, 114.0})};
  const auto measured = kinematics::measure(frame, 0.5);
  EXPECT_NEAR(measured->legs[1]->knee_flexion.value(), 114.0 - 8.0, 0.5);
}

TEST(PoseNetworkSimulator, swaps_labels_and_loses_frames_as_often_as_configured) {
  NetworkNoise noise = silence();
  noise.frames_lost = 0.2;
  noise.swaps_per_min = 60.0;
  noise.swap_s = 0.5;
  noise.others_per_min = 20.0;
  Posture posture;
  posture.knee_flexion_deg[1] = 100.0;
  const pose::Pose truth = seen_by(Camera{}, Body{}, posture);
  PoseNetworkSimulator network(noise, Camera{}, 5);
  int lost = 0;
  int exchanged = 0;
  int others = 0;
  constexpr int kFrames = 6000;
  for (int i = 0; i < kFrames; ++i) {
    const auto seen = network.see(i / 30.0, truth, {0.0, 104.0});
    if (!seen) {
      ++lost;
      continue;
    }
    const double ankle_y = (*seen)[pose::Landmark::left_ankle].position.y_px;
    if (ankle_y == truth[pose::Landmark::right_ankle].position.y_px) ++exchanged;
    if (seen->score == 0.9) ++others;
  }
  EXPECT_NEAR(lost, 0.2 * kFrames, 0.03 * kFrames);
  EXPECT_NEAR(exchanged, 0.8 * 0.9 * kFrames / 3, 0.06 * kFrames);
  EXPECT_NEAR(others, 0.8 * 0.1 * kFrames, 0.04 * kFrames);
}

TEST(RandomPractice, is_the_same_for_the_same_seed_and_has_rising_times) {
  const Practice practice = random_practice(11);
  const auto once = perform(practice).frames;
  const auto again = perform(random_practice(11)).frames;
  ASSERT_EQ(once.size(), again.size());
  for (std::size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(once[i].time, again[i].time);
    ASSERT_EQ(once[i].pose.has_value(), again[i].pose.has_value());
    if (once[i].pose) {
      EXPECT_EQ((*once[i].pose)[pose::Landmark::left_knee].position.x_px,
                (*again[i].pose)[pose::Landmark::left_knee].position.x_px);
    }
    if (i > 0) {
      EXPECT_GT(once[i].time, once[i - 1].time);
    }
  }
}

TEST(RandomPractice, keeps_to_the_recommended_placement) {
  Random random(1);
  for (int i = 0; i < 200; ++i) {
    const Body body = random_body(random);
    const Camera c = recommended_camera(random, body);
    EXPECT_GE(c.height_m, 0.2);
    EXPECT_LE(c.height_m, 0.35);
    EXPECT_LE(std::abs(c.yaw_deg), 10.0);
    EXPECT_GE(c.distance_m, 2.0);
    EXPECT_LE(c.distance_m, 2.5);
  }
}

}  // namespace
}  // namespace matside::support
