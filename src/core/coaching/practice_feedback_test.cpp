#include "core/coaching/practice_feedback.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/exercise/fault_absence.h"
#include "tests/support/exercise.h"

namespace matside::coaching {
namespace {

using base::Degrees;
using base::Seconds;
using engine::Analysis;
using exercise::Fault;
using exercise::KickingSide;
using exercise::Repetition;
using exercise::Signal;

const exercise::Definition& kick() { return support::single_leg_kick(); }

/// A repetition in which everything was measured.
Repetition measured(KickingSide side) {
  Repetition out;
  out.side = side;
  out.hip_rise_thigh_lengths = 0.0;
  out.thigh_lift = exercise::ThighLift{Degrees(0.0), Degrees(1.0), std::nullopt};
  out.kicks.resize(2);
  out.measures.greatest_bend_deg = {100.0, 1.0, 4.0};
  out.measures.lowering_s = {2.5, 0.1, 0.0};
  out.measures.transit_70_20_s = {1.5, 0.1, 0.0};
  return out;
}

Analysis practice(std::size_t repetitions, int level = 1) {
  Analysis out;
  out.level = level;
  for (std::size_t i = 0; i < repetitions; ++i) {
    out.repetitions.push_back(measured(i % 2 == 0 ? KickingSide::left : KickingSide::right));
  }
  out.counts.clean = static_cast<int>(repetitions);
  return out;
}

void add_fault(Analysis& analysis, std::size_t repetition, const std::string& id) {
  Repetition& r = analysis.repetitions.at(repetition);
  if (r.faults.empty()) --analysis.counts.clean;
  r.faults.push_back({id, 1.0, 0.0, "", ""});
}

std::vector<const Fault*> faults_at(int level, bool of_set) {
  std::vector<const Fault*> out;
  for (const Fault& f : kick().faults) {
    if (f.applies_at(level) && f.of_set == of_set) out.push_back(&f);
  }
  std::ranges::stable_sort(out, {}, &Fault::priority);
  return out;
}

bool has(const std::vector<std::string>& lines, const std::string& text) {
  return std::ranges::count(lines, text) == 1;
}

std::string words_of(const std::string& phrase_id) { return kick().phrase(phrase_id)->text; }
std::string praise_of(const Fault& fault) { return kick().words_for(fault.id)->praise; }

TEST(PhraseText, fills_in_what_it_has_values_for) {
  const std::string plain = phrase_text(kick(), "improve_in");
  ASSERT_NE(plain.find("{count}"), std::string::npos);
  const std::string filled =
      phrase_text(kick(), "improve_in", {{"count", "3"}, {"total", "8"}});
  EXPECT_EQ(filled.find('{'), std::string::npos);
  EXPECT_NE(filled.find('3'), std::string::npos);
  EXPECT_NE(filled.find('8'), std::string::npos);
  EXPECT_EQ(phrase_text(kick(), "improve_in", {{"nonsense", "9"}}), plain);
}

TEST(PhraseText, a_value_that_looks_like_a_placeholder_is_left_alone) {
  const std::string text =
      phrase_text(kick(), "improve_in", {{"count", "{count}"}, {"total", "1"}});
  EXPECT_NE(text.find("{count}"), std::string::npos);
}

TEST(OverallPraise, follows_the_share_of_clean_repetitions) {
  Analysis analysis = practice(10);
  EXPECT_EQ(praise(analysis, kick()).front(), words_of("all_clean"));
  analysis.counts.clean = 9;
  EXPECT_EQ(praise(analysis, kick()).front(), words_of("most_clean"));
  analysis.counts.clean = 1;
  EXPECT_EQ(praise(analysis, kick()).front(), words_of("some_clean"));
  analysis.counts.clean = 0;
  EXPECT_EQ(praise(analysis, kick()).front(), words_of("keep_practising"));
}

TEST(OverallPraise, of_no_repetition_is_a_single_sentence) {
  EXPECT_EQ(praise(Analysis{}, kick()), std::vector{words_of("none_counted")});
  EXPECT_TRUE(advice(Analysis{}, kick()).empty());
}

TEST(Praise, names_the_most_important_faults_that_never_occurred) {
  for (const exercise::Level& level : kick().levels) {
    const auto lines = praise(practice(6, level.number), kick());
    EXPECT_LE(static_cast<double>(lines.size()), kick().feedback.praise_max.value);
    ASSERT_GE(lines.size(), 2U) << level.number;
    int last_priority = 0;
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const auto named = std::ranges::find_if(kick().faults, [&](const Fault& f) {
        return f.applies_at(level.number) && praise_of(f) == lines[i];
      });
      ASSERT_NE(named, kick().faults.end()) << lines[i];
      EXPECT_GE(named->priority, last_priority) << lines[i];
      last_priority = named->priority;
    }
  }
}

TEST(Praise, is_not_given_for_a_fault_that_occurred_once) {
  const Fault& fault = *faults_at(1, false).front();
  Analysis analysis = practice(6);
  EXPECT_TRUE(has(praise(analysis, kick()), praise_of(fault)));
  add_fault(analysis, 3, fault.id);
  EXPECT_FALSE(has(praise(analysis, kick()), praise_of(fault)));
}

TEST(Praise, is_not_given_for_what_was_not_measured_in_every_repetition) {
  Analysis analysis = practice(6);
  analysis.repetitions[2].hip_rise_thigh_lengths.reset();
  const Fault* hips = kick().fault_of(Signal::hip_rise);
  ASSERT_NE(hips, nullptr);
  EXPECT_FALSE(has(praise(analysis, kick()), praise_of(*hips)));
  analysis = practice(6);
  analysis.repetitions[5].scored = false;
  EXPECT_EQ(praise(analysis, kick()).size(), 1U) << "only of the whole";
}

TEST(Praise, contradicts_nothing_that_was_found) {
  for (const exercise::Level& level : kick().levels) {
    for (const Fault& found : kick().faults) {
      if (!found.applies_at(level.number)) continue;
      Analysis analysis = practice(6, level.number);
      if (found.of_set) {
        analysis.set_faults = {{found.id, Seconds(10.0)}};
      } else {
        add_fault(analysis, 3, found.id);
      }
      const auto lines = praise(analysis, kick());
      EXPECT_FALSE(has(lines, words_of("all_clean"))) << found.id;
      for (const Fault& fault : kick().faults) {
        if (exercise::judge_the_same(fault.signal, found.signal)) {
          EXPECT_FALSE(has(lines, praise_of(fault))) << found.id << ": " << praise_of(fault);
        }
      }
    }
  }
}

TEST(OverallPraise, of_clean_repetitions_in_a_set_with_a_fault_says_so) {
  Analysis analysis = practice(6);
  analysis.set_faults = {{"fast_lowering", Seconds(10.0)}};
  EXPECT_EQ(praise(analysis, kick()).front(), words_of("clean_one_by_one"));
}

TEST(LoweringSteadiness, is_clear_only_beyond_the_uncertainty) {
  Analysis analysis = practice(6);
  EXPECT_EQ(lowering_steadiness(analysis, kick()), Steadiness::unclear);
  analysis.set.mean.lowering_smoothness = {-2.0, 0.1, 0.45};
  EXPECT_EQ(lowering_steadiness(analysis, kick()), Steadiness::steady);
  analysis.set.mean.lowering_smoothness = {-2.8, 0.2, 0.45};
  EXPECT_EQ(lowering_steadiness(analysis, kick()), Steadiness::unclear);
  analysis.set.mean.lowering_smoothness = {-4.1, 0.2, 0.45};
  EXPECT_EQ(lowering_steadiness(analysis, kick()), Steadiness::uneven);
}

TEST(LoweringSteadiness, is_never_steady_with_a_fault_of_the_lowering) {
  for (const char* id : {"fast_lowering", "dropped_foot", "incomplete_lower"}) {
    Analysis analysis = practice(6);
    analysis.set.mean.lowering_smoothness = {-2.0, 0.1, 0.45};
    if (kick().fault(id)->of_set) {
      analysis.set_faults = {{id, Seconds(10.0)}};
    } else {
      add_fault(analysis, 2, id);
    }
    EXPECT_EQ(lowering_steadiness(analysis, kick()), Steadiness::unclear) << id;
  }
}

TEST(Praise, needs_enough_repetitions_to_be_a_habit) {
  const auto fewest = static_cast<std::size_t>(kick().feedback.praise_repetitions_min.value);
  EXPECT_EQ(praise(practice(fewest - 1), kick()).size(), 1U);
  EXPECT_GT(praise(practice(fewest), kick()).size(), 1U);
}

TEST(Advice, of_a_clean_practice_is_that_there_is_nothing_to_improve) {
  EXPECT_EQ(advice(practice(6), kick()), std::vector{words_of("nothing_to_improve")});
}

TEST(Advice, is_empty_where_nothing_was_scored) {
  Analysis analysis = practice(4);
  for (Repetition& r : analysis.repetitions) r.scored = false;
  EXPECT_TRUE(advice(analysis, kick()).empty());
}

TEST(Advice, names_each_fault_how_often_it_occurred_and_what_to_do) {
  for (const Fault* fault : faults_at(1, false)) {
    Analysis analysis = practice(6);
    add_fault(analysis, 1, fault->id);
    add_fault(analysis, 4, fault->id);
    const auto lines = advice(analysis, kick());
    ASSERT_EQ(lines.size(), 1U) << fault->id;
    const exercise::FaultText& words = *kick().words_for(fault->id);
    const std::string times =
        phrase_text(kick(), "improve_in", {{"count", "2"}, {"total", "6"}});
    EXPECT_EQ(lines[0], words.name + " (" + times + "): " + words.advice);
  }
}

TEST(Advice, begins_with_the_most_important_and_stops_at_a_few) {
  Analysis analysis = practice(6);
  const auto faults = faults_at(1, false);
  for (auto f = faults.rbegin(); f != faults.rend(); ++f) add_fault(analysis, 0, (*f)->id);
  const auto lines = advice(analysis, kick());
  ASSERT_EQ(static_cast<double>(lines.size()), kick().feedback.advice_max.value);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_TRUE(lines[i].starts_with(kick().words_for(faults[i]->id)->name)) << i;
  }
}

