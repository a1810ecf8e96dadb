// The routes of one practice: a repetition to play, the report, and a recording that becomes a
// practice. Over a real database and without a network.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "protocol/last_recording.h"
#include "protocol/records_api.h"
#include "records/sqlite/repository.h"
#include "tests/protocol/records_api_fixture.h"
#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"
#include "tests/support/media.h"
#include "tests/support/practice.h"

namespace matside::protocol {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr std::int64_t kSaturday_unix_s = kMonday_unix_s - 2 * 86'400;

class PracticeRoutesTest : public RecordsApiFixture {
 protected:
  PracticeRoutesTest() {
    setup_.report = [](records::Repository&, records::Id practice) {
      return base::Result<std::string>("<!doctype html>" + std::to_string(practice));
    };
    ada_ = database_->add_person("Ada", {kMonday_unix_s}).value();
  }

  RecordsResponse keep(const json& body, const std::string& token = "") {
    return post("/api/keep?person=" + std::to_string(ada_), body, token);
  }

  /// An analysed recording of three repetitions on each side. @returns its name
  std::string analysed() {
    support::Practice practice;
    practice.steps = support::alternating(6);
    RecordingWriter writer;
    for (const pose::PoseFrame& frame : support::perform(practice).frames) {
      writer.add_frame(pose::rounded(frame));
    }
    return recording_.hold({1, "blazepose-full", true, writer.finish(), "single-leg-kick"});
  }
  /// A recording of a sister move that was analysed as the exercise. @returns its name
  std::string analysed_move(const std::string& exercise, const std::string& clip) {
    RecordingWriter writer;
    for (const pose::PoseFrame& frame : records_test::poses_of_move(clip)) {
      writer.add_frame(pose::rounded(frame));
    }
    return recording_.hold({0, "blazepose-full", true, writer.finish(), exercise});
  }
  records::Id kept_move(const std::string& exercise, const std::string& clip) {
    return parsed(keep(wanted(analysed_move(exercise, clip))))["practice"];
  }
  json practice(records::Id id) {
    return parsed(get("/api/practice?id=" + std::to_string(id)));
  }
  static json wanted(const std::string& name) {
    return {{"recording", name}, {"start_unix_s", kSaturday_unix_s}, {"utc_offset_min", 120}};
  }
  records::Id kept() { return parsed(keep(wanted(analysed())))["practice"]; }
  static std::string repetition(records::Id practice, const std::string& index = "1") {
    return "/api/repetition?practice=" + std::to_string(practice) + "&index=" + index;
  }

