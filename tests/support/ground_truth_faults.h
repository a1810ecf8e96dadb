// Which faults a performed repetition truly has, by the movement itself and the borders of
// movement.md.
#pragma once

#include "tests/support/joint_motion.h"
#include "tests/support/practice.h"

namespace matside::support {

/// What the movement alone does not show about a repetition.
struct RepetitionTimes {
  double start_s = 0.0;
  double lowering_s = 0.0;  ///< the foot begins to sink
  double end_s = 0.0;
};

/// Fills in `faults` and `doubtful` of `repetition`, whose other fields are known. A fault
/// counts as present from a fifth beyond its border, as absent from a fifth before it.
void find_true_faults(const Practice& practice, const JointMotion& movement,
                      const RepetitionPlan& plan, const RepetitionTimes& outline,
                      GroundTruthRepetition& repetition);

/// Fills in the faults of the whole set in the same way. A habit is there once, the same side
/// twice and pedalling as often as they happen.
void find_true_set_faults(const Practice& practice, SimulatedSession& performed);

}  // namespace matside::support
