// When a movement from rest began, and when one to rest ended. Near rest a slow movement is
// lost in noise, but its middle is clear. Human movements follow the course of least jerk
// closely, so the ends can be extrapolated from the middle.
// @source ../docs/sources.md#flash-hogan
#pragma once

#include <optional>
#include <vector>

#include "core/base/quantity.h"
#include "core/signal/samples.h"

namespace matside::exercise {

/// The low share of a movement's way from which its end is extrapolated, beside half the way:
/// the least that shows clearly in noise. A numerical choice.
inline constexpr double kOnsetLowShare = 0.15;

/// When the rise from rest (0) to `top` began. Nothing when the samples don't show its middle.
std::optional<base::Seconds> movement_onset(const std::vector<signal::Sample>& samples,
                                            const signal::Extremum& top);

/// When the fall from `top` to rest (0) ended. Nothing when the samples don't show its middle.
std::optional<base::Seconds> movement_offset(const std::vector<signal::Sample>& samples,
                                             const signal::Extremum& top);

}  // namespace matside::exercise
