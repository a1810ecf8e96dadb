// How smooth a movement is, by the length of its speed's spectrum.
#pragma once

#include <optional>
#include <span>

namespace matside::signal {

struct SparcSettings {
  double cutoff_hz = 4.0;   ///< what is above is noise
  double amplitude = 0.05;  ///< so small a share of the spectrum's top no longer counts
  int padding = 4;          ///< speeds are padded with zeros to 2^padding times their number
  bool operator==(const SparcSettings&) const = default;
};

/// Spectral arc length of evenly sampled speeds: below 0, nearer to 0 = smoother. The unit of
/// speed does not matter. Nothing for fewer than 4 samples, a movement that stands still or
/// numbers that are not finite. The top of the spectrum is looked for below the cut-off.
/// @source ../../docs/sources.md#sparc
std::optional<double> sparc(std::span<const double> speeds, double rate_hz,
                            const SparcSettings& settings = {});

}  // namespace matside::signal
