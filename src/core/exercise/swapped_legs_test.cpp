#include "core/exercise/swapped_legs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/support/exercise.h"
#include "tests/support/observed_body.h"

namespace matside::exercise {
namespace {

using base::Seconds;
using kinematics::BodyFrame;
using kinematics::RestPose;
using pose::Side;

constexpr double kFps = 30.0;

BodyFrame bent(Side side, double bend_deg, double time_s = 0.0) {
  support::Posture posture = support::on_forearms();
  posture.knee_flexion_deg[index(side)] = bend_deg;
  return support::observed(posture, support::square_camera(), Seconds(time_s));
}

/// Two seconds of a leg held up.
std::vector<BodyFrame> held(Side side, double bend_deg) {
  std::vector<BodyFrame> out;
  for (int i = 0; i < 60; ++i) out.push_back(bent(side, bend_deg, i / kFps));
  return out;
}

std::vector<bool> swapped(const std::vector<BodyFrame>& frames,
                          const RestPose& rest = support::observed_rest()) {
  std::vector<std::optional<kinematics::LegPair>> legs;
  for (const kinematics::BodyFrame& body : frames)
    legs.push_back(kinematics::measure_legs(body, rest));
  return swapped_legs(frames, legs, support::single_leg_kick().side);
}

std::ptrdiff_t count(const std::vector<bool>& flags) { return std::ranges::count(flags, true); }

TEST(SwappedLegs, are_none_where_the_labels_hold) {
  for (const Side side : pose::kSides) {
    const auto flags = swapped(held(side, 90.0));
    EXPECT_EQ(flags.size(), 60U);
    EXPECT_EQ(count(flags), 0);
  }
  EXPECT_TRUE(swapped({}).empty());
  EXPECT_EQ(count(swapped({bent(Side::left, 90.0)})), 0);
}

TEST(SwappedLegs, are_the_frames_of_a_burst_and_no_others) {
  for (const Side side : pose::kSides) {
    auto frames = held(side, 90.0);
    for (std::size_t i = 25; i < 29; ++i) frames[i] = with_legs_swapped(frames[i]);
    const auto flags = swapped(frames);
    for (std::size_t i = 0; i < frames.size(); ++i) {
      EXPECT_EQ(flags[i], i >= 25 && i < 29) << i;
    }
  }
}

TEST(SwappedLegs, are_none_where_the_labels_stay_exchanged) {
  auto frames = held(Side::left, 90.0);
  for (std::size_t i = 30; i < frames.size(); ++i) frames[i] = with_legs_swapped(frames[i]);
  EXPECT_EQ(count(swapped(frames)), 0);
}

TEST(SwappedLegs, are_not_looked_for_where_the_legs_look_alike) {
  const double alike_deg = 0.8 * support::single_leg_kick().side.swap_difference.value;
  auto frames = held(Side::left, alike_deg);
  for (std::size_t i = 25; i < 29; ++i) frames[i] = with_legs_swapped(frames[i]);
  EXPECT_EQ(count(swapped(frames)), 0);
}

TEST(SwappedLegs, are_not_looked_for_where_one_leg_is_unseen) {
  auto frames = held(Side::left, 90.0);
  for (std::size_t i = 25; i < 29; ++i) {
    frames[i] = with_legs_swapped(frames[i]);
    frames[i].legs[index(Side::left)].reset();
  }
  EXPECT_EQ(count(swapped(frames)), 0);
}

TEST(SwappedLegs, do_not_depend_on_when_it_was) {
  auto frames = held(Side::right, 80.0);
  for (std::size_t i = 10; i < 14; ++i) frames[i] = with_legs_swapped(frames[i]);
  const auto plain = swapped(frames);
  EXPECT_EQ(count(plain), 4);
  for (BodyFrame& b : frames) b.time += Seconds(128.0);
  EXPECT_EQ(swapped(frames), plain);
}

TEST(WithLegsSwapped, exchanges_knees_and_ankles_and_leaves_the_hips) {
  const BodyFrame body = bent(Side::left, 70.0);
  const BodyFrame out = with_legs_swapped(body);
  for (std::size_t side = 0; side < 2; ++side) {
    EXPECT_EQ(out.legs[side]->knee.x_px, body.legs[1 - side]->knee.x_px);
    EXPECT_EQ(out.legs[side]->ankle.y_px, body.legs[1 - side]->ankle.y_px);
    EXPECT_EQ(out.legs[side]->hip.y_px, body.legs[side]->hip.y_px);
    EXPECT_NEAR(out.legs[side]->knee_flexion.value(), body.legs[1 - side]->knee_flexion.value(),
                2.0);
  }
  EXPECT_EQ(out.hip.x_px, body.hip.x_px);
}

TEST(WithLegsSwapped, twice_is_the_same_body) {
  const BodyFrame body = bent(Side::right, 55.0);
  const BodyFrame twice = with_legs_swapped(with_legs_swapped(body));
  for (std::size_t side = 0; side < 2; ++side) {
    EXPECT_EQ(twice.legs[side]->ankle.x_px, body.legs[side]->ankle.x_px);
    EXPECT_NEAR(twice.legs[side]->knee_flexion.value(), body.legs[side]->knee_flexion.value(),
                1e-9);
  }
}

TEST(WithLegsSwapped, moves_a_single_leg_to_the_other_side) {
  BodyFrame body = bent(Side::left, 70.0);
  body.legs[index(Side::right)].reset();
  const BodyFrame out = with_legs_swapped(body);
  EXPECT_FALSE(out.legs[index(Side::left)]);
  ASSERT_TRUE(out.legs[index(Side::right)]);
  EXPECT_EQ(out.legs[index(Side::right)]->hip.x_px, body.legs[index(Side::left)]->hip.x_px);
  body.legs = {};
  EXPECT_FALSE(with_legs_swapped(body).legs[0]);
}

}  // namespace
}  // namespace matside::exercise
