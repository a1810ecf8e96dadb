// Measures the engine on simulated practices of an exercise that its file describes by
// channels.
//
//   cycle_accuracy --exercise FILE [--level 1] [--practices 1000] [--seed 1] [--threads 2]
//                  [--clean] [--failures FILE] [--explain SEED]
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/session.h"
#include "tests/support/cycle_score.h"
#include "tests/support/exercise.h"
#include "tests/support/random_cycle_practice.h"
#include "tools/accuracy/cycle_report.h"
#include "tools/accuracy/trials.h"

namespace {

using namespace matside;

struct Options {
  std::string exercise;
  std::optional<int> level;
  int practices = 1000;
  std::uint64_t seed = 1;
  int threads = 2;
  bool clean = false;
  std::string failures;
  std::optional<std::uint64_t> explain;
};

engine::Analysis analyze_level(const std::vector<pose::PoseFrame>& frames,
                               const exercise::Definition& definition, int level) {
  auto session = engine::Session::create(definition, level);
  if (!session) throw std::runtime_error(session.error().message);
  for (const pose::PoseFrame& frame : frames) session.value().push(frame);
  session.value().finish();
  return session.value().analysis();
}

support::CycleScore score_of(const exercise::Definition& definition, int level,
                             std::uint64_t seed, bool clean) {
  const support::CycleSession performed = support::perform(
      support::random_cycle_practice(definition, level, seed, {.faults = !clean}));
  const engine::Analysis found = analyze_level(performed.frames, definition, level);
  support::CycleScore score = score_cycles(performed.repetitions, found.repetitions);
  for (std::string& failure : score.failures) {
    failure = "seed " + std::to_string(seed) + ", " + failure;
  }
  return score;
}

support::CycleScore score_of_all(const exercise::Definition& definition, int level,
                                 const Options& o) {
  std::vector<support::CycleScore> scores(static_cast<std::size_t>(o.practices));
  accuracy::in_parallel(o.practices, o.threads, [&](int i) {
    scores[static_cast<std::size_t>(i)] =
        score_of(definition, level, o.seed + static_cast<std::uint64_t>(i), o.clean);
  });
  support::CycleScore all;
  for (const support::CycleScore& score : scores) all += score;
  return all;
}

std::string explained(const exercise::Definition& definition, int level, const Options& o) {
  const support::CycleSession performed = support::perform(
      support::random_cycle_practice(definition, level, *o.explain, {.faults = !o.clean}));
  const engine::Analysis found = analyze_level(performed.frames, definition, level);
  return accuracy::explanation(performed.repetitions, found.repetitions);
}

std::vector<int> levels_of(const exercise::Definition& definition, const Options& o) {
  if (o.level) return {*o.level};
  std::vector<int> out;
  for (const exercise::Level& level : definition.levels) out.push_back(level.number);
  return out;
}

int measure(const Options& o) {
  const auto loaded = support::load_cycle_exercise(o.exercise);
  if (!loaded) {
    std::cerr << "cycle_accuracy: " << loaded.error().message << "\n";
    return 4;
  }
  const exercise::Definition& definition = loaded.value();
  std::ofstream failures;
  if (!o.failures.empty()) failures.open(o.failures, std::ios::binary);
  for (const int level : levels_of(definition, o)) {
    if (definition.level(level) == nullptr) {
      std::cerr << "cycle_accuracy: " << definition.id << " has no level " << level << "\n";
      return 2;
    }
    if (o.explain) {
      std::cout << explained(definition, level, o);
      continue;
    }
    const support::CycleScore score = score_of_all(definition, level, o);
    std::cout << accuracy::cycle_markdown(definition, level, o.seed, score) << std::flush;
    for (const std::string& line : score.failures) {
      failures << "level " << level << ", " << line << "\n";
    }
  }
  if (o.failures.empty() || failures.flush()) return 0;
  std::cerr << "cycle_accuracy: cannot write " << o.failures << "\n";
  return 4;
}

int run(int argc, char** argv) {
  Options o;
  CLI::App app("Measures the engine on simulated practices of one exercise.");
  app.add_option("--exercise", o.exercise, "file of the exercise")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--level", o.level, "level; without it, every level in turn");
  app.add_option("--practices", o.practices, "number of practices at each level")
      ->check(CLI::Range(0, 1000000));
  app.add_option("--seed", o.seed,
                 "seed of the first practice; each further practice has the next seed");
  app.add_option("--threads", o.threads, "number of threads")->check(CLI::Range(1, 256));
  app.add_flag("--clean", o.clean, "simulate practices without faults");
  app.add_option("--failures", o.failures, "file in which to list each failure, with its seed");
  app.add_option("--explain", o.explain,
                 "show the practice with this seed and what was detected");
  CLI11_PARSE(app, argc, argv);
  return measure(o);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& e) {
    std::cerr << "cycle_accuracy: " << e.what() << "\n";
    return 1;
  }
}
