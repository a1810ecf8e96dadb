#include "core/coaching/correction_selector.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include "tests/support/exercise.h"

namespace matside::coaching {
namespace {

using exercise::Fault;
using exercise::Repetition;
using exercise::SetFault;

const exercise::Definition& kick() { return support::single_leg_kick(); }

Repetition with(std::initializer_list<const Fault*> faults) {
  Repetition out;
  for (const Fault* fault : faults) {
    out.faults.push_back({fault->id, 1.0, fault->on.value, fault->on.unit, ""});
  }
  return out;
}

/// A repetition whose hips clearly stayed down.
Repetition hips_down() {
  Repetition out;
  out.hip_rise_thigh_lengths = 0.0;
  return out;
}

/// The faults of repetitions, the most important first.
std::vector<const Fault*> by_priority() {
  std::vector<const Fault*> out;
  for (const Fault& fault : kick().faults) {
    if (!fault.of_set) out.push_back(&fault);
  }
  std::ranges::stable_sort(out, {}, &Fault::priority);
  return out;
}

const Fault* gravest() { return by_priority().front(); }
const Fault* slightest() { return by_priority().back(); }

const Fault* easing_fault() {
  const auto found = std::ranges::find_if(
      kick().faults, [](const Fault& f) { return f.details.ease_at_least.has_value(); });
  return found == kick().faults.end() ? nullptr : &*found;
}

std::string said(const std::optional<Utterance>& utterance) {
  return utterance ? utterance->id : "";
}

std::string after(CorrectionSelector& selector, const Repetition& repetition,
                  const std::vector<SetFault>& of_set = {}) {
  return said(selector.after(repetition, of_set));
}

void clean_run(CorrectionSelector& selector, double length) {
  for (int i = 0; i < length; ++i) selector.after({}, {});
}

TEST(CorrectionSelection, is_silent_after_a_clean_repetition_and_counts_it) {
  CorrectionSelector selector(kick());
  for (int i = 1; i <= 5; ++i) {
    EXPECT_EQ(after(selector, {}), "");
    EXPECT_EQ(selector.clean_in_a_row(), i);
  }
  after(selector, with({gravest()}));
  EXPECT_EQ(selector.clean_in_a_row(), 0);
}

TEST(CorrectionSelection, takes_the_most_important_of_any_two_faults_in_either_order) {
  const auto faults = by_priority();
  for (const Fault* a : faults) {
    for (const Fault* b : faults) {
      if (a->priority >= b->priority) continue;
      CorrectionSelector first(kick());
      EXPECT_EQ(after(first, with({a, b})), a->id);
      CorrectionSelector second(kick());
      EXPECT_EQ(after(second, with({b, a})), a->id);
    }
  }
}

TEST(CorrectionSelection, weighs_faults_of_the_set_with_those_of_the_repetition) {
  for (const Fault& of_set : kick().faults) {
    if (!of_set.of_set) continue;
    CorrectionSelector alone(kick());
    EXPECT_EQ(after(alone, {}, {{of_set.id, {}}}), of_set.id);
    CorrectionSelector beside(kick());
    const bool graver = of_set.priority < gravest()->priority;
    EXPECT_EQ(after(beside, with({gravest()}), {{of_set.id, {}}}),
              graver ? of_set.id : gravest()->id);
  }
}

TEST(CorrectionSelection, is_a_cue_in_the_exercises_words) {
  CorrectionSelector selector(kick());
  const auto utterance = selector.after(with({gravest()}), {});
  ASSERT_TRUE(utterance);
  EXPECT_EQ(utterance->kind, UtteranceKind::correction);
  EXPECT_EQ(utterance->text, kick().words_for(gravest()->id)->cue);
}

TEST(CorrectionSelection, gives_time_to_work_on_it_and_then_repeats_it) {
  CorrectionSelector selector(kick());
  EXPECT_EQ(after(selector, with({gravest()})), gravest()->id);
  for (int i = 0; i < kick().coaching.cue_repeat.value; ++i) {
    EXPECT_EQ(after(selector, with({gravest()})), "") << i;
  }
  EXPECT_EQ(after(selector, with({gravest()})), gravest()->id);
}

TEST(CorrectionSelection, a_graver_fault_does_not_wait) {
  CorrectionSelector selector(kick());
  EXPECT_EQ(after(selector, with({slightest()})), slightest()->id);
  EXPECT_EQ(after(selector, with({gravest(), slightest()})), gravest()->id);
}

TEST(CorrectionSelection, praises_a_fault_that_is_gone_once) {
  CorrectionSelector selector(kick());
  ASSERT_EQ(gravest()->signal, exercise::Signal::hip_rise);
  after(selector, with({gravest()}));
  const auto utterance = selector.after(hips_down(), {});
  ASSERT_TRUE(utterance);
  EXPECT_EQ(utterance->kind, UtteranceKind::praise);
  EXPECT_FALSE(utterance->text.empty());
  EXPECT_EQ(after(selector, hips_down()), "");
}

TEST(CorrectionSelection, praises_only_what_was_seen_to_be_gone) {
  CorrectionSelector selector(kick());
  after(selector, with({gravest()}));
  EXPECT_EQ(after(selector, {}), "") << "the hips were not seen";
  EXPECT_EQ(after(selector, hips_down()), "mended");
}

TEST(CorrectionSelection, praises_no_lowering_that_is_still_fast) {
  CorrectionSelector selector(kick());
  EXPECT_EQ(after(selector, {}, {{"fast_lowering", {}}}), "fast_lowering");
  Repetition lowered;
  lowered.measures.transit_70_20_s = {0.45, 0.02, 0.0};
  EXPECT_EQ(after(selector, lowered), "") << "the set has the fault already";
  lowered.measures.transit_70_20_s = {0.8, 0.02, 0.0};
  EXPECT_EQ(after(selector, lowered), "mended");
}

TEST(CorrectionSelection, has_nothing_to_praise_before_it_has_corrected) {
  CorrectionSelector selector(kick());
  EXPECT_EQ(after(selector, {}), "");
}

TEST(CorrectionSelection, skips_a_minor_fault_after_a_clean_run_but_not_twice) {
  ASSERT_GT(slightest()->priority, kick().coaching.always_cue_priority.value);
  CorrectionSelector selector(kick());
  clean_run(selector, kick().coaching.clean_run_to_skip.value);
  EXPECT_EQ(after(selector, with({slightest()})), "");
  EXPECT_EQ(after(selector, with({slightest()})), slightest()->id);
}

TEST(CorrectionSelection, skips_nothing_after_a_run_that_is_too_short) {
  CorrectionSelector selector(kick());
  clean_run(selector, kick().coaching.clean_run_to_skip.value - 1.0);
  EXPECT_EQ(after(selector, with({slightest()})), slightest()->id);
}

TEST(CorrectionSelection, never_skips_a_major_fault) {
  ASSERT_LE(gravest()->priority, kick().coaching.always_cue_priority.value);
  CorrectionSelector selector(kick());
  clean_run(selector, 10.0);
  EXPECT_EQ(after(selector, with({gravest()})), gravest()->id);
}

TEST(CorrectionSelection, mentions_unseen_legs_now_and_then) {
  CorrectionSelector selector(kick());
  Repetition unseen;
  unseen.scored = false;
  const auto utterance = selector.after(unseen, {});
  ASSERT_TRUE(utterance);
  EXPECT_EQ(utterance->kind, UtteranceKind::correction);
  for (int i = 0; i < kick().coaching.unseen_repeat.value; ++i) {
    EXPECT_EQ(after(selector, unseen), "") << i;
  }
  EXPECT_EQ(after(selector, unseen), utterance->id);
}

TEST(CorrectionSelection, an_unseen_repetition_neither_ends_nor_lengthens_a_clean_run) {
  CorrectionSelector selector(kick());
  clean_run(selector, 2.0);
  Repetition unseen = with({gravest()});
  unseen.scored = false;
  selector.after(unseen, {});
  EXPECT_EQ(selector.clean_in_a_row(), 2);
}

TEST(CorrectionSelection, ignores_a_fault_the_exercise_does_not_have) {
  CorrectionSelector selector(kick());
  Repetition strange;
  strange.faults.push_back({"floating", 1.0, 0.0, "", ""});
  EXPECT_EQ(after(selector, strange), "");
  EXPECT_EQ(selector.clean_in_a_row(), 1);
}

TEST(SmallerKicks, are_called_for_when_the_hips_rise_often_enough) {
  const Fault* fault = easing_fault();
  ASSERT_NE(fault, nullptr);
  const int needed = static_cast<int>(fault->details.ease_at_least->value);
  CorrectionSelector selector(kick());
  EXPECT_FALSE(selector.should_ease_kick());
  for (int i = 1; i <= needed; ++i) {
    selector.after(with({fault}), {});
    EXPECT_EQ(selector.should_ease_kick(), i == needed) << i;
  }
  EXPECT_FALSE(selector.should_ease_kick()) << "counting starts again";
}

TEST(SmallerKicks, are_not_called_for_by_what_is_long_past) {
  const Fault* fault = easing_fault();
  ASSERT_NE(fault, nullptr);
  CorrectionSelector selector(kick());
  for (int i = 0; i < 10; ++i) {
    selector.after(with({fault}), {});
    clean_run(selector, fault->details.ease_of_last->value - 1.0);
    EXPECT_FALSE(selector.should_ease_kick()) << i;
  }
}

TEST(SmallerKicks, are_not_called_for_by_other_faults_or_unseen_repetitions) {
  const Fault* fault = easing_fault();
  ASSERT_NE(fault, nullptr);
  CorrectionSelector selector(kick());
  Repetition unseen = with({fault});
  unseen.scored = false;
  for (int i = 0; i < 10; ++i) {
    selector.after(unseen, {});
    selector.after(with({slightest()}), {});
    EXPECT_FALSE(selector.should_ease_kick());
  }
}

}  // namespace
}  // namespace matside::coaching
