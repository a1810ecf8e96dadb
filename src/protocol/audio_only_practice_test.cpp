#include "protocol/audio_only_practice.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/exercise.h"

namespace matside::protocol {
namespace {

using coaching::EndReason;
using nlohmann::json;

ClientHello hello() {
  ClientHello hello;
  hello.camera = false;
  hello.request.level = 1;
  hello.request.repetitions = 5;
  return hello;
}

AudioOnlyPractice practice() {
  auto made = AudioOnlyPractice::create(support::single_leg_kick(), hello());
  EXPECT_TRUE(made.ok());
  return std::move(made).value();
}

TEST(AudioOnlyPractice, starts_with_ready_and_the_whole_guide) {
  const auto messages = practice().start();
  ASSERT_EQ(messages.size(), 3U);
  const json ready = json::parse(messages[0]);
  EXPECT_EQ(ready["type"], "ready");
  EXPECT_EQ(ready["level"], 1);
  EXPECT_EQ(ready["practice"], nullptr);
  const json exercise = json::parse(messages[1]);
  EXPECT_EQ(exercise["type"], "exercise");
  EXPECT_EQ(exercise["id"], "single-leg-kick");
  const json script = json::parse(messages[2]);
  EXPECT_EQ(script["type"], "script");
  EXPECT_EQ(script["items"].back()["left"], 5);
  EXPECT_EQ(script["items"].back()["right"], 5);
}

TEST(AudioOnlyPractice, needs_a_level_of_the_exercise) {
  ClientHello wrong = hello();
  wrong.request.level = support::single_leg_kick().highest_level() + 1;
  const auto refused = AudioOnlyPractice::create(support::single_leg_kick(), wrong);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::usage);
}

TEST(AudioOnlyPractice, reaches_the_goal_when_both_sides_do) {
  EXPECT_EQ(practice().summary({5, 5}).by, EndReason::goal);
  EXPECT_EQ(practice().summary({6, 5}).by, EndReason::goal);
  EXPECT_EQ(practice().summary({5, 4}).by, EndReason::person);
  EXPECT_EQ(practice().summary({0, 5}).by, EndReason::person);
}

TEST(AudioOnlyPractice, reports_the_persons_counts_as_self_reported) {
  const PracticeSummary summary = practice().summary({5, 4});
  EXPECT_TRUE(summary.self_reported);
  EXPECT_EQ(summary.analysis.counts.left, 5);
  EXPECT_EQ(summary.analysis.counts.right, 4);
  EXPECT_FALSE(summary.practice.has_value());
}

TEST(AudioOnlyPractice, ends_by_discomfort_even_if_the_goal_was_reached_or_it_passed) {
  AudioOnlyPractice felt = practice();
  felt.handle(Comfort{true});
  EXPECT_EQ(felt.summary({5, 5}).by, EndReason::goal);
  felt.handle(Comfort{false});
  felt.handle(Comfort{true});
  EXPECT_EQ(felt.summary({5, 5}).by, EndReason::discomfort);
}

}  // namespace
}  // namespace matside::protocol
