#include "records/json_documents.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "records/import_export.h"
#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"

namespace matside::records {
namespace {

using nlohmann::json;
using records_test::kEngine;
using records_test::on_day;
using records_test::simulated_poses;
using support::plan_rules;
using support::single_leg_kick;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

class JsonDocumentsTest : public records_test::RecordsTest {
 protected:
  Today today_on(double day) {
    return today(*records_, person_, on_day(day), single_leg_kick(), plan_rules()).value();
  }
  json today_document(double day) {
    return json::parse(
        today_json(today_on(day), single_leg_kick(), plan_rules(), single_leg_kick()));
  }
};

TEST_F(JsonDocumentsTest, ShowPersonsWithoutTheirPins) {
  Person bo;
  bo.id = 2;
  bo.name = "Bo \xFF";
  bo.pin = "$argon2id$";
  const std::string text = persons_json({records_->person(person_).value(), bo}, true);
  const json document = json::parse(text);
  EXPECT_EQ(document["persons"][0], (json{{"id", person_}, {"name", "Ada"}, {"pin", false}}));
  EXPECT_EQ(document["persons"][1]["pin"], true);
  EXPECT_EQ(document["erasure_pending"], true);
  EXPECT_EQ(text.find("argon2id"), std::string::npos);
}

TEST_F(JsonDocumentsTest, ShowTodayWithItsReasonsInWords) {
  const json document = today_document(0.0);
  EXPECT_EQ(document["now"], "2026-01-05T09:00:00+01:00");
  EXPECT_EQ(document["inform"], true);
  EXPECT_EQ(document["next"]["level"], 0);
  EXPECT_EQ(document["next"]["today"], true);
  EXPECT_EQ(document["next"]["reasons"][0]["id"], "first_practice");
  EXPECT_EQ(document["next"]["reasons"][0]["text"],
            reason_text(plan::DecisionReason::first_practice, single_leg_kick()));
  EXPECT_TRUE(document["resumable"].is_null());
  EXPECT_TRUE(document["teacher_level"].is_null());
  EXPECT_EQ(document["settings"], json::object());
}

TEST_F(JsonDocumentsTest, LeaveOutARestThatIsOver) {
  add_practice(start(0.0));
  const auto has_rest = [](const json& document) {
    for (const json& reason : document["next"]["reasons"]) {
      if (reason["id"] == "rest") return true;
    }
    return false;
  };
  EXPECT_TRUE(has_rest(today_document(1.0)));
  EXPECT_FALSE(has_rest(today_document(3.0)));
}

TEST_F(JsonDocumentsTest, ShowDamagedSettingsAsNone) {
  Today today = today_on(0.0);
  today.person.settings = "no JSON";
  const json document =
      json::parse(today_json(today, single_leg_kick(), plan_rules(), single_leg_kick()));
  EXPECT_EQ(document["settings"], json::object());
}

TEST_F(JsonDocumentsTest, ShowProgressByWeeks) {
  add_practice(start(0.0));
  add_practice(start(2.0));
  const Id corrected = add_practice(start(7.0));
  ASSERT_TRUE(records_->correct(corrected, SideCounts{3, 4}));
  const json document =
      json::parse(progress_json(progress(*records_, person_, on_day(8.0), plan_rules()).value(),
                                plan_rules(), single_leg_kick()));
  ASSERT_THAT(document["weeks"], SizeIs(2));
  EXPECT_EQ(document["weeks"][0],
            (json{{"monday", "2026-01-05"}, {"practices", 2}, {"as_planned", true}}));
  EXPECT_EQ(document["weeks"][1]["as_planned"], false);
  EXPECT_EQ(document["lengthening_minutes"], 3.0);
  EXPECT_EQ(document["lengthening_words"], kLengtheningNote);
  const json& practice = document["practices"][2];
  EXPECT_EQ(practice["left"], 3);
  EXPECT_EQ(practice["counted_left"], 4);
  EXPECT_EQ(practice["corrected"], true);
  EXPECT_EQ(practice["clean_share"], 1.0);
  EXPECT_EQ(practice["knee_flexion_deg"]["value"], 100.0);
}

TEST_F(JsonDocumentsTest, ShowAPracticeWithCurveAndScorings) {
  PracticeDraft::Plan plan;
  plan.person = person_;
  plan.level = 1;
  const auto imported = import_poses(*records_, plan, simulated_poses(1, 1), on_day(0.0),
                                     kEngine, single_leg_kick());
  ASSERT_TRUE(imported) << imported.error().message;
  const Id id = imported.value().practice;
  ASSERT_TRUE(rescore(*records_, id, {"matside next", "", false}, single_leg_kick(),
                      on_day(1.0).instant));
  const auto text = practice_json(*records_, id, single_leg_kick());
  ASSERT_TRUE(text) << text.error().message;
  const json document = json::parse(text.value());
  EXPECT_EQ(document["practice"]["id"], id);
  EXPECT_THAT(document["repetitions"], SizeIs(records_->repetitions(id).value().size()));
  const json& curve = document["curve"];
  ASSERT_GT(curve["times_s"].size(), 100U);
  EXPECT_EQ(curve["left"].size(), curve["times_s"].size());
  EXPECT_EQ(curve["right"].size(), curve["times_s"].size());
  for (std::size_t i = 1; i < curve["times_s"].size(); ++i) {
    EXPECT_GE(curve["times_s"][i].get<double>() - curve["times_s"][i - 1].get<double>(), 0.059);
  }
  ASSERT_THAT(document["judged"], SizeIs(2));
  EXPECT_EQ(document["judged"][0]["engine"], "matside test");
  EXPECT_EQ(document["judged"][1]["engine"], "matside next");
  EXPECT_EQ(document["judged"][1]["kicks"], document["judged"][0]["kicks"]);
}

TEST_F(JsonDocumentsTest, RefuseAnUnknownPractice) {
  EXPECT_EQ(practice_json(*records_, 99, single_leg_kick()).error().kind,
            base::ErrorKind::not_found);
}

TEST_F(JsonDocumentsTest, WriteATableWithALineForEachPractice) {
  add_practice(start(0.0), {1, std::nullopt, false, plan::NextDay::same});
  ASSERT_TRUE(records_->begin(start(1.0)));
  const std::string table = practices_csv(records_->practices(person_).value());
  EXPECT_THAT(table, StartsWith("id,start,origin,level,wished,left,right,"));
  EXPECT_THAT(table, HasSubstr("1,2026-01-05T09:00:00+01:00,camera,0,4,4,4,0,8,8,goal,100.000,"
                               "1,,same,100.000,"));
  EXPECT_THAT(table, HasSubstr(",open,0.000,"));
  EXPECT_THAT(table, HasSubstr(",exercise,both\n"));
  EXPECT_THAT(table, EndsWith(",single-leg-kick,0\n"));
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 3);
}

/// Every line of RFC 5545 ends with CRLF and has at most 75 bytes.
void expect_calendar(const std::string& text) {
  EXPECT_THAT(text, StartsWith("BEGIN:VCALENDAR\r\n"));
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find("\r\n", begin);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - begin, 75U) << text.substr(begin, end - begin);
    EXPECT_EQ(text.substr(begin, end - begin).find('\n'), std::string::npos);
    begin = end + 2;
  }
  EXPECT_THAT(text.substr(text.size() - 15), HasSubstr("END:VCALENDAR\r\n"));
}

