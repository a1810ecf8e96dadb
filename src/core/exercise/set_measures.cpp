#include "core/exercise/set_measures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include "core/base/math.h"
#include "core/signal/samples.h"

namespace matside::exercise {
namespace {

using Repetitions = std::span<const Repetition>;
using MeasureMember = std::optional<Measured> Measures::*;

constexpr std::array<MeasureMember, 11> kAllMeasures{
    &Measures::greatest_bend_deg, &Measures::rise_s,           &Measures::beat_interval_s,
    &Measures::lowering_s,        &Measures::transit_70_20_s,  &Measures::lowering_smoothness,
    &Measures::hips_still_share,  &Measures::hip_moves_at_deg, &Measures::chest_fall_deg,
    &Measures::chest_incline_deg, &Measures::duration_s,
};

bool fewer(std::size_t count, const Threshold& than) {
  return static_cast<double>(count) < than.value;
}

std::vector<Measured> values_of(Repetitions repetitions, MeasureMember part,
                                std::optional<KickingSide> side = std::nullopt) {
  std::vector<Measured> out;
  for (const Repetition& r : repetitions) {
    if (side && r.side != *side) continue;
    if (const auto& value = r.measures.*part) out.push_back(*value);
  }
  return out;
}

double mean_square(std::span<const Measured> values, double Measured::*part) {
  double sum = 0.0;
  for (const Measured& m : values) sum += (m.*part) * (m.*part);
  return sum / static_cast<double>(values.size());
}

double mean_value(std::span<const Measured> values) {
  double sum = 0.0;
  for (const Measured& m : values) sum += m.value;
  return sum / static_cast<double>(values.size());
}

// Of at least two values, about their mean.
double scatter_square(std::span<const Measured> values) {
  const double mean = mean_value(values);
  double sum = 0.0;
  for (const Measured& m : values) sum += (m.value - mean) * (m.value - mean);
  return sum / static_cast<double>(values.size() - 1);
}

// With its standard error: from the scatter of the values, but at least from their own noise. A
// shared error does not shrink with their number.
std::optional<Measured> mean_of(std::span<const Measured> values) {
  if (values.empty()) return std::nullopt;
  double variance = mean_square(values, &Measured::random);
  if (values.size() > 1) variance = std::max(variance, scatter_square(values));
  return Measured{mean_value(values), std::sqrt(variance / static_cast<double>(values.size())),
                  std::sqrt(mean_square(values, &Measured::systematic))};
}

Measures means(Repetitions repetitions, std::optional<KickingSide> side = std::nullopt) {
  Measures out;
  for (const MeasureMember part : kAllMeasures)
    out.*part = mean_of(values_of(repetitions, part, side));
  return out;
}

std::optional<Measured> median_of(std::vector<Measured> values) {
  auto out = mean_of(values);
  if (!out) return std::nullopt;
  std::vector<double> plain;
  for (const Measured& m : values) plain.push_back(m.value);
  out->value = signal::median(plain).value_or(out->value);
  // Standard error of a median over that of a mean, for normal values: sqrt(pi / 2).
  constexpr double kMedianToMean = 1.2533;
  if (values.size() > 2) out->random *= kMedianToMean;
  return out;
}

std::optional<Measured> best_of(const std::vector<Measured>& values) {
  if (values.empty()) return std::nullopt;
  return *std::ranges::max_element(values, {}, &Measured::value);
}

// Standard deviation over mean, without the part of the scatter that is noise.
std::optional<Measured> variation_of(const std::vector<Measured>& values,
                                     const MeasurementRules& rules) {
  if (fewer(values.size(), rules.rhythm_repetitions_min)) return std::nullopt;
  const double mean = mean_value(values);
  if (!(mean > 0.0)) return std::nullopt;
  const double noise = mean_square(values, &Measured::random);
  const double scatter = std::max(0.0, scatter_square(values) - noise);
  // Variance of a sum of squares of true deviations and noise.
  const double off = std::sqrt((4.0 * noise * scatter + 2.0 * noise * noise) /
                               static_cast<double>(values.size() - 1));
  const double deviation = std::sqrt(scatter);
  return Measured{deviation / mean, (std::sqrt(scatter + off) - deviation) / mean, 0.0};
}

std::optional<Symmetry> symmetry_of(Repetitions repetitions, MeasureMember part,
                                    const MeasurementRules& rules) {
  const auto left = values_of(repetitions, part, KickingSide::left);
  const auto right = values_of(repetitions, part, KickingSide::right);
  const Threshold& least = rules.leg_repetitions_min;
  if (fewer(left.size(), least) || fewer(right.size(), least)) return std::nullopt;
  const Measured l = *mean_of(left);
  const Measured r = *mean_of(right);
  const double mean = 0.5 * (l.value + r.value);
  if (!(mean > 0.0)) return std::nullopt;
  Symmetry out{difference(l, r, SharedError::nothing), {}};
  out.index_percent = {100.0 * (r.value - l.value) / mean,
                       100.0 * base::hypot(l.random, r.random) / mean,
                       100.0 * base::hypot(l.systematic, r.systematic) / mean};
  return out;
}

// The two halves of each leg's repetitions, one leg after the other; a middle one is skipped.
struct Halves {
  std::vector<std::vector<Measured>> earlier;
  std::vector<std::vector<Measured>> later;
};

Halves halves_of(Repetitions repetitions, MeasureMember part, const MeasurementRules& rules) {
  Halves out;
  for (const KickingSide side : {KickingSide::left, KickingSide::right}) {
    const std::vector<Measured> values = values_of(repetitions, part, side);
    if (fewer(values.size() / 2, rules.leg_repetitions_min)) continue;
    const auto half = static_cast<std::ptrdiff_t>(values.size() / 2);
    out.earlier.emplace_back(values.begin(), values.begin() + half);
    out.later.emplace_back(values.end() - half, values.end());
  }
  return out;
}

// Variance of a repetition about the mean of its half, pooled over all halves because each is
// small. The division by freedom - 2 accounts for so few values (Student).
std::optional<double> repetition_variance(const Halves& halves) {
  double squares = 0.0;
  double freedom = 0.0;
  double noise = 0.0;
  for (const auto* part : {&halves.earlier, &halves.later}) {
    for (const std::vector<Measured>& half : *part) {
      const auto more = static_cast<double>(half.size() - 1);
      squares += more * scatter_square(half);
      freedom += more;
      noise = std::max(noise, mean_square(half, &Measured::random));
    }
  }
  if (!(freedom > 2.0)) return std::nullopt;
  return std::max(noise, squares / (freedom - 2.0));
}

// The mean of the legs' means.
Measured mean_over_legs(const std::vector<std::vector<Measured>>& legs, double variance) {
  Measured out;
  double random = 0.0;
  for (const std::vector<Measured>& leg : legs) {
    out.value += mean_value(leg);
    random += variance / static_cast<double>(leg.size());
  }
  const auto count = static_cast<double>(legs.size());
  out.value /= count;
  out.random = std::sqrt(random) / count;
  return out;
}

std::optional<Difference> change_of(Repetitions repetitions, MeasureMember part,
                                    const MeasurementRules& rules) {
  const Halves halves = halves_of(repetitions, part, rules);
  const auto variance = repetition_variance(halves);
  if (!variance) return std::nullopt;
  return difference(mean_over_legs(halves.later, *variance),
                    mean_over_legs(halves.earlier, *variance), SharedError::systematic);
}

}  // namespace

SetMeasures measure_set(Repetitions repetitions, const MeasurementRules& rules) {
  SetMeasures out;
  out.mean = means(repetitions);
  out.left = means(repetitions, KickingSide::left);
  out.right = means(repetitions, KickingSide::right);
  const auto bends = values_of(repetitions, &Measures::greatest_bend_deg);
  out.greatest_bend_median_deg = median_of(bends);
  out.greatest_bend_best_deg = best_of(bends);
  const MeasureMember duration = &Measures::duration_s;
  out.rhythm_variation = variation_of(values_of(repetitions, duration), rules);
  out.rhythm_variation_left =
      variation_of(values_of(repetitions, duration, KickingSide::left), rules);
  out.rhythm_variation_right =
      variation_of(values_of(repetitions, duration, KickingSide::right), rules);
  out.beat_variation = variation_of(values_of(repetitions, &Measures::beat_interval_s), rules);
  out.bend_symmetry = symmetry_of(repetitions, &Measures::greatest_bend_deg, rules);
  out.transit_symmetry = symmetry_of(repetitions, &Measures::transit_70_20_s, rules);
  out.bend_change_deg = change_of(repetitions, &Measures::greatest_bend_deg, rules);
  out.transit_change_s = change_of(repetitions, &Measures::transit_70_20_s, rules);
  out.chest_change_deg = change_of(repetitions, &Measures::chest_incline_deg, rules);
  return out;
}

}  // namespace matside::exercise
