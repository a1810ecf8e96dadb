// Transcripts of a voice whose sentences last known times.
#include "core/coaching/speech_planner.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/coaching/speech_length.h"
#include "tests/support/exercise.h"

namespace matside::coaching {
namespace {

using base::Seconds;
using Log = std::vector<std::string>;

/// The exercise with simple rules, and clips of 2 s, or 1 s for the short form.
exercise::Definition simple_exercise() {
  exercise::Definition definition = support::single_leg_kick();
  for (const char* id : {"a", "b", "c", "stop"})
    definition.clips.push_back({id, Seconds(2.0), Seconds(1.0)});
  definition.speech.gap.value = 0.1;
  definition.speech.finish.value = 0.4;
  definition.speech.long_within.value = 1.0;
  definition.speech.repeat_after.value = 5.0;
  definition.speech.share_max.value = 0.4;
  definition.speech.share_window.value = 20.0;
  definition.speech.share_window_min.value = 20.0;
  return definition;
}

class SpeechPlannerTest : public ::testing::Test {
 protected:
  void ask(const std::string& id, UtteranceKind kind, double now_s,
           std::optional<double> start_by_s = {}, std::optional<double> end_by_s = {}) {
    Utterance utterance{id, "long " + id, "short " + id, kind};
    if (start_by_s) utterance.start_by = Seconds(*start_by_s);
    if (end_by_s) utterance.end_by = Seconds(*end_by_s);
    planner_.add(std::move(utterance), Seconds(now_s));
  }
  /// What begins or is dropped at that time: "long a", "! short b" where it interrupts, "-late
  /// c".
  Log at(double now_s) {
    Log log;
    for (const SpeechEvent& event : planner_.advance(Seconds(now_s))) {
      if (const auto* say = std::get_if<Speak>(&event)) {
        log.push_back((say->interrupts ? "! " : "") + say->text);
        EXPECT_EQ(say->start, Seconds(now_s));
      } else {
        const Unsaid& unsaid = std::get<Unsaid>(event);
        log.push_back("-" + std::string(name(unsaid.reason)) + " " + unsaid.id);
      }
    }
    return log;
  }

