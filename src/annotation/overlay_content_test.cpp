#include "annotation/overlay_content.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/coaching/utterance.h"
#include "core/engine/session.h"
#include "tests/support/cycle_practice.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"
#include "tests/support/random_cycle_practice.h"

namespace matside::annotation {
namespace {

using base::Seconds;
using pose::Side;
using support::single_leg_kick;

/// Alternating repetitions, some of them with a dropped foot.
support::SimulatedSession performed(int repetitions, const std::set<int>& dropping) {
  support::Practice practice;
  practice.steps.push_back(
      {.kind = support::Step::Kind::idle, .idle = support::Idle::still, .idle_s = 3.0});
  for (int i = 0; i < repetitions; ++i) {
    support::Step step;
    step.repetition.side = i % 2 == 0 ? Side::left : Side::right;
    step.repetition.drop_s = dropping.contains(i) ? 0.3 : 0.0;
    step.repetition.gap_s = 1.5;
    practice.steps.push_back(step);
  }
  practice.steps.push_back(
      {.kind = support::Step::Kind::idle, .idle = support::Idle::still, .idle_s = 3.0});
  return support::perform(practice);
}

struct Watched {
  std::vector<OverlayContent> content;
  engine::Analysis analysis;
};

Watched watch(const std::vector<pose::PoseFrame>& frames) {
  auto session = engine::Session::create(single_leg_kick(), 1);
  OverlayContentBuilder builder(single_leg_kick(), 1);
  Watched watched;
  for (const pose::PoseFrame& frame : frames) {
    const auto events = session.value().push(frame);
    watched.content.push_back(builder.update(session.value().frame_state(), events,
                                             session.value().counts(), frame.time));
  }
  watched.analysis = session.value().analysis();
  return watched;
}

/// The cues in order of appearance.
std::vector<std::string> cues(const std::vector<OverlayContent>& content) {
  std::vector<std::string> texts;
  bool before = false;
  for (const OverlayContent& each : content) {
    if (each.cue && !(before && texts.back() == each.cue->text)) {
      texts.push_back(each.cue->text);
    }
    before = each.cue.has_value();
  }
  return texts;
}

TEST(OverlayContent, has_the_sessions_counts) {
  const Watched watched = watch(performed(4, {}).frames);
  EXPECT_EQ(watched.analysis.counts.left, 2);
  EXPECT_EQ(watched.content.front().left, 0);
  EXPECT_EQ(watched.content.back().left, 2);
  EXPECT_EQ(watched.content.back().right, 2);
  EXPECT_EQ(watched.content.back().unsure, "");
}

TEST(OverlayContent, names_the_phase_and_counts_each_kick) {
  const Watched watched = watch(performed(2, {}).frames);
  std::vector<std::string> phases;
  std::vector<int> kicks;
  for (const OverlayContent& content : watched.content) {
    if (phases.empty() || phases.back() != content.phase) phases.push_back(content.phase);
    if (kicks.empty() || kicks.back() != content.kicks) kicks.push_back(content.kicks);
    EXPECT_EQ(content.kicks_expected, 2);
  }
  const auto shown = [&](const std::string& phase) {
    return std::ranges::count(phases, phase) > 0;
  };
  EXPECT_EQ(phases.front(), "Getting ready");
  for (const std::string side : {"Left", "Right"}) {
    EXPECT_TRUE(shown(side + " leg bending"));
    EXPECT_TRUE(shown(side + " leg kicking"));
    EXPECT_TRUE(shown(side + " leg lowering"));
  }
  EXPECT_EQ(phases.back(), "At rest");
  EXPECT_EQ(kicks, (std::vector<int>{0, 1, 2, 0, 1, 2, 0}));
}

TEST(OverlayContent, praises_and_corrects_like_the_live_lesson) {
  const Watched watched = watch(performed(4, {1, 2}).frames);
  const std::string drop = single_leg_kick().words_for("dropped_foot")->cue;
  // The third repetition repeats the fault that is being corrected, so there is no cue.
  EXPECT_EQ(cues(watched.content),
            (std::vector<std::string>{"Clean repetition", drop,
                                      coaching::make_utterance(single_leg_kick(), "mended",
                                                               coaching::UtteranceKind::praise)
                                          .text}));
}

TEST(OverlayContent, shows_a_cue_for_some_seconds_and_the_title_for_the_first_five) {
  const auto frames = performed(1, {0}).frames;
  const Watched watched = watch(frames);
  double shown_s = 0.0;
  for (std::size_t i = 1; i < frames.size(); ++i) {
    if (watched.content[i].cue) shown_s += (frames[i].time - frames[i - 1].time).value();
    const bool beginning = frames[i].time - frames[0].time < Seconds(5.0);
    EXPECT_EQ(watched.content[i].title.empty(), !beginning);
  }
  EXPECT_EQ(watched.content.front().title, "Single-leg kick, level 1: On the forearms");
  EXPECT_LT(shown_s, 4.55);
  EXPECT_GT(shown_s, 2.0);
}

TEST(OverlayContent, reports_an_empty_picture) {
  auto frames = performed(1, {}).frames;
  for (pose::PoseFrame& frame : frames) frame.pose.reset();
  EXPECT_EQ(watch(frames).content.back().phase, "Nobody in view");
}

TEST(OverlayContent, names_the_moving_side_only_during_a_movement) {
  const Watched watched = watch(performed(2, {}).frames);
  std::set<Side> moving;
  for (const OverlayContent& content : watched.content) {
    if (content.moving) {
      moving.insert(*content.moving);
    } else {
      EXPECT_EQ(content.kicks, 0);
    }
  }
  EXPECT_EQ(moving, (std::set<Side>{Side::left, Side::right}));
  EXPECT_FALSE(watched.content.front().moving);
  EXPECT_FALSE(watched.content.back().moving);
}

TEST(OverlayContent, reports_repetitions_of_an_unsure_side_in_words) {
  OverlayContentBuilder builder(single_leg_kick(), 1);
  engine::RepetitionCounts counts;
  counts.unsure = 2;
  EXPECT_NE(builder.update({}, {}, counts, Seconds(0.0)).unsure.find('2'), std::string::npos);
  counts.unsure = 0;
  EXPECT_EQ(builder.update({}, {}, counts, Seconds(0.1)).unsure, "");
}

/// What is shown of a simulated practice of another exercise.
std::vector<OverlayContent> watch_move(const exercise::Definition& exercise) {
  auto session = engine::Session::create(exercise, 0);
  OverlayContentBuilder builder(exercise, 0);
  std::vector<OverlayContent> content;
  const auto practice = support::random_cycle_practice(exercise, 0, 3);
  for (const pose::PoseFrame& frame : support::perform(practice).frames) {
    const auto events = session.value().push(frame);
    content.push_back(builder.update(session.value().frame_state(), events,
                                     session.value().counts(), frame.time));
  }
  return content;
}

std::set<std::string> phases_of(const std::vector<OverlayContent>& content) {
  std::set<std::string> phases;
  for (const OverlayContent& each : content) phases.insert(each.phase);
  return phases;
}

TEST(OverlayContentOfAMove, has_one_count_where_no_leg_moves_alone) {
  for (const auto& [id, name] : {std::pair{"swan-preparation", "Repetitions"},
                                 std::pair{"double-leg-kick", "Both legs"}}) {
    const auto content = watch_move(support::sister_move(id));
    EXPECT_EQ(content.back().together_name, name);
    EXPECT_GE(content.back().together, 3);
    EXPECT_EQ(content.back().left + content.back().right, 0);
    const auto phases = phases_of(content);
    for (const char* phase : {"At rest", "Rising", "At the top", "Lowering"}) {
      EXPECT_TRUE(phases.contains(phase)) << id << ": " << phase;
    }
    for (const OverlayContent& each : content) {
      EXPECT_FALSE(each.moving);
      EXPECT_EQ(each.moving_together, each.phase == "Rising" || each.phase == "At the top" ||
                                          each.phase == "Lowering");
    }
    EXPECT_TRUE(std::ranges::any_of(content, [](const OverlayContent& each) {
      return each.kicks == each.kicks_expected;
    })) << "all peaks are shown";
  }
}

TEST(OverlayContentOfAMove, names_the_leg_that_moves_alone) {
  const auto content = watch_move(support::sister_move("prone-leg-lift"));
  EXPECT_TRUE(content.back().together_name.empty());
  EXPECT_GE(content.back().left, 2);
  EXPECT_GE(content.back().right, 2);
  const auto phases = phases_of(content);
  EXPECT_TRUE(phases.contains("Left leg rising"));
  EXPECT_TRUE(phases.contains("Right leg at the top"));
}

TEST(OverlayContentOfAMove, shows_the_first_readings_after_each_repetition) {
  const auto content = watch_move(support::sister_move("swan-preparation"));
  const auto shown = std::ranges::find_if(
      content, [](const OverlayContent& each) { return !each.readings.empty(); });
  ASSERT_NE(shown, content.end());
  EXPECT_EQ(shown->together, 1);
  EXPECT_TRUE(shown->readings.starts_with("Lift ")) << shown->readings;
  EXPECT_NE(shown->readings.find(" degrees, hold "), std::string::npos) << shown->readings;
  EXPECT_TRUE(std::any_of(shown, content.end(), [](const OverlayContent& each) {
    return each.readings.empty();
  })) << "for some seconds only";
}

}  // namespace
}  // namespace matside::annotation
