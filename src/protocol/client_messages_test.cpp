#include "protocol/client_messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <vector>

#include "protocol/limits.h"
#include "tests/support/exercise.h"

namespace matside::protocol {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr int kHighestLevel = 3;

json hello() {
  return {{"type", "hello"}, {"level", 1},     {"repetitions", 10},
          {"guided", true},  {"camera", true}, {"breath", "in_on_kicks"}};
}

json hello_with(const char* key, const json& value) {
  json changed = hello();
  changed[key] = value;
  return changed;
}

std::string problem(const std::string& text) {
  const auto parsed = parse_message(text, support::single_leg_kick());
  if (parsed) return "";
  EXPECT_EQ(parsed.error().kind, base::ErrorKind::input);
  return parsed.error().message;
}

TEST(ClientMessages, a_hello_says_what_to_practise_and_whose_it_is) {
  json text = hello();
  text["person"] = 4;
  text["comfort_before"] = 2;
  text["resume"] = 9;
  text["unlocked"] = "token";
  const auto parsed = parse_message(text.dump(), support::single_leg_kick());
  ASSERT_TRUE(parsed.ok()) << parsed.error().message;
  const auto& read = std::get<ClientHello>(parsed.value());
  EXPECT_EQ(read.request.level, 1);
  EXPECT_EQ(read.request.repetitions, 10);
  EXPECT_TRUE(read.request.guided);
  EXPECT_EQ(read.request.breath, coaching::BreathingPattern::in_on_kicks);
  EXPECT_TRUE(read.camera);
  EXPECT_EQ(read.person, 4);
  EXPECT_EQ(read.comfort_before, 2);
  EXPECT_EQ(read.resume, 9);
  EXPECT_EQ(read.pin_token, "token");
}

TEST(ClientMessages, a_hello_needs_no_person) {
  const auto parsed = parse_message(hello().dump(), support::single_leg_kick());
  ASSERT_TRUE(parsed.ok());
  const auto& read = std::get<ClientHello>(parsed.value());
  EXPECT_FALSE(read.person.has_value());
  EXPECT_FALSE(read.comfort_before.has_value());
  EXPECT_FALSE(read.resume.has_value());
  EXPECT_EQ(read.pin_token, "");
}

TEST(ClientMessages, are_read_by_type) {
  const auto parsed = [](const char* text) {
    return parse_message(text, support::single_leg_kick()).value();
  };
  EXPECT_TRUE(std::holds_alternative<Pause>(parsed(R"({"type":"pause"})")));
  EXPECT_TRUE(std::holds_alternative<Resume>(parsed(R"({"type":"resume"})")));
  EXPECT_TRUE(std::holds_alternative<CameraBack>(parsed(R"({"type":"camera_back"})")));
  EXPECT_TRUE(std::holds_alternative<Stop>(parsed(R"({"type":"stop"})")));
  const auto says =
      parsed(R"({"type":"page_says","id":"camera_back","text":"Here again.","time_s":2.5})");
  EXPECT_EQ(std::get<PageSays>(says).id, "camera_back");
  EXPECT_EQ(std::get<PageSays>(says).text, "Here again.");
  EXPECT_EQ(std::get<PageSays>(says).time, base::Seconds(2.5));
  const auto good = parsed(R"({"type":"comfort","answer":"comfortable"})");
  EXPECT_TRUE(std::get<Comfort>(good).comfortable);
  const auto bad = parsed(R"({"type":"comfort","answer":"discomfort"})");
  EXPECT_FALSE(std::get<Comfort>(bad).comfortable);
  const auto counts = parsed(R"({"type":"self_reported","left":5,"right":4})");
  EXPECT_EQ(std::get<SelfReported>(counts).left, 5);
  EXPECT_EQ(std::get<SelfReported>(counts).right, 4);
}

TEST(ClientMessages, a_level_above_the_exercises_highest_is_refused) {
  EXPECT_EQ(problem(hello_with("level", kHighestLevel).dump()), "");
  EXPECT_THAT(problem(hello_with("level", kHighestLevel + 1).dump()),
              HasSubstr("level must be an integer from 0 to 3"));
}

TEST(ClientMessages, values_outside_their_limits_are_refused) {
  EXPECT_THAT(problem(hello_with("repetitions", 0).dump()), HasSubstr("repetitions"));
  EXPECT_THAT(problem(hello_with("repetitions", kMaxGoal + 1).dump()),
              HasSubstr("repetitions"));
  EXPECT_THAT(problem(hello_with("comfort_before", kMaxComfort + 1).dump()),
              HasSubstr("comfort_before"));
  EXPECT_THAT(problem(hello_with("person", 0).dump()), HasSubstr("person"));
  EXPECT_THAT(problem(hello_with("unlocked", std::string(kMaxToken_bytes + 1, 'x')).dump()),
              HasSubstr("unlocked must be text, 200 bytes at most"));
  json says{{"type", "page_says"}, {"id", "a"}, {"text", "b"}, {"time_s", 0}};
  EXPECT_EQ(problem(says.dump()), "");
  says["time_s"] = -1;
  EXPECT_THAT(problem(says.dump()), HasSubstr("time_s must be a number of seconds, 0 or more"));
  says = {
      {"type", "page_says"}, {"id", std::string(kMaxPhraseId_bytes + 1, 'x')}, {"time_s", 0}};
  EXPECT_THAT(problem(says.dump()), HasSubstr("id must be text, 64 bytes at most"));
  says["id"] = "a";
  EXPECT_THAT(problem(says.dump()), HasSubstr("text is missing"));
  json carried{{"left", 3}, {"right", 2}, {"unsure", 0}, {"kicks", 10}, {"clean", 4}};
  EXPECT_EQ(problem(hello_with("carried", carried).dump()), "");
  carried["kicks"] = kMaxCarried + 1;
  EXPECT_THAT(problem(hello_with("carried", carried).dump()), HasSubstr("kicks"));
}

TEST(ClientMessages, that_the_schema_does_not_allow_are_refused_with_the_reason) {
  EXPECT_THAT(problem("hello"), HasSubstr("must be a JSON object"));
  EXPECT_THAT(problem("[]"), HasSubstr("must be a JSON object"));
  EXPECT_THAT(problem(std::string(3000, '[')), HasSubstr("must be a JSON object"));
  EXPECT_THAT(problem("{}"), HasSubstr("type has an unknown value"));
  EXPECT_THAT(problem(R"({"type":"bye"})"), HasSubstr("type has an unknown value"));
  EXPECT_THAT(problem(R"({"type":"stop","more":1})"), HasSubstr("unknown key"));
  EXPECT_THAT(problem(hello_with("guided", 1).dump()),
              HasSubstr("guided must be true or false"));
  EXPECT_THAT(problem(hello_with("breath", "held").dump()),
              HasSubstr("breath has an unknown value"));
  EXPECT_THAT(problem(hello_with("carried", 3).dump()), HasSubstr("carried must be an object"));
  EXPECT_THAT(problem(R"({"type":"comfort","answer":"so so"})"), HasSubstr("answer"));
}

std::vector<std::uint8_t> frame_bytes(std::uint32_t index, double time_s,
                                      const std::string& jpeg) {
  std::vector<std::uint8_t> bytes(sizeof index + sizeof time_s);
  std::memcpy(bytes.data(), &index, sizeof index);
  std::memcpy(bytes.data() + sizeof index, &time_s, sizeof time_s);
  bytes.insert(bytes.end(), jpeg.begin(), jpeg.end());
  return bytes;
}

TEST(ClientFrames, hold_an_index_a_time_and_a_picture) {
  const auto bytes = frame_bytes(7, 1.5, "jpeg");
  const auto frame = parse_frame(bytes);
  ASSERT_TRUE(frame.ok());
  EXPECT_EQ(frame.value().index, 7U);
  EXPECT_EQ(frame.value().time.value(), 1.5);
  EXPECT_EQ(frame.value().jpeg.size(), 4U);
  EXPECT_EQ(frame.value().jpeg.data(), bytes.data() + 12);
}

TEST(ClientFrames, without_a_picture_or_a_valid_time_are_refused) {
  EXPECT_THAT(parse_frame({}).error().message, HasSubstr("no picture"));
  EXPECT_THAT(parse_frame(frame_bytes(0, 0.0, "")).error().message, HasSubstr("no picture"));
  for (const double time_s : {-0.001, std::numeric_limits<double>::quiet_NaN(),
                              std::numeric_limits<double>::infinity()}) {
    const auto refused = parse_frame(frame_bytes(0, time_s, "jpeg"));
    ASSERT_FALSE(refused.ok());
    EXPECT_THAT(refused.error().message, HasSubstr("time"));
    EXPECT_EQ(refused.error().kind, base::ErrorKind::input);
  }
}

}  // namespace
}  // namespace matside::protocol
