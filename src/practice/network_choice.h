// Which pose network this computer can run live.
#pragma once

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "vision/blazepose/pose_models.h"

namespace matside::practice {

/// A camera's usual time between two pictures.
inline constexpr base::Seconds kLiveBudget(1.0 / 25.0);

/// Pictures a second below which fast movements can't be scored reliably.
inline constexpr double kLowestRate_hz = 20.0;

/// The networks to run, and how fast they are.
struct NetworkChoice {
  blazepose::PoseModels models;
  base::Seconds per_picture;  ///< Measured while choosing.

  /// Pictures a second.
  [[nodiscard]] double rate_hz() const { return 1.0 / per_picture.value(); }
  [[nodiscard]] bool too_slow() const { return rate_hz() < kLowestRate_hz; }
};

/// Measures networks, best first, until one leaves a quarter of `budget` for everything else;
/// takes the last one where none does.
/// With the eye: `full`, which it helps to read lying bodies better than `heavy` can, then
/// `lite`. Without: `heavy`, `full`, `lite`. Takes about a second.
/// @param models their folder and whether to use the eye; the variant is ignored
/// @returns ErrorKind::model when a network file is missing, cut short or changed
base::Result<NetworkChoice> choose_networks(const blazepose::PoseModels& models,
                                            base::Seconds budget = kLiveBudget);

}  // namespace matside::practice
