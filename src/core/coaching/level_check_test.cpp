#include "core/coaching/level_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/exercise.h"

namespace matside::coaching {
namespace {

using base::Degrees;
using base::Seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr double kFlat_deg = 3.0;
constexpr double kPropped_deg = 29.0;

class LevelCheckTest : public ::testing::Test {
 protected:
  /// What is said to somebody who lies like that for some seconds.
  std::vector<std::string> lies(double trunk_deg, double seconds, bool at_rest = true) {
    std::vector<std::string> said;
    engine::FrameState state;
    state.person = true;
    state.posture = kinematics::BodyPosture::lying;
    state.trunk = Degrees(trunk_deg);
    for (const double until_s = now_s_ + seconds; now_s_ < until_s; now_s_ += 0.1) {
      state.time = Seconds(now_s_);
      if (const auto phrase = check_.observe(state, at_rest)) said.emplace_back(*phrase);
    }
    return said;
  }
  LevelCheck& at(int level) {
    check_ = LevelCheck(support::single_leg_kick(), *support::single_leg_kick().level(level));
    check_.asked(Seconds(now_s_));
    return check_;
  }

  double now_s_ = 1.0;
  LevelCheck check_{support::single_leg_kick(), *support::single_leg_kick().level(1)};
};

TEST_F(LevelCheckTest, says_nothing_to_a_person_who_lies_as_asked) {
  at(1);
  EXPECT_THAT(lies(kPropped_deg, 60.0), IsEmpty());
  EXPECT_TRUE(check_.accepts());
  at(0);
  EXPECT_THAT(lies(kFlat_deg, 60.0), IsEmpty());
  EXPECT_TRUE(check_.accepts());
}

TEST_F(LevelCheckTest, leaves_time_to_come_onto_the_forearms) {
  at(1);
  EXPECT_THAT(lies(kFlat_deg, 6.5), IsEmpty());
  EXPECT_FALSE(check_.accepts());
  EXPECT_THAT(lies(kPropped_deg, 30.0), IsEmpty());
  EXPECT_TRUE(check_.accepts());
}

TEST_F(LevelCheckTest, reminds_twice_and_then_accepts_it) {
  at(1);
  EXPECT_THAT(lies(kFlat_deg, 20.0), ElementsAre("lying_flat"));
  EXPECT_THAT(lies(kFlat_deg, 7.0), ElementsAre("lying_flat"));
  EXPECT_FALSE(check_.accepts());
  EXPECT_THAT(lies(kFlat_deg, 60.0), ElementsAre("stay_as_you_are"));
  EXPECT_TRUE(check_.accepts());
}

TEST_F(LevelCheckTest, says_the_other_way_round_only_at_the_flat_level) {
  at(0);
  EXPECT_THAT(lies(kPropped_deg, 10.0), ElementsAre("lying_propped"));
  EXPECT_FALSE(check_.accepts());
  EXPECT_THAT(lies(kFlat_deg, 30.0), IsEmpty());
  EXPECT_TRUE(check_.accepts());
  at(1);
  EXPECT_THAT(lies(60.0, 60.0), IsEmpty());
}

TEST_F(LevelCheckTest, waits_until_the_person_lies_still) {
  at(1);
  EXPECT_THAT(lies(kFlat_deg, 20.0, /*at_rest=*/false), IsEmpty());
  EXPECT_THAT(lies(kFlat_deg, 1.0), ElementsAre("lying_flat"));
}

TEST_F(LevelCheckTest, leaves_a_chest_that_sinks_later_to_the_posture_monitor) {
  at(1);
  EXPECT_THAT(lies(kPropped_deg, 3.0), IsEmpty());
  EXPECT_THAT(lies(kFlat_deg, 60.0), IsEmpty());
}

TEST_F(LevelCheckTest, reminds_again_where_the_reminder_was_not_said) {
  at(1);
  EXPECT_THAT(lies(kFlat_deg, 8.0), ElementsAre("lying_flat"));
  check_.unsaid();
  EXPECT_THAT(lies(kFlat_deg, 1.0), ElementsAre("lying_flat"));
}

}  // namespace
}  // namespace matside::coaching
