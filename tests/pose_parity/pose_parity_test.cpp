#include "tests/pose_parity/pose_parity.h"

#include <gtest/gtest.h>

namespace matside::tests {
namespace {

using blazepose::Variant;

std::vector<double> distances_px(Variant variant) {
  const std::filesystem::path root = MATSIDE_SOURCE_DIR;
  const auto measured = measure_parity(root / "tests/data/parity",
                                       root / "web/node_modules/@mediapipe/pose", variant);
  if (!measured.ok()) {
    ADD_FAILURE() << measured.error().message;
    return {1e9};
  }
  EXPECT_EQ(measured.value().size(), 16U);
  for (const auto& picture : measured.value()) EXPECT_TRUE(picture.found) << picture.name;
  const auto sorted = sorted_distances_px(measured.value());
  return sorted.empty() ? std::vector<double>{1e9} : sorted;
}

TEST(PoseParity, of_model_full_is_within_3_px_in_the_median_and_12_px_for_95_percent) {
  const auto sorted = distances_px(Variant::full);
  EXPECT_LE(quantile(sorted, 0.5), 3.0);
  EXPECT_LE(quantile(sorted, 0.95), 12.0);
}

TEST(PoseParity, of_model_lite_is_within_3_px_in_the_median_and_20_px_for_95_percent) {
  const auto sorted = distances_px(Variant::lite);
  EXPECT_LE(quantile(sorted, 0.5), 3.0);
  EXPECT_LE(quantile(sorted, 0.95), 20.0);
}

TEST(PoseParity, of_model_heavy_is_within_3_px_in_the_median_and_12_px_for_95_percent) {
  const auto sorted = distances_px(Variant::heavy);
  EXPECT_LE(quantile(sorted, 0.5), 3.0);
  EXPECT_LE(quantile(sorted, 0.95), 12.0);
}

TEST(Quantile, is_the_smallest_value_that_the_share_reaches) {
  EXPECT_EQ(quantile({1, 2, 3, 4}, 0.5), 2);
  EXPECT_EQ(quantile({1, 2, 3, 4}, 0.95), 4);
  EXPECT_EQ(quantile({7}, 0.5), 7);
}

}  // namespace
}  // namespace matside::tests
