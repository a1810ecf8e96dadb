// What a performed repetition truly reads, by the movement itself, and which rules it breaks.
#pragma once

#include <optional>

#include "tests/support/cycle_practice.h"

namespace matside::support {

/// A reading of the true joint angles. Where a phase begins and ends one may see a tenth of a
/// second apart; the true reading is between the two.
struct TrueReading {
  double low = 0.0;
  double high = 0.0;
};

/// Usual standard deviation of a channel's readings at rest, in its unit.
double noise_at_rest(exercise::Channel channel, const exercise::MeasurementRules& rules);

/// How far from its threshold a reading must be to leave no doubt, in the reading's unit: a
/// quarter of the threshold or three deviations of the noise at rest, whichever is larger.
/// Never more than 60 % of the threshold.
double margin_of(const exercise::CycleRule& rule, const exercise::Definition& definition);

/// Whether such a reading breaks the rule.
FaultPresence presence_of(const exercise::CycleRule& rule, const TrueReading& reading,
                          const exercise::Definition& definition);

/// The rules judged at a level.
std::vector<const exercise::CycleRule*> rules_at(const exercise::Definition& definition,
                                                 int level);

/// What the performed repetition reads. Nothing where the reading has no meaning there, as the
/// lag of the legs of an exercise of one leg.
std::optional<TrueReading> true_reading(const CyclePractice& practice,
                                        const JointMotion& movement, const CyclePlan& plan,
                                        const CycleOutline& outline,
                                        const exercise::CycleRule& rule);

/// The whole truth of a performed repetition.
CycleRepetition true_repetition(const CyclePractice& practice, const JointMotion& movement,
                                const CyclePlan& plan, const CycleOutline& outline);

}  // namespace matside::support
