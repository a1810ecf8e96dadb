#include "vision/blazepose/eye.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace matside::blazepose {
namespace {

constexpr std::size_t kChannels = 42;
constexpr std::size_t kPlaces = 19;

/// The eye's raw outputs.
struct Outputs {
  std::vector<float> maps = std::vector<float>(std::size_t{64} * 64 * kChannels, -30.0F);
  std::vector<float> posture = std::vector<float>(std::size_t{8} * 8 * kPostureClassCount);

  void set(std::size_t x, std::size_t y, std::size_t channel, double value) {
    maps[(y * 64 + x) * kChannels + channel] = static_cast<float>(value);
  }
  void fill(std::size_t channel, double value) {
    for (std::size_t cell = 0; cell < 64 * 64; ++cell) {
      maps[cell * kChannels + channel] = static_cast<float>(value);
    }
  }
  [[nodiscard]] EyeReading read() const { return read_eye(maps, posture); }
};

TEST(ReadEye, places_a_joint_at_the_mean_of_its_probabilities) {
  Outputs outputs;
  outputs.set(10, 20, 0, 5.0);
  outputs.set(12, 20, 0, 5.0);
  outputs.fill(kPlaces, std::log(8.0));
  const JointEstimate nose = outputs.read().nose;
  EXPECT_NEAR(nose.u, 11.5 / 64, 1e-6);
  EXPECT_NEAR(nose.v, 20.5 / 64, 1e-6);
  EXPECT_NEAR(nose.deviation, 8.0 / 256, 1e-6);
}

TEST(ReadEye, distinguishes_near_and_far_joints) {
  Outputs outputs;
  outputs.set(1, 2, 6, 9.0);   // near knee
  outputs.set(3, 4, 15, 9.0);  // far knee
  const EyeReading reading = outputs.read();
  EXPECT_NEAR(reading.at(CameraSide::near, EyeJoint::knee).u, 1.5 / 64, 1e-4);
  EXPECT_NEAR(reading.at(CameraSide::far, EyeJoint::knee).v, 4.5 / 64, 1e-4);
}

TEST(ReadEye, takes_flexion_where_the_knee_is) {
  Outputs outputs;
  outputs.set(30, 30, 15, 40.0);
  outputs.fill(2 * kPlaces + 1, 0.1);
  outputs.set(30, 30, 2 * kPlaces + 1, 0.95);
  outputs.fill(2 * kPlaces + 3, std::log(4.0));
  const pose::KneeEstimate far = outputs.read().knees[1];
  EXPECT_NEAR(far.flexion.value(), 95.0, 1e-3);
  EXPECT_NEAR(far.deviation.value(), 4.0, 1e-4);
}

TEST(ReadEye, averages_the_posture_over_the_region) {
  Outputs outputs;
  for (std::size_t cell = 0; cell < 64; ++cell) {
    outputs.posture[cell * kPostureClassCount + 1] = cell % 2 == 0 ? 4.0F : 0.0F;
  }
  const EyeReading reading = outputs.read();
  EXPECT_NEAR(reading.chance(PostureClass::prone), std::exp(2.0) / (std::exp(2.0) + 3.0), 1e-6);
}

}  // namespace
}  // namespace matside::blazepose
