#include "records/import_export.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/coaching/lesson.h"
#include "formats/xz.h"
#include "records/json_documents.h"
#include "records/limits.h"
#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"

namespace matside::records {
namespace {

using base::ErrorKind;
using nlohmann::json;
using records_test::kEngine;
using records_test::lesson_of;
using records_test::on_day;
using records_test::simulated_poses;
using support::single_leg_kick;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ImportExportTest : public records_test::RecordsTest {
 protected:
  /// A practice before a camera, with poses, a corrected side and comfort.
  Id practise(double day, std::uint64_t seed) {
    PracticeDraft::Plan plan;
    plan.person = person_;
    plan.level = 1;
    plan.repetitions = 10;
    plan.comfort_before = 1;
    auto draft =
        PracticeDraft::begin(*records_, plan, on_day(day), kEngine, single_leg_kick()).value();
    coaching::Lesson lesson = lesson_of(1);
    records_test::record(simulated_poses(seed, 1), lesson, draft);
    EXPECT_TRUE(draft.end(EndReason::person));
    EXPECT_TRUE(records_->set_comfort(draft.practice(), {1, 2, true, plan::NextDay::better}));
    EXPECT_TRUE(correct_side(*records_, draft.practice(), 1, exercise::KickingSide::left));
    return draft.practice();
  }
  /// The result file of a practice.
  std::string practice_result(Id practice) {
    const auto compressed = records_->analysis(practice);
    return formats::xz_decompressed(compressed.value(), kMaxAnalysis_bytes, "result").value();
  }
  json exported(Id person) {
    const auto text = export_json(*records_, person);
    EXPECT_TRUE(text) << text.error().message;
    return json::parse(text.value());
  }
  base::Result<int> import(const json& document, Id person) {
    return import_text(document.dump(), person);
  }
  base::Result<int> import_text(const std::string& text, Id person) {
    const auto imported =
        import_json(*records_, person, text, "ada.json", {on_day(9.0), {}}, single_leg_kick());
    if (!imported) return imported.error();
    return imported.value().saved;
  }
  /// What is wrong with a document, for a person without practices.
  std::string import_error(const json& document) {
    const std::string name = "Person " + std::to_string(++persons_);
    const Id person = records_->add_person(name, on_day(0.0).instant).value();
    const auto imported = import(document, person);
    if (imported) return "imported";
    EXPECT_EQ(imported.error().kind, ErrorKind::input);
    return imported.error().message;
  }

 private:
  int persons_ = 0;
};

json golden_result() {
  std::ifstream in(MATSIDE_SOURCE_DIR "/src/formats/golden/analysis.json");
  return json::parse(in);
}

TEST_F(ImportExportTest, GivesAnotherPersonTheSameRecords) {
  practise(0.0, 1);
  add_practice(start(2.0, 1));
  Person ada = records_->person(person_).value();
  ada.settings = R"({"voice":false})";
  ada.teacher_levels = {{"single-leg-kick", 2}};
  ada.safety_read_at = on_day(1.0).instant;
  ada.pin = "$argon2id$";
  ASSERT_TRUE(records_->update_person(ada));
  const json document = exported(person_);
  EXPECT_EQ(document["schema"], "matside.export/2");
  EXPECT_THAT(document["practices"], SizeIs(2));
  EXPECT_FALSE(document.dump().find("argon2id") != std::string::npos) << "the PIN stays here";

  const Id bo = records_->add_person("Bo", on_day(3.0).instant).value();
  const auto imported = import(document, bo);
  ASSERT_TRUE(imported) << imported.error().message;
  EXPECT_EQ(imported.value(), 2);
  json again = exported(bo);
  EXPECT_EQ(again["person"]["settings"], document["person"]["settings"]);
  EXPECT_EQ(again["person"]["teacher_levels"],
            json::parse(R"([{"exercise": "single-leg-kick", "level": 2}])"));
  EXPECT_EQ(again["person"]["informed_unix_s"], document["person"]["informed_unix_s"]);
  EXPECT_EQ(again["practices"], document["practices"]);
}

TEST_F(ImportExportTest, SkipsPracticesThatAreThere) {
  add_practice(start(0.0));
  add_practice(start(2.0));
  const json document = exported(person_);
  EXPECT_EQ(import(document, person_).value(), 0);
  EXPECT_THAT(records_->practices(person_).value(), SizeIs(2));
}

TEST_F(ImportExportTest, KeepsTheSettingsOfAPersonWhoHasPractices) {
  const Id bo = records_->add_person("Bo", on_day(0.0).instant).value();
  json document = exported(bo);
  document["person"]["settings"] = R"({"voice":false})";
  add_practice(start(0.0));
  ASSERT_TRUE(import(document, person_));
  EXPECT_EQ(records_->person(person_).value().settings, "{}");
}

TEST_F(ImportExportTest, RefusesAnUnknownPerson) {
  EXPECT_EQ(export_json(*records_, person_ + 1).error().kind, ErrorKind::not_found);
}

TEST_F(ImportExportTest, SavesNothingOfAFileWithAnError) {
  add_practice(start(0.0));
  add_practice(start(2.0));
  json document = exported(person_);
  document["practices"][1]["counts"]["left"] = -1;
  const Id bo = records_->add_person("Bo", on_day(0.0).instant).value();
  const auto refused = import(document, bo);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("ada.json: /practices/1/counts/left"));
  EXPECT_THAT(records_->practices(bo).value(), IsEmpty());
}

TEST_F(ImportExportTest, SavesNothingOfAFileWithWrongSettings) {
  add_practice(start(0.0));
  const json good = exported(person_);
  const Id bo = records_->add_person("Bo", on_day(0.0).instant).value();
  const auto refused = [&](const std::string& key, const json& value) {
    json document = good;
    document["person"]["name"] = "Cleo";
    document["person"]["informed_unix_s"] = 1.0;
    document["person"][key] = value;
    const auto imported = import(document, bo);
    EXPECT_THAT(records_->practices(bo).value(), IsEmpty()) << key;
    const Person person = records_->person(bo).value();
    EXPECT_EQ(person.name, "Bo");
    EXPECT_EQ(person.settings, "{}") << key;
    EXPECT_THAT(person.teacher_levels, IsEmpty()) << key;
    EXPECT_EQ(person.safety_read_at, std::nullopt) << key;
    EXPECT_EQ(person.cleared_since, std::nullopt) << key;
    return imported ? "imported" : imported.error().message;
  };
  const auto names_place = [](const std::string& key) {
    return HasSubstr("ada.json: /person/" + key + ": must be ");
  };
  const std::string large = json{{"x", std::string(kMaxSettings_bytes, 'x')}}.dump();
  const std::string deep = R"({"x":)" + std::string(100, '[') + std::string(100, ']') + "}";
  for (const std::string& settings : {std::string("[]"), std::string("{"), large, deep}) {
    EXPECT_THAT(refused("settings", settings), names_place("settings"));
  }
  for (const int level : {single_leg_kick().highest_level() + 1, -1}) {
    EXPECT_THAT(
        refused("teacher_levels", {{{"exercise", "single-leg-kick"}, {"level", level}}}),
        names_place("teacher_levels/0/level"));
  }
  EXPECT_THAT(refused("informed_unix_s", 1e12), names_place("informed_unix_s"));
  EXPECT_THAT(refused("asked_since_unix_s", "today"), names_place("asked_since_unix_s"));
}

TEST_F(ImportExportTest, RefusesDeepNestingWithItsPlace) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  for (const char* schema : {"matside.export/2", "matside.analysis/1"}) {
    const std::string text =
        R"({"schema":")" + std::string(schema) + R"(","extra":)" + deep + "}";
    const auto imported = import_text(text, person_);
    ASSERT_FALSE(imported) << schema;
    EXPECT_EQ(imported.error().message, "ada.json: /extra: is nested deeper than 64 levels");
  }
  EXPECT_THAT(records_->practices(person_).value(), IsEmpty());
}

