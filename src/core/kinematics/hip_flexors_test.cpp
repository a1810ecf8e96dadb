#include "core/kinematics/hip_flexors.h"

#include <gtest/gtest.h>

namespace matside::kinematics {
namespace {

using base::Degrees;

double rectus(double hip, double knee) {
  return rectus_femoris_lengthening_percent(Degrees(hip), Degrees(knee));
}

// The model's own values, which the fit is off by 0.32 at most.
TEST(HipFlexors, AreAsLongAsTheModelSays) {
  EXPECT_NEAR(rectus(-10.0, 0.0), 1.69, 0.32);
  EXPECT_NEAR(rectus(-10.0, 90.0), 17.86, 0.32);
  EXPECT_NEAR(rectus(-10.0, 110.0), 19.93, 0.32);
  EXPECT_NEAR(rectus(-10.0, 120.0), 20.79, 0.32);
  EXPECT_NEAR(rectus(0.0, 110.0), 18.34, 0.32);
  EXPECT_NEAR(rectus(-20.0, 120.0), 22.11, 0.32);
  EXPECT_NEAR(psoas_lengthening_percent(Degrees(-10.0)), 2.50, 0.05);
  EXPECT_NEAR(psoas_lengthening_percent(Degrees(-20.0)), 4.83, 0.05);
  EXPECT_EQ(rectus(0.0, 0.0), 0.0);
}

TEST(HipFlexors, AreNotThoughtLongerThanTheModelKnows) {
  EXPECT_EQ(rectus(-10.0, 150.0), rectus(-10.0, 120.0));
  EXPECT_EQ(rectus(-40.0, 90.0), rectus(-20.0, 90.0));
  EXPECT_EQ(rectus(-10.0, -30.0), rectus(-10.0, 0.0));
}

TEST(HipFlexors, LoseByHipsThatRise) { EXPECT_LT(rectus(5.0, 100.0), rectus(-5.0, 100.0)); }

}  // namespace
}  // namespace matside::kinematics
