// How often the exercise of a simulated practice is told by its movements, among those
// installed. Prints a table in Markdown.
//
//   guess_accuracy [--practices 250] [--seed 1] [--threads 2]
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <exception>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "practice/analysis.h"
#include "tests/support/exercise.h"
#include "tests/support/random_cycle_practice.h"
#include "tests/support/random_practice.h"
#include "tools/accuracy/trials.h"

namespace {

using namespace matside;

struct Options {
  int practices = 250;  ///< of each exercise
  std::uint64_t seed = 1;
  int threads = 2;
};

/// A practice of the exercise, at levels 0 and 1 in turn.
std::vector<pose::PoseFrame> frames_of(const exercise::Definition& exercise, int level,
                                       std::uint64_t seed) {
  if (exercise.cycle)
    return support::perform(support::random_cycle_practice(exercise, level, seed)).frames;
  support::Practice practice = support::random_practice(seed);
  while (practice.level != level) practice = support::random_practice(seed += 1'000'003);
  return support::perform(practice).frames;
}

std::string guess_of(const std::vector<pose::PoseFrame>& frames, int level) {
  auto guessing =
      practice::GuessingAnalysis::create(support::installed_exercises(), level).value();
  for (const pose::PoseFrame& frame : frames) (void)guessing.push(frame);
  return guessing.finish({}, {}, true).exercise->id;
}

int measure(const Options& o) {
  std::cout << "| practised | practices | told | taken for |\n|---|---|---|---|\n";
  for (const exercise::Definition& exercise : support::installed_exercises()) {
    std::vector<std::string> guesses(static_cast<std::size_t>(o.practices));
    accuracy::in_parallel(o.practices, o.threads, [&](int i) {
      const std::uint64_t seed = o.seed + static_cast<std::uint64_t>(i);
      guesses[static_cast<std::size_t>(i)] = guess_of(frames_of(exercise, i % 2, seed), i % 2);
    });
    std::map<std::string, int> others;
    int right = 0;
    for (const std::string& guess : guesses) {
      if (guess == exercise.id) {
        ++right;
      } else {
        ++others[guess];
      }
    }
    std::string wrong;
    for (const auto& [id, count] : others)
      wrong += fmt::format("{}{} ({})", wrong.empty() ? "" : ", ", id, count);
    std::cout << fmt::format("| {} | {} | {:.1f}% | {} |\n", exercise.id, o.practices,
                             100.0 * right / o.practices, wrong)
              << std::flush;
  }
  return 0;
}

int run(int argc, char** argv) {
  Options o;
  CLI::App app("How often the exercise of a simulated practice is told by its movements.");
  app.add_option("--practices", o.practices, "number of practices of each exercise")
      ->check(CLI::Range(1, 1000000));
  app.add_option("--seed", o.seed,
                 "seed of the first practice; each further practice has the next seed");
  app.add_option("--threads", o.threads, "number of threads")->check(CLI::Range(1, 256));
  CLI11_PARSE(app, argc, argv);
  return measure(o);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& e) {
    std::cerr << "guess_accuracy: " << e.what() << "\n";
    return 1;
  }
}
