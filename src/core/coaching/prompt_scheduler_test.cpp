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
    const auto said = prompts_.observe(state, speaking_);
    Ids ids;
    for (const Prompt& prompt : said) ids.emplace_back(prompt.id);
    return ids;
  }
  void finish(KickingSide side, double time_s, bool spoken_to = false, int clean = 0) {
    Repetition repetition;
    repetition.side = side;
    repetition.end = Seconds(time_s);
    if (side == KickingSide::left) ++counts_.left;
    if (side == KickingSide::right) ++counts_.right;
    prompts_.after(repetition, counts_, Seconds(time_s), spoken_to, clean);
  }

  RepetitionCounts counts_;
  bool speaking_ = false;
  PromptScheduler prompts_{support::single_leg_kick(), *support::single_leg_kick().level(1),
                           BreathingPattern::out_on_kicks, 5};
};

TEST_F(PromptSchedulerTest, the_set_begins_with_the_left_side_and_its_bend_with_the_kicks) {
  prompts_.start(Seconds(10.0), counts_);
  EXPECT_EQ(observe(9.9), Ids());
  EXPECT_EQ(observe(10.0), Ids{"left"});
  EXPECT_EQ(observe(10.1), Ids());
  EXPECT_EQ(observe(11.0, MovementPhase::bending), Ids{"out_kick_kick"});
  EXPECT_EQ(observe(11.1, MovementPhase::bending), Ids());
}

TEST_F(PromptSchedulerTest, a_set_that_continues_begins_with_the_side_that_is_behind) {
  counts_.left = 3;
  counts_.right = 2;
  prompts_.start(Seconds(0.0), counts_);
  EXPECT_EQ(prompts_.next_side(), pose::Side::right);
}

TEST_F(PromptSchedulerTest, the_next_side_is_worth_saying_until_the_usual_time_of_the_bend) {
  prompts_.start(Seconds(0.0), counts_);
  (void)observe(0.0);
  finish(KickingSide::left, 5.0);
  engine::FrameState state;
  state.time = Seconds(5.1);
  const auto said = prompts_.observe(state, speaking_);
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said.front().id, "right");
  EXPECT_EQ(said.front().start_by, Seconds(5.0) + prompts_.pace().rest() -
                                       Seconds(support::single_leg_kick().speech.gap.value));
}

TEST_F(PromptSchedulerTest, a_side_that_was_not_said_in_time_is_said_to_a_person_who_rests) {
  finish(KickingSide::left, 5.0);
  EXPECT_EQ(observe(5.0), Ids{"right"});
  prompts_.side_unsaid(Seconds(6.0));
  EXPECT_EQ(observe(8.9), Ids());
  speaking_ = true;
  EXPECT_EQ(observe(9.0), Ids()) << "not while something is being said";
  speaking_ = false;
  EXPECT_EQ(observe(9.1), Ids{"right"});
  prompts_.side_unsaid(Seconds(9.2));
  EXPECT_EQ(observe(10.0, MovementPhase::bending).size(), 1U) << "the kicks alone";
  EXPECT_EQ(observe(14.0), Ids());
}

TEST_F(PromptSchedulerTest, only_four_turns_are_prompted_in_full) {
  prompts_.start(Seconds(0.0), counts_);
  std::vector<std::size_t> prompts;
  for (int turn = 0; turn < 6; ++turn) {
    const double at_s = 5.0 * turn;
    prompts.push_back(observe(at_s).size() +
                      observe(at_s + 1.0, MovementPhase::bending).size());
    finish(turn % 2 == 0 ? KickingSide::left : KickingSide::right, at_s + 5.0);
  }
  EXPECT_EQ(prompts, (std::vector<std::size_t>{2, 2, 2, 2, 1, 1}));
}

TEST_F(PromptSchedulerTest, a_person_who_has_begun_already_hears_no_side) {
  prompts_.start(Seconds(0.0), counts_);
  EXPECT_EQ(observe(-0.1, MovementPhase::bending), Ids{"out_kick_kick"});
  EXPECT_EQ(observe(0.5), Ids());
}

TEST_F(PromptSchedulerTest, only_the_side_follows_a_correction) {
  finish(KickingSide::left, 5.0, /*spoken_to=*/true);
  EXPECT_EQ(observe(5.0), Ids{"right"});
  EXPECT_EQ(observe(6.0, MovementPhase::bending), Ids());
  EXPECT_EQ(observe(7.0, MovementPhase::kicking, 2), Ids());
}

TEST_F(PromptSchedulerTest, three_clean_repetitions_in_a_row_need_no_prompt) {
  finish(KickingSide::left, 5.0, false, 2);
  EXPECT_EQ(observe(5.0), Ids{"right"});
  EXPECT_EQ(observe(6.0, MovementPhase::bending), Ids{"out_kick_kick"});
  finish(KickingSide::right, 10.0, false, 3);
  EXPECT_EQ(observe(10.0), Ids());
  EXPECT_EQ(observe(11.0, MovementPhase::bending), Ids());
}

TEST_F(PromptSchedulerTest,
       lowering_is_prompted_once_all_kicks_are_done_and_four_times_at_most) {
  for (int i = 0; i < 6; ++i) {
    const double start_s = 10.0 * i;
    EXPECT_EQ(observe(start_s, MovementPhase::kicking, 1), Ids());
    const Ids said = observe(start_s + 1.0, MovementPhase::kicking, 2);
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
    const exercise::Definition& exercise = support::single_leg_kick();
    const exercise::Level& level = *exercise.level(kicks == 1 ? 0 : 1);
    EXPECT_EQ(level.kicks, kicks);
    PromptScheduler prompts(exercise, level, breath, 5);
    engine::FrameState bending;
    bending.movement.phase = MovementPhase::bending;
    return std::string(prompts.observe(bending, false).back().id);
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
