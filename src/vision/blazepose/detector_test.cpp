#include "vision/blazepose/detector.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "vision/blazepose/pose_models.h"

namespace matside::blazepose {
namespace {

constexpr std::size_t kAnchors = 2254;

struct Outputs {
  std::vector<float> coordinates = std::vector<float>(kAnchors * 12);
  std::vector<float> logits = std::vector<float>(kAnchors, -20.0F);

  void set(std::size_t anchor, float logit, const std::array<float, 12>& values) {
    logits.at(anchor) = logit;
    std::copy(values.begin(), values.end(),
              coordinates.begin() + static_cast<std::ptrdiff_t>(anchor * 12));
  }
  [[nodiscard]] std::vector<Detection> decoded() const {
    return decode_detections(coordinates, logits);
  }
};

/// A box of 56 x 112 of the 224 cells, its points 10, 20, .. to the right of the anchor.
constexpr std::array<float, 12> kBox{0, 0, 56, 112, 10, 0, 20, 0, 30, 0, 40, 0};

TEST(Decode, places_boxes_and_points_relative_to_the_anchors) {
  // 28 x 28 cells of two anchors, 14 x 14 of two, 7 x 7 of six.
  struct Place {
    std::size_t anchor;
    double x, y;
  };
  for (const Place& place :
       {Place{0, 0.5 / 28, 0.5 / 28}, Place{2 * 28 + 3, 1.5 / 28, 1.5 / 28},
        Place{1568, 0.5 / 14, 0.5 / 14}, Place{1568 + 392, 0.5 / 7, 0.5 / 7},
        Place{1568 + 392 + 5, 0.5 / 7, 0.5 / 7}, Place{2253, 6.5 / 7, 6.5 / 7}}) {
    Outputs outputs;
    outputs.set(place.anchor, 2.0F, kBox);
    const auto found = outputs.decoded();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NEAR(found[0].score, 1.0 / (1.0 + std::exp(-2.0)), 1e-12);
    EXPECT_NEAR(found[0].left, place.x - 0.125, 1e-12);
    EXPECT_NEAR(found[0].right, place.x + 0.125, 1e-12);
    EXPECT_NEAR(found[0].top, place.y - 0.25, 1e-12);
    EXPECT_NEAR(found[0].bottom, place.y + 0.25, 1e-12);
    for (std::size_t p = 0; p < 4; ++p) {
      EXPECT_NEAR(found[0].points[p][0], place.x + 10.0 * static_cast<double>(p + 1) / 224,
                  1e-7);
      EXPECT_NEAR(found[0].points[p][1], place.y, 1e-12);
    }
  }
}

TEST(Decode, keeps_scores_of_at_least_one_half) {
  Outputs outputs;
  outputs.set(100, -0.01F, kBox);
  EXPECT_TRUE(outputs.decoded().empty());
  outputs.set(100, 0.0F, kBox);
  EXPECT_EQ(outputs.decoded().size(), 1U);
}

TEST(Decode, drops_invalid_boxes) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinite = std::numeric_limits<float>::infinity();
  Outputs outputs;
  outputs.set(1, 5.0F, {0, 0, nan, 10, 0, 0, 0, 0, 0, 0, 0, 0});
  outputs.set(2, 5.0F, {0, 0, 10, 10, infinite, 0, 0, 0, 0, 0, 0, 0});
  outputs.set(3, 5.0F, {0, 0, -10, 10, 0, 0, 0, 0, 0, 0, 0, 0});
  outputs.set(4, nan, kBox);
  EXPECT_TRUE(outputs.decoded().empty());
}

Detection box(double score, double left, double width) {
  Detection d;
  d.score = score;
  d.left = left;
  d.right = left + width;
  d.bottom = 1.0;
  d.points.fill({left, 0.5});
  return d;
}

TEST(Merge, gives_the_mean_of_overlapping_boxes_weighted_by_score_and_the_best_score) {
  const auto merged = merge_overlapping({box(0.6, 0.1, 1.0), box(0.9, 0.0, 1.0)});
  ASSERT_EQ(merged.size(), 1U);
  EXPECT_EQ(merged[0].score, 0.9);
  EXPECT_NEAR(merged[0].left, 0.04, 1e-12);
  EXPECT_NEAR(merged[0].right, 1.04, 1e-12);
  EXPECT_NEAR(merged[0].points[2][0], 0.04, 1e-12);
  EXPECT_NEAR(merged[0].points[2][1], 0.5, 1e-12);
}

TEST(Merge, does_not_merge_boxes_that_overlap_by_less_than_three_tenths) {
  // Intersection over union of two unit boxes a distance d apart: (1 - d) / (1 + d).
  EXPECT_EQ(merge_overlapping({box(0.6, 0.53, 1.0), box(0.9, 0.0, 1.0)}).size(), 1U);
  const auto apart = merge_overlapping({box(0.6, 0.55, 1.0), box(0.9, 0.0, 1.0)});
  ASSERT_EQ(apart.size(), 2U);
  EXPECT_EQ(apart[0].score, 0.9);
  EXPECT_EQ(apart[1].left, 0.55);
  EXPECT_TRUE(merge_overlapping({}).empty());
}

TEST(Detector, without_a_model_file_fails_with_the_files_name) {
  const auto detector = Detector::create({.folder = "no_such_folder"});
  ASSERT_FALSE(detector.ok());
  EXPECT_EQ(detector.error().kind, base::ErrorKind::model);
  EXPECT_NE(detector.error().message.find(kDetectorFile), std::string::npos);
}

}  // namespace
}  // namespace matside::blazepose
