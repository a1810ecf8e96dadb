#include "core/signal/smoother.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace matside::signal {
namespace {

constexpr int kRounds = 3;
// Residuals beyond this many robust deviations lose weight (Cauchy).
constexpr double kOutlier = 2.5;

// Value, speed and their covariance.
struct State {
  double x = 0.0;
  double v = 0.0;
  double pxx = 0.0;
  double pxv = 0.0;
  double pvv = 0.0;
};

State predicted(const State& s, double dt, double q) {
  State p = s;
  p.x += s.v * dt;
  p.pxx += dt * (2.0 * s.pxv + dt * s.pvv) + q * dt * dt * dt / 3.0;
  p.pxv += dt * s.pvv + q * dt * dt / 2.0;
  p.pvv += q * dt;
  return p;
}

State updated(const State& p, double value, double variance) {
  const double s = p.pxx + variance;
  const double kx = p.pxx / s;
  const double kv = p.pxv / s;
  const double residual = value - p.x;
  return {p.x + kx * residual, p.v + kv * residual, (1.0 - kx) * p.pxx, (1.0 - kx) * p.pxv,
          p.pvv - kv * p.pxv};
}

// One step back of the smoother: `s` filtered here, `p` predicted there, `after` smoothed
// there.
State smoothed(const State& s, const State& p, const State& after, double dt) {
  const double determinant = p.pxx * p.pvv - p.pxv * p.pxv;
  if (!(determinant > 0.0)) return s;
  // C = P F' inverse(P predicted)
  const double a = s.pxx + dt * s.pxv;
  const double b = s.pxv;
  const double c = s.pxv + dt * s.pvv;
  const double d = s.pvv;
  const double cxx = (a * p.pvv - b * p.pxv) / determinant;
  const double cxv = (b * p.pxx - a * p.pxv) / determinant;
  const double cvx = (c * p.pvv - d * p.pxv) / determinant;
  const double cvv = (d * p.pxx - c * p.pxv) / determinant;
  State out = s;
  out.x += cxx * (after.x - p.x) + cxv * (after.v - p.v);
  out.v += cvx * (after.x - p.x) + cvv * (after.v - p.v);
  // P + C (P after - P predicted) C'
  const double dxx = after.pxx - p.pxx;
  const double dxv = after.pxv - p.pxv;
  const double dvv = after.pvv - p.pvv;
  out.pxx += cxx * cxx * dxx + 2.0 * cxx * cxv * dxv + cxv * cxv * dvv;
  out.pxv += cxx * cvx * dxx + (cxx * cvv + cxv * cvx) * dxv + cxv * cvv * dvv;
  out.pvv += cvx * cvx * dxx + 2.0 * cvx * cvv * dxv + cvv * cvv * dvv;
  return out;
}

double median_step_s(std::span<const WeightedSample> samples) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    steps.push_back((samples[i].time - samples[i - 1].time).value());
  }
  return median(steps).value_or(1.0);
}

std::vector<State> pass(std::span<const WeightedSample> samples,
                        std::span<const double> weights, double q) {
  std::vector<State> filtered;
  std::vector<State> ahead;
  State s{samples[0].value, 0.0, 1e6, 0.0, 1e6};
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double dt = i == 0 ? 0.0 : (samples[i].time - samples[i - 1].time).value();
    const State p = predicted(s, dt, q);
    s = updated(p, samples[i].value, 1.0 / weights[i]);
    ahead.push_back(p);
    filtered.push_back(s);
  }
  std::vector<State> out(samples.size());
  State after = filtered.back();
  out.back() = after;
  for (std::size_t i = samples.size() - 1; i-- > 0;) {
    const double dt = (samples[i + 1].time - samples[i].time).value();
    after = smoothed(filtered[i], ahead[i + 1], after, dt);
    out[i] = after;
  }
  return out;
}

}  // namespace

std::vector<SmoothedSample> smooth_with_deviation(std::span<const WeightedSample> samples,
                                                  double cutoff_hz, double noise) {
  std::vector<SmoothedSample> out;
  if (samples.empty()) return out;
  // With unit sample variance every `step` seconds this density puts the half-gain at the
  // cut-off.
  const double cutoff = 2.0 * std::numbers::pi * cutoff_hz;
  const double q = median_step_s(samples) * cutoff * cutoff * cutoff * cutoff;
  std::vector<double> weights;
  weights.reserve(samples.size());
  for (const WeightedSample& s : samples) weights.push_back(s.weight);
  std::vector<State> curve = pass(samples, weights, q);
  for (int round = 1; round < kRounds; ++round) {
    std::vector<double> residuals;
    for (std::size_t i = 0; i < samples.size(); ++i) {
      residuals.push_back(samples[i].value - curve[i].x);
    }
    const double scale = kOutlier * std::max(robust_deviation(residuals), noise);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const double off = residuals[i] / scale;
      weights[i] = samples[i].weight / (1.0 + off * off);
    }
    curve = pass(samples, weights, q);
  }
  out.reserve(samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    out.push_back({samples[i].time, curve[i].x, std::sqrt(std::max(0.0, curve[i].pxx))});
  }
  return out;
}

std::vector<Sample> smooth_zero_lag(std::span<const WeightedSample> samples, double cutoff_hz,
                                    double noise) {
  std::vector<Sample> out;
  for (const SmoothedSample& s : smooth_with_deviation(samples, cutoff_hz, noise)) {
    out.push_back({s.time, s.value});
  }
  return out;
}

}  // namespace matside::signal