TEST_F(JsonDocumentsTest, WriteTheNextPracticeAsACalendarFile) {
  add_practice(start(0.0));
  const std::string text = calendar_file(today_on(1.0), single_leg_kick());
  expect_calendar(text);
  EXPECT_THAT(text, HasSubstr("DTSTART:20260107T080000Z\r\n"));
  EXPECT_THAT(text, HasSubstr("SUMMARY:Single-leg kick: level 0\\, "));
}

std::string line_of(const std::string& text, const std::string& name) {
  const std::size_t at = text.find("\r\n" + name + ":");
  if (at == std::string::npos) return "";
  const std::size_t from = at + name.size() + 3;
  return text.substr(from, text.find('\r', from) - from);
}

TEST_F(JsonDocumentsTest, PutTheNextPracticeWhereItsAlarmIsStillToCome) {
  const auto begins = [&](double day) {
    return line_of(calendar_file(today_on(day), single_leg_kick()), "DTSTART");
  };
  EXPECT_EQ(begins(0.0), "20260106T080000Z") << "at 9:00 it is too late for today's alarm";
  EXPECT_EQ(begins(0.5), "20260106T080000Z");
  EXPECT_EQ(begins(0.9), "20260106T080000Z");
  add_practice(start(0.25));
  EXPECT_EQ(begins(0.5), "20260107T140000Z") << "after two days of rest";
  EXPECT_EQ(begins(2.24), "20260108T140000Z") << "the alarm of today has rung";
  EXPECT_EQ(begins(2.5), "20260108T140000Z");
  EXPECT_EQ(begins(30.0), "20260204T140000Z") << "at the usual time of day";
}

