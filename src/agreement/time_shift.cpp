#include "agreement/time_shift.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "agreement/bends.h"

namespace matside::agreement {
namespace {

using base::Seconds;

constexpr Seconds kCoarseStep(0.1);
constexpr Seconds kFineStep(0.01);
constexpr Seconds kRivalDistance(1.0);
// What follows later is not compared.
constexpr Seconds kLongest(36'000.0);
constexpr double kLeastCommon = 0.5;
constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kFewestBends = 3;

/// A measurement at equal distances: NaN where a knee has no value.
using Sampled = std::array<std::vector<double>, 2>;

struct Extent {
  Seconds from{std::numeric_limits<double>::infinity()};
  Seconds to{-std::numeric_limits<double>::infinity()};
};

Extent extent_of(const Curves& curves) {
  Extent extent;
  for (const Curve& curve : curves) {
    if (curve.empty()) continue;
    extent.from = std::min(extent.from, curve.samples().front().time);
    extent.to = std::max(extent.to, curve.samples().back().time);
  }
  return extent;
}

Sampled sampled(const Curves& curves, const Grid& grid) {
  Sampled values;
  for (std::size_t knee = 0; knee < curves.size(); ++knee) {
    for (std::size_t i = 0; i < grid.count; ++i) {
      values[knee].push_back(curves[knee].at(grid.time(i)).value_or(kNoValue));
    }
  }
  return values;
}

std::size_t count_values(const Sampled& sampled) {
  std::size_t count = 0;
  for (const auto& knee : sampled) {
    count += static_cast<std::size_t>(
        std::ranges::count_if(knee, [](double value) { return !std::isnan(value); }));
  }
  return count;
}

struct Correlation {
  double value = -1.0;
  std::size_t common = 0;
};

/// Of reference[i + lag] with measured[i], each knee about its own mean.
Correlation correlation_at(const Sampled& measured, const Sampled& reference,
                           std::ptrdiff_t lag) {
  double products = 0.0;
  double squares_a = 0.0;
  double squares_b = 0.0;
  Correlation result;
  for (std::size_t knee = 0; knee < measured.size(); ++knee) {
    const auto& a = measured[knee];
    const auto& b = reference[knee];
    const auto size_b = static_cast<std::ptrdiff_t>(b.size());
    const std::ptrdiff_t begin = std::max<std::ptrdiff_t>(0, -lag);
    const std::ptrdiff_t end = std::min(static_cast<std::ptrdiff_t>(a.size()), size_b - lag);
    double n = 0.0;
    double sum_a = 0.0;
    double sum_b = 0.0;
    double sum_aa = 0.0;
    double sum_bb = 0.0;
    double sum_ab = 0.0;
    for (std::ptrdiff_t i = begin; i < end; ++i) {
      const double x = a[static_cast<std::size_t>(i)];
      const double y = b[static_cast<std::size_t>(i + lag)];
      if (std::isnan(x) || std::isnan(y)) continue;
      n += 1.0;
      sum_a += x;
      sum_b += y;
      sum_aa += x * x;
      sum_bb += y * y;
      sum_ab += x * y;
    }
    if (n < 2.0) continue;
    products += sum_ab - sum_a * sum_b / n;
    squares_a += sum_aa - sum_a * sum_a / n;
    squares_b += sum_bb - sum_b * sum_b / n;
    result.common += static_cast<std::size_t>(n);
  }
  if (squares_a > 0.0 && squares_b > 0.0) {
    result.value = products / std::sqrt(squares_a * squares_b);
  }
  return result;
}

/// The correlation at each lag, from `lowest` on; -1 where too little is in common.
struct Correlations {
  std::ptrdiff_t lowest = 0;
  std::vector<double> values;

  [[nodiscard]] std::size_t best() const {
    return static_cast<std::size_t>(std::ranges::max_element(values) - values.begin());
  }
  [[nodiscard]] double lag(std::size_t i) const {
    return static_cast<double>(lowest + static_cast<std::ptrdiff_t>(i));
  }
};

Correlations correlations(const Sampled& measured, const Sampled& reference,
                          std::ptrdiff_t lowest, std::ptrdiff_t highest) {
  const auto least = static_cast<std::size_t>(
      kLeastCommon *
      static_cast<double>(std::min(count_values(measured), count_values(reference))));
  Correlations all{lowest, {}};
  for (std::ptrdiff_t lag = lowest; lag <= highest; ++lag) {
    const Correlation each = correlation_at(measured, reference, lag);
    all.values.push_back(each.common >= std::max<std::size_t>(least, 2) ? each.value : -1.0);
  }
  return all;
}

/// The top of the parabola through a maximum and its neighbours, in steps from it.
double parabola_top(const Correlations& all, std::size_t best) {
  if (best == 0 || best + 1 >= all.values.size()) return 0.0;
  const double before = all.values[best - 1];
  const double after = all.values[best + 1];
  const double curvature = before - 2.0 * all.values[best] + after;
  return curvature < 0.0 ? 0.5 * (before - after) / curvature : 0.0;
}

/// The best shift of another top of the correlation that is almost as high.
std::optional<Seconds> rival_of(const Correlations& all, std::size_t best) {
  std::optional<std::size_t> rival;
  for (std::size_t i = 1; i + 1 < all.values.size(); ++i) {
    const double value = all.values[i];
    const bool top = value > all.values[i - 1] && value >= all.values[i + 1];
    const Seconds away = std::abs(all.lag(i) - all.lag(best)) * kCoarseStep;
    if (!top || away < kRivalDistance) continue;
    if (value < all.values[best] - kRivalCorrelation) continue;
    if (!rival || value > all.values[*rival]) rival = i;
  }
  if (!rival) return std::nullopt;
  return all.lag(*rival) * kCoarseStep;
}

/// How much later the measured curve is than the reference within a bend, by least squares: to
/// first order the difference is that delay times the slope.
std::optional<double> delay_in(const Bend& bend, const Curve& measured, const Curve& reference,
                               Seconds shift) {
  double n = 0.0;
  double sum_d = 0.0;
  double sum_s = 0.0;
  double sum_ds = 0.0;
  double sum_ss = 0.0;
  for (Seconds time = bend.start; time <= bend.end; time += kFineStep) {
    const auto a = measured.at(time - shift);
    const auto b = reference.at(time);
    const auto before = reference.at(time - kFineStep);
    const auto after = reference.at(time + kFineStep);
    if (!a || !b || !before || !after) continue;
    const double slope = (*after - *before) / (2.0 * kFineStep.value());
    n += 1.0;
    sum_d += *a - *b;
    sum_s += slope;
    sum_ds += (*a - *b) * slope;
    sum_ss += slope * slope;
  }
  if (n < 2.0) return std::nullopt;
  const double slopes = sum_ss - sum_s * sum_s / n;
  if (slopes <= 0.0) return std::nullopt;
  return -(sum_ds - sum_d * sum_s / n) / slopes;
}

void add_standard_error(const Curves& measured, const Curves& reference, TimeShift& shift) {
  std::vector<double> delays_s;
  for (std::size_t knee = 0; knee < reference.size(); ++knee) {
    for (const Bend& bend : bends_in(reference[knee])) {
      if (const auto delay = delay_in(bend, measured[knee], reference[knee], shift.shift)) {
        delays_s.push_back(*delay);
      }
    }
  }
  shift.bends = delays_s.size();
  if (delays_s.size() < kFewestBends) return;
  const auto n = static_cast<double>(delays_s.size());
  double mean = 0.0;
  double squares = 0.0;
  for (const double delay : delays_s) mean += delay / n;
  for (const double delay : delays_s) squares += (delay - mean) * (delay - mean);
  shift.standard_error = Seconds(std::sqrt(squares / (n - 1.0) / n));
}

Grid grid_over(const Extent& extent, Seconds step) {
  const double steps = std::floor((extent.to - extent.from) / step);
  const auto count = static_cast<std::size_t>(std::max(0.0, steps)) + 1;
  const auto most = static_cast<std::size_t>(kLongest / step);
  return {extent.from, step, std::min(count, most)};
}

}  // namespace

std::optional<TimeShift> find_time_shift(const Curves& measured, const Curves& reference) {
  const Extent a = extent_of(measured);
  const Extent b = extent_of(reference);
  if (!(a.from <= a.to) || !(b.from <= b.to)) return std::nullopt;
  // Reference index i + lag at measured index i: the shift is lag * step + b.from - a.from.
  const Seconds offset = b.from - a.from;
  const auto lag_of = [&](Seconds shift, Seconds step) {
    return static_cast<std::ptrdiff_t>(std::round((shift - offset) / step));
  };
  const auto all_lags = [&](Seconds step, Seconds from, Seconds to) {
    return correlations(sampled(measured, grid_over(a, step)),
                        sampled(reference, grid_over(b, step)), lag_of(from, step),
                        lag_of(to, step));
  };
  const Seconds lowest = offset - std::min(kMaxApart, a.to - a.from);
  const Seconds highest = offset + std::min(kMaxApart, b.to - b.from);
  const Correlations coarse = all_lags(kCoarseStep, lowest, highest);
  const std::size_t best = coarse.best();
  if (coarse.values[best] < kMinCorrelation) return std::nullopt;
  const Seconds near = offset + coarse.lag(best) * kCoarseStep;
  const Correlations fine =
      all_lags(kFineStep, near - 1.5 * kCoarseStep, near + 1.5 * kCoarseStep);
  const std::size_t top = fine.best();
  TimeShift shift;
  shift.shift = offset + (fine.lag(top) + parabola_top(fine, top)) * kFineStep;
  shift.correlation = fine.values[top];
  if (const auto rival = rival_of(coarse, best)) shift.rival = offset + *rival;
  add_standard_error(measured, reference, shift);
  return shift;
}

}  // namespace matside::agreement
