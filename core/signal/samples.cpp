#include "core/signal/samples.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace matside::signal {
namespace {

// A Gaussian window of deviation sigma passes exp(-2 (pi sigma f)^2) of the frequency f.
double window_deviation_s(double cutoff_hz) {
  return std::sqrt(std::numbers::ln2 / 4.0) / (std::numbers::pi * cutoff_hz);
}

double local_line(std::span<const Sample> window, double time_s, double sigma_s) {
  double w0 = 0.0;
  double w1 = 0.0;
  double w2 = 0.0;
  double y0 = 0.0;
  double y1 = 0.0;
  for (const Sample& s : window) {
    const double u = (s.time.value() - time_s) / sigma_s;
    const double w = std::exp(-0.5 * u * u);
    w0 += w;
    w1 += w * u;
    w2 += w * u * u;
    y0 += w * s.value;
    y1 += w * u * s.value;
  }
  const double determinant = w0 * w2 - w1 * w1;
  if (determinant < 1e-9 * w0 * w0) return y0 / w0;
  return (w2 * y0 - w1 * y1) / determinant;
}

}  // namespace

std::vector<Sample> smooth_zero_lag(std::span<const Sample> samples, double cutoff_hz) {
  const double sigma_s = window_deviation_s(cutoff_hz);
  const double reach_s = 4.0 * sigma_s;
  std::vector<Sample> out;
  out.reserve(samples.size());
  std::size_t first = 0;
  std::size_t last = 0;
  for (const Sample& s : samples) {
    const double t = s.time.value();
    while (samples[first].time.value() < t - reach_s) ++first;
    while (last < samples.size() && samples[last].time.value() <= t + reach_s) ++last;
    out.push_back({s.time, local_line(samples.subspan(first, last - first), t, sigma_s)});
  }
  return out;
}

double slope(std::span<const Sample> samples) {
  if (samples.size() < 2) return 0.0;
  double mean_time_s = 0.0;
  double mean = 0.0;
  for (const Sample& s : samples) {
    mean_time_s += s.time.value();
    mean += s.value;
  }
  mean_time_s /= static_cast<double>(samples.size());
  mean /= static_cast<double>(samples.size());
  double covariance = 0.0;
  double variance = 0.0;
  for (const Sample& s : samples) {
    const double dt_s = s.time.value() - mean_time_s;
    covariance += dt_s * (s.value - mean);
    variance += dt_s * dt_s;
  }
  return variance > 0.0 ? covariance / variance : 0.0;
}

std::vector<Extremum> turning_points(std::span<const Sample> samples, double prominence) {
  std::vector<Extremum> out;
  if (samples.empty()) return out;
  Sample high = samples.front();
  Sample low = samples.front();
  int direction = 0;  // +1 rising, -1 falling, 0 not known yet
  for (const Sample& s : samples) {
    if (s.value > high.value) high = s;
    if (s.value < low.value) low = s;
    if (direction >= 0 && s.value <= high.value - prominence) {
      if (direction > 0) out.push_back({high.time, high.value, true});
      direction = -1;
      low = s;
    } else if (direction <= 0 && s.value >= low.value + prominence) {
      if (direction < 0) out.push_back({low.time, low.value, false});
      direction = 1;
      high = s;
    }
  }
  return out;
}

std::optional<base::Seconds> falls_through(std::span<const Sample> samples, double level,
                                           base::Seconds from) {
  for (std::size_t i = 1; i < samples.size(); ++i) {
    const Sample& a = samples[i - 1];
    const Sample& b = samples[i];
    if (b.time < from || a.value < level || b.value >= level) continue;
    const double share = (a.value - level) / (a.value - b.value);
    return std::max(from, a.time + (b.time - a.time) * share);
  }
  return std::nullopt;
}

std::optional<double> median(std::vector<double>& values) {
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return 0.5 * (*middle + *std::max_element(values.begin(), middle));
}

double robust_deviation(std::span<const double> values) {
  std::vector<double> scratch(values.begin(), values.end());
  const auto centre = median(scratch);
  if (!centre) return 0.0;
  for (double& v : scratch) v = std::abs(v - *centre);
  return 1.4826 * median(scratch).value_or(0.0);
}

double sampling_noise(std::span<const Sample> samples) {
  std::vector<double> residuals;
  for (std::size_t i = 1; i + 1 < samples.size(); ++i) {
    residuals.push_back(samples[i].value - 0.5 * (samples[i - 1].value + samples[i + 1].value));
  }
  for (double& r : residuals) r = std::abs(r);
  return 1.4826 * median(residuals).value_or(0.0) / std::sqrt(1.5);
}

}  // namespace matside::signal
