#include "core/signal/sparc.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "core/base/math.h"

namespace matside::signal {
namespace {

constexpr std::size_t kFewest = 4;

// Frequencies whose sums are formed together: each step of a sum waits for the step before.
constexpr std::size_t kBinsTogether = 8;
using Bins = std::array<double, kBinsTogether>;

// Magnitudes of the transform at the frequencies with these cosines and sines of a step.
void add_magnitudes(std::span<const double> speeds, const double* c, const double* d,
                    std::vector<double>& out) {
  // Horner's rule from the last speed to the first.
  Bins re{};
  Bins im{};
  for (std::size_t i = speeds.size(); i-- > 0;) {
    for (std::size_t bin = 0; bin < kBinsTogether; ++bin) {
      const double next = re[bin] * c[bin] - im[bin] * d[bin] + speeds[i];
      im[bin] = re[bin] * d[bin] + im[bin] * c[bin];
      re[bin] = next;
    }
  }
  for (std::size_t bin = 0; bin < kBinsTogether; ++bin)
    out.push_back(std::sqrt(re[bin] * re[bin] + im[bin] * im[bin]));
}

}  // namespace

SpectralArcLength::SpectralArcLength(std::size_t count, double rate_hz,
                                     const SparcSettings& settings)
    : settings_(settings) {
  if (count < kFewest || !(rate_hz > 0.0)) return;
  const auto padded = static_cast<double>(std::bit_ceil(count) << settings.padding);
  const double step_hz = rate_hz / padded;
  const double cutoff_hz = std::min(settings.cutoff_hz, rate_hz);
  for (; static_cast<double>(frequencies_) * step_hz <= cutoff_hz; ++frequencies_) {
    const double turn =
        -2.0 * std::numbers::pi * static_cast<double>(frequencies_) * step_hz / rate_hz;
    cosines_.push_back(base::cos(turn));
    sines_.push_back(base::sin(turn));
  }
  const std::size_t groups = (frequencies_ + kBinsTogether - 1) / kBinsTogether;
  cosines_.resize(groups * kBinsTogether);
  sines_.resize(groups * kBinsTogether);
}

// Of the zero-padded transform at 0, step, 2 step, ... up to the cut-off.
std::vector<double> SpectralArcLength::spectrum(std::span<const double> speeds) const {
  std::vector<double> out;
  out.reserve(cosines_.size());
  for (std::size_t bin = 0; bin < cosines_.size(); bin += kBinsTogether)
    add_magnitudes(speeds, &cosines_[bin], &sines_[bin], out);
  out.resize(frequencies_);
  return out;
}

std::optional<double> SpectralArcLength::of(std::span<const double> speeds) const {
  const std::vector<double> magnitudes = spectrum(speeds);
  if (magnitudes.empty()) return std::nullopt;
  const double top = *std::ranges::max_element(magnitudes);
  if (!(top > 0.0) || !std::isfinite(top)) return std::nullopt;
  const auto counts = [&](double m) { return m >= settings_.amplitude * top; };
  const auto first = std::ranges::find_if(magnitudes, counts);
  auto last = magnitudes.end() - 1;
  while (!counts(*last)) --last;
  const double step = 1.0 / static_cast<double>(last - first);
  double length = 0.0;
  for (auto m = first; m != last; ++m) {
    const double rise = (*(m + 1) - *m) / top;
    length += std::sqrt(step * step + rise * rise);
  }
  return -length;
}

std::optional<double> sparc(std::span<const double> speeds, double rate_hz,
                            const SparcSettings& settings) {
  return SpectralArcLength(speeds.size(), rate_hz, settings).of(speeds);
}

}  // namespace matside::signal
