// A practice of several exercises, one after the other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "protocol/client_messages.h"
#include "protocol/lesson_start.h"
#include "protocol/limits.h"
#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"
#include "tests/support/random_cycle_practice.h"

namespace matside::protocol {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int kRepetitions = 2;
const std::vector<std::string> kMoves{"prone-leg-lift", "double-leg-kick", "swan-preparation"};

records::Exercises installed() {
  return records::Exercises(std::span(support::installed_exercises()));
}

class LedPractice : public records_test::RecordsTest {
 protected:
  LedPractice() {
    setup_.open = [this] { return shared(folder_.open()); };
    setup_.now = [] { return records_test::on_day(0); };
    setup_.engine = records_test::kEngine;
  }

  [[nodiscard]] ClientHello hello() const {
    ClientHello hello;
    hello.exercise = kMoves[0];
    hello.request.level = 0;
    hello.request.repetitions = kRepetitions;
    hello.then = {{kMoves[1], 0, kRepetitions}, {kMoves[2], 1, kRepetitions}};
    hello.person = person_;
    return hello;
  }

  void take(LessonStream::Reply reply) {
    for (const std::string& text : reply.messages) messages_.push_back(json::parse(text));
    ended_ = ended_ || reply.ended;
  }

  /// The person does each exercise as it was asked for.
  void practise(LessonStream& stream, std::size_t exercises) {
    take(stream.start());
    base::Seconds from;
    for (std::size_t i = 0; i < exercises; ++i) {
      const exercise::Definition& exercise = *installed().find(kMoves[i]).value();
      const int level = i == 2 ? 1 : 0;
      base::Seconds last = from;
      const auto practice = support::calm_cycle_practice(exercise, level, kRepetitions, 11 + i);
      for (pose::PoseFrame frame : support::perform(practice).frames) {
        frame.time = from + frame.time;
        last = frame.time;
        if (!ended_) take(stream.push(frame));
      }
      from = last + base::Seconds(0.04);
    }
  }

  [[nodiscard]] std::vector<json> of_type(const std::string& type) const {
    std::vector<json> found;
    for (const json& each : messages_) {
      if (each["type"] == type) found.push_back(each);
    }
    return found;
  }

  RecordsSetup setup_;
  PinTokens tokens_;
  std::vector<json> messages_;
  bool ended_ = false;
};

TEST_F(LedPractice, goes_from_exercise_to_exercise_and_saves_each) {
  auto started = start_lesson(setup_, installed(), tokens_, hello());
  ASSERT_TRUE(started);
  practise(started.value().stream, kMoves.size());
  EXPECT_TRUE(ended_);

  const auto exercises = of_type("exercise");
  ASSERT_EQ(exercises.size(), kMoves.size());
  for (std::size_t i = 0; i < kMoves.size(); ++i) {
    SCOPED_TRACE(kMoves[i]);
    EXPECT_EQ(exercises[i]["id"], kMoves[i]);
    EXPECT_EQ(exercises[i]["number"], i + 1);
    EXPECT_EQ(exercises[i]["of"], kMoves.size());
    const records::Practice saved =
        records_->practice(exercises[i]["practice"].get<records::Id>()).value();
    EXPECT_EQ(saved.exercise, kMoves[i]);
    EXPECT_EQ(saved.ended_by, records::EndReason::goal);
    const bool by_side = exercises[i]["by_side"].get<bool>();
    EXPECT_EQ(saved.counts.both, by_side ? 0 : kRepetitions);
    EXPECT_EQ(saved.counts.left, by_side ? kRepetitions : 0);
  }
  const auto done = of_type("exercise_done");
  ASSERT_EQ(done.size(), kMoves.size() - 1);
  EXPECT_EQ(done[1]["summary"]["repetitions"].size(), static_cast<std::size_t>(kRepetitions));
  EXPECT_EQ(of_type("summary").size(), 1U);
  EXPECT_EQ(of_type("summary")[0]["repetitions"].size(),
            static_cast<std::size_t>(kRepetitions));
}

TEST_F(LedPractice, says_what_comes_next_and_ends_with_the_last_exercise) {
  auto started = start_lesson(setup_, installed(), tokens_, hello());
  ASSERT_TRUE(started);
  practise(started.value().stream, kMoves.size());
  std::vector<std::string> transitions;
  for (const json& say : of_type("say")) {
    const auto id = say["id"].get<std::string>();
    const bool between = id.ends_with("_name") || id.ends_with("_transition") ||
                         id == "rest_before_next" || id.starts_with("set_done");
    if (between) transitions.push_back(id);
  }
  EXPECT_THAT(transitions, ElementsAre("rest_before_next", "double_leg_kick_name",
                                       "double_leg_kick_transition", "rest_before_next",
                                       "swan_preparation_name", "swan_preparation_transition",
                                       "set_done_flat"));
}

TEST_F(LedPractice, that_is_stopped_begins_no_other_exercise) {
  auto started = start_lesson(setup_, installed(), tokens_, hello());
  ASSERT_TRUE(started);
  take(started.value().stream.start());
  take(started.value().stream.handle(Stop{}));
  EXPECT_TRUE(ended_);
  EXPECT_EQ(of_type("exercise").size(), 1U);
  EXPECT_EQ(of_type("summary").size(), 1U);
}

TEST_F(LedPractice, needs_exercises_and_levels_that_there_are) {
  json message{{"type", "hello"},
               {"level", 0},
               {"repetitions", 2},
               {"guided", true},
               {"camera", true},
               {"breath", "off"},
               {"exercise", "prone-leg-lift"}};
  const auto problem = [&] {
    const auto parsed = parse_message(message.dump(), installed());
    return parsed ? std::string() : parsed.error().message;
  };
  EXPECT_EQ(problem(), "");
  message["then"] = {{{"exercise", "swan-preparation"}, {"level", 1}, {"repetitions", 3}}};
  EXPECT_EQ(problem(), "");
  message["then"][0]["level"] = 7;
  EXPECT_THAT(problem(), HasSubstr("level must be an integer from 0 to 1"));
  message["then"][0] = {{"exercise", "headstand"}, {"level", 0}, {"repetitions", 3}};
  EXPECT_THAT(problem(), HasSubstr("exercise is not one of single-leg-kick"));
  message["then"] = json::array();
  for (std::size_t i = 0; i <= kMaxFollowing; ++i)
    message["then"].push_back(
        {{"exercise", "swan-preparation"}, {"level", 1}, {"repetitions", 3}});
  EXPECT_THAT(problem(), HasSubstr("then must be an array of 5 elements at most"));
  message["then"] = {3};
  EXPECT_THAT(problem(), HasSubstr("then must have objects alone"));
}

}  // namespace
}  // namespace matside::protocol
