// What is said to a person stays within movement practice: no medical promise, no verdict on a
// body.
#include <gtest/gtest.h>

#include <array>
#include <cctype>
#include <fstream>
#include <string>
#include <string_view>

namespace matside::catalog {
namespace {

/// Beginnings of words, in lower case; a closing space stands for the word's end.
constexpr std::array<std::string_view, 18> kForbidden{
    "treat",      "therap",     "rehab",        "reliev",           "diagnos",
    "assess",     "patient ",   "patients ",    "prescri",          "safe for your back",
    "abnormal",   "clinically", "tight muscle", "reduce back pain", "reduces back pain",
    "risk score", "cure ",      "cures "};

/// The text in lower case with everything but letters as single spaces, and one at each end.
std::string plain(const std::string& text) {
  std::string out = " ";
  for (const char c : text) {
    const bool letter = std::isalpha(static_cast<unsigned char>(c)) != 0;
    if (letter) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (!letter && out.back() != ' ') out += ' ';
  }
  return out.back() == ' ' ? out : out + ' ';
}

/// The first forbidden word in the text; empty when there is none.
std::string forbidden_word(const std::string& text) {
  const std::string words = plain(text);
  for (const std::string_view word : kForbidden) {
    for (std::size_t at = 0; (at = words.find(word, at)) != std::string::npos; ++at) {
      if (words[at - 1] == ' ') return std::string(word);
    }
  }
  return {};
}

std::string forbidden_words_in(const std::string& file) {
  std::ifstream stream(std::string(MATSIDE_SOURCE_DIR) + "/" + file);
  EXPECT_TRUE(stream.is_open()) << file;
  std::string found;
  std::string line;
  for (int number = 1; std::getline(stream, line); ++number) {
    const std::string word = forbidden_word(line);
    if (!word.empty()) found += file + ":" + std::to_string(number) + ": " + word + "\n";
  }
  return found;
}

TEST(Wording, KeepsToMovementPracticeInTheCues) {
  EXPECT_EQ(forbidden_words_in("data/exercises/cues.en.json"), "");
}

TEST(Wording, KeepsToMovementPracticeInTheExercise) {
  EXPECT_EQ(forbidden_words_in("data/exercises/single_leg_kick.json"), "");
}

TEST(Wording, KeepsToMovementPracticeInTheOtherExercises) {
  for (const char* move : {"double_leg_kick", "prone_leg_lift", "swan_preparation"})
    EXPECT_EQ(forbidden_words_in("data/exercises/moves/" + std::string(move) + ".json"), "");
}

TEST(Wording, KeepsToMovementPracticeInWhatThePageTeachesAndSays) {
  EXPECT_EQ(forbidden_words_in("data/exercises/learn.en.json"), "");
  EXPECT_EQ(forbidden_words_in("data/exercises/safety.en.json"), "");
  EXPECT_EQ(forbidden_words_in("web/src/sound/phrases.en.json"), "");
}

TEST(Wording, KeepsToMovementPracticeInTheReadme) {
  EXPECT_EQ(forbidden_words_in("README.md"), "");
}

TEST(Wording, KnowsTheWordsItLooksFor) {
  for (const std::string text :
       {"This treats pain", "Therapy", "your patient", "RELIEVES", "It is safe for your\tback.",
        "It cures.", "No physiotherapist: therapy"}) {
    EXPECT_NE(forbidden_word(text), "") << text;
  }
  for (const std::string text : {"Be patiently slow.", "A physiotherapist or doctor."}) {
    EXPECT_EQ(forbidden_word(text), "") << text;
  }
}

}  // namespace
}  // namespace matside::catalog
