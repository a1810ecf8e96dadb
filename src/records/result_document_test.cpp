#include "records/result_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/exercise.h"

namespace matside::records {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const exercise::Definition& kick() { return support::single_leg_kick(); }

/// The result file that the formats' own test compares with.
json golden() {
  std::ifstream in(MATSIDE_SOURCE_DIR "/src/formats/golden/analysis.json");
  return json::parse(in);
}

std::string error_of(const std::string& text) {
  const auto result = read_result(text, "r.json", kick());
  if (result) return "no error";
  EXPECT_EQ(result.error().kind, base::ErrorKind::input);
  return result.error().message;
}

TEST(ResultDocument, HasWhatTheFileSays) {
  const json file = golden();
  const auto read = read_result(file.dump(), "r.json", kick());
  ASSERT_TRUE(read) << read.error().message;
  const ResultDocument& result = read.value();
  EXPECT_EQ(result.source, file["source"]["path"].get<std::string>());
  EXPECT_EQ(result.level, file["exercise"]["level"].get<int>());
  EXPECT_EQ(result.duration.value(), file["source"]["duration_s"].get<double>());
  EXPECT_EQ(result.left, file["counts"]["left"].get<int>());
  EXPECT_EQ(result.clean, file["counts"]["clean"].get<int>());
  ASSERT_THAT(result.repetitions, SizeIs(file["repetitions"].size()));
  ASSERT_FALSE(result.repetitions.empty());
  EXPECT_EQ(result.repetitions[0].side, file["repetitions"][0]["side"].get<std::string>());
  EXPECT_EQ(result.repetitions[0].kicks, file["repetitions"][0]["kicks"].size());
}

TEST(ResultDocument, IsReadWithoutThePeaksThatEarlierVersionsLack) {
  json file = golden();
  const auto kicks = file["repetitions"][0]["kicks"].size();
  for (json& repetition : file["repetitions"]) repetition.erase("peaks");
  EXPECT_EQ(read_result(file.dump(), "r.json", kick()).value().repetitions[0].kicks, kicks);
}

TEST(ResultDocument, IsOfAnExerciseThatIsInstalled) {
  json file = golden();
  file["exercise"]["id"] = "swan-preparation";
  EXPECT_EQ(error_of(file.dump()),
            "r.json: /exercise/id: the exercise \"swan-preparation\" isn't installed. "
            "Installed: single-leg-kick");
  exercise::Definition swan = kick();
  swan.id = "swan-preparation";
  const std::vector<exercise::Definition> both{kick(), swan};
  for (json& repetition : file["repetitions"]) {
    repetition["side"] = "both";
    repetition["kicks"] = json::array();
  }
  const auto read = read_result(file.dump(), "r.json", Exercises(both));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read.value().exercise, "swan-preparation");
  EXPECT_EQ(read.value().repetitions[0].side, "both");
  EXPECT_EQ(read.value().repetitions[0].kicks, golden()["repetitions"][0]["peaks"].size());
}

TEST(ResultDocument, LeavesOutMeasuresThatAreNull) {
  json file = golden();
  file["set"]["mean"]["lowering_s"] = {{"value", 2.5}, {"sd", 0.25}};
  file["set"]["mean"]["rise_s"] = nullptr;
  const ResultDocument result = read_result(file.dump(), "r.json", kick()).value();
  ASSERT_TRUE(result.measures.contains("lowering_s"));
  EXPECT_EQ(result.measures.at("lowering_s").value, 2.5);
  EXPECT_EQ(result.measures.at("lowering_s").systematic, 0.25);
  EXPECT_FALSE(result.measures.contains("rise_s"));
}

TEST(ResultDocument, IsRefusedWithFileAndPlace) {
  EXPECT_THAT(error_of("[]"), HasSubstr("r.json: must be an object"));
  EXPECT_THAT(error_of(R"({"schema":"matside.analysis/9"})"), HasSubstr("/schema"));
  json file = golden();
  file["set"]["mean"]["rise_s"] = {{"value", 0.5}, {"sd", -1}};
  EXPECT_THAT(error_of(file.dump()), HasSubstr("/set/mean/rise_s/sd"));
  file["set"]["mean"]["rise_s"]["sd"] = "much";
  EXPECT_THAT(error_of(file.dump()), HasSubstr("must be a number"));
  file = golden();
  file["counts"]["left"] = 1.5;
  EXPECT_THAT(error_of(file.dump()), HasSubstr("/counts/left"));
}

}  // namespace
}  // namespace matside::records
