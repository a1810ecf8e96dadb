// What is said to a person stays within movement practice: no medical promise, no verdict on a
// body.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>
#include <string>

namespace matside::catalog {
namespace {

const std::regex kForbidden(
    R"(\b(treat|therap|rehab|reliev|diagnos|assess|patients?\b|prescri|safe for your back)"
    R"(|reduces? back pain|clinically|tight muscle|abnormal|risk score|cures?\b|heals?\b))",
    std::regex::icase);

std::string forbidden_words_in(const std::string& file) {
  std::ifstream stream(std::string(MATSIDE_SOURCE_DIR) + "/" + file);
  EXPECT_TRUE(stream.is_open()) << file;
  std::string found;
  std::string line;
  for (int number = 1; std::getline(stream, line); ++number) {
    std::smatch match;
    if (std::regex_search(line, match, kForbidden)) {
      found += file + ":" + std::to_string(number) + ": " + match.str() + "\n";
    }
  }
  return found;
}

TEST(Wording, KeepsToMovementPracticeInTheCues) {
  EXPECT_EQ(forbidden_words_in("exercises/cues.en.json"), "");
}

TEST(Wording, KeepsToMovementPracticeInTheExercise) {
  EXPECT_EQ(forbidden_words_in("exercises/single_leg_kick.json"), "");
}

TEST(Wording, KnowsTheWordsItLooksFor) {
  for (const std::string text : {"This treats pain", "Therapy", "your patient", "RELIEVES",
                                 "It is safe for your back."}) {
    EXPECT_TRUE(std::regex_search(text, kForbidden)) << text;
  }
  for (const std::string text : {"Be patiently slow"}) {
    EXPECT_FALSE(std::regex_search(text, kForbidden)) << text;
  }
}

}  // namespace
}  // namespace matside::catalog
