#include "formats/keypoint_array.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace matside::formats {
namespace {

using pose::Landmark;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

double same(double score) { return score; }

std::optional<pose::Pose> read(const nlohmann::json& value, std::string& error) {
  strict_json::FirstError first("k.json");
  const auto pose = read_keypoint_array({value, first}, pose::kCoco17, clamped_score);
  error = first.first().value_or("");
  return pose;
}

TEST(KeypointArray, RestoresTheJointsOfTheSkeleton) {
  pose::Pose pose;
  pose[Landmark::left_knee] = {{12.346, 67.891}, 0.75};
  const std::vector<double> numbers = keypoint_array(pose, pose::kCoco17, same);
  ASSERT_THAT(numbers, SizeIs(3 * 17));
  std::string error;
  const auto restored = read(numbers, error);
  ASSERT_TRUE(restored) << error;
  const pose::Keypoint& knee = (*restored)[Landmark::left_knee];
  EXPECT_EQ(knee.position.x_px, 12.35) << "to a hundredth of a pixel";
  EXPECT_EQ(knee.position.y_px, 67.89);
  EXPECT_EQ(knee.score, 0.75);
  EXPECT_EQ((*restored)[Landmark::right_knee].score, 0.0);
}

TEST(KeypointArray, HasZerosForAMissingJoint) {
  const std::vector<double> numbers = keypoint_array({}, pose::kCoco17, same);
  EXPECT_THAT(std::vector<double>(numbers.begin(), numbers.begin() + 3),
              ElementsAre(0.0, 0.0, 0.0));
}

TEST(KeypointArray, LimitsScores) {
  EXPECT_EQ(clamped_score(-1.0), 0.0);
  EXPECT_EQ(clamped_score(0.5), 0.5);
  EXPECT_EQ(clamped_score(2.0), 1.0);
}

TEST(KeypointArray, RefusesAnotherNumberOfNumbers) {
  std::string error;
  EXPECT_FALSE(read(std::vector<double>(50, 1.0), error));
  EXPECT_THAT(error,
              HasSubstr("has 50 numbers; coco-17 needs three for each of its 17 joints"));
  EXPECT_FALSE(read("text", error));
  EXPECT_THAT(error, HasSubstr("k.json: "));
}

}  // namespace
}  // namespace matside::formats
