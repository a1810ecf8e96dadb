// Measures of a set, each with its uncertainty (movement.md 4, docs/measures.md).
#pragma once

#include <span>

#include "core/exercise/definition.h"
#include "core/exercise/measured_value.h"
#include "core/exercise/repetition.h"

namespace matside::exercise {

/// Means, variation, symmetry and change of a set, from its repetitions' measures. A value is
/// absent where too few repetitions have it.
SetMeasures measure_set(std::span<const Repetition> repetitions, const MeasurementRules& rules);

}  // namespace matside::exercise
