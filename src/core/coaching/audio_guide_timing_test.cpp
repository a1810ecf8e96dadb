#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/coaching/audio_guide.h"
#include "core/coaching/breathing_cues.h"
#include "tests/support/exercise.h"

namespace matside::coaching {
namespace {

using Items = std::vector<AudioGuideItem>;

const exercise::Definition& kick() { return support::single_leg_kick(); }
const exercise::AudioGuideRules& rules() { return kick().audio_guide; }

Items guide(int level, int repetitions,
            BreathingPattern breath = BreathingPattern::out_on_kicks) {
  return audio_guide(kick(), {.level = level, .repetitions = repetitions, .breath = breath});
}

std::ptrdiff_t times_said(const Items& items, std::string_view id) {
  return std::ranges::count_if(
      items, [&](const AudioGuideItem& item) { return item.say && item.say->id == id; });
}

TEST(AudioGuide, sound_names_differ) {
  std::set<std::string_view> names;
  for (const SoundCue sound :
       {SoundCue::none, SoundCue::kick, SoundCue::repetition, SoundCue::side_change}) {
    names.insert(name(sound));
  }
  EXPECT_EQ(names.size(), 4U);
}

TEST(AudioGuide, alternates_sides_beginning_with_the_left_and_counts_each) {
  for (const exercise::Level& level : kick().levels) {
    int left = 0;
    int right = 0;
    for (const AudioGuideItem& item : guide(level.number, 5)) {
      EXPECT_GE(item.left, left);
      EXPECT_GE(item.right, right);
      left = item.left;
      right = item.right;
      EXPECT_GE(left - right, 0);
      EXPECT_LE(left - right, 1);
      if (item.sound != SoundCue::repetition) continue;
      ASSERT_TRUE(item.say);
      EXPECT_EQ(item.say->id, "count_" + std::to_string(left > right ? left : right));
    }
    EXPECT_EQ(left, 5);
    EXPECT_EQ(right, 5);
  }
}

TEST(AudioGuide, names_each_side_as_often_as_it_has_repetitions) {
  const Items items = guide(1, 6);
  EXPECT_EQ(times_said(items, "left"), 6);
  EXPECT_EQ(times_said(items, "right"), 6);
  EXPECT_EQ(times_said(items, "each_side_left"), 1);
}

TEST(AudioGuide, settles_first_as_the_level_lies) {
  for (const exercise::Level& level : kick().levels) {
    const Items items = guide(level.number, 3);
    ASSERT_TRUE(items.front().say);
    EXPECT_EQ(items.front().at.value(), 0.0);
    EXPECT_EQ(items.front().say->id,
              level.trunk_min.value > 0.0 ? "settle_forearms" : "settle_flat");
    EXPECT_GE(items[1].at.value(), rules().settle.value - 1e-9);
  }
}

TEST(AudioGuide, leaves_the_time_of_the_rules_between_kicks) {
  std::optional<base::Seconds> last;
  int intervals = 0;
  for (const AudioGuideItem& item : guide(1, 4)) {
    if (item.sound == SoundCue::side_change) last.reset();
    if (item.sound != SoundCue::kick) continue;
    if (last) {
      ++intervals;
      EXPECT_NEAR((item.at - *last).value(), rules().beat.value, 1e-9);
    }
    last = item.at;
  }
  EXPECT_EQ(intervals, 8);
}

// From the last kick to the count of its repetition the foot has time to come down.
TEST(AudioGuide, leaves_time_to_lower_before_it_counts) {
  for (const exercise::Level& level : kick().levels) {
    base::Seconds last_kick;
    for (const AudioGuideItem& item : guide(level.number, 4)) {
      if (item.sound == SoundCue::kick) last_kick = item.at;
      if (item.sound == SoundCue::repetition) {
        EXPECT_GE((item.at - last_kick).value(), rules().lower.value - 1e-9);
        EXPECT_GT(rules().lower.value, level.transit_70_20.value);
      }
    }
  }
}

TEST(AudioGuide, speaks_of_the_breath_only_where_it_is_asked_for) {
  for (const exercise::Level& level : kick().levels) {
    for (const auto breath : {BreathingPattern::out_on_kicks, BreathingPattern::in_on_kicks,
                              BreathingPattern::off}) {
      const Items items = guide(level.number, 5, breath);
      EXPECT_GE(times_said(items, kick_phrase_id(breath, level.kicks)), 1);
      EXPECT_GE(times_said(items, lowering_phrase_id(breath)), 1);
      for (const auto other : {BreathingPattern::out_on_kicks, BreathingPattern::in_on_kicks,
                               BreathingPattern::off}) {
        if (other == breath) continue;
        EXPECT_EQ(times_said(items, kick_phrase_id(other, level.kicks)), 0);
        EXPECT_EQ(times_said(items, lowering_phrase_id(other)), 0);
      }
    }
  }
}

TEST(AudioGuide, grows_by_the_same_time_with_every_later_repetition) {
  const auto length_s = [](int repetitions) { return guide(1, repetitions).back().at.value(); };
  const double step_s = length_s(7) - length_s(6);
  EXPECT_GT(step_s, 0.0);
  for (const int repetitions : {6, 8, 15}) {
    EXPECT_NEAR(length_s(repetitions + 1) - length_s(repetitions), step_s, 1e-9);
  }
}

TEST(AudioGuide, of_one_repetition_a_side_is_whole) {
  const Items items = guide(1, 1);
  EXPECT_EQ(times_said(items, "comfort_middle"), 1);
  EXPECT_EQ(times_said(items, "set_done"), 1);
  EXPECT_EQ(items.back().left, 1);
  EXPECT_EQ(items.back().right, 1);
  EXPECT_TRUE(std::ranges::is_sorted(items, {}, &AudioGuideItem::at));
}

}  // namespace
}  // namespace matside::coaching