  records::Id ada_ = 0;
};

TEST_F(PracticeRoutesTest, a_recording_becomes_a_practice_of_its_own_day) {
  const RecordsResponse response = keep(wanted(analysed()));
  ASSERT_EQ(response.status, 200U) << response.body;
  EXPECT_EQ(parsed(response)["already_saved"], false);
  const auto practice = database_->practice(parsed(response)["practice"]).value();
  EXPECT_EQ(practice.person, ada_);
  EXPECT_EQ(practice.origin, records::Origin::recording);
  EXPECT_EQ(practice.level, 1);
  EXPECT_EQ(practice.start.unix_s, kSaturday_unix_s);
  EXPECT_EQ(practice.utc_offset_min, 120);
  EXPECT_EQ(practice.counts.left, 3);
  EXPECT_EQ(practice.counts.right, 3);
  EXPECT_EQ(practice.goal_repetitions, 3);
  EXPECT_EQ(practice.ended_by, records::EndReason::person);
  EXPECT_EQ(practice.scoring.engine, "matside test");
  EXPECT_EQ(practice.scoring.made.unix_s, kMonday_unix_s);
  EXPECT_EQ(json::parse(practice.scoring.settings)["pose_model"], "blazepose-full");
  EXPECT_EQ(json::parse(practice.scoring.settings)["eye"], true);
}

TEST_F(PracticeRoutesTest, a_recording_of_a_sister_move_is_kept_and_shown_as_such) {
  const records::Id id = kept_move("swan-preparation", "swan_preparation");
  const json document = practice(id);
  EXPECT_EQ(document["practice"]["exercise_name"], "Swan preparation");
  EXPECT_EQ(document["practice"]["level_name"], "Forearms down");
  EXPECT_EQ(document["practice"]["both"], 6);
  EXPECT_FALSE(document["practice"]["by_side"].get<bool>());
  EXPECT_EQ(document["exercise"]["peak"], "peak");
  EXPECT_EQ(document["exercise"]["measures"][1], (json{{"id", "hold_s"}, {"name", "Hold"}}));
  EXPECT_EQ(document["averages"].size(), document["exercise"]["measures"].size());
  EXPECT_THAT(document["averages"][0].dump(), HasSubstr(" degrees"));
  const json& first = document["repetitions"][0];
  EXPECT_EQ(first["peaks"].size(), 1U);
  EXPECT_THAT(first["readings"][1]["text"], HasSubstr(" s"));
  const json& curve = document["curve"];
  EXPECT_EQ(curve["name"], "Chest lift");
  EXPECT_EQ(curve["body"].size(), curve["times_s"].size());
  EXPECT_TRUE(curve["left"].empty());
  const double lift_deg = std::ranges::max(curve["body"], {}, [](const json& deg) {
    return deg.is_null() ? 0.0 : deg.get<double>();
  });
  EXPECT_GT(lift_deg, 7.0);
  EXPECT_GT(parsed(get(repetition(id)))["frames"].size(), 20U) << "it can be replayed";
}

TEST_F(PracticeRoutesTest, a_move_of_both_legs_has_the_curves_of_both_knees) {
  const json document = practice(kept_move("double-leg-kick", "double_leg_kick"));
  const json& curve = document["curve"];
  EXPECT_EQ(curve["name"], "Knee bend");
  EXPECT_EQ(curve["left"].size(), curve["times_s"].size());
  EXPECT_EQ(curve["right"].size(), curve["times_s"].size());
  EXPECT_TRUE(curve["body"].empty());
  EXPECT_EQ(document["repetitions"][0]["side"], "both");
}

TEST_F(PracticeRoutesTest, a_move_of_one_leg_after_the_other_has_the_curve_of_the_raised_leg) {
  const json document = practice(kept_move("prone-leg-lift", "prone_leg_lift"));
  EXPECT_TRUE(document["practice"]["by_side"].get<bool>());
  const json& curve = document["curve"];
  EXPECT_EQ(curve["name"], "Leg lift");
  for (std::size_t i = 0; i < curve["times_s"].size(); ++i) {
    const auto deg = [&](const char* leg) {
      return curve[leg][i].is_null() ? 0.0 : curve[leg][i].get<double>();
    };
    EXPECT_EQ(std::min(deg("left"), deg("right")), 0.0);
  }
}

TEST_F(PracticeRoutesTest, progress_names_the_exercise_of_each_practice) {
  kept();
  kept_move("swan-preparation", "swan_preparation");
  const json practices =
      parsed(get("/api/progress?person=" + std::to_string(ada_)))["practices"];
  ASSERT_EQ(practices.size(), 2U);
  EXPECT_EQ(practices[0]["exercise_name"], "Single-leg kick");
  EXPECT_EQ(practices[1]["exercise_name"], "Swan preparation");
  EXPECT_TRUE(practices[1]["installed"].get<bool>());
}

TEST_F(PracticeRoutesTest, a_practice_of_an_exercise_that_is_not_installed_is_listed_only) {
  const records::Id id = kept_move("swan-preparation", "swan_preparation");
  const records::Exercises kick = support::single_leg_kick();
  RecordsApi other(std::shared_ptr<records::Repository>(database_, [](auto*) {}), kick, setup_,
                   tokens_, recording_);
  const auto ask = [&](const std::string& target) {
    return other.handle({false, target, "", ""});
  };
  const json listed =
      parsed(ask("/api/progress?person=" + std::to_string(ada_)))["practices"][0];
  EXPECT_EQ(listed["exercise_name"], "swan-preparation");
  EXPECT_FALSE(listed["installed"].get<bool>());
  EXPECT_EQ(listed["both"], 6);
  const RecordsResponse refused = ask("/api/practice?id=" + std::to_string(id));
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("isn't installed"));
}

