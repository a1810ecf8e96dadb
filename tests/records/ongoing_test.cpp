// A practice on its way to the disk: what is kept is what was told, whatever happens.
#include "records/ongoing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "core/coaching/lesson.h"
#include "formats/packed.h"
#include "tests/records/kept_practice.h"
#include "tests/support/exercise.h"

namespace matside::records_test {
namespace {

using records::Ongoing;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr int kSeeds = 6;

coaching::Lesson lesson_of(int level, bool guided, const engine::Counts& carried = {}) {
  coaching::Wish wish;
  wish.level = level;
  wish.repetitions = 10;
  wish.guided = guided;
  wish.carried = carried;
  return coaching::Lesson::create(support::single_leg_kick(), wish).value();
}

class OngoingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    records_ = folder_.open();
    person_ = records_->add_person("Ada", kMonday).value();
  }
  Ongoing begin(int level) {
    Ongoing::Wish wish;
    wish.person = person_;
    wish.level = level;
    wish.repetitions = 10;
    wish.comfort_before = 1;
    return Ongoing::begin(*records_, wish, on_day(0.0), kEngine, support::single_leg_kick())
        .value();
  }

  Folder folder_;
  std::unique_ptr<records::Repository> records_;
  records::Id person_ = 0;
};

void expect_same(const std::vector<records::Repetition>& kept,
                 const std::vector<exercise::Repetition>& told) {
  ASSERT_EQ(kept.size(), told.size());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    EXPECT_EQ(kept[i].index, static_cast<int>(i) + 1);
    EXPECT_EQ(kept[i].side, told[i].side);
    EXPECT_EQ(kept[i].status, told[i].status);
    EXPECT_EQ(kept[i].start, told[i].start);
    EXPECT_EQ(kept[i].kicks.size(), told[i].kicks.size());
    ASSERT_EQ(kept[i].faults.size(), told[i].faults.size());
    for (std::size_t f = 0; f < kept[i].faults.size(); ++f) {
      EXPECT_EQ(kept[i].faults[f].id, told[i].faults[f].id);
      EXPECT_EQ(kept[i].faults[f].value, told[i].faults[f].value);
    }
  }
}

TEST_F(OngoingTest, KeepsWhatWasToldAndJudgesItAgainAsItWas) {
  int repetitions = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const int level = static_cast<int>(seed % 3);
    for (const bool guided : {false, true}) {
      Ongoing ongoing = begin(level);
      coaching::Lesson lesson = lesson_of(level, guided);
      const auto told = watch(some_practice(seed, level), lesson, ongoing);
      ASSERT_TRUE(ongoing.end(records::EndedBy::person));
      const records::Id id = ongoing.practice();
      const auto kept = records_->repetitions(id).value();
      expect_same(kept, told);
      const records::Practice before = records_->practice(id).value();
      ASSERT_TRUE(records::rescore(*records_, id, {"matside next", "", false},
                                   support::single_leg_kick(), on_day(1.0).instant));
      const records::Practice after = records_->practice(id).value();
      EXPECT_EQ(after.judgement.engine, "matside next");
      EXPECT_EQ(after.judgement.settings, before.judgement.settings);
      EXPECT_EQ(after.counts.left, before.counts.left);
      EXPECT_EQ(after.counts.right, before.counts.right);
      EXPECT_EQ(after.counts.kicks, before.counts.kicks);
      EXPECT_EQ(after.counts.clean, before.counts.clean);
      expect_same(records_->repetitions(id).value(), told);
      repetitions += static_cast<int>(told.size());
    }
  }
  EXPECT_GT(repetitions, 5 * kSeeds);
}

