// Practices led by words, on simulated bodies.
#include "core/coaching/lesson.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/coaching/counts.h"
#include "tests/support/activity.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"
#include "tests/support/random_practice.h"

namespace matside::coaching {
namespace {

using base::Seconds;
using pose::PoseFrame;
using support::RepetitionPlan;
using support::Step;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

Step still(double seconds) {
  return {.kind = Step::Kind::idle, .idle = support::Idle::still, .idle_s = seconds};
}

Step kicks(pose::Side side, RepetitionPlan plan = {}) {
  plan.side = side;
  return {.kind = Step::Kind::repetition, .repetition = plan};
}

Step slow_bend(pose::Side side) {
  return kicks(side, {.kicks = 1, .peak_deg = 95.0, .bend_s = 3.0, .gap_s = 1.0});
}

std::vector<Step> then(std::vector<Step> first, const std::vector<Step>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// A scene of the simulator; scenes follow each other in time.
std::vector<PoseFrame> scene(std::vector<Step> steps, double trunk_deg = 29.0) {
  support::Practice practice;
  practice.rises_to_forearms = false;
  practice.trunk_incline_deg = trunk_deg;
  practice.steps = std::move(steps);
  return support::perform(practice).frames;
}

std::vector<PoseFrame> sitting(double seconds) {
  support::ActivityScene scene;
  scene.activity = support::Activity::sitting_on_the_floor;
  scene.length_s = seconds;
  return support::perform(scene);
}

/// The events of a lesson, in order.
class Heard {
 public:
  explicit Heard(const PracticeRequest& request)
      : lesson_(Lesson::create(support::single_leg_kick(), request).value()) {
    note(lesson_.begin());
  }

  Lesson& lesson() { return lesson_; }

  void watch(const std::vector<PoseFrame>& frames) {
    const Seconds from = now_;
    for (PoseFrame frame : frames) {
      frame.time = from + Seconds(1.0 / 30.0) + frame.time;
      now_ = frame.time;
      note(lesson_.push(frame));
    }
  }

  [[nodiscard]] Seconds now() const { return now_; }

  /// Nothing comes from the camera.
  void passes(double seconds) { now_ += Seconds(seconds); }

  void note(std::span<const LessonEvent> events) {
    for (const LessonEvent& each : events) {
      if (const auto* stage = std::get_if<StageChanged>(&each)) {
        stages.emplace_back(name(stage->stage));
      } else if (const auto* say = std::get_if<Speak>(&each)) {
        said.push_back(say->id);
      } else if (const auto* unsaid = std::get_if<Unsaid>(&each)) {
        if (unsaid->kind == UtteranceKind::instruction &&
            unsaid->reason != UnsaidReason::repeated)
          unsaid_instructions.push_back(unsaid->id);
      } else if (const auto* changed = std::get_if<CountsChanged>(&each)) {
        counts = changed->counts;
      } else if (std::holds_alternative<ComfortAsked>(each)) {
        ++comfort_asked;
      } else if (std::holds_alternative<KickSeen>(each)) {
        ++kicks_seen;
      }
    }
  }

  std::vector<std::string> stages;
  std::vector<std::string> said;
  std::vector<std::string> unsaid_instructions;
  engine::RepetitionCounts counts;
  int comfort_asked = 0;
  int kicks_seen = 0;

 private:
  Lesson lesson_;
  Seconds now_;
};

constexpr auto kLeft = pose::Side::left;
constexpr auto kRight = pose::Side::right;

std::vector<Step> set_of(int repetitions_a_side) {
  return support::alternating(2 * repetitions_a_side);
}

TEST(Lesson, LeadsFromPlacingTheCameraToTheEndOfTheSet) {
  Heard heard({.level = 1, .repetitions = 2});
  heard.watch(
      scene(then({still(14.0), slow_bend(kLeft), still(5.0), slow_bend(kRight), still(8.0)},
                 support::alternating(4, {.gap_s = 6.0}))));
  heard.watch(scene({still(12.0)}, 2.0));
  EXPECT_THAT(heard.stages, ElementsAre("placing", "settling", "baseline", "practising",
                                        "easing_out", "ended"));
  EXPECT_EQ(heard.lesson().ended_by(), EndReason::goal);
  EXPECT_EQ(heard.counts.left, 2);
  EXPECT_EQ(heard.counts.right, 2);
  EXPECT_EQ(heard.lesson().analysis().repetitions.size(), 4U);
  EXPECT_THAT(heard.said, Contains("bend_left"));
  EXPECT_THAT(heard.said, Contains("bend_right"));
  EXPECT_THAT(heard.said, Contains("each_side_left"));
  EXPECT_THAT(heard.said, Contains("out_kick_kick"));
  EXPECT_THAT(heard.said, Contains("in_lower"));
  EXPECT_EQ(heard.said.back(), "set_done");
}

TEST(Lesson, CountsAPersonWhoBeginsBeforeBeingAsked) {
  Heard heard({.level = 1, .repetitions = 10});
  heard.watch(scene(set_of(2)));
  EXPECT_EQ(heard.counts.left, 2);
  EXPECT_EQ(heard.counts.right, 2);
  EXPECT_THAT(heard.stages, Contains("practising"));
  EXPECT_THAT(heard.said, Not(Contains("bend_left")));
}

TEST(Lesson, TakesTheFirstSlowBendsOfLevelZeroAsRepetitions) {
  Heard heard({.level = 0, .repetitions = 4});
  heard.watch(scene({still(14.0), slow_bend(kLeft), slow_bend(kRight), still(1.0)}, 3.0));
  EXPECT_THAT(heard.said, Not(Contains("bend_left")));
  EXPECT_EQ(heard.counts.left + heard.counts.right, 2);
}

TEST(Lesson, ASecondKickIsNoSlowBend) {
  Heard heard({.level = 1, .repetitions = 5});
  heard.watch(scene({still(14.0), kicks(kLeft), kicks(kRight), still(2.0)}));
  EXPECT_EQ(heard.counts.left, 1);
  EXPECT_EQ(heard.counts.right, 1);
  EXPECT_EQ(heard.stages.back(), "practising");
}

TEST(Lesson, AsksTwiceForASlowBendAndThenPractisesWithoutThem) {
  Heard heard({.level = 1, .repetitions = 5});
  heard.watch(scene({still(40.0)}));
  EXPECT_EQ(std::ranges::count(heard.said, "bend_left"), 2);
  EXPECT_THAT(heard.said, Not(Contains("bend_right")));
  EXPECT_THAT(heard.said, Contains("bend_skipped"));
  EXPECT_EQ(heard.stages.back(), "practising");
  heard.watch(scene(then({still(2.0)}, set_of(1))));
  EXPECT_EQ(heard.counts.clean, 2) << "the level's own full kick applies";
}

TEST(Lesson, SaysThatThePersonLiesFlatAtMostTwiceAndThenPractisesLyingFlat) {
  Heard heard({.level = 1, .repetitions = 2});
  heard.watch(scene({still(40.0)}, 2.0));
  EXPECT_EQ(std::ranges::count(heard.said, "lying_flat"), 2);
  EXPECT_THAT(heard.said, Contains("stay_as_you_are"));
  EXPECT_EQ(heard.stages.back(), "baseline");
  heard.watch(scene(then({still(2.0)}, support::alternating(4, {.peak_deg = 78.0})), 2.0));
  EXPECT_EQ(std::ranges::count(heard.said, "lying_flat"), 2);
  EXPECT_EQ(total(heard.counts), 4);
  for (const exercise::Repetition& each : heard.lesson().analysis().repetitions) {
    EXPECT_TRUE(each.flat);
    EXPECT_TRUE(each.faults.empty()) << each.faults.front().id;
    EXPECT_EQ(each.status, exercise::RepetitionStatus::unjudged);
  }
  EXPECT_THAT(heard.unsaid_instructions, ElementsAre());
}

TEST(Lesson, SaysThatThePersonLiesFlatWhoBeginsAtOnce) {
  Heard heard({.level = 1, .repetitions = 10});
  heard.watch(scene(
      then({still(2.0)}, support::alternating(10, {.peak_deg = 78.0, .gap_s = 2.0})), 2.0));
  EXPECT_GE(std::ranges::count(heard.said, "lying_flat"), 1);
  EXPECT_LE(std::ranges::count(heard.said, "lying_flat"), 2);
  EXPECT_THAT(heard.said, Not(Contains("shallow_kick")));
  EXPECT_THAT(heard.said, Not(Contains("legs_unseen")));
  EXPECT_EQ(total(heard.counts), 10);
}

TEST(Lesson, SaysNoMoreToAPersonWhoComesOntoTheForearms) {
  Heard heard({.level = 1, .repetitions = 2});
  heard.watch(scene({still(14.0)}, 2.0));
  EXPECT_EQ(std::ranges::count(heard.said, "lying_flat"), 1);
  heard.watch(scene({still(30.0)}));
  EXPECT_EQ(std::ranges::count(heard.said, "lying_flat"), 1);
  EXPECT_THAT(heard.said, Not(Contains("stay_as_you_are")));
  EXPECT_THAT(heard.said, Contains("bend_left"));
}

TEST(Lesson, SaysThatTheFlatLevelIsDoneLyingFlat) {
  Heard heard({.level = 0, .repetitions = 4});
  heard.watch(scene({still(14.0)}));
  EXPECT_EQ(std::ranges::count(heard.said, "lying_propped"), 1);
  EXPECT_EQ(heard.stages.back(), "settling");
  heard.watch(scene({still(10.0)}, 2.0));
  EXPECT_EQ(std::ranges::count(heard.said, "lying_propped"), 1);
  EXPECT_EQ(heard.stages.back(), "practising");
}

TEST(Lesson, SaysNothingAboutAPostureThatIsRight) {
  for (const int level : {0, 1, 2, 3}) {
    Heard heard({.level = level, .repetitions = 10});
    heard.watch(scene(then({still(20.0)}, set_of(4)), level == 0 ? 3.0 : 29.0));
    EXPECT_THAT(heard.said, Not(Contains("lying_flat"))) << level;
    EXPECT_THAT(heard.said, Not(Contains("lying_propped"))) << level;
  }
}

TEST(Lesson, PausesWhileTheChestIsDownAndContinuesWhenItIsUp) {
  Heard heard({.level = 1, .repetitions = 10});
  heard.watch(scene(then({still(2.0)}, set_of(2))));
  heard.watch(scene({still(6.0)}, 2.0));
  EXPECT_EQ(heard.stages.back(), "resting");
  EXPECT_THAT(heard.said, Contains("resting"));
  heard.watch(scene(then({still(4.0)}, set_of(1))));
  EXPECT_EQ(heard.stages.back(), "practising");
  EXPECT_EQ(heard.counts.left, 3);
  EXPECT_EQ(heard.counts.right, 3);
}

TEST(Lesson, StopsWhenThePersonSitsUpAndAsksAboutComfort) {
  Heard heard({.level = 1, .repetitions = 10});
  heard.watch(scene(then({still(2.0)}, set_of(1))));
  EXPECT_EQ(heard.comfort_asked, 0);
  heard.watch(sitting(4.0));
  EXPECT_EQ(heard.stages.back(), "stopped");
  EXPECT_EQ(heard.said.back(), "sat_up");
  EXPECT_EQ(heard.comfort_asked, 1);
  heard.watch(scene(then({still(2.0)}, set_of(1))));
  EXPECT_EQ(heard.counts.left, 1) << "what is done while stopped does not count";
  heard.note(heard.lesson().answer(true));
  heard.note(heard.lesson().resume());
  EXPECT_EQ(heard.stages.back(), "practising");
  heard.watch(scene(then({still(2.0)}, set_of(1))));
  EXPECT_EQ(heard.counts.left, 2);
}

TEST(Lesson, ContinuesWithAPersonWhoHasYetToLieDownAgain) {
  Heard heard({.level = 1, .repetitions = 10});
  heard.watch(scene(then({still(2.0)}, set_of(1))));
  heard.watch(sitting(4.0));
  heard.note(heard.lesson().answer(true));
  heard.note(heard.lesson().resume());
  heard.watch(sitting(4.0));
  EXPECT_EQ(heard.stages.back(), "practising");
  EXPECT_EQ(heard.comfort_asked, 1);
  heard.watch(scene(then({still(2.0)}, set_of(1))));
  EXPECT_EQ(heard.counts.left, 2);
  heard.watch(sitting(4.0));
  EXPECT_EQ(heard.stages.back(), "stopped");
  EXPECT_EQ(heard.comfort_asked, 2);
}

TEST(Lesson, AnyDiscomfortEndsThePractice) {
  Heard heard({.level = 1, .repetitions = 10});
  heard.watch(scene(then({still(2.0)}, set_of(1))));
  heard.note(heard.lesson().pause());
  EXPECT_EQ(heard.said.back(), "stopped");
  heard.note(heard.lesson().answer(false));
  EXPECT_EQ(heard.stages.back(), "ended");
  EXPECT_EQ(heard.lesson().ended_by(), EndReason::discomfort);
  const std::size_t sentences = heard.said.size();
  heard.watch(scene(then({still(2.0)}, set_of(1))));
  heard.note(heard.lesson().resume());
  EXPECT_EQ(heard.said.size(), sentences) << "nothing is said after the end";
  EXPECT_EQ(heard.stages.back(), "ended");
}

TEST(Lesson, AsksAboutComfortHalfwayAndSilenceMeansComfortable) {
  Heard heard({.level = 1, .repetitions = 2});
  heard.watch(scene(then({still(2.0)}, set_of(2))));
  EXPECT_EQ(heard.comfort_asked, 1);
  EXPECT_THAT(heard.said, Contains("comfort_middle"));
  EXPECT_EQ(heard.counts.right, 2);
}

TEST(Lesson, ContinuesFromTheCountsBeforeAnInterruption) {
  Heard heard({.level = 1, .repetitions = 10, .carried = {3, 3, 0, 12, 6}});
  EXPECT_THAT(heard.stages, ElementsAre("practising"));
  EXPECT_EQ(heard.counts.left, 3);
  heard.watch(scene(then({still(2.0)}, set_of(1))));
  EXPECT_EQ(heard.counts.left, 4);
  EXPECT_EQ(heard.counts.right, 4);
}

TEST(Lesson, AsksAboutComfortOnceDespiteAnInterruption) {
  Heard heard({.level = 1, .repetitions = 10, .carried = {5, 5, 0, 20, 10}});
  heard.watch(scene(then({still(2.0)}, set_of(1))));
  EXPECT_EQ(heard.comfort_asked, 0);
}

TEST(Lesson, AsksAboutComfortMidwayOnceDespitePauses) {
  Heard heard({.level = 1, .repetitions = 3});
  const auto pause_and_resume = [&] {
    heard.note(heard.lesson().pause());
    heard.note(heard.lesson().answer(true));
    heard.note(heard.lesson().resume());
  };
  heard.watch(scene(then({still(2.0)}, set_of(1))));
  pause_and_resume();
  EXPECT_EQ(std::ranges::count(heard.said, "comfort_middle"), 0) << "it is not yet time";
  heard.watch(scene(then({still(2.0)}, {kicks(kLeft)})));
  EXPECT_EQ(std::ranges::count(heard.said, "comfort_middle"), 1);
  pause_and_resume();
  heard.watch(scene(then({still(8.0)}, {kicks(kRight)})));
  EXPECT_EQ(std::ranges::count(heard.said, "comfort_middle"), 1);
}

TEST(Lesson, AsksAboutComfortMidwayAgainWhereAPauseCutItShort) {
  Heard heard({.level = 1, .repetitions = 2});
  heard.watch(scene({still(2.0), kicks(kLeft)}));
  // The voice is used by the page until the chest is down.
  heard.lesson().voice_taken("other", std::string(300, 'x'), heard.now());
  heard.watch(scene({still(0.5), kicks(kRight)}));
  EXPECT_EQ(std::ranges::count(heard.said, "comfort_middle"), 0);
  heard.watch(scene({still(8.0)}, 2.0));
  EXPECT_EQ(heard.stages.back(), "resting");
  EXPECT_EQ(std::ranges::count(heard.said, "comfort_middle"), 0);
  heard.watch(scene({still(6.0), kicks(kLeft), still(4.0)}));
  EXPECT_EQ(std::ranges::count(heard.said, "comfort_middle"), 1);
}

TEST(Lesson, NamesNoSideOnceTheBendHasBegun) {
  const auto said = [](const std::string& page_says) {
    Heard heard({.level = 1, .repetitions = 10});
    heard.watch(scene(then({still(2.0)}, set_of(1))));
    heard.passes(20.0);
    heard.said.clear();
    heard.lesson().voice_taken("other", page_says, heard.now());
    heard.note(heard.lesson().continue_after_gap());
    heard.watch(scene({still(0.5), kicks(kLeft)}));
    return heard.said;
  };
  EXPECT_THAT(said(""), Contains("left"));
  EXPECT_THAT(said(std::string(60, 'x')), Not(Contains("left")));
}

TEST(Lesson, GoesOnWhenTheCameraIsBackWithoutCallingItSlow) {
  Heard heard({.level = 1, .repetitions = 10});
  heard.watch(scene(then({still(2.0)}, set_of(1))));
  heard.passes(20.0);
  heard.note(heard.lesson().continue_after_gap());
  heard.said.clear();
  heard.watch(scene(then({still(3.0)}, set_of(1))));
  EXPECT_THAT(heard.said, Not(Contains("camera_slow")));
  EXPECT_THAT(heard.said, Contains("left")) << "whose turn it is";
  EXPECT_EQ(heard.counts.left, 2);
  heard.passes(20.0);
  heard.watch(scene({still(3.0)}));
  EXPECT_THAT(heard.said, Contains("camera_slow")) << "a gap that nobody explained";
}

TEST(Lesson, SaysToBendOneLegWhereBothBendTogether) {
  Heard heard({.level = 1, .repetitions = 10});
  heard.watch(scene(then({still(2.0)}, set_of(1))));
  heard.said.clear();
  heard.watch(scene({{Step::Kind::idle, {}, support::Idle::both_feet, 24.0}, still(2.0)}));
  EXPECT_EQ(std::ranges::count(heard.said, "one_leg"), 1);
}

TEST(Lesson, SaysThatAFootIsOutOfView) {
  Heard heard({.level = 1, .repetitions = 10});
  heard.watch(scene(then({still(2.0)}, set_of(1))));
  heard.said.clear();
  std::vector<PoseFrame> frames = scene({still(4.0)});
  for (PoseFrame& frame : frames)
    (*frame.pose)[pose::Landmark::left_ankle].position.x_px = frame.image_size.width_px + 5.0;
  heard.watch(frames);
  EXPECT_EQ(std::ranges::count(heard.said, "guide_cut_off"), 1);
}

TEST(Lesson, OnlyCountsAndCorrectsWithoutGuidance) {
  Heard heard({.level = 1, .repetitions = 1, .guided = false});
  heard.watch(scene(then({still(8.0)}, set_of(2))));
  heard.watch(sitting(4.0));
  EXPECT_THAT(heard.stages, ElementsAre("practising"));
  EXPECT_THAT(heard.said, ElementsAre("count_1", "count_1", "count_2", "count_2"));
  EXPECT_EQ(heard.comfort_asked, 0);
  heard.note(heard.lesson().finish());
  EXPECT_EQ(heard.lesson().ended_by(), EndReason::person);
}

TEST(Lesson, DoesNotRepeatACorrectionWithinTwoRepetitionsAndPraisesItsSuccess) {
  const RepetitionPlan dropped{.drop_s = 0.2};
  std::vector<Step> steps{still(2.0)};
  for (int i = 0; i < 3; ++i) steps.push_back(kicks(i % 2 == 0 ? kLeft : kRight, dropped));
  for (int i = 0; i < 2; ++i) steps.push_back(kicks(i % 2 == 0 ? kRight : kLeft));
  Heard heard({.level = 1, .repetitions = 10, .guided = false});
  heard.watch(scene(steps));
  EXPECT_EQ(heard.counts.left + heard.counts.right, 5);
  EXPECT_EQ(std::ranges::count(heard.said, "dropped_foot"), 1);
  EXPECT_EQ(std::ranges::count(heard.said, "mended"), 1);
}

TEST(Lesson, RefusesAnUnknownLevelAndZeroRepetitions) {
  EXPECT_FALSE(Lesson::create(support::single_leg_kick(), {.level = 4}).ok());
  EXPECT_FALSE(Lesson::create(support::single_leg_kick(), {.repetitions = 0}).ok());
  EXPECT_FALSE(Lesson::create(support::single_leg_kick(), {.repetitions = 21}).ok());
}

// Nothing that is said or awaited takes a repetition away.
TEST(Lesson, CountsWhatTheSessionCountsInRandomPractices) {
  constexpr support::RandomScenarioOptions kDraw{.fewest_repetitions = 4,
                                                 .most_repetitions = 8};
  int compared = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const support::Practice practice = support::random_practice(seed, kDraw);
    if (practice.level == 0) continue;
    ++compared;
    const auto frames = support::perform(practice).frames;
    auto session = engine::Session::create(support::single_leg_kick(), practice.level).value();
    for (const PoseFrame& frame : frames) session.push(frame);
    const engine::RepetitionCounts alone = session.counts();
    Heard heard({.level = practice.level, .repetitions = 20});
    for (const PoseFrame& frame : frames) heard.note(heard.lesson().push(frame));
    SCOPED_TRACE("seed " + std::to_string(seed));
    EXPECT_EQ(heard.counts.left, alone.left);
    EXPECT_EQ(heard.counts.right, alone.right);
    EXPECT_EQ(heard.counts.unsure, alone.unsure);
    EXPECT_EQ(heard.counts.kicks, alone.kicks);
  }
  EXPECT_GT(compared, 30);
}

}  // namespace
}  // namespace matside::coaching
