#include "vision/blazepose/landmark_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace matside::blazepose {
namespace {

constexpr int kCells = 64;

TEST(DecodeLandmarks, decodes_positions_in_the_region_and_probabilities) {
  std::vector<float> values(kRawLandmarks * 5);
  values[7 * 5] = 64.0F;
  values[7 * 5 + 1] = 320.0F;
  values[7 * 5 + 2] = 99.0F;
  values[7 * 5 + 3] = 2.0F;
  values[7 * 5 + 4] = -3.0F;
  const auto landmarks = decode_landmarks(values);
  EXPECT_EQ(landmarks[7].u, 0.25);
  EXPECT_EQ(landmarks[7].v, 1.25);
  EXPECT_NEAR(landmarks[7].visibility, 1.0 / (1.0 + std::exp(-2.0)), 1e-12);
  EXPECT_NEAR(landmarks[7].presence, 1.0 / (1.0 + std::exp(3.0)), 1e-12);
  EXPECT_EQ(landmarks[38].visibility, 0.5);
}

class Refine : public testing::Test {
 protected:
  void set(int x, int y, std::size_t landmark, double chance) {
    const auto cell = static_cast<std::size_t>(y) * kCells + static_cast<std::size_t>(x);
    heatmaps_[cell * kRawLandmarks + landmark] =
        static_cast<float>(std::log(chance / (1.0 - chance)));
  }
  /// Landmark 5 after refinement, in cells.
  RawLandmark refined(double x, double y) {
    std::array<RawLandmark, kRawLandmarks> landmarks{};
    landmarks[5].u = x / kCells;
    landmarks[5].v = y / kCells;
    refine(heatmaps_, landmarks);
    return {landmarks[5].u * kCells, landmarks[5].v * kCells, 0, 0};
  }
  std::vector<float> heatmaps_ =
      std::vector<float>(std::size_t{kCells} * kCells * kRawLandmarks, -40.0F);
};

TEST_F(Refine, moves_a_landmark_to_the_centre_of_mass_around_it) {
  set(20, 30, 5, 0.9);
  set(22, 31, 5, 0.3);
  const auto moved = refined(19.5, 29.9);
  EXPECT_NEAR(moved.u, (0.9 * 20 + 0.3 * 22) / 1.2, 1e-5);
  EXPECT_NEAR(moved.v, (0.9 * 30 + 0.3 * 31) / 1.2, 1e-5);
}

TEST_F(Refine, uses_at_most_three_cells_in_each_direction) {
  set(20, 30, 5, 0.9);
  set(24, 30, 5, 0.9);
  EXPECT_NEAR(refined(20.2, 30.2).u, 20.0, 1e-5);
  EXPECT_NEAR(refined(21.2, 30.2).u, 22.0, 1e-5);
}

TEST_F(Refine, leaves_a_landmark_when_its_own_heatmap_is_weak) {
  set(20, 30, 5, 0.45);
  set(20, 30, 6, 0.95);
  const auto kept = refined(19.5, 29.9);
  EXPECT_NEAR(kept.u, 19.5, 1e-12);
  EXPECT_NEAR(kept.v, 29.9, 1e-12);
}

TEST_F(Refine, works_at_the_borders_and_leaves_landmarks_outside_alone) {
  set(0, 0, 5, 0.9);
  set(63, 63, 5, 0.9);
  EXPECT_NEAR(refined(0.0, 2.0).v, 0.0, 1e-5);
  EXPECT_NEAR(refined(63.9, 62.0).u, 63.0, 1e-5);
  EXPECT_EQ(refined(-0.5, 1.0).v, 1.0);
  EXPECT_EQ(refined(1.0, 64.0).v, 64.0);
  EXPECT_TRUE(std::isnan(refined(std::nan(""), 1.0).u));
}

}  // namespace
}  // namespace matside::blazepose
