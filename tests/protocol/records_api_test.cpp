// The handlers of the records' routes, over a real database and without a network.
#include "protocol/records_api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "protocol/limits.h"
#include "records/sqlite/repository.h"
#include "tests/protocol/records_api_fixture.h"
#include "tests/support/exercise.h"
#include "tests/support/media.h"

namespace matside::protocol {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class RecordsApiTest : public RecordsApiFixture {
 protected:
  RecordsResponse change(const json& body) { return post("/api/change", body); }
  static std::string error(const RecordsResponse& response) {
    return parsed(response).value("error", "");
  }

  records::Id add_person(const std::string& name) {
    EXPECT_EQ(post("/api/persons", {{"name", name}}).status, 200U);
    return database_->persons().value().back().id;
  }
  records::Id add_practice(records::Id person) {
    records::PracticeDraft::Plan plan;
    plan.person = person;
    plan.repetitions = 4;
    const auto id = records::save_self_reported(*database_, plan, setup_.now(), setup_.engine,
                                                support::single_leg_kick(), {4, 3},
                                                records::EndReason::person);
    EXPECT_TRUE(id.ok());
    return id.value();
  }
  records::Practice practice(records::Id id) { return database_->practice(id).value(); }
};

TEST_F(RecordsApiTest, adds_and_lists_persons) {
  EXPECT_EQ(parsed(get("/api/persons"))["persons"], json::array());
  const RecordsResponse added = post("/api/persons", {{"name", "  Ada "}});
  EXPECT_EQ(added.status, 200U);
  EXPECT_EQ(parsed(added)["persons"][0]["name"], "Ada");
  EXPECT_EQ(parsed(get("/api/persons")), parsed(added));
}

TEST_F(RecordsApiTest, a_name_in_use_is_a_conflict) {
  add_person("Ada");
  const RecordsResponse second = post("/api/persons", {{"name", "Ada"}});
  EXPECT_EQ(second.status, 409U);
  EXPECT_FALSE(error(second).empty());
}

TEST_F(RecordsApiTest, an_unknown_person_or_practice_is_not_found) {
  for (const char* target :
       {"/api/today?person=7", "/api/progress?person=7", "/api/calendar?person=7",
        "/api/export?person=7", "/api/practice?id=7"}) {
    EXPECT_EQ(get(target).status, 404U) << target;
  }
  EXPECT_EQ(post("/api/import?person=7", json::object()).status, 404U);
  EXPECT_EQ(post("/api/unlock", {{"person", 7}, {"pin", "2468"}}).status, 404U);
  EXPECT_EQ(change({{"change", "informed"}, {"person", 7}}).status, 404U);
  EXPECT_EQ(change({{"change", "erase_practice"}, {"practice", 7}}).status, 404U);
  EXPECT_EQ(change({{"change", "erase_person"}, {"person", 7}}).status, 404U);
}

TEST_F(RecordsApiTest, an_unknown_route_is_not_found) {
  EXPECT_EQ(get("/api/nothing").status, 404U);
  EXPECT_EQ(get("/api/").status, 404U);
  EXPECT_EQ(post("/api/nothing", json::object()).status, 404U);
  EXPECT_THAT(error(post("/api/nothing", json::object())), HasSubstr("no such route"));
}

TEST_F(RecordsApiTest, a_route_takes_only_its_own_methods) {
  for (const char* target :
       {"/api/today?person=1", "/api/progress?person=1", "/api/calendar?person=1",
        "/api/export?person=1", "/api/practice?id=1"}) {
    const RecordsResponse refused = post(target, json::object());
    EXPECT_EQ(refused.status, 405U) << target;
    EXPECT_EQ(error(refused), "This route needs GET.") << target;
  }
  for (const char* target : {"/api/unlock", "/api/change", "/api/import?person=1"}) {
    EXPECT_EQ(get(target).status, 405U) << target;
    EXPECT_EQ(error(get(target)), "This route needs POST.") << target;
  }
}

TEST_F(RecordsApiTest, a_request_without_its_id_is_not_valid) {
  add_person("Ada");
  EXPECT_EQ(get("/api/today").status, 400U);
  EXPECT_EQ(get("/api/today?person=x").status, 400U);
  EXPECT_EQ(get("/api/practice?person=1").status, 400U);
  EXPECT_EQ(change({{"change", "informed"}}).status, 400U);
  EXPECT_EQ(change({{"change", "comfort"}, {"person", 1}}).status, 400U);
}

TEST_F(RecordsApiTest, a_change_that_does_not_exist_is_refused) {
  add_person("Ada");
  const RecordsResponse refused = change({{"change", "fly"}, {"person", 1}});
  EXPECT_EQ(refused.status, 400U);
  EXPECT_THAT(error(refused), HasSubstr("there is no such change"));
  EXPECT_EQ(post("/api/change", json::array()).status, 400U);
}

TEST_F(RecordsApiTest, saves_how_a_practice_felt) {
  const auto id = add_practice(add_person("Ada"));
  const RecordsResponse felt =
      change({{"change", "comfort"}, {"practice", id}, {"after", 3}, {"leg_symptoms", true}});
  EXPECT_EQ(felt.status, 200U);
  EXPECT_TRUE(parsed(felt).contains("next"));
  EXPECT_EQ(practice(id).comfort.after, 3);
  EXPECT_TRUE(practice(id).comfort.leg_symptoms);
  EXPECT_EQ(change({{"change", "next_day"}, {"practice", id}, {"next_day", "worse"}}).status,
            200U);
  EXPECT_EQ(practice(id).comfort.next_day, plan::NextDay::worse);
  EXPECT_EQ(practice(id).comfort.after, 3);
}

TEST_F(RecordsApiTest, refuses_comfort_that_is_not_valid_and_saves_nothing_of_it) {
  const auto id = add_practice(add_person("Ada"));
  EXPECT_EQ(change({{"change", "comfort"},
                    {"practice", id},
                    {"after", kMaxComfort + 1},
                    {"leg_symptoms", true}})
                .status,
            400U);
  EXPECT_EQ(change({{"change", "comfort"}, {"practice", id}, {"after", 3}}).status, 400U);
  EXPECT_EQ(change({{"change", "next_day"}, {"practice", id}, {"next_day", "so so"}}).status,
            400U);
  EXPECT_FALSE(practice(id).comfort.after.has_value());
  EXPECT_FALSE(practice(id).comfort.leg_symptoms);
  EXPECT_EQ(practice(id).comfort.next_day, plan::NextDay::unanswered);
}

TEST_F(RecordsApiTest, corrects_counts_and_takes_the_correction_back) {
  const auto id = add_practice(add_person("Ada"));
  EXPECT_EQ(change({{"change", "counts"}, {"practice", id}, {"left", 6}, {"right", 2}}).status,
            200U);
  ASSERT_TRUE(practice(id).corrected.has_value());
  EXPECT_EQ(practice(id).corrected->left, 6);
  EXPECT_EQ(practice(id).counts.left, 4);
  EXPECT_EQ(
      change({{"change", "counts"}, {"practice", id}, {"left", 6}, {"right", nullptr}}).status,
      400U);
  EXPECT_EQ(
      change(
          {{"change", "counts"}, {"practice", id}, {"left", kMaxCorrected + 1}, {"right", 0}})
          .status,
      400U);
  EXPECT_EQ(practice(id).corrected->left, 6);
  change({{"change", "counts"}, {"practice", id}, {"left", nullptr}, {"right", nullptr}});
  EXPECT_FALSE(practice(id).corrected.has_value());
}

TEST_F(RecordsApiTest, the_side_of_a_repetition_that_does_not_exist_is_not_found) {
  const auto id = add_practice(add_person("Ada"));
  EXPECT_EQ(
      change({{"change", "side"}, {"practice", id}, {"index", 1}, {"side", "left"}}).status,
      404U);
  EXPECT_EQ(
      change({{"change", "side"}, {"practice", id}, {"index", 0}, {"side", "left"}}).status,
      400U);
  EXPECT_EQ(
      change({{"change", "side"}, {"practice", id}, {"index", 1}, {"side", "unsure"}}).status,
      400U);
}

TEST_F(RecordsApiTest, ending_a_practice_that_has_ended_changes_nothing) {
  const auto id = add_practice(add_person("Ada"));
  EXPECT_EQ(change({{"change", "end"}, {"practice", id}}).status, 200U);
  EXPECT_EQ(practice(id).ended_by, records::EndReason::person);
}

TEST_F(RecordsApiTest, ends_an_unfinished_practice_as_interrupted) {
  records::PracticeDraft::Plan plan;
  plan.person = add_person("Ada");
  plan.repetitions = 4;
  auto draft = records::PracticeDraft::begin(*database_, plan, setup_.now(), setup_.engine,
                                             support::single_leg_kick());
  ASSERT_TRUE(draft.ok());
  const auto id = draft.value().practice();
  EXPECT_EQ(change({{"change", "end"}, {"practice", id}}).status, 200U);
  EXPECT_EQ(practice(id).ended_by, records::EndReason::interrupted);
}

TEST_F(RecordsApiTest, saves_what_a_person_sets) {
  const auto id = add_person("Ada");
  const auto person = [&] { return database_->person(id).value(); };
  EXPECT_EQ(change({{"change", "informed"}, {"person", id}}).status, 200U);
  EXPECT_EQ(change({{"change", "asked"}, {"person", id}}).status, 200U);
  EXPECT_EQ(change({{"change", "teacher"}, {"person", id}, {"level", 2}}).status, 200U);
  EXPECT_EQ(change({{"change", "name"}, {"person", id}, {"name", " Bo "}}).status, 200U);
  EXPECT_EQ(
      change({{"change", "settings"}, {"person", id}, {"settings", {{"voice", true}}}}).status,
      200U);
  EXPECT_TRUE(person().safety_read_at.has_value());
  EXPECT_TRUE(person().cleared_since.has_value());
  EXPECT_EQ(person().teacher_level("single-leg-kick"), 2);
  EXPECT_EQ(person().name, "Bo");
  EXPECT_EQ(json::parse(person().settings), json({{"voice", true}}));
  change({{"change", "teacher"}, {"person", id}, {"level", nullptr}});
  EXPECT_TRUE(person().teacher_levels.empty());
}

TEST_F(RecordsApiTest, refuses_settings_of_a_person_that_are_not_valid) {
  const auto id = add_person("Ada");
  const int too_high = support::single_leg_kick().highest_level() + 1;
  EXPECT_EQ(change({{"change", "teacher"}, {"person", id}, {"level", too_high}}).status, 400U);
  EXPECT_EQ(change({{"change", "name"}, {"person", id}, {"name", " "}}).status, 400U);
  EXPECT_EQ(change({{"change", "pin"}, {"person", id}, {"pin", "123"}}).status, 400U);
  EXPECT_EQ(change({{"change", "settings"}, {"person", id}, {"settings", "x"}}).status, 400U);
  const json large{{"x", std::string(kMaxSettings_bytes, 'x')}};
  EXPECT_EQ(change({{"change", "settings"}, {"person", id}, {"settings", large}}).status, 400U);
  const auto person = database_->person(id).value();
  EXPECT_EQ(person.name, "Ada");
  EXPECT_EQ(person.pin, "");
  EXPECT_EQ(person.settings, "{}");
}

TEST_F(RecordsApiTest, a_person_with_a_pin_needs_the_token_for_every_route) {
  const auto id = add_person("Ada");
  const auto practised = add_practice(id);
  change({{"change", "pin"}, {"person", id}, {"pin", "2468"}});
  const std::string whose = "?person=" + std::to_string(id);
  for (const std::string& target :
       {"/api/today" + whose, "/api/progress" + whose, "/api/calendar" + whose,
        "/api/export" + whose, "/api/practice?id=" + std::to_string(practised)}) {
    EXPECT_EQ(get(target).status, 403U) << target;
  }
  EXPECT_EQ(post("/api/import" + whose, json::object()).status, 403U);
  EXPECT_EQ(change({{"change", "name"}, {"person", id}, {"name", "Eve"}}).status, 403U);
  EXPECT_EQ(change({{"change", "erase_practice"}, {"practice", practised}}).status, 403U);
  EXPECT_EQ(change({{"change", "erase_person"}, {"person", id}}).status, 403U);
  EXPECT_EQ(post("/api/unlock", {{"person", id}, {"pin", "0000"}}).status, 403U);
  const std::string token =
      parsed(post("/api/unlock", {{"person", id}, {"pin", "2468"}}))["token"];
  EXPECT_EQ(get("/api/today" + whose, token).status, 200U);
  EXPECT_EQ(get("/api/today" + whose, token + "0").status, 403U);
}

TEST_F(RecordsApiTest, erases_a_practice_and_a_person) {
  const auto id = add_person("Ada");
  const auto practised = add_practice(id);
  EXPECT_EQ(change({{"change", "erase_practice"}, {"practice", practised}}).status, 200U);
  EXPECT_EQ(get("/api/practice?id=" + std::to_string(practised)).status, 404U);
  const RecordsResponse erased = change({{"change", "erase_person"}, {"person", id}});
  EXPECT_EQ(erased.status, 200U);
  EXPECT_EQ(parsed(erased)["persons"], json::array());
}

TEST_F(RecordsApiTest, exports_and_the_calendar_are_files_to_save) {
  const std::string whose = "?person=" + std::to_string(add_person("Ada"));
  const RecordsResponse all = get("/api/export" + whose);
  EXPECT_EQ(all.file_name, "matside.json");
  EXPECT_TRUE(parsed(all).is_object());
  const RecordsResponse calendar = get("/api/calendar" + whose);
  EXPECT_EQ(calendar.type, "text/calendar");
  EXPECT_EQ(calendar.file_name, "single-leg-kick.ics");
  EXPECT_THAT(calendar.body, HasSubstr("BEGIN:VEVENT"));
  EXPECT_EQ(get("/api/progress" + whose).file_name, "");
}

TEST_F(RecordsApiTest, imports_what_it_exported_once) {
  const auto id = add_person("Ada");
  add_practice(id);
  const json all = parsed(get("/api/export?person=" + std::to_string(id)));
  const std::string target = "/api/import?person=" + std::to_string(add_person("Bo"));
  EXPECT_EQ(parsed(post(target, all))["practices"], 1);
  EXPECT_EQ(parsed(post(target, all))["practices"], 0);
  EXPECT_EQ(post(target, {{"schema", "other/1"}}).status, 400U);
}

TEST_F(RecordsApiTest, an_import_of_too_many_values_is_refused_before_they_are_built) {
  const std::string target = "/api/import?person=" + std::to_string(add_person("Ada"));
  for (const char* value : {"0,", "[", "{\"a\":", "\"\","}) {
    std::string body = R"({"practices":[)";
    for (std::size_t i = 0; i <= kMaxImportValues; ++i) body += value;
    const RecordsResponse refused = api_->handle({true, target, body, ""});
    EXPECT_EQ(refused.status, 413U) << value;
    EXPECT_THAT(error(refused), HasSubstr("matside import FILE")) << value;
  }
}

TEST_F(RecordsApiTest, the_plan_is_of_the_exercise_that_is_named) {
  const std::string today = "/api/today?person=" + std::to_string(add_person("Ada"));
  EXPECT_EQ(parsed(get(today))["next"]["level_name"],
            support::single_leg_kick().level(0)->name);
  const exercise::Definition& swan = support::sister_move("swan-preparation");
  const json next = parsed(get(today + "&exercise=swan-preparation"))["next"];
  EXPECT_EQ(next["level_name"], swan.level(0)->name);
  EXPECT_EQ(next["repetitions"], swan.level(0)->repetitions_start);
  const RecordsResponse changed =
      post("/api/change?exercise=swan-preparation", {{"change", "informed"}, {"person", 1}});
  EXPECT_EQ(parsed(changed)["next"]["level_name"], swan.level(0)->name);
  EXPECT_EQ(post("/api/change?exercise=swan-preparation",
                 {{"change", "teacher"}, {"person", 1}, {"level", 1}})
                .status,
            200U);
  EXPECT_EQ(parsed(get(today + "&exercise=swan-preparation"))["teacher_level"], 1);
  EXPECT_TRUE(parsed(get(today))["teacher_level"].is_null()) << "it is the swan's alone";
  EXPECT_EQ(post("/api/change?exercise=swan-preparation",
                 {{"change", "teacher"}, {"person", 1}, {"level", 3}})
                .status,
            400U);
  const RecordsResponse unknown = get(today + "&exercise=headstand");
  EXPECT_EQ(unknown.status, 400U);
  EXPECT_THAT(error(unknown), HasSubstr("is not one of single-leg-kick, double-leg-kick"));
}

TEST_F(RecordsApiTest, tells_which_exercises_there_are_and_what_is_planned_in_each) {
  const auto id = add_person("Ada");
  const json for_anybody = parsed(get("/api/exercises"))["exercises"];
  EXPECT_EQ(for_anybody.size(), installed_.all().size());
  ASSERT_EQ(post("/api/change", {{"change", "pin"}, {"person", id}, {"pin", "2468"}}).status,
            200U);
  const std::string of_ada = "/api/exercises?person=" + std::to_string(id);
  EXPECT_EQ(get(of_ada).status, 403U);
  const json unlocked = parsed(post("/api/unlock", {{"person", id}, {"pin", "2468"}}));
  EXPECT_EQ(parsed(get(of_ada, unlocked["token"]))["exercises"], for_anybody);
  EXPECT_EQ(get("/api/exercises?person=x").status, 400U);
  EXPECT_EQ(get("/api/exercises?person=7").status, 404U);
}

TEST_F(RecordsApiTest, a_server_without_records_has_the_day_of_an_unnamed_person_only) {
  const auto& exercise = support::single_leg_kick();
  const RecordsResponse today =
      response_without_records({false, "/api/today", "", ""}, exercise, setup_);
  EXPECT_EQ(today.status, 200U);
  EXPECT_TRUE(parsed(today).contains("next"));
  const auto answer = [&](const std::string& target) {
    return response_without_records({false, target, "", ""}, installed_, setup_);
  };
  EXPECT_EQ(parsed(answer("/api/today?exercise=prone-leg-lift"))["next"]["level"], 0);
  EXPECT_EQ(parsed(answer("/api/exercises"))["exercises"].size(), installed_.all().size());
  EXPECT_EQ(answer("/api/today?exercise=headstand").status, 400U);
  for (const RecordsRequest& request : {RecordsRequest{true, "/api/today", "", ""},
                                        RecordsRequest{false, "/api/persons", "", ""},
                                        RecordsRequest{false, "/api/today?person=1", "", ""}}) {
    const RecordsResponse refused = response_without_records(request, exercise, setup_);
    EXPECT_EQ(refused.status, 404U);
    EXPECT_THAT(error(refused), HasSubstr("doesn't save records"));
  }
}

}  // namespace
}  // namespace matside::protocol
