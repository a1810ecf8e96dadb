// Which pose network this computer can run live.
#pragma once

#include <span>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "vision/blazepose/pose_models.h"

namespace matside::practice {

/// A camera's usual time between two pictures.
inline constexpr base::Seconds kLiveBudget(1.0 / 25.0);

/// How long a landmark network takes for a picture on this computer.
struct InferenceTime {
  blazepose::Variant variant = blazepose::Variant::full;
  base::Seconds per_picture;
};

/// The networks to run, and how fast they are.
struct NetworkChoice {
  blazepose::PoseModels models;
  base::Seconds per_picture;   ///< Measured while choosing.
  bool within_budget = false;  ///< Whether even the chosen network keeps up.
};

/// The first of `times`, best network first, that takes at most three quarters of `budget`; the
/// last one where none does. `times` isn't empty (asserted).
[[nodiscard]] InferenceTime best_within_budget(std::span<const InferenceTime> times,
                                               base::Seconds budget);

/// Measures networks, best first, until one leaves a quarter of `budget` for everything else.
/// With the eye: `full`, which it helps to read lying bodies better than `heavy` can, then
/// `lite`. Without: `heavy`, `full`, `lite`. Takes about a second.
/// @param models their folder and whether to use the eye; the variant is ignored
/// @returns ErrorKind::model when a network file is missing, cut short or changed
base::Result<NetworkChoice> choose_networks(const blazepose::PoseModels& models,
                                            base::Seconds budget = kLiveBudget);

}  // namespace matside::practice
