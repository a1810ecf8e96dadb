#include "core/signal/sparc.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "core/base/math.h"

namespace matside::signal {
namespace {

constexpr std::size_t kFewest = 4;

// Magnitudes of the zero-padded transform at 0, step, 2 step, ... up to the cut-off.
std::vector<double> spectrum(std::span<const double> speeds, double rate_hz, double step_hz,
                             double cutoff_hz) {
  std::vector<double> out;
  for (std::size_t bin = 0; static_cast<double>(bin) * step_hz <= cutoff_hz; ++bin) {
    const double turn = -2.0 * std::numbers::pi * static_cast<double>(bin) * step_hz / rate_hz;
    const double c = base::cos(turn);
    const double d = base::sin(turn);
    // Horner's rule from the last speed to the first.
    double re = 0.0;
    double im = 0.0;
    for (std::size_t i = speeds.size(); i-- > 0;) {
      const double next = re * c - im * d + speeds[i];
      im = re * d + im * c;
      re = next;
    }
    out.push_back(base::hypot(re, im));
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