TEST_F(ImportExportTest, NamesThePlaceOfEachError) {
  practise(0.0, 1);
  const json good = exported(person_);
  const auto with = [&](const char* pointer, const json& value) {
    json document = good;
    document[json::json_pointer(pointer)] = value;
    return import_error(document);
  };
  EXPECT_THAT(with("/schema", "matside.export/9"), HasSubstr("/schema"));
  EXPECT_THAT(with("/person/settings", "no JSON"),
              HasSubstr("/person/settings: must be a JSON object"));
  EXPECT_THAT(with("/practices/0/origin", "moon"), HasSubstr("/practices/0/origin"));
  EXPECT_THAT(with("/practices/0/level", 9), HasSubstr("/practices/0/level"));
  EXPECT_THAT(with("/practices/0/start_unix_s", 1e12), HasSubstr("/start_unix_s"));
  EXPECT_THAT(with("/practices/0/comfort_after", 11), HasSubstr("/comfort_after"));
  EXPECT_THAT(with("/practices/0/settings", "{"), HasSubstr("/practices/0/settings"));
  EXPECT_THAT(with("/practices/0/settings", std::string(100, '[') + std::string(100, ']')),
              HasSubstr("/practices/0/settings"));
  EXPECT_THAT(with("/practices/0/repetitions/0/end_s", 0.0), HasSubstr("/repetitions/0/end_s"));
  EXPECT_THAT(with("/practices/0/poses/0/stream", "%"), HasSubstr("must be base64"));
  EXPECT_THAT(with("/practices/0/poses/0/stream", "bWF0cw=="), HasSubstr("/poses/0/stream"));
  EXPECT_THAT(with("/practices/0/analysis/schema", "other"),
              HasSubstr("/practices/0/analysis: must be a Matside result"));
}

