// Exercise files that are wrong in one place, and what the reader says of each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "formats/catalog/catalog.h"

namespace matside::catalog {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

nlohmann::json json_of(const std::string& path) {
  std::ifstream file(std::string(MATSIDE_SOURCE_DIR) + "/" + path);
  EXPECT_TRUE(file.is_open()) << path;
  return nlohmann::json::parse(file, nullptr, /*allow_exceptions=*/false);
}

const exercise::Definition& common() {
  static const auto kKick =
      load_exercise(std::string(MATSIDE_SOURCE_DIR) + "/data/exercises/single_leg_kick.json",
                    std::string(MATSIDE_SOURCE_DIR) + "/data/exercises/cues.en.json");
  return kKick.value();
}

/// What is wrong with the exercise; empty when nothing is.
std::string error_of(const nlohmann::json& exercise) {
  const std::string text = exercise.dump();
  const auto read = parse_cycle_exercise({"swan.json", text}, common());
  return read ? "" : read.error().message;
}

/// Changes the member that a JSON pointer names.
void apply(const nlohmann::json& change, nlohmann::json& exercise) {
  const nlohmann::json::json_pointer at(change.at("at").get<std::string>());
  if (!change.contains("remove")) {
    exercise[at] = change.at("to");
    return;
  }
  ASSERT_TRUE(exercise.contains(at)) << at.to_string();
  exercise.at(at.parent_pointer()).erase(at.back());
}

TEST(WrongExercises, AreRefusedWithTheirPathAndTheReason) {
  const nlohmann::json wrong = json_of("tests/data/wrong_exercises.json");
  ASSERT_GE(wrong.size(), 60U);
  for (const nlohmann::json& each : wrong) {
    SCOPED_TRACE(each.at("name").get<std::string>());
    nlohmann::json exercise =
        json_of("data/exercises/moves/" + each.value("file", "double_leg_kick.json"));
    ASSERT_EQ(error_of(exercise), "");
    apply(each.at("change"), exercise);
    const std::string error = error_of(exercise);
    EXPECT_THAT(error, StartsWith("swan.json: "));
    EXPECT_THAT(error, HasSubstr(each.at("says").get<std::string>()));
    EXPECT_EQ(error.find('\n'), std::string::npos);
  }
}

TEST(WrongExercises, WithEndlessListsAreRefused) {
  nlohmann::json exercise = json_of("data/exercises/moves/double_leg_kick.json");
  for (const char* list : {"rules", "measures", "levels"}) {
    nlohmann::json longer = exercise;
    longer[list] = nlohmann::json::array();
    for (int i = 0; i < 2'000; ++i) longer[list].push_back(exercise[list][0]);
    EXPECT_EQ(error_of(longer),
              std::string("swan.json: /") + list + ": has more than 100 elements");
  }
}

/// Every member of every object in turn is removed, then one added.
void expect_all_keys_are_known(nlohmann::json& exercise, nlohmann::json& node,
                               const std::string& path) {
  if (node.is_object()) {
    const std::string place = path.empty() ? "swan.json: " : "swan.json: " + path + ": ";
    const nlohmann::json kept = node;
    for (const auto& [key, value] : kept.items()) {
      node.erase(key);
      if (key != "duration" && key != "unless") {
        EXPECT_THAT(error_of(exercise), StartsWith(place)) << key;
      }
      node = kept;
    }
    node["surplus"] = 1;
    EXPECT_THAT(error_of(exercise), StartsWith("swan.json: " + path + "/surplus: unknown key"));
    node = kept;
  }
  if (!node.is_structured()) return;
  for (const auto& [step, child] : node.items())
    expect_all_keys_are_known(exercise, child, path + "/" + step);
}

TEST(WrongExercises, LackAKeyOrHaveOneTooMany) {
  nlohmann::json exercise = json_of("data/exercises/moves/swan_preparation.json");
  expect_all_keys_are_known(exercise, exercise, "");
}

/// The JSON examples below a heading of the guide for teachers.
std::vector<nlohmann::json> examples(const std::string& guide, const std::string& heading) {
  std::vector<nlohmann::json> found;
  const std::size_t from = guide.find("\n## " + heading + "\n");
  const std::size_t to = guide.find("\n## ", from + 1);
  const std::string fence = "```";
  std::size_t at = from;
  while ((at = guide.find(fence + "json", at)) < to) {
    const std::size_t begin = at + fence.size() + 4;
    const std::size_t end = guide.find(fence, begin);
    const std::string text = guide.substr(begin, end - begin);
    const bool is_object = text.find('{') < text.find('"');
    found.push_back(nlohmann::json::parse(is_object ? text : "{" + text + "}", nullptr, false));
    at = end + fence.size();
  }
  return found;
}

TEST(ExerciseGuide, AddsALevelAndAFaultThatTheProgramReads) {
  std::ifstream file(std::string(MATSIDE_SOURCE_DIR) + "/docs/exercise_files.md");
  std::ostringstream guide;
  guide << file.rdbuf();
  nlohmann::json exercise = json_of("data/exercises/moves/swan_preparation.json");
  exercise["id"] = "studio-swan";

  nlohmann::json level = exercise["levels"][1];
  level["number"] = 2;
  exercise["levels"].push_back(level);
  exercise["rules"][4]["levels"].push_back(2);
  EXPECT_EQ(error_of(exercise), "");

  const auto fault = examples(guide.str(), "Add a fault");
  ASSERT_EQ(fault.size(), 3U);
  exercise["measures"].push_back(fault[0]);
  EXPECT_EQ(error_of(exercise), "");
  exercise["rules"].push_back(fault[1]);
  const std::string without_words = error_of(exercise);
  EXPECT_EQ(without_words, "swan.json: /words/en/faults: key \"hips_lift\" is missing");
  EXPECT_THAT(guide.str(),
              HasSubstr("my_exercises/studio_swan.json" + without_words.substr(9)));
  exercise["words"]["en"]["faults"].update(fault[2]);
  EXPECT_EQ(error_of(exercise), "");
  exercise["rules"][9]["levels"] = {0, 3};
  EXPECT_THAT(guide.str(),
              HasSubstr("my_exercises/studio_swan.json" + error_of(exercise).substr(9)));
}

TEST(WrongExercises, WithTextThatIsNotJsonAreRefusedWithThePlace) {
  const auto error = [](const std::string& text) {
    const auto read = parse_cycle_exercise({"swan.json", text}, common());
    return read ? std::string() : read.error().message;
  };
  EXPECT_THAT(error(""), StartsWith("swan.json: not valid JSON at line 1"));
  EXPECT_THAT(error("{\n  \"id\": \"swan\",\n}"),
              StartsWith("swan.json: not valid JSON at line 3"));
  EXPECT_THAT(error("[]"), StartsWith("swan.json: must be an object"));
  EXPECT_THAT(error("{\"id\": \"a\", \"id\": \"b\"}"), HasSubstr("appears twice"));
}

}  // namespace
}  // namespace matside::catalog
