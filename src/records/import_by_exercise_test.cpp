// Exports and result files name the exercise of each practice.
#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "records/exercises.h"
#include "records/import_export.h"
#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"

namespace matside::records {
namespace {

using nlohmann::json;
using records_test::on_day;
using support::single_leg_kick;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class ImportByExerciseTest : public records_test::RecordsTest {
 protected:
  /// A practice with poses.
  Id practise() {
    PracticeDraft::Plan plan;
    plan.person = person_;
    plan.level = 1;
    return import_poses(*records_, plan, records_test::simulated_poses(1, 1), on_day(0.0),
                        records_test::kEngine, single_leg_kick())
        .value()
        .practice;
  }
  json exported(Id person) { return json::parse(export_json(*records_, person).value()); }
  base::Result<ImportedDocument> import(const std::string& text, Id person) {
    return import_json(*records_, person, text, "ada.json", {on_day(9.0), {}},
                       single_leg_kick());
  }
};

/// The document as version 1 of the export had it.
json as_first_version(json document) {
  document["schema"] = "matside.export/1";
  json& levels = document["person"]["teacher_levels"];
  document["person"]["teacher_level"] = levels.empty() ? json() : levels[0]["level"];
  document["person"].erase("teacher_levels");
  for (json& practice : document["practices"]) {
    practice.erase("exercise");
    practice["counts"]["kicks"] = practice["counts"]["peaks"];
    practice["counts"].erase("peaks");
    for (json& repetition : practice["repetitions"]) {
      for (const json& peak : repetition["peaks"]) {
        repetition["kick_times_s"].push_back(peak["time_s"]);
      }
      repetition.erase("peaks");
    }
    for (json& part : practice["poses"]) {
      part["full_kick_deg"] = part["full_peak_deg"];
      part.erase("full_peak_deg");
    }
  }
  return document;
}

TEST_F(ImportByExerciseTest, ReadsTheFirstVersionAsTheSingleLegKick) {
  const Id practice = practise();
  Person ada = records_->person(person_).value();
  ada.teacher_levels = {{"single-leg-kick", 2}};
  ASSERT_TRUE(records_->update_person(ada));
  json now = exported(person_);
  const json first = as_first_version(now);
  EXPECT_FALSE(first["practices"][0]["repetitions"][0]["kick_times_s"].empty());
  const Id bo = records_->add_person("Bo", on_day(3.0).instant).value();
  const auto imported = import(first.dump(), bo);
  ASSERT_TRUE(imported) << imported.error().message;
  json again = exported(bo);
  EXPECT_EQ(again["person"]["teacher_levels"], now["person"]["teacher_levels"]);
  for (json& repetition : now["practices"][0]["repetitions"]) {
    for (json& peak : repetition["peaks"]) {
      EXPECT_GT(peak["value"], 20.0);
      peak["value"] = nullptr;  // The first version had only the times.
    }
  }
  EXPECT_EQ(again["practices"], now["practices"]);
  EXPECT_EQ(import(first.dump(), person_).value().saved, 0) << "it is there already";
  EXPECT_EQ(records_->practice(practice).value().exercise, "single-leg-kick");
}

TEST_F(ImportByExerciseTest, KeepsTheExerciseOfEachPractice) {
  exercise::Definition other = single_leg_kick();
  other.id = "swan-preparation";
  PracticeStart swan = start(0.0);
  swan.exercise = other.id;
  add_practice(swan);
  add_practice(start(0.0));
  const std::string text = export_json(*records_, person_).value();
  const Id bo = records_->add_person("Bo", on_day(3.0).instant).value();
  const auto refused = import(text, bo);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            "ada.json: /practices/0/exercise: the exercise \"swan-preparation\" isn't "
            "installed. Installed: single-leg-kick");
  const std::vector<exercise::Definition> both{single_leg_kick(), other};
  const auto imported =
      import_json(*records_, bo, text, "ada.json", {on_day(9.0), {}}, Exercises(both));
  ASSERT_EQ(imported.value().saved, 2) << "two exercises may begin at one moment";
  EXPECT_EQ(exported(bo)["practices"], json::parse(text)["practices"]);
}

TEST_F(ImportByExerciseTest, ImportsTheKicksOfAResultFileOrThePeaksOfAnotherExercise) {
  std::ifstream golden(MATSIDE_SOURCE_DIR "/src/formats/golden/analysis.json");
  json result = json::parse(golden);
  const std::size_t kicks = result["repetitions"][0]["kicks"].size();
  const auto peaks = [&] {
    const std::vector<Practice> all = records_->practices(person_).value();
    return records_->repetitions(all.back().id).value().at(0).peaks;
  };
  for (json& repetition : result["repetitions"]) repetition.erase("peaks");
  ASSERT_TRUE(import(result.dump(), person_)) << "an older file";
  ASSERT_THAT(peaks(), SizeIs(kicks));
  EXPECT_EQ(peaks()[0].value, result["repetitions"][0]["kicks"][0]["knee_flexion_deg"]);

  exercise::Definition swan = single_leg_kick();
  swan.id = result["exercise"]["id"] = "swan-preparation";
  const std::vector<exercise::Definition> both{single_leg_kick(), swan};
  const auto import_swan = [&] {
    return import_json(*records_, person_, result.dump(), "a.json", {on_day(12.0), {}},
                       Exercises(both));
  };
  for (json& repetition : result["repetitions"]) repetition["kicks"] = json::array();
  EXPECT_THAT(import_swan().error().message, HasSubstr("/repetitions/0: key \"peaks\""));
  for (json& repetition : result["repetitions"]) {
    repetition["peaks"] = {
        {{"time_s", repetition["start_s"]}, {"value", 21.5}, {"unit", "deg"}}};
  }
  result["source"].erase("recorded");
  ASSERT_EQ(import_swan().value().saved, 1);
  EXPECT_EQ(records_->practices(person_).value().back().exercise, "swan-preparation");
  ASSERT_THAT(peaks(), SizeIs(1));
  EXPECT_EQ(peaks()[0].value, 21.5);
}

}  // namespace
}  // namespace matside::records
