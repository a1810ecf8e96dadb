// Smoothness of a movement, from the arc length of its speed's spectrum.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace matside::signal {

/// Settings of the published method.
struct SparcSettings {
  double cutoff_hz = 4.0;   ///< above it everything counts as noise
  double amplitude = 0.05;  ///< parts of the spectrum below this share of its peak are ignored
  int padding = 4;          ///< speeds are padded with zeros to 2^padding times their number
  bool operator==(const SparcSettings&) const = default;
};

/// Spectral arc lengths of curves that all have the same number of evenly sampled speeds: below
/// 0, nearer to 0 = smoother. The unit of speed does not matter.
/// @source ../../docs/sources.md#sparc
class SpectralArcLength {
 public:
  /// @param count of the speeds of each curve
  SpectralArcLength(std::size_t count, double rate_hz, const SparcSettings& settings = {});

  /// The peak of the spectrum is searched below the cut-off.
  /// @returns nothing for fewer than 4 samples, no movement, or numbers that are not finite
  [[nodiscard]] std::optional<double> of(std::span<const double> speeds) const;

 private:
  [[nodiscard]] std::vector<double> spectrum(std::span<const double> speeds) const;

  SparcSettings settings_;
  /// Of the angle from one speed to the next, at each frequency; filled up with zeros.
  std::vector<double> cosines_;
  std::vector<double> sines_;
  std::size_t frequencies_ = 0;
};

/// The same of a single curve.
std::optional<double> sparc(std::span<const double> speeds, double rate_hz,
                            const SparcSettings& settings = {});

}  // namespace matside::signal
