// Scores the engine against ground truth, as tests/clips/score_clips.py does for clips.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/engine/analysis.h"
#include "core/exercise/definition.h"
#include "tests/support/practice.h"

namespace matside::accuracy {

/// Present and detected; present and missed; detected and not present.
struct DetectionCounts {
  int true_positives = 0;
  int false_negatives = 0;
  int false_positives = 0;

  [[nodiscard]] double f1() const;
  DetectionCounts& operator+=(const DetectionCounts& other);
};

/// An error of the engine, with what is needed to reproduce it.
struct Failure {
  std::uint64_t seed = 0;
  double at_s = 0.0;
  std::string kind;
  std::string detail;
};

struct Tally {
  int practices = 0;
  int warned = 0;  ///< practices with a warning
  DetectionCounts repetitions;
  int kicks_exact = 0;
  int side_right = 0;
  int side_wrong = 0;
  int side_unsure = 0;
  int wrong_repetitions = 0;           ///< repetitions with any error
  int wrong_repetitions_unwarned = 0;  ///< ... in a practice without a warning
  std::map<std::string, DetectionCounts> faults;
  std::map<std::string, DetectionCounts> set_faults;
  std::map<std::string, int> not_scored;  ///< faults performed that the exercise doesn't have
  std::vector<double> knee_error_deg;
  std::vector<double> kick_time_error_s;
  std::vector<double> edge_error_s;
  std::vector<Failure> failures;

  Tally& operator+=(const Tally& other);
  [[nodiscard]] int matched() const { return repetitions.true_positives; }
  [[nodiscard]] int detected() const {
    return repetitions.true_positives + repetitions.false_positives;
  }
  [[nodiscard]] DetectionCounts all_faults() const;
};

/// One practice's tally. `seed` goes into its failures.
Tally score_practice(const support::Practice& practice, const support::SimulatedSession& truth,
                     const engine::Analysis& detected, const exercise::Definition& definition,
                     std::uint64_t seed);

}  // namespace matside::accuracy
