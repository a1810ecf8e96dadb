// The engine's word held against the truth, as tests/clips/score_clips.py does it for clips.
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

/// True and told together, missed, and told though not there.
struct DetectionCounts {
  int true_positives = 0;
  int missed = 0;
  int invented = 0;

  [[nodiscard]] double f1() const;
  DetectionCounts& operator+=(const DetectionCounts& other);
};

/// Something the engine had wrong, with what is needed to see it again.
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
  int wrong_repetitions = 0;           ///< repetitions told with anything untrue
  int wrong_repetitions_unwarned = 0;  ///< ... in a practice without a warning
  std::map<std::string, DetectionCounts> faults;
  std::map<std::string, DetectionCounts> set_faults;
  std::map<std::string, int> not_scored;  ///< faults performed that the engine does not know
  std::vector<double> knee_error_deg;
  std::vector<double> kick_time_error_s;
  std::vector<double> edge_error_s;
  std::vector<Failure> failures;

  Tally& operator+=(const Tally& other);
  [[nodiscard]] int matched() const { return repetitions.true_positives; }
  [[nodiscard]] int told() const { return repetitions.true_positives + repetitions.invented; }
  [[nodiscard]] DetectionCounts all_faults() const;
};

/// One practice's tally. `seed` goes into its failures.
Tally judged(const support::Practice& practice, const support::SimulatedSession& truth,
             const engine::Analysis& told, const exercise::Definition& definition,
             std::uint64_t seed);

}  // namespace matside::accuracy