  exercise::Definition definition_ = simple_exercise();
  SpeechPlanner planner_{definition_};
};

TEST_F(SpeechPlannerTest, says_one_sentence_after_the_other_with_a_pause) {
  ask("a", UtteranceKind::instruction, 0.0);
  ask("b", UtteranceKind::instruction, 0.5);
  EXPECT_EQ(at(0.5), Log{"long a"});
  EXPECT_EQ(at(2.5), Log{});
  EXPECT_EQ(at(2.61), Log{"short b"}) << "it has waited for long";
}

TEST_F(SpeechPlannerTest, safety_interrupts_everything_at_once) {
  ask("a", UtteranceKind::instruction, 0.0);
  EXPECT_EQ(at(0.0), Log{"long a"});
  ask("stop", UtteranceKind::safety, 1.9);
  EXPECT_EQ(at(1.9), Log{"! long stop"});
}

TEST_F(SpeechPlannerTest, what_matters_more_interrupts_what_matters_less) {
  ask("a", UtteranceKind::correction, 0.0);
  EXPECT_EQ(at(0.0), Log{"long a"});
  ask("b", UtteranceKind::count, 0.5, 0.9);
  EXPECT_EQ(at(0.5), Log{"! long b"});
  ask("c", UtteranceKind::praise, 0.6);
  EXPECT_EQ(at(0.6), Log{});
  EXPECT_EQ(at(2.6), Log{"long c"});
}

TEST_F(SpeechPlannerTest, a_sentence_that_is_nearly_over_is_not_interrupted) {
  ask("a", UtteranceKind::correction, 0.0);
  EXPECT_EQ(at(0.0), Log{"long a"});
  ask("b", UtteranceKind::count, 1.7, 3.0);
  EXPECT_EQ(at(1.7), Log{});
  EXPECT_EQ(at(2.2), Log{"long b"});
}

TEST_F(SpeechPlannerTest, an_instruction_waits_for_the_count_and_is_never_dropped) {
  ask("a", UtteranceKind::instruction, 0.0);
  ask("b", UtteranceKind::count, 0.0, 0.4);
  EXPECT_EQ(at(0.0), Log{"long b"});
  EXPECT_EQ(at(60.0), Log{"short a"});
}

TEST_F(SpeechPlannerTest, a_count_is_on_the_beat_or_not_said) {
  ask("a", UtteranceKind::instruction, 0.0);
  EXPECT_EQ(at(0.0), Log{"long a"});
  ask("b", UtteranceKind::count, 1.0, 1.4);
  EXPECT_EQ(at(1.0), Log{});
  EXPECT_EQ(at(1.5), Log{"-late b"});
}

TEST_F(SpeechPlannerTest, a_count_waits_for_the_foot_and_nothing_else_comes_before_it) {
  Utterance count{"b", "long b", "short b", UtteranceKind::count};
  count.not_before = Seconds(0.3);
  planner_.add(std::move(count), Seconds(0.0));
  ask("a", UtteranceKind::side, 0.0);
  EXPECT_EQ(at(0.0), Log{});
  EXPECT_EQ(at(0.3), Log{"long b"});
  ask("c", UtteranceKind::instruction, 0.4);
  EXPECT_EQ(at(0.4), Log{}) << "a count is not interrupted";
}

TEST_F(SpeechPlannerTest, takes_the_short_form_or_none_where_time_is_short) {
  ask("a", UtteranceKind::kick, 0.0, 1.0, 1.5);
  EXPECT_EQ(at(0.0), Log{"short a"});
  ask("b", UtteranceKind::kick, 2.0, 3.0, 2.5);
  EXPECT_EQ(at(2.0), Log{"-too_long b"});
}

TEST_F(SpeechPlannerTest, says_nothing_twice) {
  ask("a", UtteranceKind::instruction, 0.0);
  EXPECT_EQ(at(0.0), Log{"long a"});
  ask("a", UtteranceKind::instruction, 3.0);
  EXPECT_EQ(at(3.0), Log{"-repeated a"});
  ask("a", UtteranceKind::instruction, 8.0);
  ask("a", UtteranceKind::instruction, 8.0);
  EXPECT_EQ(at(8.0), (Log{"-repeated a", "long a"}));
  ask("stop", UtteranceKind::safety, 9.0);
  ask("c", UtteranceKind::count, 12.0);
  EXPECT_EQ(at(12.0).size(), 1U);
  ask("stop", UtteranceKind::safety, 15.0);
  EXPECT_EQ(at(15.0), (Log{"long stop"})) << "a second stop is answered, too";
}

TEST_F(SpeechPlannerTest, drops_what_waits_once_the_practice_has_moved_on) {
  ask("a", UtteranceKind::instruction, 0.0);
  ask("b", UtteranceKind::instruction, 0.0);
  EXPECT_EQ(at(0.0), Log{"long a"});
  planner_.outdate(UtteranceKind::instruction, Seconds(1.0));
  ask("c", UtteranceKind::instruction, 1.0);
  EXPECT_EQ(at(1.0), (Log{"-outdated b", "! long c"}));
}

TEST_F(SpeechPlannerTest, is_silent_when_the_person_stops) {
  ask("a", UtteranceKind::instruction, 0.0);
  ask("b", UtteranceKind::praise, 0.0);
  EXPECT_EQ(at(0.0), Log{"long a"});
  planner_.silence(Seconds(1.0));
  ask("stop", UtteranceKind::safety, 1.0);
  EXPECT_EQ(at(1.0), (Log{"-outdated b", "! long stop"}));
}

TEST_F(SpeechPlannerTest, leaves_silence_in_a_set) {
  planner_.limit_share(Seconds(0.0));
  double now_s = 0.0;
  double said_s = 0.0;
  for (; now_s < 100.0; now_s += 2.5) {
    ask("a", UtteranceKind::kick, now_s);
    for (const SpeechEvent& event : planner_.advance(Seconds(now_s))) {
      if (const auto* say = std::get_if<Speak>(&event)) said_s += say->length.value();
    }
  }
  EXPECT_LE(said_s, 0.42 * now_s);
  EXPECT_GE(said_s, 0.3 * now_s);
  ask("b", UtteranceKind::correction, now_s);
  EXPECT_NE(at(now_s).back().find(" b"), std::string::npos) << "corrections are always said";
}

TEST_F(SpeechPlannerTest, waits_for_what_the_voice_says_besides) {
  planner_.taken({"a", "x", "x"}, Seconds(1.0));
  EXPECT_TRUE(planner_.speaking(Seconds(2.9)));
  ask("b", UtteranceKind::instruction, 1.5);
  EXPECT_TRUE(planner_.advance(Seconds(2.9)).empty());
  EXPECT_EQ(planner_.advance(Seconds(4.0)).size(), 1U);
}

TEST_F(SpeechPlannerTest, is_not_silenced_by_a_time_that_is_wrong) {
  for (int i = 0; i < 1000; ++i) planner_.taken({"a", "x", "x"}, Seconds(1e300));
  EXPECT_TRUE(planner_.advance(Seconds(1.0)).empty());
  ask("b", UtteranceKind::instruction, 2.0);
  EXPECT_EQ(planner_.advance(Seconds(4.0)).size(), 1U);
}

TEST_F(SpeechPlannerTest, tells_how_long_a_sentence_may_wait) {
  ask("a", UtteranceKind::count, 1.0, 1.4);
  auto events = planner_.advance(Seconds(1.0));
  EXPECT_NEAR(std::get<Speak>(events.at(0)).wait_max->value(), 0.4, 1e-9);
  ask("b", UtteranceKind::instruction, 4.0);
  events = planner_.advance(Seconds(4.0));
  EXPECT_FALSE(std::get<Speak>(events.at(0)).wait_max);
}

TEST(SpeechLength, is_that_of_the_clip_or_estimated_by_the_characters) {
  exercise::Definition definition = simple_exercise();
  definition.speech.letter_time.value = 0.1;
  const Utterance known{"a", "x", "x"};
  EXPECT_EQ(speech_length(definition, known, UtteranceForm::long_form), Seconds(2.0));
  EXPECT_EQ(speech_length(definition, known, UtteranceForm::short_form), Seconds(1.0));
  const Utterance unknown{"other", "0123456789", "01234"};
  EXPECT_NEAR(speech_length(definition, unknown, UtteranceForm::long_form).value(), 1.0, 1e-9);
  EXPECT_NEAR(speech_length(definition, unknown, UtteranceForm::short_form).value(), 0.5, 1e-9);
}

TEST(SpeechNames, differ) {
  EXPECT_NE(name(UtteranceForm::long_form), name(UtteranceForm::short_form));
  EXPECT_EQ(name(UnsaidReason::late), "late");
  EXPECT_EQ(name(UnsaidReason::outdated), "outdated");
}

}  // namespace
}  // namespace matside::coaching
