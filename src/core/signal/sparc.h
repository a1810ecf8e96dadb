// Smoothness of a movement, from the arc length of its speed's spectrum.
#pragma once

#include <optional>
#include <span>

namespace matside::signal {

/// Settings of the published method.
struct SparcSettings {
  double cutoff_hz = 4.0;   ///< above it everything counts as noise
  double amplitude = 0.05;  ///< parts of the spectrum below this share of its peak are ignored
  int padding = 4;          ///< speeds are padded with zeros to 2^padding times their number
  bool operator==(const SparcSettings&) const = default;
};

/// Spectral arc length of evenly sampled speeds: below 0, nearer to 0 = smoother. The unit of
/// speed does not matter. Nothing for fewer than 4 samples, no movement, or
/// numbers that are not finite. The peak of the spectrum is searched below the cut-off.
/// @source ../../docs/sources.md#sparc
std::optional<double> sparc(std::span<const double> speeds, double rate_hz,
                            const SparcSettings& settings = {});

}  // namespace matside::signal