TEST(Advice, counts_a_fault_once_in_a_repetition) {
  const std::string id = faults_at(1, false).front()->id;
  Analysis analysis = practice(6);
  add_fault(analysis, 2, id);
  add_fault(analysis, 2, id);
  const auto times = phrase_text(kick(), "improve_in", {{"count", "1"}, {"total", "6"}});
  EXPECT_NE(advice(analysis, kick()).at(0).find(times), std::string::npos);
}

TEST(Advice, has_the_times_of_a_fault_of_the_set) {
  const std::string id = faults_at(1, true).front()->id;
  Analysis analysis = practice(6);
  analysis.set_faults = {{id, Seconds(75.0)}};
  auto lines = advice(analysis, kick());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_NE(lines[0].find("1:15"), std::string::npos);
  analysis.set_faults.push_back({id, Seconds(130.0)});
  lines = advice(analysis, kick());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_NE(lines[0].find("1:15, 2:10"), std::string::npos);
}

TEST(Advice, leaves_out_what_is_no_fault_at_this_level) {
  for (const Fault& fault : kick().faults) {
    for (const exercise::Level& level : kick().levels) {
      if (fault.of_set || fault.applies_at(level.number)) continue;
      Analysis analysis = practice(6, level.number);
      add_fault(analysis, 0, fault.id);
      EXPECT_EQ(advice(analysis, kick()), std::vector{words_of("nothing_to_improve")});
    }
  }
}

TEST(Praise, of_somebody_who_lies_flat_is_only_for_what_was_looked_at) {
  for (const int level : {1, 3}) {
    Analysis analysis = practice(4, level);
    for (Repetition& each : analysis.repetitions) each.flat = true;
    analysis.counts.clean = 0;
    const auto lines = praise(analysis, kick());
    EXPECT_TRUE(has(lines, kick().words_for("hips_lift")->praise));
    for (const char* fault : {"missing_second_kick", "extra_kick", "shallow_kick",
                              "no_thigh_lift", "thigh_too_high"}) {
      EXPECT_FALSE(has(lines, kick().words_for(fault)->praise)) << fault;
    }
  }
}

}  // namespace
}  // namespace matside::coaching