TEST_F(PracticeRoutesTest, the_same_recording_is_kept_once) {
  const auto id = kept();
  for (const std::int64_t day : {0, 86'400}) {
    json again = wanted(analysed());
    again["start_unix_s"] = kSaturday_unix_s + day;
    const RecordsResponse response = keep(again);
    EXPECT_EQ(parsed(response), (json{{"practice", id}, {"already_saved", true}}));
  }
  EXPECT_EQ(database_->practices(ada_).value().size(), 1U);
}

TEST_F(PracticeRoutesTest, a_recording_that_is_not_held_is_not_found) {
  const std::string name = analysed();
  EXPECT_EQ(keep(wanted("")).status, 404U);
  EXPECT_EQ(keep(wanted(name + "0")).status, 404U);
  EXPECT_THAT(keep(wanted("0")).body, HasSubstr("Choose the video again"));
  recording_.hold({});
  EXPECT_EQ(keep(wanted(name)).status, 404U);
  EXPECT_TRUE(database_->practices(ada_).value().empty());
}

TEST_F(PracticeRoutesTest, a_recording_without_a_possible_date_is_refused) {
  const std::string name = analysed();
  for (const auto& [key, value] :
       std::vector<std::pair<std::string, json>>{{"start_unix_s", kMonday_unix_s + 1},
                                                 {"start_unix_s", 0},
                                                 {"start_unix_s", "yesterday"},
                                                 {"utc_offset_min", 841},
                                                 {"utc_offset_min", -841},
                                                 {"recording", 7}}) {
    json body = wanted(name);
    body[key] = value;
    EXPECT_EQ(keep(body).status, 400U) << body;
    body.erase(key);
    EXPECT_EQ(keep(body).status, 400U) << body;
  }
  EXPECT_TRUE(database_->practices(ada_).value().empty());
}

TEST_F(PracticeRoutesTest, a_repetition_is_played_from_its_saved_poses) {
  const auto id = kept();
  const RecordsResponse response = get(repetition(id, "6"));
  ASSERT_EQ(response.status, 200U) << response.body;
  const json poses = parsed(response);
  EXPECT_GT(poses["frames"].size(), 20U);
  EXPECT_EQ(poses["frames"][0]["points"].size(), 99U);
  EXPECT_LT(poses["start_s"], poses["end_s"]);
  EXPECT_EQ(get(repetition(id, "7")).status, 404U);
  EXPECT_EQ(get(repetition(id + 1)).status, 404U);
  for (const char* index : {"0", "-1", "x", "1001", "1&more=2", ""}) {
    EXPECT_EQ(get(repetition(id, index)).status, 400U) << index;
  }
  EXPECT_EQ(get("/api/repetition?index=1&practice=" + std::to_string(id)).status, 400U);
  EXPECT_EQ(get("/api/repetition?practice=" + std::to_string(id)).status, 400U);
}

TEST_F(PracticeRoutesTest, a_report_is_a_file_named_by_the_day_of_the_practice) {
  const auto id = kept();
  const RecordsResponse response = get("/api/report?id=" + std::to_string(id));
  EXPECT_EQ(response.status, 200U);
  EXPECT_EQ(response.type, "text/html");
  EXPECT_EQ(response.file_name, "matside-2026-01-03.html");
  EXPECT_EQ(response.body, "<!doctype html>" + std::to_string(id));
  EXPECT_EQ(get("/api/report?id=99").status, 404U);
  EXPECT_EQ(get("/api/report?id=x").status, 400U);
  setup_.report = {};
  EXPECT_EQ(get("/api/report?id=" + std::to_string(id)).status, 404U);
}

TEST_F(PracticeRoutesTest, every_route_needs_the_pin_of_a_person_who_has_one) {
  const auto id = kept();
  const auto post = [&](const char* route, const json& body) {
    return api_->handle({true, route, body.dump(), ""});
  };
  post("/api/change", {{"change", "pin"}, {"person", ada_}, {"pin", "2468"}});
  const std::string token =
      parsed(post("/api/unlock", {{"person", ada_}, {"pin", "2468"}}))["token"];
  const std::string report = "/api/report?id=" + std::to_string(id);
  const json body = wanted(analysed());
  EXPECT_EQ(get(repetition(id)).status, 403U);
  EXPECT_EQ(get(report).status, 403U);
  EXPECT_EQ(keep(body).status, 403U);
  EXPECT_EQ(keep("not read").status, 403U) << "the person is checked before the body";
  EXPECT_EQ(get(repetition(id), token).status, 200U);
  EXPECT_EQ(get(report, token).status, 200U);
  EXPECT_EQ(keep(body, token).status, 200U);
}

TEST_F(PracticeRoutesTest, each_route_takes_only_its_own_method) {
  EXPECT_EQ(api_->handle({true, repetition(1), "{}", ""}).status, 405U);
  EXPECT_EQ(api_->handle({true, "/api/report?id=1", "{}", ""}).status, 405U);
  EXPECT_EQ(get("/api/keep?person=1").status, 405U);
}

}  // namespace
}  // namespace matside::protocol
