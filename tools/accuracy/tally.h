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
struct Agreement {
  int hit = 0;
  int missed = 0;
  int invented = 0;

  [[nodiscard]] double f1() const;
  Agreement& operator+=(const Agreement& other);
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
  Agreement repetitions;
  int kicks_exact = 0;
  int side_right = 0;
  int side_wrong = 0;
  int side_unsure = 0;
  int told_wrong = 0;           ///< repetitions told with anything untrue
  int told_wrong_unwarned = 0;  ///< ... in a practice without a warning
  std::map<std::string, Agreement> faults;
  std::map<std::string, Agreement> set_faults;
  std::map<std::string, int> not_judged;  ///< faults performed that the engine does not know
  std::vector<double> knee_error_deg;
  std::vector<double> kick_time_error_s;
  std::vector<double> edge_error_s;
  std::vector<Failure> failures;

  Tally& operator+=(const Tally& other);
  [[nodiscard]] int matched() const { return repetitions.hit; }
  [[nodiscard]] int told() const { return repetitions.hit + repetitions.invented; }
  [[nodiscard]] Agreement all_faults() const;
};

/// One practice's tally. `seed` goes into its failures.
Tally judged(const support::Practice& practice, const support::Performed& truth,
             const engine::Analysis& told, const exercise::Definition& definition,
             std::uint64_t seed);

}  // namespace matside::accuracy
