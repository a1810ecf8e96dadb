#include "protocol/lesson_start.h"

#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "records/persons.h"
#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"

namespace matside::protocol {
namespace {

using nlohmann::json;

class LessonStart : public records_test::RecordsTest {
 protected:
  LessonStart() {
    setup_.open = [this] { return shared(folder_.open()); };
    setup_.now = [] { return records_test::on_day(0); };
    setup_.engine = records_test::kEngine;
  }

  base::Result<StartedLesson> started(const ClientHello& hello) {
    return start_lesson(setup_, support::single_leg_kick(), tokens_, hello);
  }
  [[nodiscard]] ClientHello hello() const {
    ClientHello hello;
    hello.request.level = 1;
    hello.request.repetitions = 5;
    hello.person = person_;
    return hello;
  }
  static json ready(StartedLesson& lesson) {
    return json::parse(lesson.stream.start().messages.front());
  }

  RecordsSetup setup_;
  PinTokens tokens_;
};

TEST_F(LessonStart, begins_a_practice_in_the_records_of_the_person) {
  auto lesson = started(hello());
  ASSERT_TRUE(lesson);
  EXPECT_FALSE(lesson.value().save_error);
  const json practice = ready(lesson.value())["practice"];
  EXPECT_EQ(records_->practice(practice).value().person, person_);
}

TEST_F(LessonStart, saves_nothing_for_nobody_or_without_records) {
  ClientHello nobody = hello();
  nobody.person.reset();
  auto lesson = started(nobody);
  ASSERT_TRUE(lesson);
  EXPECT_TRUE(ready(lesson.value())["practice"].is_null());
  setup_.open = nullptr;
  lesson = started(hello());
  ASSERT_TRUE(lesson);
  EXPECT_FALSE(lesson.value().save_error);
  EXPECT_TRUE(ready(lesson.value())["practice"].is_null());
}

TEST_F(LessonStart, a_lesson_that_may_not_be_saved_starts_and_says_why) {
  records::Person ada = records_->person(person_).value();
  ada.pin = records::hash_pin("2468").value();
  ASSERT_TRUE(records_->update_person(ada));
  auto lesson = started(hello());
  ASSERT_TRUE(lesson);
  ASSERT_TRUE(lesson.value().save_error);
  EXPECT_EQ(lesson.value().save_error->kind, base::ErrorKind::usage);
  EXPECT_TRUE(ready(lesson.value())["practice"].is_null());

  ClientHello unlocked = hello();
  unlocked.pin_token = tokens_.issue(ada, "2468", kThisComputer, {}).value();
  lesson = started(unlocked);
  ASSERT_TRUE(lesson);
  EXPECT_FALSE(lesson.value().save_error);
}

TEST_F(LessonStart, refuses_a_level_that_the_exercise_does_not_have) {
  ClientHello wrong = hello();
  wrong.person.reset();
  wrong.request.level = 9;
  const auto lesson = started(wrong);
  ASSERT_FALSE(lesson);
  EXPECT_EQ(lesson.error().kind, base::ErrorKind::usage);
}

}  // namespace
}  // namespace matside::protocol
