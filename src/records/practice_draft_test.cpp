#include "records/practice_draft.h"

#include <gmock/gmock.h>

#include <cstdint>
#include <vector>

#include "core/coaching/lesson.h"
#include "formats/xz.h"
#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"

namespace matside::records {
namespace {

using base::ErrorKind;
using exercise::KickingSide;
using records_test::kEngine;
using records_test::kMonday;
using records_test::lesson_of;
using records_test::on_day;
using records_test::record;
using records_test::simulated_poses;
using support::single_leg_kick;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr int kSeeds = 6;
constexpr double kRounding_s = 1e-6;  // of saved poses

class PracticeDraftTest : public records_test::RecordsTest {
 protected:
  PracticeDraft begin(int level) {
    PracticeDraft::Plan plan;
    plan.person = person_;
    plan.level = level;
    plan.repetitions = 10;
    plan.comfort_before = 1;
    return PracticeDraft::begin(*records_, plan, on_day(0.0), kEngine, single_leg_kick())
        .value();
  }
  base::Result<PracticeDraft> resume(Id practice, Id person) {
    return PracticeDraft::resume(*records_, practice, person, single_leg_kick());
  }
};

void expect_same(const std::vector<SavedRepetition>& saved,
                 const std::vector<exercise::Repetition>& reported) {
  ASSERT_EQ(saved.size(), reported.size());
  for (std::size_t i = 0; i < saved.size(); ++i) {
    EXPECT_EQ(saved[i].index, static_cast<int>(i) + 1);
    EXPECT_EQ(saved[i].side, reported[i].side);
    EXPECT_EQ(saved[i].status, reported[i].status);
    EXPECT_EQ(saved[i].start, reported[i].start);
    EXPECT_EQ(saved[i].peaks.size(), reported[i].kicks.size());
    ASSERT_EQ(saved[i].faults.size(), reported[i].faults.size());
    for (std::size_t f = 0; f < saved[i].faults.size(); ++f) {
      EXPECT_EQ(saved[i].faults[f].id, reported[i].faults[f].id);
      EXPECT_EQ(saved[i].faults[f].value, reported[i].faults[f].value);
    }
  }
}

TEST_F(PracticeDraftTest, SavesWhatWasReportedAndRescoresItAlike) {
  int repetitions = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const int level = static_cast<int>(seed % 3);
    for (const bool guided : {false, true}) {
      PracticeDraft draft = begin(level);
      coaching::Lesson lesson = lesson_of(level, guided);
      const auto reported = record(simulated_poses(seed, level), lesson, draft);
      ASSERT_TRUE(draft.end(EndReason::person));
      const Id id = draft.practice();
      expect_same(records_->repetitions(id).value(), reported);
      const Practice before = records_->practice(id).value();
      ASSERT_TRUE(rescore(*records_, id, {"matside next", "", false}, single_leg_kick(),
                          on_day(1.0).instant));
      const Practice after = records_->practice(id).value();
      EXPECT_EQ(after.scoring.engine, "matside next");
      EXPECT_EQ(after.scoring.settings, before.scoring.settings);
      EXPECT_EQ(after.counts.left, before.counts.left);
      EXPECT_EQ(after.counts.right, before.counts.right);
      EXPECT_EQ(after.counts.kicks, before.counts.kicks);
      EXPECT_EQ(after.counts.clean, before.counts.clean);
      expect_same(records_->repetitions(id).value(), reported);
      repetitions += static_cast<int>(reported.size());
    }
  }
  EXPECT_GT(repetitions, 5 * kSeeds);
}

TEST_F(PracticeDraftTest, SavesEachRepetitionAtOnceAndResumesAfterACrash) {
  const auto frames = simulated_poses(2, 1);
  Id practice = 0;
  std::size_t first_part = 0;
  {
    PracticeDraft draft = begin(1);
    practice = draft.practice();
    coaching::Lesson lesson = lesson_of(1);
    const std::vector<pose::PoseFrame> half(frames.begin(), frames.begin() + frames.size() / 2);
    for (const pose::PoseFrame& frame : half) {
      for (const coaching::LessonEvent& each : lesson.push(frame)) {
        const auto* finished = std::get_if<engine::RepetitionFinished>(&each);
        if (finished == nullptr) continue;
        ++first_part;
        draft.add_frame(frame, lesson.scoring_context());
        ASSERT_TRUE(draft.add_repetition(finished->repetition, lesson.analysis().counts));
        EXPECT_THAT(folder_.open()->repetitions(practice).value(), SizeIs(first_part));
      }
      draft.add_frame(frame, lesson.scoring_context());
    }
    ASSERT_GT(first_part, 0U);
  }  // The draft is gone, and nobody ended it.
  records_ = folder_.open();
  auto draft = resume(practice, person_);
  ASSERT_TRUE(draft) << draft.error().message;
  const RepetitionCounts& before = draft.value().counts_before();
  EXPECT_EQ(before.left + before.right + before.unsure, static_cast<int>(first_part));
  const base::Seconds begin = draft.value().begin_time();
  EXPECT_GT(begin, records_->repetitions(practice).value().back().end);
  coaching::Lesson lesson = lesson_of(1);
  auto second = simulated_poses(3, 1);
  for (pose::PoseFrame& frame : second) frame.time += begin;
  const auto second_part = record(second, lesson, draft.value());
  ASSERT_TRUE(draft.value().end(EndReason::person));
  const auto saved = records_->repetitions(practice).value();
  ASSERT_THAT(saved, SizeIs(first_part + second_part.size()));
  EXPECT_GT(saved[first_part].start, begin) << "the times go on";
  EXPECT_NEAR(records_->practice(practice).value().duration.value(), second.back().time.value(),
              kRounding_s);
  // Both sessions are rescored, the second after the first.
  ASSERT_TRUE(rescore(*records_, practice, kEngine, single_leg_kick(), on_day(1.0).instant));
  const auto again = records_->repetitions(practice).value();
  ASSERT_THAT(again, SizeIs(first_part + second_part.size()));
  for (std::size_t i = 0; i < again.size(); ++i)
    EXPECT_NEAR(again[i].start.value(), saved[i].start.value(), kRounding_s);
}

TEST_F(PracticeDraftTest, BeginsAtZeroWhereNothingIsSavedYet) {
  const Id practice = begin(1).practice();
  EXPECT_EQ(resume(practice, person_).value().begin_time(), base::Seconds());
}

TEST_F(PracticeDraftTest, ResumesOnlyAnUnfinishedPracticeOfThePerson) {
  PracticeDraft draft = begin(1);
  EXPECT_TRUE(resume(draft.practice(), person_));
  EXPECT_EQ(resume(draft.practice(), person_ + 1).error().kind, ErrorKind::not_found);
  EXPECT_EQ(resume(999, person_).error().kind, ErrorKind::not_found);
  ASSERT_TRUE(draft.end(EndReason::interrupted));
  const auto ended = resume(draft.practice(), person_);
  EXPECT_EQ(ended.error().kind, ErrorKind::conflict);
  EXPECT_THAT(ended.error().message, HasSubstr("has ended"));
}

TEST_F(PracticeDraftTest, TakesBackACorrectedSide) {
  PracticeDraft draft = begin(1);
  coaching::Lesson lesson = lesson_of(1);
  const auto reported = record(simulated_poses(5, 1), lesson, draft);
  ASSERT_TRUE(draft.end(EndReason::person));
  const Id id = draft.practice();
  const RepetitionCounts counts = records_->practice(id).value().counts;
  ASSERT_NE(reported[0].side, KickingSide::unsure);
  const bool was_left = reported[0].side == KickingSide::left;
  ASSERT_TRUE(
      correct_side(*records_, id, 1, was_left ? KickingSide::right : KickingSide::left));
  const Practice corrected = records_->practice(id).value();
  EXPECT_EQ(corrected.corrected->left, counts.left + (was_left ? -1 : 1));
  EXPECT_EQ(corrected.corrected->right, counts.right + (was_left ? 1 : -1));
  EXPECT_EQ(corrected.counts.left, counts.left);
  ASSERT_TRUE(correct_side(*records_, id, 1, std::nullopt));
  EXPECT_FALSE(records_->practice(id).value().corrected);
  EXPECT_EQ(correct_side(*records_, id, 99, KickingSide::left).error().kind,
            ErrorKind::not_found);
}

TEST_F(PracticeDraftTest, SavesTheTimeOfLengtheningAndTheResultFile) {
  PracticeDraft draft = begin(1);
  coaching::Lesson lesson = lesson_of(1);
  record(simulated_poses(5, 1), lesson, draft);
  ASSERT_TRUE(draft.end(EndReason::person));
  const Practice saved = records_->practice(draft.practice()).value();
  ASSERT_TRUE(saved.means.lengthening_s);
  EXPECT_GT(*saved.means.lengthening_s, 1.0);
  EXPECT_LT(*saved.means.lengthening_s, saved.duration.value());
  const auto document = formats::xz_decompressed(records_->analysis(draft.practice()).value(),
                                                 1'000'000, "analysis");
  EXPECT_THAT(document.value(), HasSubstr("\"model\": \"blazepose-full\""));
}

TEST_F(PracticeDraftTest, DropsFramesThatTheLessonDoesNotScore) {
  PracticeDraft draft = begin(0);
  for (const pose::PoseFrame& frame : simulated_poses(1, 0)) {
    draft.add_frame(frame, coaching::ScoringContext{});
  }
  ASSERT_TRUE(draft.end(EndReason::interrupted));
  EXPECT_THAT(records_->poses(draft.practice()).value(), SizeIs(0));
}

TEST_F(PracticeDraftTest, SavesAnAudioOnlyPracticeAsReported) {
  PracticeDraft::Plan plan;
  plan.person = person_;
  plan.repetitions = 4;
  plan.comfort_before = 2;
  const auto id = save_self_reported(*records_, plan, on_day(0.0), kEngine, single_leg_kick(),
                                     {4, 3}, EndReason::discomfort);
  ASSERT_TRUE(id) << id.error().message;
  const Practice saved = records_->practice(id.value()).value();
  EXPECT_EQ(saved.origin, Origin::sound);
  EXPECT_EQ(saved.counts.left, 4);
  EXPECT_EQ(saved.counts.right, 3);
  EXPECT_EQ(saved.comfort.before, 2);
  EXPECT_EQ(saved.ended_by, EndReason::discomfort);
}

TEST_F(PracticeDraftTest, DoesNotRescoreAPracticeWithoutPoses) {
  const Id practice = add_practice(start(0.0));
  const auto refused = rescore(*records_, practice, kEngine, single_leg_kick(), kMonday);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::input);
  EXPECT_THAT(refused.error().message, HasSubstr("has no poses"));
  EXPECT_EQ(rescore(*records_, 999, kEngine, single_leg_kick(), kMonday).error().kind,
            ErrorKind::not_found);
}

}  // namespace
}  // namespace matside::records
