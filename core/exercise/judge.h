// From a bend to the repetitions in it, each with its kicks, side, measures and faults.
#pragma once

#include <span>
#include <vector>

#include "core/exercise/bend.h"
#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"
#include "core/signal/samples.h"

namespace matside::exercise {

/// What is measured over a bend, each above the person's rest and smoothed without lag.
struct BendSignals {
  std::array<std::vector<signal::Sample>, 2> knee_deg;   ///< knee flexion by pose::index(Side)
  std::array<std::vector<signal::Sample>, 2> thigh_deg;  ///< thigh lift
  std::vector<signal::Sample> leading_knee_deg;          ///< the greater of the two knees
  std::vector<signal::Sample> hip_rise;                  ///< thigh lengths
  std::vector<signal::Sample> chest_deg;                 ///< change of the chest incline
  std::vector<signal::Sample> neck_deg;    ///< change of the neck angle; negative = drop
  std::array<double, 2> knee_noise_deg{};  ///< of one unsmoothed frame
};

BendSignals measure_bend(const Bend& bend);

/// The repetitions of a bend in order, not yet numbered. None where no knee bent far enough, or
/// both legs bent together.
std::vector<Repetition> judge(const Bend& bend, const Definition& definition,
                              const Level& level);

/// Faults of one repetition, most important first. `side` is the leg that kicked.
std::vector<FaultFinding> find_faults(const BendSignals& signals, pose::Side side,
                                      const Repetition& repetition,
                                      const Definition& definition, const Level& level);

}  // namespace matside::exercise
