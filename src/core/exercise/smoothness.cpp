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

std::vector<double> speeds_of(const std::vector<double>& knee) {
  std::vector<double> speeds;
  speeds.reserve(knee.size());
  for (std::size_t i = 1; i < knee.size(); ++i) {
    speeds.push_back((knee[i] - knee[i - 1]) * kRateHz);
  }
  return speeds;
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

// Adds noise to curves of one length.
class NoiseWaves {
 public:
  NoiseWaves(std::size_t frames, const KneeNoise& noise) {
    const double length_s = static_cast<double>(frames) / kRateHz;
    for (int n = 1; static_cast<double>(n) / length_s <= kMovementCutoffHz; ++n) {
      const double hz = static_cast<double>(n) / length_s;
      sizes_deg_.push_back(std::sqrt(2.0 * wave_power(noise, hz, length_s)));
    }
    for (std::size_t i = 0; i < frames; ++i) {
      const double turn = 2.0 * std::numbers::pi * static_cast<double>(i) / length_s / kRateHz;
      cosines_.push_back(base::cos(turn));
      sines_.push_back(base::sin(turn));
    }
  }

  // `way` selects one of many fixed draws, so results are repeatable.
  [[nodiscard]] std::vector<double> added_to(const std::vector<double>& knee, int way) const {
    std::vector<double> out(knee);
    for (std::size_t wave = 0; wave < sizes_deg_.size(); ++wave) {
      const auto n = static_cast<double>(wave + 1);
      // Squares times an irrational number are spread evenly over the circle.
      const double turns = std::numbers::sqrt2 * static_cast<double>(way) * n * n;
      const double phase = 2.0 * std::numbers::pi * (turns - std::floor(turns));
      const double in_phase_deg = sizes_deg_[wave] * base::cos(phase);
      const double across_deg = sizes_deg_[wave] * base::sin(phase);
      // Every wave turns a whole number of times over the curve.
      std::size_t at = 0;
      for (double& angle_deg : out) {
        angle_deg += in_phase_deg * cosines_[at] - across_deg * sines_[at];
        at += wave + 1;
        if (at >= out.size()) at -= out.size();
      }
    }
    return out;
  }

 private:
  std::vector<double> sizes_deg_;  ///< of the waves that turn once, twice, ...
  std::vector<double> cosines_;    ///< of the first wave, at each frame
  std::vector<double> sines_;
};

}  // namespace

std::optional<double> smoothness(std::span<const Sample> knee) {
  if (!seen_throughout(knee)) return std::nullopt;
  return signal::sparc(speeds_of(resampled(knee)), kRateHz, {.cutoff_hz = kCutoffHz});
}

std::optional<Measured> lowering_smoothness(std::span<const Sample> knee,
                                            const KneeNoise& noise) {
  if (!seen_throughout(knee) || !(noise.frames >= 1.0)) return std::nullopt;
  const std::vector<double> even = resampled(knee);
  const signal::SpectralArcLength arc_length(even.size() - 1, kRateHz,
                                             {.cutoff_hz = kCutoffHz});
  const auto value = arc_length.of(speeds_of(even));
  if (!value) return std::nullopt;
  const NoiseWaves waves(even.size(), noise);
  double squares = 0.0;
  for (int way = 1; way <= kNoiseDraws; ++way) {
    const auto noisier = arc_length.of(speeds_of(waves.added_to(even, way)));
    if (!noisier) return std::nullopt;
    squares += (*noisier - *value) * (*noisier - *value);
  }
  return Measured{*value, std::sqrt(squares / kNoiseDraws), noise.network_deviation};
}

}  // namespace matside::exercise
