// Repetitions in a knee's curve, where nobody lists them.
#pragma once

#include <vector>

#include "agreement/curve.h"
#include "core/base/quantity.h"

namespace matside::agreement {

/// From the leg leaving its rest until it is back.
struct Bend {
  base::Seconds start;
  base::Seconds end;
};

/// A bend goes beyond this flexion above rest, and begins and ends nearer to rest than the
/// other. Rest is the curve's 20th percentile. The two kicks of a repetition are one bend,
/// because the leg isn't lowered between them.
/// @source matside; they find repetitions and judge nothing
inline constexpr double kBent_deg = 30.0;
inline constexpr double kLowered_deg = 15.0;

/// The bends, by time. A bend that the curve's beginning or end cuts off is left out, and so is
/// one with a gap.
std::vector<Bend> bends_in(const Curve& curve);

}  // namespace matside::agreement