TEST_F(OngoingTest, HasEachRepetitionOnDiskBeforeTheNextAndGoesOnAfterACrash) {
  const auto frames = some_practice(2, 1);
  records::Id practice = 0;
  std::size_t first_part = 0;
  {
    Ongoing ongoing = begin(1);
    practice = ongoing.practice();
    coaching::Lesson lesson = lesson_of(1, false);
    const std::vector<pose::PoseFrame> half(frames.begin(), frames.begin() + frames.size() / 2);
    std::size_t told = 0;
    for (const pose::PoseFrame& frame : half) {
      for (const coaching::Told& each : lesson.push(frame)) {
        const auto* finished = std::get_if<engine::RepetitionFinished>(&each);
        if (finished == nullptr) continue;
        ++told;
        const engine::Counts counts = lesson.analysis().counts;
        ongoing.saw(frame, lesson.judging());
        ASSERT_TRUE(ongoing.finished(
            finished->repetition,
            {counts.left, counts.right, counts.unsure, counts.kicks, counts.clean}));
        EXPECT_THAT(folder_.open()->repetitions(practice).value(), SizeIs(told));
      }
      ongoing.saw(frame, lesson.judging());
    }
    first_part = told;
    ASSERT_GT(first_part, 0U);
  }  // gone, without a word
  records_ = folder_.open();
  auto ongoing = Ongoing::resume(*records_, practice, person_, support::single_leg_kick());
  ASSERT_TRUE(ongoing) << ongoing.error().message;
  EXPECT_EQ(ongoing.value().before().left + ongoing.value().before().right +
                ongoing.value().before().unsure,
            static_cast<int>(first_part));
  coaching::Lesson lesson = lesson_of(1, false);
  const auto second = watch(some_practice(3, 1), lesson, ongoing.value());
  ASSERT_TRUE(ongoing.value().end(records::EndedBy::person));
  EXPECT_THAT(records_->repetitions(practice).value(), SizeIs(first_part + second.size()));
  // Two sessions, judged again one after the other.
  ASSERT_TRUE(records::rescore(*records_, practice, kEngine, support::single_leg_kick(),
                               on_day(1.0).instant));
  const auto again = records_->repetitions(practice).value();
  ASSERT_THAT(again, SizeIs(first_part + second.size()));
  EXPECT_GT(again[first_part].start, again[first_part - 1].end);
}

TEST_F(OngoingTest, GoesOnOnlyWithAPracticeThatWasBrokenOff) {
  Ongoing ongoing = begin(1);
  const auto& exercise = support::single_leg_kick();
  EXPECT_TRUE(Ongoing::resume(*records_, ongoing.practice(), person_, exercise));
  EXPECT_FALSE(Ongoing::resume(*records_, ongoing.practice(), person_ + 1, exercise));
  EXPECT_FALSE(Ongoing::resume(*records_, 999, person_, exercise));
  ASSERT_TRUE(ongoing.end(records::EndedBy::interrupted));
  EXPECT_THAT(Ongoing::resume(*records_, ongoing.practice(), person_, exercise).error().message,
              HasSubstr("has ended"));
}

TEST_F(OngoingTest, CountsASideAsThePersonToldIt) {
  Ongoing ongoing = begin(1);
  coaching::Lesson lesson = lesson_of(1, false);
  const auto told = watch(some_practice(5, 1), lesson, ongoing);
  ASSERT_TRUE(ongoing.end(records::EndedBy::person));
  const records::Id id = ongoing.practice();
  const records::Counts counts = records_->practice(id).value().counts;
  using exercise::KickingSide;
  ASSERT_NE(told[0].side, KickingSide::unsure);
  const bool was_left = told[0].side == KickingSide::left;
  ASSERT_TRUE(records::correct_side(*records_, id, 1,
                                    was_left ? KickingSide::right : KickingSide::left));
  const records::Practice kept = records_->practice(id).value();
  EXPECT_EQ(kept.corrected->left, counts.left + (was_left ? -1 : 1));
  EXPECT_EQ(kept.corrected->right, counts.right + (was_left ? 1 : -1));
  EXPECT_EQ(kept.counts.left, counts.left);
  ASSERT_TRUE(records::correct_side(*records_, id, 1, std::nullopt));
  EXPECT_FALSE(records_->practice(id).value().corrected);
}

TEST_F(OngoingTest, TellsHowLongHipFlexorsWereLong) {
  Ongoing ongoing = begin(1);
  coaching::Lesson lesson = lesson_of(1, false);
  watch(some_practice(5, 1), lesson, ongoing);
  ASSERT_TRUE(ongoing.end(records::EndedBy::person));
  const records::Practice kept = records_->practice(ongoing.practice()).value();
  ASSERT_TRUE(kept.means.lengthening_s);
  EXPECT_GT(*kept.means.lengthening_s, 1.0);
  EXPECT_LT(*kept.means.lengthening_s, kept.duration.value());
  const auto document =
      formats::unpacked(records_->analysis(ongoing.practice()).value(), 1'000'000, "analysis");
  EXPECT_THAT(document.value(), HasSubstr("\"model\": \"blazepose-full\""));
}

TEST_F(OngoingTest, TakesAPersonsWordForAPracticeByEar) {
  Ongoing::Wish wish;
  wish.person = person_;
  wish.repetitions = 4;
  const auto id =
      records::keep_self_reported(*records_, wish, on_day(0.0), kEngine,
                                  support::single_leg_kick(), {4, 3}, records::EndedBy::person);
  const records::Practice kept = records_->practice(id.value()).value();
  EXPECT_EQ(kept.origin, records::Origin::sound);
  EXPECT_EQ(kept.counts.right, 3);
  EXPECT_FALSE(
      records::rescore(*records_, id.value(), kEngine, support::single_leg_kick(), kMonday));
}

}  // namespace
}  // namespace matside::records_test
