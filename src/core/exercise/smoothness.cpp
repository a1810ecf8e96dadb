#include "core/exercise/smoothness.h"

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "core/base/math.h"
#include "core/exercise/segment_signals.h"
#include "core/signal/sparc.h"

namespace matside::exercise {
namespace {

using signal::Sample;

// Numerical choices: curves are resampled to one rate, so that the value doesn't depend on the
// source's.
constexpr double kRateHz = 30.0;
constexpr std::size_t kMinFrames = 6;
constexpr double kMaxGapS = 0.25;
constexpr double kCutoffHz = 4.0;
constexpr int kNoiseDraws = 8;

// Linear interpolation at even times.
std::vector<double> resampled(std::span<const Sample> samples) {
  std::vector<double> out;
  const double first_s = samples.front().time.value();
  const double length_s = samples.back().time.value() - first_s;
  std::size_t after = 1;
  for (std::size_t i = 0; static_cast<double>(i) <= length_s * kRateHz; ++i) {
    const double t = first_s + static_cast<double>(i) / kRateHz;
    while (after + 1 < samples.size() && samples[after].time.value() < t) ++after;
    const Sample& a = samples[after - 1];
    const Sample& b = samples[after];
    const double step_s = (b.time - a.time).value();
    const double share = step_s > 0.0 ? (t - a.time.value()) / step_s : 1.0;
    out.push_back(a.value + share * (b.value - a.value));
  }
  return out;
}

std::optional<double> sparc_of(const std::vector<double>& knee) {
  std::vector<double> speeds;
  for (std::size_t i = 1; i < knee.size(); ++i) {
    speeds.push_back((knee[i] - knee[i - 1]) * kRateHz);
  }
  return signal::sparc(speeds, kRateHz, {.cutoff_hz = kCutoffHz});
}

bool seen_throughout(std::span<const Sample> knee) {
  if (knee.size() < kMinFrames) return false;
  for (std::size_t i = 1; i < knee.size(); ++i) {
    if ((knee[i].time - knee[i - 1].time).value() > kMaxGapS) return false;
  }
  return true;
}

// Power of the noise at one frequency of a curve `length_s` long: white noise between frames,
// as far as the smoother passes it, and slow drift.
double wave_power(const KneeNoise& noise, double hz, double length_s) {
  const double slowness = 2.0 * std::numbers::pi * hz * noise.drift_time_s;
  const double wander = 4.0 * noise.drift_deg * noise.drift_deg * noise.drift_time_s /
                        (1.0 + slowness * slowness);
  const double white = 2.0 * noise.frame_deg * noise.frame_deg / noise.frames * length_s;
  const double square = hz / kMovementCutoffHz * (hz / kMovementCutoffHz);
  const double passed = 1.0 / (1.0 + square * square);
  return (white + wander) * passed * passed / length_s;
}

// The curve with noise added. `way` selects one of many fixed draws, so results are repeatable.
std::vector<double> with_noise(const std::vector<double>& knee, const KneeNoise& noise,
                               int way) {
  std::vector<double> out(knee);
  const double length_s = static_cast<double>(knee.size()) / kRateHz;
  for (int n = 1; static_cast<double>(n) / length_s <= kMovementCutoffHz; ++n) {
    const double hz = static_cast<double>(n) / length_s;
    const double size_deg = std::sqrt(2.0 * wave_power(noise, hz, length_s));
    // Squares times an irrational number are spread evenly over the circle.
    const double turns = std::numbers::sqrt2 * static_cast<double>(way) * n * n;
    const double phase = 2.0 * std::numbers::pi * (turns - std::floor(turns));
    for (std::size_t i = 0; i < out.size(); ++i) {
      const double t = static_cast<double>(i) / kRateHz;
      out[i] += size_deg * base::cos(2.0 * std::numbers::pi * hz * t + phase);
    }
  }
  return out;
}

}  // namespace

std::optional<double> smoothness(std::span<const Sample> knee) {
  return seen_throughout(knee) ? sparc_of(resampled(knee)) : std::nullopt;
}

std::optional<Measured> lowering_smoothness(std::span<const Sample> knee,
                                            const KneeNoise& noise) {
  if (!seen_throughout(knee) || !(noise.frames >= 1.0)) return std::nullopt;
  const std::vector<double> even = resampled(knee);
  const auto value = sparc_of(even);
  if (!value) return std::nullopt;
  double squares = 0.0;
  for (int way = 1; way <= kNoiseDraws; ++way) {
    const auto noisier = sparc_of(with_noise(even, noise, way));
    if (!noisier) return std::nullopt;
    squares += (*noisier - *value) * (*noisier - *value);
  }
  return Measured{*value, std::sqrt(squares / kNoiseDraws), noise.network_deviation};
}

}  // namespace matside::exercise