TEST_F(JsonDocumentsTest, MoveTheSameEventInACalendarAndNoOther) {
  const auto event = [&](double day) {
    return calendar_file(today_on(day), single_leg_kick());
  };
  const std::string before = event(0.0);
  add_practice(start(0.0));
  const std::string after = event(1.0);
  EXPECT_EQ(line_of(before, "UID"), line_of(after, "UID"));
  EXPECT_LT(line_of(before, "SEQUENCE"), line_of(after, "SEQUENCE"));
  EXPECT_EQ(line_of(after, "UID").size(), std::string("next-practice-@matside").size() + 32U);
  // The first person of another database, added at the same moment.
  const records_test::TemporaryFolder elsewhere;
  const auto others = elsewhere.open();
  const Id first = others->add_person("Ada", on_day(0.0).instant).value();
  Today other = today_on(1.0);
  other.person = others->person(first).value();
  EXPECT_NE(line_of(calendar_file(other, single_leg_kick()), "UID"), line_of(after, "UID"));
}

TEST_F(JsonDocumentsTest, CancelThePracticeInACalendarWhileAProfessionalIsToBeAsked) {
  add_practice(start(0.0), {1, 1, true, plan::NextDay::same});
  const Today today = today_on(3.0);
  ASSERT_TRUE(today.next.ask_first);
  const std::string text = calendar_file(today, single_leg_kick());
  expect_calendar(text);
  EXPECT_EQ(line_of(text, "STATUS"), "CANCELLED");
  EXPECT_EQ(text.find("VALARM"), std::string::npos);
  EXPECT_EQ(text.find("each side"), std::string::npos);
}

TEST_F(JsonDocumentsTest, WriteAPastPracticeAsACalendarFile) {
  const Practice practice = records_->practice(add_practice(start(0.0))).value();
  const Person person = records_->person(person_).value();
  const std::string text = practice_calendar(practice, person, single_leg_kick());
  EXPECT_EQ(line_of(text, "UID"),
            "practice-" + person.uid + "-" + std::to_string(practice.id) + "@matside");
  expect_calendar(text);
  EXPECT_THAT(text, HasSubstr("DTSTART:20260105T080000Z\r\nDURATION:PT100S\r\n"));
  EXPECT_THAT(text, HasSubstr("4 left\\, 4 right"));
  EXPECT_THAT(text, HasSubstr("SUMMARY:" + single_leg_kick().name + ": level "));
  Practice other = practice;
  other.exercise = "swan-preparation";
  EXPECT_THAT(practice_calendar(other, person, single_leg_kick()),
              HasSubstr("SUMMARY:swan-preparation: level "));
}

TEST(ReasonText, IsTheIdWhereTheExerciseHasNoText) {
  EXPECT_EQ(reason_text(plan::DecisionReason::rest, exercise::Definition()), "rest");
}

}  // namespace
}  // namespace matside::records
