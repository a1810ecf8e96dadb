#include "core/kinematics/rest_noise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include <vector>

#include "core/kinematics/leg_angles.h"
#include "tests/support/observed_body.h"

namespace matside::kinematics {
namespace {

using base::Degrees;
using pose::Side;
using support::observed;
using support::on_forearms;
using support::square_camera;

constexpr double RestNoise::*kParts[] = {&RestNoise::hip_thigh_lengths, &RestNoise::knee_deg,
                                         &RestNoise::thigh_deg, &RestNoise::trunk_deg,
                                         &RestNoise::neck_deg};

RestNoise usual() {
  RestNoise noise;
  for (const auto part : kParts) noise.*part = 2.0;
  return noise;
}

struct Learner {
  explicit Learner(Side near = Side::right)
      : still(observed(on_forearms(), square_camera(near))),
        rest(support::observed_rest(square_camera(near))) {}

  BodyFrame still;
  RestPose rest;
  RestNoiseEstimator estimator{usual()};
};

/// The same leg with its knee bent and its thigh lifted by this much more.
void stir(LegFrame& leg, double degrees) {
  leg.knee_flexion += Degrees(degrees);
  leg.knee.y_px -= leg.thigh_px * std::sin(degrees * std::numbers::pi / 180.0);
}

TEST(RestNoiseLearning, begins_with_what_is_usual) {
  const RestNoise noise = RestNoiseEstimator(usual()).noise();
  for (const auto part : kParts) EXPECT_DOUBLE_EQ(noise.*part, 2.0);
}

TEST(RestNoiseLearning, falls_steadily_for_a_person_who_lies_still) {
  Learner learner;
  RestNoise last = learner.estimator.noise();
  for (int second = 0; second < 60; ++second) {
    for (int i = 0; i < 30; ++i) learner.estimator.add(learner.still, learner.rest);
    const RestNoise noise = learner.estimator.noise();
    for (const auto part : kParts) {
      EXPECT_LT(noise.*part, last.*part);
      EXPECT_GE(noise.*part, 0.0);
    }
    last = noise;
  }
  for (const auto part : kParts) EXPECT_LT(last.*part, 0.5);
}

// The hip a fixed distance above and below its rest in turn: that distance is the deviation.
TEST(RestNoiseLearning, comes_to_know_the_hips_own_scatter) {
  Learner learner;
  const double off_px = 0.03 * learner.rest.thigh_px;
  RestNoise start = usual();
  start.hip_thigh_lengths = 0.01;
  RestNoiseEstimator estimator(start);
  for (int i = 0; i < 20'000; ++i) {
    BodyFrame body = learner.still;
    body.hip.y_px += i % 2 == 0 ? off_px : -off_px;
    estimator.add(body, learner.rest);
  }
  EXPECT_NEAR(estimator.noise().hip_thigh_lengths, 0.03, 0.001);
}

TEST(RestNoiseLearning, comes_to_know_each_legs_scatter_on_either_side) {
  for (const Side near : pose::kSides) {
    Learner learner(near);
    for (int i = 0; i < 20'000; ++i) {
      BodyFrame body = learner.still;
      for (auto& leg : body.legs) stir(*leg, i % 2 == 0 ? 3.0 : -3.0);
      learner.estimator.add(body, learner.rest);
    }
    EXPECT_NEAR(learner.estimator.noise().thigh_deg, 3.0, 0.05);
    EXPECT_GT(learner.estimator.noise().knee_deg, 1.0);
    EXPECT_LT(learner.estimator.noise().trunk_deg, 0.5);
  }
}

TEST(RestNoiseLearning, ignores_the_sign_of_a_deviation) {
  Learner up;
  Learner down;
  for (int i = 0; i < 50; ++i) {
    BodyFrame body = up.still;
    body.hip.y_px += 3.0;
    up.estimator.add(body, up.rest);
    body.hip.y_px -= 6.0;
    down.estimator.add(body, down.rest);
  }
  EXPECT_NEAR(up.estimator.noise().hip_thigh_lengths, down.estimator.noise().hip_thigh_lengths,
              1e-9);
}

TEST(RestNoiseLearning, one_wild_frame_hardly_counts) {
  Learner learner;
  BodyFrame wild = learner.still;
  wild.hip.y_px -= 1e5;
  for (auto& leg : wild.legs) stir(*leg, 170.0);
  learner.estimator.add(wild, learner.rest);
  const RestNoise noise = learner.estimator.noise();
  for (const auto part : kParts) EXPECT_LT(noise.*part, 1.5 * 2.0);
}

TEST(RestNoiseLearning, is_unchanged_by_a_leg_that_is_not_seen) {
  Learner learner;
  for (auto& leg : learner.still.legs) leg.reset();
  for (int i = 0; i < 500; ++i) learner.estimator.add(learner.still, learner.rest);
  const RestNoise noise = learner.estimator.noise();
  EXPECT_DOUBLE_EQ(noise.knee_deg, 2.0);
  EXPECT_DOUBLE_EQ(noise.thigh_deg, 2.0);
  EXPECT_LT(noise.trunk_deg, 1.0);
}

TEST(RestNoiseLearning, is_finite_against_a_rest_without_lengths) {
  Learner learner;
  learner.rest.thigh_px = 0.0;
  learner.estimator.add(learner.still, learner.rest);
  EXPECT_GE(learner.estimator.noise().hip_thigh_lengths, 0.0);
  EXPECT_LT(learner.estimator.noise().hip_thigh_lengths, 10.0);
}

}  // namespace
}  // namespace matside::kinematics
