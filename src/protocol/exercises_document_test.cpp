#include "protocol/exercises_document.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <span>

#include "records/today.h"
#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"

namespace matside::protocol {
namespace {

using nlohmann::json;

records::Exercises all_installed() {
  return records::Exercises(std::span(support::installed_exercises()));
}

class ExercisesDocument : public records_test::RecordsTest {
 protected:
  [[nodiscard]] json planned() const {
    const auto next = records::next_practices(*records_, person_, records_test::on_day(0),
                                              all_installed(), support::plan_rules());
    EXPECT_TRUE(next);
    return next ? json::parse(exercises_json(all_installed(), next.value())) : json();
  }
};

TEST_F(ExercisesDocument, has_what_a_page_shows_of_each) {
  const json all = planned()["exercises"];
  ASSERT_EQ(all.size(), support::installed_exercises().size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const exercise::Definition& exercise = support::installed_exercises()[i];
    SCOPED_TRACE(exercise.id);
    EXPECT_EQ(all[i]["id"], exercise.id);
    EXPECT_EQ(all[i]["by_side"], exercise.by_side());
    EXPECT_EQ(all[i]["levels"].size(), exercise.levels.size());
    EXPECT_EQ(all[i]["faults"].size(), exercise.faults.size());
    EXPECT_EQ(all[i].contains("cycle"), exercise.cycle.has_value());
    if (!exercise.cycle) continue;
    EXPECT_EQ(all[i]["cycle"]["set_up"].size(), exercise.cycle->words.set_up.size());
    const std::string channel = all[i]["cycle"]["channel"];
    for (const json& level : all[i]["levels"]) {
      EXPECT_GT(level["aims"][channel], 0.0);
      EXPECT_GT(level["tempo"]["rise_s"], 0.0);
    }
  }
}

TEST_F(ExercisesDocument, plans_each_for_the_person) {
  const exercise::Definition& swan = support::sister_move("swan-preparation");
  records::Person ada = records_->person(person_).value();
  ada.teacher_levels[swan.id] = 1;
  ASSERT_TRUE(records_->update_person(ada));
  const auto next_of = [&](const json& all, const std::string& id) {
    for (const json& each : all["exercises"]) {
      if (each["id"] == id) return each["next"];
    }
    return json();
  };
  const json all = planned();
  EXPECT_EQ(next_of(all, swan.id)["level"], 1);
  EXPECT_EQ(next_of(all, swan.id)["repetitions"], swan.level(1)->repetitions_start);
  EXPECT_EQ(next_of(all, "prone-leg-lift")["level"], 0);
}

TEST_F(ExercisesDocument, needs_a_person_that_there_is) {
  const auto next = records::next_practices(*records_, person_ + 1, records_test::on_day(0),
                                            all_installed(), support::plan_rules());
  ASSERT_FALSE(next);
  EXPECT_EQ(next.error().kind, base::ErrorKind::not_found);
}

TEST(AskedExercise, is_the_one_that_the_request_names) {
  const auto asked = [](std::string_view target) {
    const exercise::Definition* found = asked_exercise(target, all_installed());
    return found == nullptr ? std::string("unknown") : found->id;
  };
  EXPECT_EQ(asked("/api/today?person=1"), "single-leg-kick");
  EXPECT_EQ(asked("/api/persons"), "single-leg-kick");
  EXPECT_EQ(asked("/api/today?person=1&exercise=prone-leg-lift"), "prone-leg-lift");
  EXPECT_EQ(asked("/api/change?exercise=swan-preparation"), "swan-preparation");
  EXPECT_EQ(asked("/api/today?person=1&exercise=headstand"), "unknown");
  EXPECT_EQ(asked("/api/today?person=1&exercise="), "unknown");
  EXPECT_EQ(asked("/api/today?person=1&&&"), "single-leg-kick");
}

}  // namespace
}  // namespace matside::protocol
