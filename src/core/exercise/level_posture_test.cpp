#include "core/exercise/level_posture.h"

#include <gtest/gtest.h>

#include "tests/support/exercise.h"

namespace matside::exercise {
namespace {

using base::Degrees;

const Definition& kick() { return support::single_leg_kick(); }

LevelPosture posture_at(int level, double trunk_deg) {
  return level_posture(*kick().level(level), kick().camera, Degrees(trunk_deg));
}

TEST(LevelPosture, tells_flat_from_on_the_forearms) {
  EXPECT_EQ(posture_at(0, 3.0), LevelPosture::as_asked);
  EXPECT_EQ(posture_at(0, 29.0), LevelPosture::too_high);
  for (const int level : {1, 2, 3}) {
    EXPECT_EQ(posture_at(level, 29.0), LevelPosture::as_asked);
    EXPECT_EQ(posture_at(level, 3.0), LevelPosture::too_low);
  }
}

TEST(LevelPosture, is_as_asked_where_the_camera_makes_it_unsure) {
  for (const int level : {0, 1, 2, 3}) {
    EXPECT_EQ(posture_at(level, 16.0), LevelPosture::as_asked) << level;
  }
}

TEST(FlatVersion, has_the_bend_of_the_flat_level_and_the_kicks_of_the_chosen_one) {
  const Level flat = flat_version(kick(), *kick().level(2));
  EXPECT_EQ(flat.number, 0);
  EXPECT_EQ(flat.kicks, 2);
  EXPECT_EQ(flat.knee_min.value, kick().level(0)->knee_min.value);
}

TEST(FlatVersion, respects_the_comfortable_bend_of_the_person) {
  Level chosen = *kick().level(1);
  chosen.knee_min.value = 62.0;
  EXPECT_EQ(flat_version(kick(), chosen).knee_min.value, 62.0);
}

TEST(FlatVersion, is_the_chosen_level_where_no_level_is_flat) {
  Definition exercise = kick();
  exercise.levels.erase(exercise.levels.begin());
  EXPECT_EQ(flat_version(exercise, *exercise.level(1)).number, 1);
}

}  // namespace
}  // namespace matside::exercise
