// How somebody performs an exercise when all is well, as its rules leave room for it.
#pragma once

#include "tests/support/cycle_practice.h"
#include "tests/support/random.h"

namespace matside::support {

struct ValueRange {
  double low = 0.0;
  double high = 0.0;

  [[nodiscard]] double draw(Random& random) const { return random.uniform(low, high); }
  [[nodiscard]] double clamped(double value) const;
};

/// Values of the cycle's channel that are clear of every rule about how far it goes.
ValueRange clean_amplitude(const exercise::Definition& definition, int level);

/// How far what extends a repetition goes.
ValueRange clean_extension(const exercise::Definition& definition, int level,
                           const exercise::CycleExtension& extension);

/// How much of a movement of least jerk's time lies between these shares of its way.
double least_jerk_time(double from_share, double to_share);

/// Whether a rule is about how the cycle itself moves.
bool is_of_cycle(const exercise::CycleRule& rule, const exercise::CycleRules& rules);
/// Whether it is about how a repetition is extended.
bool is_of_extension(const exercise::CycleRule& rule, const exercise::CycleRules& rules);
/// Whether the exercise has this extension at this level: a rule asks for it, or none at all
/// does at any level.
bool is_extended(const exercise::Definition& definition, int level,
                 const exercise::CycleExtension& extension);

/// When something that accompanies the phase moves.
ChannelMove accompanying(exercise::Channel channel, exercise::Phase phase,
                         const CyclePlan& plan);

/// A person's usual repetition.
CyclePlan habit_of(Random& random, const exercise::Definition& definition, int level);

/// One repetition by habit, as people vary.
CyclePlan varied(const CyclePlan& habit, Random& random, const exercise::Definition& definition,
                 int level);

/// What else moves a little in a clean repetition, and what else the rules ask for.
void add_company(CyclePlan& plan, Random& random, const exercise::Definition& definition,
                 int level);

/// Changes the plan so that it breaks the rule.
/// @returns whether that is possible.
bool add_fault(CyclePlan& plan, Random& random, const exercise::Definition& definition,
               const exercise::CycleRule& rule);

}  // namespace matside::support