TEST_F(ImportExportTest, ImportsAResultFileWithItsDateOrElseTodays) {
  json result = golden_result();
  ASSERT_TRUE(import(result, person_));
  const Practice dated = records_->practices(person_).value().at(0);
  EXPECT_EQ(dated.start.unix_s, 1'767'601'800) << "2026-01-05T09:30:00+01:00";
  EXPECT_EQ(dated.utc_offset_min, 60);
  result["source"].erase("recorded");
  const Id bo = records_->add_person("Bo", on_day(0.0).instant).value();
  ASSERT_TRUE(import(result, bo)) << "an older file";
  EXPECT_EQ(records_->practices(bo).value().at(0).start, on_day(9.0).instant);
  result["source"]["recorded"] = {{"time", "2026-13-05T09:30:00+01:00"}, {"from", "file"}};
  EXPECT_THAT(import_error(result), HasSubstr("/source/recorded/time: must be a date"));
  result["source"]["recorded"]["time"] = "1970-01-01T00:00:00+00:00";
  EXPECT_THAT(import_error(result), HasSubstr("/source/recorded/time: must be from 1995"));
}

TEST_F(ImportExportTest, ImportsAResultFileWithoutADateWithTodays) {
  json result = golden_result();
  result["source"]["recorded"] = {{"time", nullptr}, {"from", "analysis"}};
  const auto imported = import(result, person_);
  ASSERT_TRUE(imported) << imported.error().message;
  EXPECT_EQ(imported.value(), 1);
  const Practice saved = records_->practices(person_).value().at(0);
  EXPECT_EQ(saved.origin, Origin::imported);
  EXPECT_EQ(saved.start, on_day(9.0).instant);
  EXPECT_EQ(saved.level, result["exercise"]["level"].get<int>());
  EXPECT_EQ(saved.counts.left, result["counts"]["left"].get<int>());
  EXPECT_THAT(records_->repetitions(saved.id).value(), SizeIs(result["repetitions"].size()));
}

TEST_F(ImportExportTest, RefusesAResultWhoseCountsDoNotFit) {
  json result = golden_result();
  result["counts"]["left"] = result["counts"]["left"].get<int>() + 1;
  EXPECT_THAT(import_error(result),
              HasSubstr("/counts: must add up to the number of repetitions"));
  result = golden_result();
  result["exercise"]["id"] = "swan";
  EXPECT_EQ(import_error(result),
            "ada.json: /exercise/id: the exercise \"swan\" isn't installed. Installed: "
            "single-leg-kick");
  result["exercise"]["id"] = "Swan 2";
  EXPECT_THAT(import_error(result), HasSubstr("/exercise/id: must be an exercise's id"));
}

TEST_F(ImportExportTest, ImportsAResultFileOnce) {
  json result = golden_result();
  EXPECT_EQ(import(result, person_).value(), 1);
  const auto later = [&](const json& document, double day) {
    return import_json(*records_, person_, document.dump(), "a.json", {on_day(day), {}},
                       single_leg_kick())
        .value();
  };
  EXPECT_EQ(later(result, 12.0).saved, 0);
  EXPECT_EQ(later(result, 12.0).known, 1);
  // Analysed again elsewhere, with another date and another version.
  result["source"]["path"] = "elsewhere/y.mp4";
  result["source"]["recorded"] = {{"time", nullptr}, {"from", "analysis"}};
  result["repetitions"][0]["start_s"] = result["repetitions"][0]["start_s"].get<double>() + 0.1;
  EXPECT_EQ(later(result, 13.0).saved, 0);
  result["source"]["sha256"] = std::string(64, '0');
  EXPECT_EQ(later(result, 13.0).saved, 1) << "another recording";
  EXPECT_EQ(later(result, 13.0).saved, 0);
  EXPECT_THAT(records_->practices(person_).value(), SizeIs(2));
}

TEST_F(ImportExportTest, ImportsAResultFileWithTheDateThatIsGiven) {
  const auto import_dated = [&](const json& document) {
    return import_json(*records_, person_, document.dump(), "a.json",
                       {on_day(9.0), on_day(-3.0)}, single_leg_kick());
  };
  ASSERT_TRUE(import_dated(golden_result()));
  EXPECT_EQ(records_->practices(person_).value().at(0).start, on_day(-3.0).instant);
  const auto of_an_export = import_dated(exported(person_));
  ASSERT_FALSE(of_an_export);
  EXPECT_EQ(of_an_export.error().kind, ErrorKind::usage);
  EXPECT_EQ(of_an_export.error().message,
            "a.json: is an export, which has the date of each practice; import it without a "
            "date");
}

TEST_F(ImportExportTest, SavesARecordingOnceWhetherAsPosesOrAsAResult) {
  PracticeDraft::Plan plan;
  plan.person = person_;
  plan.level = 1;
  const auto import_seed = [&](Origin origin, std::uint64_t seed) {
    plan.origin = origin;
    return import_poses(*records_, plan, simulated_poses(seed, 1), on_day(1.0), kEngine,
                        single_leg_kick())
        .value();
  };
  const ImportedPoses first = import_seed(Origin::recording, 1);
  EXPECT_FALSE(first.already_saved);
  EXPECT_TRUE(import_seed(Origin::imported, 1).already_saved);
  const std::string result = practice_result(first.practice);
  EXPECT_EQ(import_text(result, person_).value(), 0);
  json other = json::parse(result);
  ASSERT_GT(other["repetitions"].size(), 1U);
  other["repetitions"][0]["kicks"][0]["time_s"] = other["repetitions"][0]["start_s"];
  EXPECT_EQ(import(other, person_).value(), 1) << "another recording";
  // The other way round.
  const Id bo = records_->add_person("Bo", on_day(0.0).instant).value();
  EXPECT_EQ(import_text(result, bo).value(), 1);
  plan.person = bo;
  EXPECT_TRUE(import_seed(Origin::imported, 1).already_saved);
  EXPECT_FALSE(import_seed(Origin::imported, 2).already_saved);
}

TEST_F(ImportExportTest, ImportsAPracticeOnceThatAFileHasTwice) {
  add_practice(start(0.0));
  json document = exported(person_);
  document["practices"].push_back(document["practices"][0]);
  const Id bo = records_->add_person("Bo", on_day(0.0).instant).value();
  EXPECT_EQ(import(document, bo).value(), 1);
}

TEST_F(ImportExportTest, RefusesTooManyOfAnythingBeforeReadingThem) {
  practise(0.0, 1);
  const json good = exported(person_);
  const auto with = [&](const char* pointer, std::size_t count) {
    json document = good;
    document[json::json_pointer(pointer)] = std::vector<int>(count);
    return import_error(document);
  };
  EXPECT_THAT(with("/practices", 100'001), HasSubstr("/practices: must have at most 100000"));
  EXPECT_THAT(with("/practices/0/repetitions", 1001), HasSubstr("/repetitions: must have"));
  EXPECT_THAT(with("/practices/0/poses", 10'001), HasSubstr("/poses: must have at most"));
  EXPECT_THAT(with("/practices/0/repetitions/0/faults", 101), HasSubstr("/faults: must have"));
  EXPECT_THAT(with("/practices/0/repetitions/0/peaks", 10'001), HasSubstr("/peaks: must have"));
  json document = good;
  document["practices"][0]["engine"] = std::string(1001, 'x');
  EXPECT_THAT(import_error(document), HasSubstr("/engine: must have at most 1000 bytes"));
}

TEST_F(ImportExportTest, SavesTheSameRecordingOnce) {
  PracticeDraft::Plan plan;
  plan.person = person_;
  plan.level = 1;
  plan.origin = Origin::recording;
  const auto import_seed = [&](std::uint64_t seed, double day) {
    return import_poses(*records_, plan, simulated_poses(seed, 1), on_day(day), kEngine,
                        single_leg_kick())
        .value();
  };
  const ImportedPoses first = import_seed(1, 0.0);
  EXPECT_FALSE(first.already_saved);
  const ImportedPoses again = import_seed(1, 1.0);
  EXPECT_TRUE(again.already_saved);
  EXPECT_EQ(again.practice, first.practice);
  EXPECT_NE(import_seed(2, 1.0).practice, first.practice) << "another recording";
  plan.level = 0;
  EXPECT_FALSE(import_seed(1, 2.0).already_saved) << "at another level";
  EXPECT_THAT(records_->practices(person_).value(), SizeIs(3));
  plan.level = 1;
  ASSERT_TRUE(
      rescore(*records_, first.practice, kEngine, single_leg_kick(), on_day(3.0).instant));
  EXPECT_TRUE(import_seed(1, 3.0).already_saved) << "rescored";
  plan.save_again = true;
  EXPECT_FALSE(import_seed(1, 4.0).already_saved) << "asked for again";
  EXPECT_THAT(records_->practices(person_).value(), SizeIs(4));
}

TEST_F(ImportExportTest, SavesARecordingOnTheDayItWasMade) {
  PracticeDraft::Plan plan;
  plan.person = person_;
  plan.level = 1;
  plan.origin = Origin::recording;
  plan.start = on_day(0.0);
  const auto imported = import_poses(*records_, plan, simulated_poses(1, 1), on_day(3.0),
                                     kEngine, single_leg_kick());
  ASSERT_TRUE(imported) << imported.error().message;
  const Practice saved = records_->practice(imported.value().practice).value();
  EXPECT_EQ(saved.start, on_day(0.0).instant);
  EXPECT_EQ(saved.scoring.made, on_day(3.0).instant);
}

TEST_F(ImportExportTest, KeepsTwoRecordingsOfOneMoment) {
  PracticeDraft::Plan plan;
  plan.person = person_;
  plan.level = 1;
  plan.origin = Origin::recording;
  plan.start = on_day(0.0);
  for (const std::uint64_t seed : {1U, 2U}) {
    ASSERT_TRUE(import_poses(*records_, plan, simulated_poses(seed, 1), on_day(3.0), kEngine,
                             single_leg_kick()));
  }
  const json document = exported(person_);
  const Id bo = records_->add_person("Bo", on_day(3.0).instant).value();
  EXPECT_EQ(import(document, bo).value(), 2);
  EXPECT_EQ(import(document, bo).value(), 0);
}

TEST_F(ImportExportTest, ExportsNoDeepNestingThatIsStored) {
  for (const char* kind : {"[]", "{}"}) {
    std::string deep;
    for (int i = 0; i < 20'000; ++i) deep += kind[0] == '[' ? "[" : R"({"a":)";
    deep += "1";
    deep += std::string(20'000, kind[1]);
    PracticeResult result;
    result.analysis = formats::xz_compressed(deep);
    const PracticeStart first = start(kind[0] == '[' ? 0.0 : 1.0);
    ASSERT_TRUE(records_->add_practice(first, {}, {}, {}, result, {}));
  }
  const auto text = export_json(*records_, person_);
  ASSERT_TRUE(text);
  EXPECT_LT(text.value().size(), 10'000U);
  EXPECT_TRUE(json::parse(text.value())["practices"][0]["analysis"].is_null());
  const std::vector<Practice> all = records_->practices(person_).value();
  for (const Practice& each : all) {
    const auto shown = practice_json(*records_, each.id, single_leg_kick());
    ASSERT_TRUE(shown) << shown.error().message;
    EXPECT_LT(shown.value().size(), 10'000U);
  }
}

TEST_F(ImportExportTest, ScoresImportedPoses) {
  PracticeDraft::Plan plan;
  plan.person = person_;
  plan.level = 1;
  plan.origin = Origin::imported;
  const auto imported = import_poses(*records_, plan, simulated_poses(1, 1), on_day(0.0),
                                     kEngine, single_leg_kick());
  ASSERT_TRUE(imported) << imported.error().message;
  const Id id = imported.value().practice;
  const Practice saved = records_->practice(id).value();
  EXPECT_EQ(saved.origin, Origin::imported);
  EXPECT_GT(saved.counts.kicks, 0);
  EXPECT_EQ(saved.goal_repetitions, std::max(saved.counts.left, saved.counts.right));
  EXPECT_THAT(records_->poses(id).value(), SizeIs(1));
}

TEST_F(ImportExportTest, RefusesNoPosesAndAnUnknownLevel) {
  PracticeDraft::Plan plan;
  plan.person = person_;
  const auto none = import_poses(*records_, plan, {}, on_day(0.0), kEngine, single_leg_kick());
  EXPECT_EQ(none.error().kind, ErrorKind::input);
  plan.level = 9;
  const auto level = import_poses(*records_, plan, simulated_poses(1, 1), on_day(0.0), kEngine,
                                  single_leg_kick());
  EXPECT_EQ(level.error().kind, ErrorKind::usage);
}

}  // namespace
}  // namespace matside::records
