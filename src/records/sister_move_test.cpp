// Practices of exercises that are described by channels alone: saved, rescored, planned,
// compared, given away and taken back. The poses are those of rendered clips.
#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "formats/pose_codec.h"
#include "formats/xz.h"
#include "records/comparison.h"
#include "records/import_export.h"
#include "records/json_documents.h"
#include "records/progress.h"
#include "records/replay.h"
#include "records/saved_practice.h"
#include "records/today.h"
#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"

namespace matside::records {
namespace {

using exercise::KickingSide;
using nlohmann::json;
using records_test::on_day;
using records_test::poses_of_move;
using support::single_leg_kick;
using support::sister_move;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const exercise::Definition& swan() { return sister_move("swan-preparation"); }
Exercises installed() {
  return Exercises(std::span<const exercise::Definition>(support::installed_exercises()));
}

class SisterMoveTest : public records_test::RecordsTest {
 protected:
  /// A practice of that clip, at level 0.
  Id practise(const exercise::Definition& exercise, const std::string& clip, double day = 0.0) {
    PracticeDraft::Plan plan;
    plan.person = person_;
    plan.origin = Origin::recording;
    plan.start = on_day(day);
    plan.save_again = true;
    const auto saved = import_poses(*records_, plan, poses_of_move(clip), on_day(day),
                                    records_test::kEngine, exercise);
    EXPECT_TRUE(saved) << saved.error().message;
    return saved ? saved.value().practice : 0;
  }
  Id practise_swan(double day = 0.0) { return practise(swan(), "swan_preparation", day); }
  std::string result_of(Id practice) {
    return formats::xz_decompressed(records_->analysis(practice).value(), 1U << 20U, "a")
        .value();
  }
  base::Result<ImportedDocument> import(const std::string& text, Id person) {
    return import_json(*records_, person, text, "ada.json", {on_day(9.0), {}}, installed());
  }
  plan::Next next_swan(double day) {
    return today(*records_, person_, on_day(day), swan(), support::plan_rules()).value().next;
  }
};

TEST_F(SisterMoveTest, SoonAfterAnotherIsTheSamePractice) {
  constexpr double kTwentyMinutes = 20.0 / (24.0 * 60.0);
  practise_swan();
  practise(sister_move("prone-leg-lift"), "prone_leg_lift", kTwentyMinutes);
  const double later = 2.0 * kTwentyMinutes;
  const Today day =
      today(*records_, person_, on_day(later), single_leg_kick(), support::plan_rules())
          .value();
  EXPECT_EQ(day.this_week, 1);
  EXPECT_TRUE(day.next.today(day.now.instant)) << "the kick would belong to the same practice";
  EXPECT_FALSE(next_swan(later).today(on_day(later).instant));
  const Progress shown =
      progress(*records_, person_, on_day(later), support::plan_rules()).value();
  ASSERT_THAT(shown.weeks, SizeIs(1));
  EXPECT_EQ(shown.weeks[0].practices, 1);
  EXPECT_THAT(shown.practices, SizeIs(2));
}

TEST_F(SisterMoveTest, HasACurveOfTheLegThatIsRaisedAndNoneOfTheOther) {
  const Id id = practise(sister_move("prone-leg-lift"), "prone_leg_lift");
  const json curve = json::parse(practice_json(*records_, id, installed()).value())["curve"];
  EXPECT_EQ(curve["name"], "Leg lift");
  EXPECT_THAT(curve["body"], IsEmpty());
  double highest_left_deg = 0.0;
  double highest_right_deg = 0.0;
  for (std::size_t i = 0; i < curve["times_s"].size(); ++i) {
    const json& left = curve["left"][i];
    const json& right = curve["right"][i];
    ASSERT_TRUE(left.is_null() || right.is_null()) << curve["times_s"][i];
    if (!left.is_null()) highest_left_deg = std::max(highest_left_deg, left.get<double>());
    if (!right.is_null()) highest_right_deg = std::max(highest_right_deg, right.get<double>());
  }
  EXPECT_GT(highest_left_deg, 5.0);
  EXPECT_GT(highest_right_deg, 5.0);
}

TEST_F(SisterMoveTest, IsSavedWithItsSidesPeaksAndReadings) {
  const Id id = practise_swan();
  records_ = folder_.open();
  const Practice practice = records_->practice(id).value();
  EXPECT_EQ(practice.exercise, "swan-preparation");
  EXPECT_EQ(practice.counts.both, 6);
  EXPECT_EQ(practice.counts.left + practice.counts.right + practice.counts.unsure, 0);
  EXPECT_EQ(practice.counts.kicks, 6);
  EXPECT_EQ(practice.goal_repetitions, 6);
  EXPECT_EQ(practice.means.lengthening_s, std::nullopt) << "its knees stay straight";
  EXPECT_EQ(records_->scorings(id).value().at(0).second.both, 6);
  const auto repetitions = records_->repetitions(id).value();
  ASSERT_THAT(repetitions, SizeIs(6));
  for (const SavedRepetition& each : repetitions) {
    EXPECT_EQ(each.side, KickingSide::both);
    ASSERT_THAT(each.peaks, SizeIs(1));
    EXPECT_GT(each.peaks[0].value, 2.5);
    EXPECT_EQ(each.peaks[0].unit, "deg");
    EXPECT_EQ(each.peaks[0].leg, std::nullopt);
    ASSERT_THAT(each.readings, SizeIs(swan().cycle->measures.size()));
    EXPECT_EQ(each.readings[1].id, "hold_s");
    EXPECT_EQ(each.readings[1].unit, "s");
    EXPECT_GT(each.readings[1].value, 0.3);
  }
}

TEST_F(SisterMoveTest, KeepsTheLegOfEachPeakWhereBothMove) {
  const Id id = practise(sister_move("double-leg-kick"), "double_leg_kick");
  EXPECT_EQ(records_->practice(id).value().counts.both, 8);
  const auto repetitions = records_->repetitions(id).value();
  ASSERT_THAT(repetitions, SizeIs(8));
  int left = 0;
  int right = 0;
  for (const Peak& peak : repetitions[0].peaks) {
    ASSERT_TRUE(peak.leg);
    ++(*peak.leg == pose::Side::left ? left : right);
  }
  EXPECT_EQ(left, 3);
  EXPECT_EQ(right, 3);
  EXPECT_GT(records_->practice(id).value().means.lengthening_s, 1.0);
}

TEST_F(SisterMoveTest, OfOneLegAfterTheOtherCountsBySide) {
  const Id id = practise(sister_move("prone-leg-lift"), "prone_leg_lift");
  const RepetitionCounts counts = records_->practice(id).value().counts;
  EXPECT_EQ(counts.left, 4);
  EXPECT_EQ(counts.right, 4);
  EXPECT_EQ(counts.both, 0);
  ASSERT_TRUE(correct_side(*records_, id, 1, KickingSide::left));
}

TEST_F(SisterMoveTest, HasNoSideToCorrectWhereNoLegMovesAlone) {
  const Id id = practise_swan();
  const auto corrected = correct_side(*records_, id, 2, KickingSide::left);
  ASSERT_FALSE(corrected);
  EXPECT_EQ(corrected.error().kind, base::ErrorKind::input);
  EXPECT_EQ(corrected.error().message,
            "repetition 2 is not of one leg, so it has no side to correct");
  EXPECT_EQ(records_->practice(id).value().corrected, std::nullopt);
  EXPECT_EQ(records_->repetitions(id).value()[1].corrected, std::nullopt);
}

TEST_F(SisterMoveTest, IsRescoredByItsOwnExercise) {
  const Id id = practise_swan();
  practise(single_leg_kick(), "swan_preparation", 1.0);
  const auto before = records_->repetitions(id).value();
  ASSERT_TRUE(
      rescore(*records_, id, {"matside next", "", false}, installed(), on_day(2.0).instant));
  EXPECT_THAT(records_->scorings(id).value(), SizeIs(2));
  const Practice rescored = records_->practice(id).value();
  EXPECT_EQ(rescored.counts.both, 6);
  EXPECT_EQ(rescored.scoring.engine, "matside next");
  const auto after = records_->repetitions(id).value();
  ASSERT_THAT(after, SizeIs(before.size()));
  EXPECT_EQ(after[5].peaks[0].time, before[5].peaks[0].time);
  EXPECT_EQ(after[5].peaks[0].value, before[5].peaks[0].value);
  const auto refused = rescore(*records_, id, records_test::kEngine, single_leg_kick(), {});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("\"swan-preparation\" isn't installed"));
}

TEST_F(SisterMoveTest, HasTheTimesOfASecondSessionsPeaksInThePractice) {
  PoseChunk first;
  first.stream = formats::encode_poses(poses_of_move("swan_preparation"));
  PoseChunk second = first;
  second.session = 2;
  const auto replayed = replay_poses({0, true, {first, second}}, swan());
  ASSERT_TRUE(replayed) << replayed.error().message;
  const auto& repetitions = replayed.value().analysis.repetitions;
  ASSERT_THAT(repetitions, SizeIs(12));
  EXPECT_EQ(replayed.value().analysis.counts.both, 12);
  for (const exercise::Repetition& each : repetitions) {
    ASSERT_THAT(each.peaks, SizeIs(1));
    EXPECT_GE(each.peaks[0].time, each.start);
    EXPECT_LE(each.peaks[0].time, each.end);
  }
}

TEST_F(SisterMoveTest, IsExportedAndImportedWhole) {
  practise_swan();
  practise(sister_move("double-leg-kick"), "double_leg_kick", 1.0);
  const std::string text = export_json(*records_, person_).value();
  const json document = json::parse(text);
  EXPECT_EQ(document["practices"][0]["counts"]["both"], 6);
  EXPECT_EQ(document["practices"][1]["repetitions"][0]["peaks"][0]["leg"], "right");
  const Id bo = records_->add_person("Bo", on_day(3.0).instant).value();
  const auto imported = import(text, bo);
  ASSERT_TRUE(imported) << imported.error().message;
  EXPECT_EQ(imported.value().saved, 2);
  EXPECT_EQ(json::parse(export_json(*records_, bo).value())["practices"],
            document["practices"]);
  EXPECT_EQ(import(text, bo).value().known, 2);
}

TEST_F(SisterMoveTest, AddsNothingToTheExportOfTheSingleLegKick) {
  PracticeDraft::Plan plan;
  plan.person = person_;
  plan.level = 1;
  ASSERT_TRUE(import_poses(*records_, plan, records_test::simulated_poses(1, 1), on_day(0.0),
                           records_test::kEngine, single_leg_kick()));
  const json one = json::parse(export_json(*records_, person_).value())["practices"][0];
  EXPECT_FALSE(one["counts"].contains("both"));
  EXPECT_FALSE(one["repetitions"][0].contains("readings"));
  EXPECT_FALSE(one["repetitions"][0]["peaks"][0].contains("leg"));
}

TEST_F(SisterMoveTest, IsImportedFromItsResultFile) {
  const std::string result =
      result_of(practise(sister_move("double-leg-kick"), "double_leg_kick"));
  EXPECT_EQ(import(result, person_).value().known, 1) << "the same recording";
  const Id bo = records_->add_person("Bo", on_day(3.0).instant).value();
  const auto imported = import(result, bo);
  ASSERT_TRUE(imported) << imported.error().message;
  const Practice practice = records_->practices(bo).value().at(0);
  EXPECT_EQ(practice.exercise, "double-leg-kick");
  EXPECT_EQ(practice.counts.both, 8);
  EXPECT_EQ(practice.goal_repetitions, 8);
  const auto repetitions = records_->repetitions(practice.id).value();
  EXPECT_EQ(repetitions[0].side, KickingSide::both);
  EXPECT_EQ(repetitions[0].knee_flexion, std::nullopt);
  ASSERT_THAT(repetitions[0].peaks, SizeIs(6));
  EXPECT_EQ(repetitions[0].peaks[0].leg, pose::Side::right);
  ASSERT_THAT(repetitions[0].readings, Not(IsEmpty()));
  EXPECT_EQ(repetitions[0].readings[0].id,
            sister_move("double-leg-kick").cycle->measures[0].id);
  const auto loaded = load_saved_practice(*records_, practice.id, installed());
  ASSERT_TRUE(loaded) << loaded.error().message;
  const exercise::Repetition& first = loaded.value().record.analysis.repetitions[0];
  EXPECT_THAT(first.kicks, IsEmpty());
  EXPECT_THAT(first.peaks, SizeIs(6));
  EXPECT_THAT(first.readings, Not(IsEmpty()));
}

TEST_F(SisterMoveTest, IsRefusedWhereItsResultFileIsWrong) {
  const json good = json::parse(result_of(practise_swan()));
  const Id bo = records_->add_person("Bo", on_day(3.0).instant).value();
  const auto error_of = [&](const json& document) {
    const auto imported = import(document.dump(), bo);
    return imported ? std::string() : imported.error().message;
  };
  json wrong = good;
  wrong["counts"]["both"] = 5;
  EXPECT_EQ(error_of(wrong), "ada.json: /counts: must add up to the number of repetitions");
  wrong = good;
  wrong["counts"]["both"] = -1;
  EXPECT_THAT(error_of(wrong), HasSubstr("/counts/both"));
  wrong = good;
  wrong["repetitions"][0]["peaks"][0]["leg"] = "both";
  EXPECT_THAT(error_of(wrong), HasSubstr("/repetitions/0/peaks/0/leg"));
  wrong = good;
  wrong["repetitions"][0]["readings"][0]["value"] = "a lot";
  EXPECT_THAT(error_of(wrong), HasSubstr("/repetitions/0/readings/0/value"));
  wrong = good;
  wrong["repetitions"][0]["readings"] = json::array();
  for (int i = 0; i < 101; ++i) {
    wrong["repetitions"][0]["readings"].push_back({{"id", "a"}, {"value", 1}, {"unit", "s"}});
  }
  EXPECT_THAT(error_of(wrong), HasSubstr("/repetitions/0/readings: must have at most 100"));
  wrong = good;
  wrong["exercise"]["id"] = "single-leg-kick";
  EXPECT_THAT(error_of(wrong), HasSubstr("/repetitions/0/side")) << "a kick is of one leg";
}

TEST_F(SisterMoveTest, CountsARepetitionOfBothLegsForEachSide) {
  EXPECT_EQ(next_swan(0.0).repetitions, 3);
  PracticeStart start = RecordsTest::start(0.0, 0, 3);
  start.exercise = swan().id;
  PracticeResult result;
  result.counts = {0, 0, 0, 3, 3, 3};
  Comfort good;
  good.next_day = plan::NextDay::same;
  ASSERT_TRUE(records_->add_practice(start, {EndReason::goal, base::Seconds(40.0)}, good, {},
                                     result, {}));
  EXPECT_EQ(next_swan(3.0).repetitions, 4) << "three were enough, and clean";
  start.start = on_day(3.0).instant;
  start.goal_repetitions = 4;
  ASSERT_TRUE(records_->add_practice(start, {EndReason::goal, base::Seconds(40.0)}, good, {},
                                     result, {}));
  EXPECT_EQ(next_swan(6.0).repetitions, 4) << "three are not all of four";
}

TEST_F(SisterMoveTest, SavesAReportedPracticeAsOfBothLegs) {
  PracticeDraft::Plan plan;
  plan.person = person_;
  const Id id = save_self_reported(*records_, plan, on_day(0.0), records_test::kEngine, swan(),
                                   {5, 5}, EndReason::goal)
                    .value();
  const Practice practice = records_->practice(id).value();
  EXPECT_EQ(practice.counts.both, 5);
  EXPECT_EQ(practice.counts.left, 0);
  EXPECT_EQ(to_plan_record(practice).both, 5);
  EXPECT_EQ(to_plan_record(practice).clean, 5);
  EXPECT_TRUE(has_activity(practice));
}

TEST_F(SisterMoveTest, IsShownWithoutKicks) {
  const Id id = practise_swan();
  const json shown = json::parse(practice_json(*records_, id, installed()).value());
  EXPECT_EQ(shown["practice"]["both"], 6);
  EXPECT_EQ(shown["judged"][0]["both"], 6);
  EXPECT_EQ(shown["curve"]["name"], "Chest lift");
  EXPECT_THAT(shown["curve"]["left"], IsEmpty());
  EXPECT_EQ(shown["curve"]["body"].size(), shown["curve"]["times_s"].size());
  const json& first = shown["repetitions"][0];
  EXPECT_EQ(first["side"], "both");
  EXPECT_THAT(first["kick_times_s"], IsEmpty());
  EXPECT_EQ(first["peaks"][0]["unit"], "deg");
  EXPECT_EQ(first["readings"][1]["id"], "hold_s");
  const std::string csv = practices_csv(records_->practices(person_).value());
  EXPECT_THAT(csv, HasSubstr("exercise,both\n"));
  EXPECT_THAT(csv, HasSubstr(",swan-preparation,6\n"));
}

TEST_F(SisterMoveTest, IsComparedByTheMeansOfItsReadings) {
  const std::string text = result_of(practise_swan());
  const ResultDocument result = read_result(text, "a.json", installed()).value();
  EXPECT_EQ(result.both, 6);
  const Comparison same = compare(result, result, swan());
  const auto hold = [](const Comparison& comparison) {
    const auto found =
        std::ranges::find(comparison.values, "reading_hold_s", &MeasureComparison::id);
    EXPECT_NE(found, comparison.values.end());
    return *found;
  };
  EXPECT_EQ(hold(same).name, "Hold, mean");
  EXPECT_EQ(hold(same).unit, "s");
  EXPECT_FALSE(hold(same).difference->distinguishable);
  json longer = json::parse(text);
  for (json& repetition : longer["repetitions"]) {
    for (json& reading : repetition["readings"]) {
      if (reading["id"] == "hold_s") reading["value"] = reading["value"].get<double>() + 3.0;
    }
  }
  const Comparison other =
      compare(result, read_result(longer.dump(), "b.json", installed()).value(), swan());
  EXPECT_NEAR(hold(other).difference->value, 3.0, 0.01);
  EXPECT_TRUE(hold(other).difference->distinguishable);
}

}  // namespace
}  // namespace matside::records
