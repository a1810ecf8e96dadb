#include "core/coaching/audio_guide.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/support/exercise.h"

namespace matside::coaching {
namespace {

using base::Seconds;

std::vector<AudioGuideItem> script_for(int level, int repetitions) {
  return audio_guide(support::single_leg_kick(), {.level = level, .repetitions = repetitions});
}

std::ptrdiff_t sounds(const std::vector<AudioGuideItem>& items, SoundCue sound) {
  return std::ranges::count(items, sound, &AudioGuideItem::sound);
}

TEST(AudioGuide, HasEveryRepetitionAndEveryKickOfItsLevel) {
  for (const exercise::Level& level : support::single_leg_kick().levels) {
    const auto items = script_for(level.number, 7);
    EXPECT_EQ(sounds(items, SoundCue::repetition), 14);
    EXPECT_EQ(sounds(items, SoundCue::kick), 14 * level.kicks);
    EXPECT_EQ(items.back().left, 7);
    EXPECT_EQ(items.back().right, 7);
  }
}

TEST(AudioGuide, RisesInTimeAtATempoTheExerciseAllows) {
  const auto items = script_for(1, 10);
  EXPECT_TRUE(std::ranges::is_sorted(items, {}, &AudioGuideItem::at));
  const auto& rules = support::single_leg_kick().repetition;
  std::optional<Seconds> kick;
  for (const AudioGuideItem& item : items) {
    if (item.sound == SoundCue::side_change) kick.reset();
    if (item.sound != SoundCue::kick) continue;
    if (kick) {
      EXPECT_GE(item.at - *kick, Seconds(rules.kick_interval_min.value));
      EXPECT_LE(item.at - *kick, Seconds(rules.kick_interval_max.value));
    }
    kick = item.at;
  }
}

TEST(AudioGuide, AsksAboutComfortHalfwayAndEndsTheSet) {
  const auto items = script_for(1, 4);
  const auto says = [](std::string_view id) {
    return [id](const AudioGuideItem& item) { return item.say && item.say->id == id; };
  };
  const auto middle = std::ranges::find_if(items, says("comfort_middle"));
  ASSERT_NE(middle, items.end());
  EXPECT_EQ(middle->left + middle->right, 4);
  EXPECT_EQ(std::ranges::count_if(items, says("set_done")), 1);
}

}  // namespace
}  // namespace matside::coaching
