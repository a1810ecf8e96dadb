#include "records/saved_practice.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <string>

#include "records/import_export.h"
#include "records/practice_draft.h"
#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"

namespace matside::records {
namespace {

using base::ErrorKind;
using nlohmann::json;
using records_test::kEngine;
using records_test::on_day;
using records_test::simulated_poses;
using support::single_leg_kick;
using ::testing::SizeIs;

class SavedPracticeTest : public records_test::RecordsTest {
 protected:
  Id practise() {
    PracticeDraft::Plan plan;
    plan.person = person_;
    plan.level = 1;
    plan.origin = Origin::recording;
    return import_poses(*records_, plan, simulated_poses(1, 1), on_day(0.0), kEngine,
                        single_leg_kick())
        .value()
        .practice;
  }
  base::Result<std::string> poses_of(Id practice, int index) {
    return repetition_poses_json(*records_, practice, index, single_leg_kick());
  }
  json repetition(Id practice, int index) {
    const auto text = poses_of(practice, index);
    EXPECT_TRUE(text) << text.error().message;
    return json::parse(text.value());
  }
};

TEST_F(SavedPracticeTest, IsScoredAgainFromItsPoses) {
  const Id id = practise();
  const auto loaded = load_saved_practice(*records_, id, single_leg_kick());
  ASSERT_TRUE(loaded) << loaded.error().message;
  const auto saved = records_->repetitions(id).value();
  ASSERT_FALSE(saved.empty());
  const auto& repetitions = loaded.value().record.analysis.repetitions;
  ASSERT_THAT(repetitions, SizeIs(saved.size()));
  for (std::size_t i = 0; i < saved.size(); ++i) {
    EXPECT_EQ(repetitions[i].side, saved[i].side);
    EXPECT_NEAR(repetitions[i].start.value(), saved[i].start.value(), 0.001);
  }
  EXPECT_THAT(loaded.value().frames, SizeIs(simulated_poses(1, 1).size()));
  EXPECT_EQ(loaded.value().record.pose_model, kEngine.pose_model);
}

TEST_F(SavedPracticeTest, WithoutPosesHasTheSavedCounts) {
  const Id id = add_practice(start(0.0));
  const auto loaded = load_saved_practice(*records_, id, single_leg_kick());
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_TRUE(loaded.value().frames.empty());
  EXPECT_EQ(loaded.value().record.analysis.counts.left, 4);
  EXPECT_EQ(load_saved_practice(*records_, 99, single_leg_kick()).error().kind,
            ErrorKind::not_found);
}

TEST_F(SavedPracticeTest, ARepetitionHasItsOwnFramesOnly) {
  const Id id = practise();
  const auto saved = records_->repetitions(id).value();
  for (const SavedRepetition& each : saved) {
    const json poses = repetition(id, each.index);
    EXPECT_NEAR(poses["start_s"], each.start.value(), 0.001);
    EXPECT_NEAR(poses["end_s"], each.end.value(), 0.001);
    EXPECT_EQ(poses["width_px"], simulated_poses(1, 1).front().image_size.width_px);
    const json& frames = poses["frames"];
    const double length_s = (each.end - each.start).value();
    ASSERT_GT(frames.size(), 10 * length_s) << "smooth to the eye";
    ASSERT_LT(frames.size(), 35 * length_s) << "no more than a page can draw";
    double last_s = -1.0;
    for (const json& frame : frames) {
      const double time_s = frame["time_s"];
      EXPECT_GT(time_s, last_s);
      EXPECT_GE(time_s, each.start.value() - 0.001);
      EXPECT_LE(time_s, each.end.value() + 0.001);
      EXPECT_TRUE(frame["points"].empty() || frame["points"].size() == 99U);
      last_s = time_s;
    }
  }
}

TEST_F(SavedPracticeTest, ARepetitionOfALaterSessionIsFoundInThePosesOfThatSession) {
  PracticeDraft::Plan plan;
  plan.person = person_;
  plan.level = 1;
  plan.repetitions = 10;
  auto draft =
      PracticeDraft::begin(*records_, plan, on_day(0.0), kEngine, single_leg_kick()).value();
  coaching::Lesson first = records_test::lesson_of(1);
  const auto before = records_test::record(simulated_poses(1, 1), first, draft);
  const Id id = draft.practice();
  auto again = PracticeDraft::resume(*records_, id, person_, single_leg_kick()).value();
  coaching::Lesson second = records_test::lesson_of(1);
  const auto after = records_test::record(simulated_poses(2, 1), second, again);
  ASSERT_TRUE(again.end(EndReason::person));
  ASSERT_FALSE(before.empty());
  ASSERT_FALSE(after.empty());
  const json last_before = repetition(id, static_cast<int>(before.size()));
  const json first_after = repetition(id, static_cast<int>(before.size()) + 1);
  EXPECT_GT(first_after["start_s"], last_before["end_s"]) << "although its clock began again";
  EXPECT_NEAR(first_after["end_s"].get<double>() - first_after["start_s"].get<double>(),
              (after.front().end - after.front().start).value(), 0.002);
  EXPECT_FALSE(first_after["frames"].empty());
}

TEST_F(SavedPracticeTest, WhatIsNotThereIsNotFound) {
  const Id id = practise();
  const int count = static_cast<int>(records_->repetitions(id).value().size());
  EXPECT_EQ(poses_of(id, count + 1).error().kind, ErrorKind::not_found);
  EXPECT_EQ(poses_of(99, 1).error().kind, ErrorKind::not_found);
  EXPECT_EQ(poses_of(add_practice(start(1.0)), 1).error().kind, ErrorKind::not_found);
}

TEST_F(SavedPracticeTest, ARepetitionIsNotPlayedWhereThisVersionCountsOtherwise) {
  const Id id = practise();
  auto repetitions = records_->repetitions(id).value();
  repetitions.pop_back();
  ASSERT_TRUE(records_->rescore(id, {"another version", "{}", on_day(1.0).instant}, repetitions,
                                PracticeResult()));
  EXPECT_EQ(poses_of(id, 1).error().kind, ErrorKind::conflict);
}

}  // namespace
}  // namespace matside::records
