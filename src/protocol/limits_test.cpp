#include "protocol/limits.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/exercise.h"

namespace matside::protocol {
namespace {

using nlohmann::json;

json schema(const std::string& name) {
  std::ifstream in(std::string(MATSIDE_SOURCE_DIR "/src/protocol/") + name);
  return json::parse(in);
}

TEST(MessageLimits, are_those_of_the_practice_schema) {
  const json defs = schema("practice.schema.json")["$defs"];
  const json& hello = defs["Hello"]["properties"];
  EXPECT_EQ(hello["level"]["maximum"], kMaxLevel);
  EXPECT_EQ(hello["exercise"]["maxLength"], kMaxExerciseId_bytes);
  EXPECT_EQ(hello["then"]["maxItems"], kMaxFollowing);
  const json& asked = defs.at("AskedExercise").at("properties");
  EXPECT_EQ(asked["level"]["maximum"], kMaxLevel);
  EXPECT_EQ(asked["repetitions"]["maximum"], kMaxGoal);
  EXPECT_EQ(asked["exercise"]["maxLength"], kMaxExerciseId_bytes);
  EXPECT_EQ(hello["repetitions"]["maximum"], kMaxGoal);
  EXPECT_EQ(hello["comfort_before"]["maximum"], kMaxComfort);
  EXPECT_EQ(hello["unlocked"]["maxLength"], kMaxToken_bytes);
  const json& says = defs["PageSays"]["properties"];
  EXPECT_EQ(says["id"]["maxLength"], kMaxPhraseId_bytes);
  EXPECT_EQ(says["text"]["maxLength"], kMaxSentence_bytes);
  const json& carried = defs.at("Carried").at("properties");
  EXPECT_EQ(carried.size(), 6U);
  for (const json& count : carried) {
    EXPECT_EQ(count["maximum"], kMaxCarried);
  }
  EXPECT_EQ(defs["SelfReported"]["properties"]["left"]["maximum"], kMaxSelfReported);
  EXPECT_EQ(defs["SelfReported"]["properties"]["right"]["maximum"], kMaxSelfReported);
}

TEST(MessageLimits, are_those_of_the_records_schema) {
  const json defs = schema("records.schema.json")["$defs"];
  EXPECT_EQ(defs["ChangeTeacher"]["properties"]["level"]["maximum"], kMaxLevel);
  EXPECT_EQ(defs["ChangeComfort"]["properties"]["after"]["maximum"], kMaxComfort);
  EXPECT_EQ(defs["ChangeCounts"]["properties"]["left"]["maximum"], kMaxCorrected);
  EXPECT_EQ(defs["ChangeCounts"]["properties"]["right"]["maximum"], kMaxCorrected);
  const json& offset = defs["Keep"]["properties"]["utc_offset_min"];
  EXPECT_EQ(offset["minimum"], -kMaxUtcOffset_min);
  EXPECT_EQ(offset["maximum"], kMaxUtcOffset_min);
}

}  // namespace
}  // namespace matside::protocol
