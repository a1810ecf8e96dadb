// Reads a repetition's numbers off the curves and compares them with the exercise's rules.
#pragma once

#include <optional>

#include "core/cycle/cycle_finder.h"
#include "core/cycle/segment_curves.h"
#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"

namespace matside::cycle {

/// A number of a repetition, in the unit that exercise::unit_of() gives.
/// @param wanted peaks that the level asks for
/// @returns nothing where the channel was not seen well enough
std::optional<double> read(const exercise::CycleReading& reading, const FoundCycle& cycle,
                           int wanted, SegmentCurves& curves);

/// The repetition with its faults, most important first, and its measures.
exercise::Repetition judge(const FoundCycle& cycle, const exercise::Definition& definition,
                           const exercise::Level& level, SegmentCurves& curves);

}  // namespace matside::cycle
