#include "core/coaching/utterance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "core/coaching/breathing_cues.h"
#include "tests/support/exercise.h"

namespace matside::coaching {
namespace {

constexpr UtteranceKind kKinds[] = {UtteranceKind::safety, UtteranceKind::instruction,
                                    UtteranceKind::count,  UtteranceKind::side,
                                    UtteranceKind::kick,   UtteranceKind::correction,
                                    UtteranceKind::praise, UtteranceKind::breath};
constexpr BreathingPattern kPatterns[] = {BreathingPattern::out_on_kicks,
                                          BreathingPattern::in_on_kicks, BreathingPattern::off};

const exercise::Definition& kick() { return support::single_leg_kick(); }

bool has_phrase(std::string_view id) {
  return std::ranges::count(kick().spoken, id, &exercise::Phrase::id) == 1;
}

std::ptrdiff_t words_in(const std::string& text) {
  return text.empty() ? 0 : 1 + std::ranges::count(text, ' ');
}

TEST(UtteranceKinds, have_different_names) {
  std::set<std::string_view> names;
  for (const UtteranceKind kind : kKinds) names.insert(name(kind));
  EXPECT_EQ(names.size(), std::size(kKinds));
  EXPECT_EQ(name(UtteranceKind::safety), "safety");
  EXPECT_EQ(name(UtteranceKind::praise), "praise");
}

TEST(Utterances, have_the_kind_that_is_asked_for) {
  for (const UtteranceKind kind : kKinds) {
    const Utterance said = make_utterance(kick(), "stopped", kind);
    EXPECT_EQ(said.id, "stopped");
    EXPECT_FALSE(said.text.empty());
    EXPECT_EQ(said.kind, kind);
  }
}

TEST(Utterances, have_short_forms_that_are_shorter_and_at_most_eight_words) {
  EXPECT_GT(kick().short_forms.size(), 20U);
  for (const exercise::Phrase& form : kick().short_forms) {
    EXPECT_LE(words_in(form.text), 8) << form.id;
    const bool fault = kick().words_for(form.id) != nullptr;
    const Utterance said = fault ? cue_utterance(kick(), form.id)
                                 : make_utterance(kick(), form.id, UtteranceKind::instruction);
    EXPECT_EQ(said.short_text, form.text);
    EXPECT_LT(said.short_text.size(), said.text.size()) << form.id;
  }
  const Utterance left = make_utterance(kick(), "left", UtteranceKind::side);
  EXPECT_EQ(left.short_text, left.text) << "where there is no other form";
}

TEST(Utterances, count_in_different_words_as_far_as_a_set_can_go) {
  const int most = static_cast<int>(kick().coaching.repetitions_max.value);
  std::set<std::string> texts;
  for (int number = 1; number <= most; ++number) {
    const Utterance said = count_utterance(kick(), number);
    EXPECT_EQ(said.id, "count_" + std::to_string(number));
    EXPECT_EQ(said.kind, UtteranceKind::count);
    texts.insert(said.text);
  }
  EXPECT_EQ(texts.size(), static_cast<std::size_t>(most));
  EXPECT_FALSE(texts.contains(""));
}

TEST(Utterances, have_no_words_for_a_count_beyond_that) {
  for (const int number : {static_cast<int>(kick().coaching.repetitions_max.value) + 1, 1000}) {
    const Utterance said = count_utterance(kick(), number);
    EXPECT_EQ(said.text, "");
    EXPECT_EQ(said.kind, UtteranceKind::count);
  }
}

TEST(Utterances, of_each_fault_are_its_cue_of_at_most_eight_words) {
  for (const exercise::Fault& fault : kick().faults) {
    const Utterance said = cue_utterance(kick(), fault.id);
    EXPECT_EQ(said.id, fault.id);
    EXPECT_EQ(said.text, kick().words_for(fault.id)->cue);
    EXPECT_EQ(said.kind, UtteranceKind::correction);
    EXPECT_GE(words_in(said.text), 1) << fault.id;
    EXPECT_LE(words_in(said.text), 8) << fault.id;
  }
}

TEST(BreathingCues, exist_in_the_exercises_words_and_differ_by_breath_and_kicks) {
  std::set<std::string_view> ids;
  for (const BreathingPattern breath : kPatterns) {
    for (const int kicks : {1, 2}) {
      const auto id = kick_phrase_id(breath, kicks);
      EXPECT_TRUE(has_phrase(id)) << id;
      ids.insert(id);
    }
    const auto id = lowering_phrase_id(breath);
    EXPECT_TRUE(has_phrase(id)) << id;
    ids.insert(id);
  }
  EXPECT_EQ(ids.size(), 9U);
}

TEST(BreathingCues, cover_every_level_of_the_exercise) {
  for (const exercise::Level& level : kick().levels) {
    for (const BreathingPattern breath : kPatterns) {
      EXPECT_TRUE(has_phrase(kick_phrase_id(breath, level.kicks))) << level.number;
    }
  }
}

// Who breathes out on the kicks breathes in as the foot lowers, and the other way round.
TEST(BreathingCues, turn_the_breath_between_kicks_and_lowering) {
  EXPECT_TRUE(kick_phrase_id(BreathingPattern::out_on_kicks, 2).starts_with("out"));
  EXPECT_TRUE(lowering_phrase_id(BreathingPattern::out_on_kicks).starts_with("in"));
  EXPECT_TRUE(kick_phrase_id(BreathingPattern::in_on_kicks, 2).starts_with("in"));
  EXPECT_TRUE(lowering_phrase_id(BreathingPattern::in_on_kicks).starts_with("out"));
  for (const auto id :
       {kick_phrase_id(BreathingPattern::off, 2), lowering_phrase_id(BreathingPattern::off)}) {
    EXPECT_EQ(id.find("in_"), std::string_view::npos);
    EXPECT_EQ(id.find("out"), std::string_view::npos);
  }
}

}  // namespace
}  // namespace matside::coaching
