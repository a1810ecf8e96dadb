#include "core/coaching/pace.h"

#include <gtest/gtest.h>

#include "tests/support/exercise.h"

namespace matside::coaching {
namespace {

using base::Seconds;

exercise::Level kicking_level(int kicks) {
  exercise::Level level;
  level.kicks = kicks;
  return level;
}

exercise::Repetition repetition(double start_s, double first_s, double last_s, double end_s) {
  exercise::Repetition repetition;
  repetition.start = Seconds(start_s);
  repetition.end = Seconds(end_s);
  for (const double time_s : {first_s, last_s}) {
    exercise::Kick kick;
    kick.time = Seconds(time_s);
    repetition.kicks.push_back(kick);
  }
  return repetition;
}

TEST(Pace, begins_with_that_of_the_rules) {
  const exercise::AudioGuideRules& guide = support::single_leg_kick().audio_guide;
  const exercise::SpeechRules& speech = support::single_leg_kick().speech;
  const Pace pace(guide, speech, kicking_level(2));
  EXPECT_EQ(pace.to_first_kick(), Seconds(guide.bend.value));
  EXPECT_NEAR(pace.to_last_kick().value(), guide.bend.value + guide.beat.value, 1e-9);
  EXPECT_EQ(pace.lowering(), Seconds(guide.lower.value));
  EXPECT_EQ(pace.rest(), Seconds(speech.side_within.value));
  EXPECT_EQ(Pace(guide, speech, kicking_level(1)).to_last_kick(),
            Seconds(guide.slow_bend.value));
}

TEST(Pace, follows_the_person) {
  exercise::SpeechRules speech = support::single_leg_kick().speech;
  speech.pace_weight.value = 1.0;
  Pace pace(support::single_leg_kick().audio_guide, speech, kicking_level(2));
  pace.take(repetition(10.0, 10.5, 11.0, 12.2));
  EXPECT_NEAR(pace.to_first_kick().value(), 0.5, 1e-9);
  EXPECT_NEAR(pace.to_last_kick().value(), 1.0, 1e-9);
  EXPECT_NEAR(pace.lowering().value(), 1.2, 1e-9);
  pace.take(repetition(12.6, 13.1, 13.6, 14.8));
  EXPECT_NEAR(pace.rest().value(), 0.4, 1e-9);
  exercise::Repetition without_kicks = repetition(15.0, 0.0, 0.0, 16.0);
  without_kicks.kicks.clear();
  pace.take(without_kicks);
  EXPECT_NEAR(pace.lowering().value(), 1.2, 1e-9);
}

}  // namespace
}  // namespace matside::coaching
