#include "core/coaching/prompt_scheduler.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/exercise.h"

namespace matside::coaching {
namespace {

using base::Seconds;
using engine::RepetitionCounts;
using exercise::KickingSide;
using exercise::MovementPhase;
using exercise::Repetition;
using Ids = std::vector<std::string>;

class PromptSchedulerTest : public ::testing::Test {
 protected:
  Ids observe(double time_s, MovementPhase phase = MovementPhase::rest, int kicks = 0) {
    engine::FrameState state;
    state.time = Seconds(time_s);
    state.movement.phase = phase;
    state.movement.kicks = kicks;
    const auto said = prompts_.observe(state);
    return {said.begin(), said.end()};
  }
  void finish(KickingSide side, double time_s, bool spoken_to = false, int clean = 0) {
    Repetition repetition;
    repetition.side = side;
    if (side == KickingSide::left) ++counts_.left;
    if (side == KickingSide::right) ++counts_.right;
    prompts_.after(repetition, counts_, Seconds(time_s), spoken_to, clean);
  }

  RepetitionCounts counts_;
  PromptScheduler prompts_{support::single_leg_kick().coaching, BreathingPattern::out_on_kicks,
                           2, 5};
};

TEST_F(PromptSchedulerTest, the_set_begins_with_the_left_side_prompted_in_full) {
  prompts_.start(Seconds(10.0), counts_);
  EXPECT_EQ(observe(9.9), Ids());
  EXPECT_EQ(observe(10.0), (Ids{"left", "out_kick_kick"}));
  EXPECT_EQ(observe(10.1), Ids());
}

TEST_F(PromptSchedulerTest, a_set_that_continues_begins_with_the_side_that_is_behind) {
  counts_.left = 3;
  counts_.right = 2;
  prompts_.start(Seconds(0.0), counts_);
  EXPECT_EQ(prompts_.next_side(), pose::Side::right);
}

TEST_F(PromptSchedulerTest, the_next_side_is_prompted_once_the_count_was_heard) {
  prompts_.start(Seconds(0.0), counts_);
  (void)observe(0.0);
  finish(KickingSide::left, 5.0);
  EXPECT_EQ(observe(5.6), Ids());
  EXPECT_EQ(observe(5.7), (Ids{"right", "out_kick_kick"}));
}

TEST_F(PromptSchedulerTest, only_four_turns_are_prompted_in_full) {
  prompts_.start(Seconds(0.0), counts_);
  std::vector<std::size_t> lengths{observe(0.0).size()};
  for (int turn = 1; turn < 6; ++turn) {
    finish(turn % 2 == 1 ? KickingSide::left : KickingSide::right, 5.0 * turn);
    lengths.push_back(observe(5.0 * turn + 1.0).size());
  }
  EXPECT_EQ(lengths, (std::vector<std::size_t>{2, 2, 2, 2, 1, 1}));
}

TEST_F(PromptSchedulerTest, a_person_who_has_begun_already_is_not_prompted) {
  prompts_.start(Seconds(0.0), counts_);
  EXPECT_EQ(observe(-0.1, MovementPhase::bending), Ids());
  EXPECT_EQ(observe(0.5), Ids());
}

TEST_F(PromptSchedulerTest, no_prompt_follows_a_correction) {
  finish(KickingSide::left, 5.0, /*spoken_to=*/true);
  EXPECT_EQ(observe(6.0), Ids());
}

TEST_F(PromptSchedulerTest, three_clean_repetitions_in_a_row_need_no_prompt) {
  finish(KickingSide::left, 5.0, false, 2);
  EXPECT_EQ(observe(6.0), (Ids{"right", "out_kick_kick"}));
  finish(KickingSide::right, 10.0, false, 3);
  EXPECT_EQ(observe(11.0), Ids());
}

TEST_F(PromptSchedulerTest,
       lowering_is_prompted_once_all_kicks_are_done_and_four_times_at_most) {
  for (int i = 0; i < 6; ++i) {
    const double start_s = 10.0 * i;
    EXPECT_EQ(observe(start_s, MovementPhase::kicking, 1), Ids());
    const Ids said = observe(start_s + 1.0, MovementPhase::lowering, 2);
    EXPECT_EQ(said, i < 4 ? Ids{"in_lower"} : Ids()) << i;
    EXPECT_EQ(observe(start_s + 1.1, MovementPhase::lowering, 2), Ids());
    EXPECT_EQ(observe(start_s + 3.0), Ids());
  }
}

TEST_F(PromptSchedulerTest, lowering_after_one_of_two_kicks_is_not_prompted) {
  EXPECT_EQ(observe(1.0, MovementPhase::lowering, 1), Ids());
}

TEST_F(PromptSchedulerTest, a_side_that_is_done_is_not_prompted_again) {
  counts_ = {5, 3, 0, 0, 0};
  finish(KickingSide::right, 5.0);
  EXPECT_EQ(prompts_.next_side(), pose::Side::right);
}

TEST_F(PromptSchedulerTest, an_unsure_side_counts_as_the_side_prompted) {
  prompts_.start(Seconds(0.0), counts_);
  ASSERT_EQ(prompts_.next_side(), pose::Side::left);
  finish(KickingSide::unsure, 5.0);
  EXPECT_EQ(prompts_.next_side(), pose::Side::right);
}

TEST(PromptSchedulerBreathing, follows_the_pattern_and_the_number_of_kicks) {
  const auto first = [](BreathingPattern breath, int kicks) {
    PromptScheduler prompts(support::single_leg_kick().coaching, breath, kicks, 5);
    prompts.start(Seconds(0.0), {});
    return std::string(prompts.observe({}).back());
  };
  EXPECT_EQ(first(BreathingPattern::in_on_kicks, 2), "in_kick_kick");
  EXPECT_EQ(first(BreathingPattern::off, 2), "kick_kick");
  EXPECT_EQ(first(BreathingPattern::out_on_kicks, 1), "out_kick");
  EXPECT_EQ(first(BreathingPattern::off, 1), "kick");
}

TEST_F(PromptSchedulerTest, after_the_same_side_twice_the_other_is_next) {
  for (const KickingSide side : {KickingSide::left, KickingSide::right}) {
    finish(side, 5.0);
    finish(side, 10.0);
    EXPECT_EQ(prompts_.next_side(),
              side == KickingSide::left ? pose::Side::right : pose::Side::left);
  }
}

}  // namespace
}  // namespace matside::coaching
