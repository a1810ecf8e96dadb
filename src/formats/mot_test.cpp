#include "formats/mot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/engine/session.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace matside::formats {
namespace {

using base::Degrees;
using base::Seconds;
using ::testing::EndsWith;

TEST(MotText, HasAHeaderAndARowForEachFrame) {
  JointAngles first;
  first.time = Seconds(0.04);
  first.knee_flexion = {Degrees(10.5), Degrees(90.25)};
  first.hip_flexion = {std::nullopt, Degrees(-5.0)};
  EXPECT_EQ(mot_text({first, JointAngles{}}, "kick"),
            "kick\nversion=1\nnRows=2\nnColumns=5\ninDegrees=yes\nendheader\n"
            "time\tknee_angle_r\tknee_angle_l\thip_flexion_r\thip_flexion_l\n"
            "0.040000\t90.250\t10.500\t-5.000\tnan\n"
            "0.000000\tnan\tnan\tnan\tnan\n");
}

TEST(JointAnglesTest, FollowTheKicksOfASimulatedPractice) {
  support::Practice practice;
  practice.steps = support::alternating(2);
  const auto frames = support::perform(practice).frames;
  auto session = engine::Session::create(support::single_leg_kick(), 1);
  for (const pose::PoseFrame& frame : frames) session.value().push(frame);
  session.value().finish();
  const auto angles =
      joint_angles(frames, session.value().analysis(), support::single_leg_kick().measurement);
  ASSERT_EQ(angles.size(), frames.size());
  double greatest_deg = 0.0;
  double smallest_deg = 180.0;
  int hips = 0;
  for (const JointAngles& now : angles) {
    for (const auto& knee : now.knee_flexion) {
      if (!knee) continue;
      greatest_deg = std::max(greatest_deg, knee->value());
      smallest_deg = std::min(smallest_deg, knee->value());
    }
    for (const auto& hip : now.hip_flexion) {
      if (!hip) continue;
      ++hips;
      EXPECT_LT(std::abs(hip->value()), 60.0) << now.time.value();
    }
  }
  EXPECT_GT(greatest_deg, 80.0);
  EXPECT_LT(smallest_deg, 30.0);
  EXPECT_GT(hips, 100);
}

TEST(JointAnglesTest, AreAbsentWithoutAPerson) {
  std::vector<pose::PoseFrame> frames(3);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    frames[i].time = Seconds(0.04 * static_cast<double>(i));
    frames[i].image_size = {640, 360};
  }
  const auto angles =
      joint_angles(frames, engine::Analysis(), support::single_leg_kick().measurement);
  ASSERT_EQ(angles.size(), 3U);
  EXPECT_FALSE(angles[1].knee_flexion[0]);
  EXPECT_FALSE(angles[1].hip_flexion[1]);
  EXPECT_THAT(mot_text(angles, "none"), EndsWith("\tnan\tnan\tnan\tnan\n"));
}

}  // namespace
}  // namespace matside::formats
