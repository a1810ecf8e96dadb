// What fuzzing has led to, and as much again by chance, through the fuzz target in every build.
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/random.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace matside {
namespace {

// The target ends the program where something does not hold.
void expect_sound(const std::vector<std::uint8_t>& input) {
  EXPECT_EQ(LLVMFuzzerTestOneInput(input.data(), input.size()), 0);
}

TEST(AnySession, takes_what_fuzzing_led_to) {
  std::ifstream list(MATSIDE_SOURCE_DIR "/tests/fuzz/session_seeds.txt");
  std::string line;
  int inputs = 0;
  for (; std::getline(list, line); ++inputs) {
    std::vector<std::uint8_t> input;
    for (std::size_t i = 0; i + 1 < line.size(); i += 2) {
      input.push_back(static_cast<std::uint8_t>(std::stoi(line.substr(i, 2), nullptr, 16)));
    }
    expect_sound(input);
  }
  EXPECT_GT(inputs, 100);
}

TEST(AnySession, takes_edits_drawn_by_chance) {
  support::Random random(1);
  for (int i = 0; i < 3000; ++i) {
    std::vector<std::uint8_t> input(random.below(40));
    for (auto& byte : input) byte = static_cast<std::uint8_t>(random.bits());
    expect_sound(input);
  }
}

}  // namespace
}  // namespace matside
