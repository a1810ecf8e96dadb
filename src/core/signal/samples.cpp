#include "core/signal/samples.h"

#include <algorithm>
#include <cmath>

namespace matside::signal {
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

std::optional<base::Seconds> falling_crossing(std::span<const Sample> samples, double level,
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

double sampling_noise(std::span<const WeightedSample> samples) {
  std::vector<double> residuals;
  for (std::size_t i = 1; i + 1 < samples.size(); ++i) {
    residuals.push_back(samples[i].value - 0.5 * (samples[i - 1].value + samples[i + 1].value));
  }
  for (double& r : residuals) r = std::abs(r);
  return 1.4826 * median(residuals).value_or(0.0) / std::sqrt(1.5);
}

}  // namespace matside::signal
