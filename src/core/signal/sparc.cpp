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
Bins magnitudes_of(std::span<const double> speeds, const Bins& c, const Bins& d) {
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
  Bins out;
  for (std::size_t bin = 0; bin < kBinsTogether; ++bin)
    out[bin] = base::hypot(re[bin], im[bin]);
  return out;
}

// Magnitudes of the zero-padded transform at 0, step, 2 step, ... up to the cut-off.
std::vector<double> spectrum(std::span<const double> speeds, double rate_hz, double step_hz,
                             double cutoff_hz) {
  std::vector<double> out;
  std::size_t bins = 0;
  while (static_cast<double>(bins) * step_hz <= cutoff_hz) ++bins;
  while (out.size() < bins) {
    Bins c{};
    Bins d{};
    const std::size_t together = std::min(kBinsTogether, bins - out.size());
    for (std::size_t bin = 0; bin < together; ++bin) {
      const auto number = static_cast<double>(out.size() + bin);
      const double turn = -2.0 * std::numbers::pi * number * step_hz / rate_hz;
      c[bin] = base::cos(turn);
      d[bin] = base::sin(turn);
    }
    const Bins magnitudes = magnitudes_of(speeds, c, d);
    out.insert(out.end(), magnitudes.begin(), magnitudes.begin() + together);
  }
  return out;
}

}  // namespace

std::optional<double> sparc(std::span<const double> speeds, double rate_hz,
                            const SparcSettings& settings) {
  if (speeds.size() < kFewest || !(rate_hz > 0.0)) return std::nullopt;
  const auto padded = static_cast<double>(std::bit_ceil(speeds.size()) << settings.padding);
  const double step_hz = rate_hz / padded;
  const auto magnitudes =
      spectrum(speeds, rate_hz, step_hz, std::min(settings.cutoff_hz, rate_hz));
  const double top = *std::ranges::max_element(magnitudes);
  if (!(top > 0.0) || !std::isfinite(top)) return std::nullopt;
  const auto counts = [&](double m) { return m >= settings.amplitude * top; };
  const auto first = std::ranges::find_if(magnitudes, counts);
  auto last = magnitudes.end() - 1;
  while (!counts(*last)) --last;
  const auto steps = static_cast<double>(last - first);
  double length = 0.0;
  for (auto m = first; m != last; ++m)
    length += base::hypot(1.0 / steps, (*(m + 1) - *m) / top);
  return -length;
}

}  // namespace matside::signal
