// Plan and records over the network: the page's requests, and the refusal of all others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "records/sqlite/repository.h"
#include "tests/server/server_fixture.h"
#include "tests/support/exercise.h"
#include "tests/support/media.h"

namespace matside::server {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr std::int64_t kMonday_unix_s = 1'767'600'000;
constexpr std::int64_t kDay_s = 86'400;

class RecordsTest : public ServerTest {
 protected:
  void SetUp() override {
    server::Setup wanted = setup();
    wanted.records.open = [path = media_.path("matside.db").string()] {
      return protocol::shared(records::sqlite::open(path));
    };
    wanted.records.now = [this] { return records::LocalTime{{now_unix_s_}, 60}; };
    wanted.records.rules = support::plan_rules();
    wanted.records.engine = {"matside test", "blazepose-lite", false};
    start(std::move(wanted));
  }
  // The server must end before its database is removed.
  void TearDown() override { stop(); }

  std::string ask(const std::string& method, const std::string& target,
                  const std::string& body = "", const std::string& more = "") {
    return raw(method + " " + target + " HTTP/1.1\r\nHost: " + host_and_cookie() +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more +
               "Connection: close\r\n\r\n" + body);
  }
  std::string ours() const { return "Origin: http://" + host() + "\r\n"; }
  static json body_of(const std::string& answer) {
    const std::size_t end = answer.find("\r\n\r\n");
    return json::parse(answer.substr(end == std::string::npos ? 0 : end + 4), nullptr, false);
  }
  json got(const std::string& target, const std::string& more = "") {
    return body_of(ask("GET", target, "", more));
  }
  json sent(const std::string& target, const json& body) {
    return body_of(ask("POST", target, body.dump(), ours()));
  }

  /// As the page does without a camera.
  std::int64_t practise_audio_only(int level, int repetitions, int comfort_before) {
    PageClient tab(port());
    tab.send(json{{"type", "hello"},
                  {"level", level},
                  {"repetitions", repetitions},
                  {"guided", true},
                  {"camera", false},
                  {"breath", "off"},
                  {"person", 1},
                  {"comfort_before", comfort_before}}
                 .dump());
    EXPECT_FALSE(tab.next("script").is_null());
    tab.send(
        json{{"type", "self_reported"}, {"left", repetitions}, {"right", repetitions}}.dump());
    return tab.next("summary")["practice"].get<std::int64_t>();
  }

