#include "protocol/exercises_document.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <span>

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
  [[nodiscard]] json document(records::Repository* records, records::Id person) const {
    const auto planned = planned_exercises(records, person, records_test::on_day(0),
                                           all_installed(), support::plan_rules());
    EXPECT_TRUE(planned);
    return planned ? json::parse(exercises_json(all_installed(), planned.value())) : json();
  }
};

TEST_F(ExercisesDocument, has_what_a_page_shows_of_each) {
  const json all = document(nullptr, 0)["exercises"];
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

TEST_F(ExercisesDocument, plans_each_for_the_person_or_where_everybody_starts) {
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
  const json planned = document(records_.get(), person_);
  EXPECT_EQ(next_of(planned, swan.id)["level"], 1);
  EXPECT_EQ(next_of(planned, swan.id)["repetitions"], swan.level(1)->repetitions_start);
  EXPECT_EQ(next_of(planned, "prone-leg-lift")["level"], 0);
  EXPECT_EQ(next_of(document(nullptr, 0), swan.id)["level"], 0);
}

TEST_F(ExercisesDocument, needs_a_person_that_there_is) {
  const auto planned = planned_exercises(records_.get(), person_ + 1, records_test::on_day(0),
                                         all_installed(), support::plan_rules());
  ASSERT_FALSE(planned);
  EXPECT_EQ(planned.error().kind, base::ErrorKind::not_found);
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
