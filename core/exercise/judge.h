// From a bend to the repetitions in it, each with its kicks, side, measures and faults.
#pragma once

#include <optional>
#include <vector>

#include "core/exercise/bend.h"
#include "core/exercise/bend_signals.h"
#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"

namespace matside::exercise {

/// The repetitions of a bend in order, not yet numbered. None where no knee bent far enough, or
/// both legs bent together. `last_side` is the side of the repetition before, when it is known.
std::vector<Repetition> judge(const Bend& bend, const Definition& definition, const Level& level,
                              std::optional<pose::Side> last_side);

/// Where a lowering foot stopped before it was down, degrees above rest.
using StoppedShort = std::optional<double>;

/// Faults of one repetition, most important first.
std::vector<FaultFinding> find_faults(const BendSignals& signals, const Repetition& repetition,
                                      StoppedShort stopped_at_deg, const Definition& definition,
                                      const Level& level);

}  // namespace matside::exercise