  support::MediaFolder media_;
  std::int64_t now_unix_s_ = kMonday_unix_s;
};

TEST_F(RecordsTest, leads_from_the_first_start_to_the_second_practice) {
  EXPECT_EQ(got("/api/persons")["persons"].size(), 0U);
  EXPECT_EQ(sent("/api/persons", {{"name", " Ada "}})["persons"][0]["name"], "Ada");
  json today = got("/api/today?person=1");
  EXPECT_TRUE(today["inform"]);
  EXPECT_EQ(today["next"]["level"], 0);
  const int repetitions = today["next"]["repetitions"];
  EXPECT_FALSE(sent("/api/change", {{"change", "informed"}, {"person", 1}})["inform"]);
  const auto practice = practise_audio_only(0, repetitions, 1);
  today = sent(
      "/api/change",
      {{"change", "comfort"}, {"practice", practice}, {"after", 1}, {"leg_symptoms", false}});
  EXPECT_FALSE(today["next"]["today"]);
  now_unix_s_ += 3 * kDay_s;
  EXPECT_EQ(got("/api/today?person=1")["ask_next_day"]["id"], practice);
  today = sent("/api/change",
               {{"change", "next_day"}, {"practice", practice}, {"next_day", "better"}});
  EXPECT_EQ(today["next"]["repetitions"], repetitions + 1);
  EXPECT_TRUE(today["next"]["today"]);
  const json progress = got("/api/progress?person=1");
  EXPECT_EQ(progress["practices"][0]["origin"], "sound");
  EXPECT_EQ(progress["weeks"].size(), 1U);
}

TEST_F(RecordsTest,
       steps_back_after_discomfort_and_asks_for_a_professional_after_leg_symptoms) {
  sent("/api/persons", {{"name", "Ada"}});
  sent("/api/change", {{"change", "teacher"}, {"person", 1}, {"level", 2}});
  EXPECT_EQ(got("/api/today?person=1")["next"]["level"], 2);
  sent("/api/change", {{"change", "teacher"}, {"person", 1}, {"level", nullptr}});
  const auto practice = practise_audio_only(0, 4, 1);
  json today = sent(
      "/api/change",
      {{"change", "comfort"}, {"practice", practice}, {"after", 5}, {"leg_symptoms", true}});
  EXPECT_TRUE(today["next"]["ask_first"]);
  EXPECT_EQ(today["next"]["reasons"][0]["id"], "leg_symptoms");
  now_unix_s_ += 7 * kDay_s;
  today = sent("/api/change", {{"change", "asked"}, {"person", 1}});
  EXPECT_FALSE(today["next"]["ask_first"]);
}

TEST_F(RecordsTest, saves_corrections_settings_and_names) {
  sent("/api/persons", {{"name", "Ada"}});
  const auto practice = practise_audio_only(0, 4, 0);
  sent("/api/change",
       {{"change", "counts"}, {"practice", practice}, {"left", 5}, {"right", 3}});
  json kept = got("/api/practice?id=1")["practice"];
  EXPECT_EQ(kept["left"], 5);
  EXPECT_EQ(kept["counted_left"], 4);
  sent("/api/change",
       {{"change", "counts"}, {"practice", practice}, {"left", nullptr}, {"right", nullptr}});
  EXPECT_EQ(got("/api/practice?id=1")["practice"]["left"], 4);
  const json today = sent(
      "/api/change", {{"change", "settings"}, {"person", 1}, {"settings", {{"voice", true}}}});
  EXPECT_EQ(today["settings"]["voice"], true);
  EXPECT_EQ(
      sent("/api/change",
           {{"change", "name"}, {"person", 1}, {"name", "\u30ab\u30c4"}})["person"]["name"],
      "\u30ab\u30c4");
}

TEST_F(RecordsTest, exports_erases_and_imports_with_the_same_plan) {
  sent("/api/persons", {{"name", "Ada"}});
  practise_audio_only(0, 4, 1);
  now_unix_s_ += kDay_s;
  const json plan = got("/api/today?person=1")["next"];
  const std::string answer = ask("GET", "/api/export?person=1");
  EXPECT_THAT(answer, HasSubstr("attachment; filename=\"matside.json\""));
  const json everything = body_of(answer);
  EXPECT_EQ(sent("/api/change", {{"change", "erase_person"}, {"person", 1}})["persons"].size(),
            0U);
  sent("/api/persons", {{"name", "Ada"}});
  EXPECT_EQ(sent("/api/import?person=2", everything)["practices"], 1);
  EXPECT_EQ(got("/api/today?person=2")["next"], plan);
  // A second import adds nothing.
  EXPECT_EQ(sent("/api/import?person=2", everything)["practices"], 0);
}

TEST_F(RecordsTest, shows_a_person_with_a_pin_only_with_the_token) {
  sent("/api/persons", {{"name", "Ada"}});
  practise_audio_only(0, 4, 1);
  sent("/api/change", {{"change", "pin"}, {"person", 1}, {"pin", "2468"}});
  for (const char* target : {"/api/today?person=1", "/api/progress?person=1",
                             "/api/export?person=1", "/api/practice?id=1"}) {
    EXPECT_THAT(ask("GET", target), HasSubstr(" 403 ")) << target;
  }
  EXPECT_TRUE(
      sent("/api/change", {{"change", "erase_person"}, {"person", 1}}).contains("error"));
  EXPECT_THAT(sent("/api/unlock", {{"person", 1}, {"pin", "2469"}})["error"],
              HasSubstr("Wrong PIN"));
  const std::string token = sent("/api/unlock", {{"person", 1}, {"pin", "2468"}})["token"];
  EXPECT_TRUE(
      got("/api/today?person=1", "Matside-Unlocked: " + token + "\r\n").contains("next"));
  for (int i = 0; i < 5; ++i) sent("/api/unlock", {{"person", 1}, {"pin", "0000"}});
  EXPECT_THAT(sent("/api/unlock", {{"person", 1}, {"pin", "2468"}})["error"],
              HasSubstr("Wait a minute"));
  PageClient stranger(port());
  json hello = json::parse(kHello);
  hello["person"] = 1;
  stranger.send(hello.dump());
  EXPECT_EQ(stranger.next("warning")["id"], "not_kept");
}

TEST_F(RecordsTest, refuses_requests_that_are_not_valid) {
  sent("/api/persons", {{"name", "Ada"}});
  const auto status = [&](const std::string& answer) { return answer.substr(9, 3); };
  const auto posted = [&](const std::string& target, const std::string& body) {
    return status(ask("POST", target, body, ours()));
  };
  EXPECT_EQ(status(ask("POST", "/api/persons", R"({"name":"Eve"})")), "403");
  EXPECT_EQ(status(ask("POST", "/api/persons", R"({"name":"Eve"})",
                       "Origin: http://evil.example\r\n")),
            "403");
  EXPECT_EQ(status(ask("DELETE", "/api/persons")), "405");
  EXPECT_EQ(status(ask("GET", "/api/today")), "400");
  EXPECT_EQ(status(ask("GET", "/api/today?person=one")), "400");
  EXPECT_EQ(status(ask("GET", "/api/today?person=7")), "404");
  EXPECT_EQ(status(ask("GET", "/api/practice?id=7")), "404");
  EXPECT_EQ(status(ask("GET", "/api/nothing")), "404");
  for (const char* body :
       {"", "[]", "{", R"({"name":1})", R"({"name":""})", R"({"name":"a\nb"})"}) {
    EXPECT_EQ(posted("/api/persons", body), "400") << body;
  }
  for (const char* body :
       {R"({"change":"fly","person":1})", R"({"change":"teacher","person":1,"level":9})",
        R"({"change":"pin","person":1,"pin":"1"})", R"({"change":"settings","person":1})",
        R"({"change":"name","person":1,"name":"  "})"}) {
    EXPECT_EQ(posted("/api/change", body), "400") << body;
  }
  EXPECT_EQ(posted("/api/change", R"({"change":"erase_practice","practice":9})"), "404");
  EXPECT_EQ(posted("/api/persons", std::string(70'000, ' ')), "413");
  EXPECT_EQ(got("/api/persons")["persons"].size(), 1U);
  EXPECT_EQ(got("/api/today?person=1")["teacher_level"], nullptr);
}

TEST_F(RecordsTest, imports_nothing_of_a_file_with_an_error) {
  sent("/api/persons", {{"name", "Ada"}});
  practise_audio_only(0, 4, 1);
  const json good = got("/api/export?person=1");
  sent("/api/persons", {{"name", "Bo"}});
  const auto wrong = [&](const char* path, const json& value) {
    json damaged = good;
    damaged["practices"].push_back(damaged["practices"][0]);
    damaged["practices"][1][json::json_pointer(path)] = value;
    return sent("/api/import?person=2", damaged)["error"].get<std::string>();
  };
  EXPECT_THAT(wrong("/level", 4), HasSubstr("/practices/1/level"));
  EXPECT_THAT(wrong("/start_unix_s", -5), HasSubstr("/practices/1/start_unix_s"));
  EXPECT_THAT(wrong("/start_unix_s", 1e15), HasSubstr("start_unix_s"));
  EXPECT_THAT(wrong("/comfort_before", 11), HasSubstr("comfort_before"));
  EXPECT_THAT(wrong("/counts/left", -1), HasSubstr("counts/left"));
  EXPECT_THAT(wrong("/origin", "dream"), HasSubstr("origin"));
  EXPECT_THAT(wrong("/poses", json::array({{{"session", 1},
                                            {"full_peak_deg", nullptr},
                                            {"frames", 1},
                                            {"stream", "bm9wZQ=="}}})),
              HasSubstr("not a Matside pose stream"));
  EXPECT_THAT(sent("/api/import?person=2", {{"schema", "other/1"}})["error"].get<std::string>(),
              HasSubstr("schema"));
  EXPECT_EQ(got("/api/progress?person=2")["practices"].size(), 0U);
}

TEST_F(RecordsTest, gives_a_calendar_file_of_the_next_practice) {
  sent("/api/persons", {{"name", "Ada"}});
  const std::string answer = ask("GET", "/api/calendar?person=1");
  EXPECT_THAT(answer, HasSubstr("text/calendar"));
  EXPECT_THAT(answer, HasSubstr("DTSTART:20260106T080000Z\r\n"));
  EXPECT_THAT(answer, HasSubstr("each side\r\n"));
}

class NoRecordsTest : public ServerTest {};

TEST_F(NoRecordsTest, says_so) {
  start();
  const std::string answer = get("/api/persons");
  EXPECT_THAT(answer, HasSubstr(" 404 "));
  EXPECT_THAT(answer, HasSubstr("doesn't save records"));
}

TEST_F(NoRecordsTest, gives_the_first_day_of_an_unnamed_person_who_may_choose_every_level) {
  server::Setup wanted = setup();
  wanted.records.now = [] { return records::LocalTime{{kMonday_unix_s}, 60}; };
  wanted.records.rules = support::plan_rules();
  start(std::move(wanted));
  const std::string answer = get("/api/today");
  const json day = json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
  EXPECT_EQ(day["person"], (json{{"id", 0}, {"name", ""}, {"pin", false}}));
  EXPECT_TRUE(day["inform"]);
  EXPECT_TRUE(day["next"]["today"]);
  EXPECT_EQ(day["next"]["level"], 0);
  EXPECT_EQ(day["next"]["choices"].size(), 4U);
  EXPECT_EQ(day["rest_from"], 6);
  EXPECT_THAT(get("/api/today?person=1"), HasSubstr(" 404 "));
}

}  // namespace
}  // namespace matside::server
