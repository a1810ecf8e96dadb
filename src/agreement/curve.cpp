#include "agreement/curve.h"

#include <algorithm>
#include <iterator>

namespace matside::agreement {
namespace {

using base::Seconds;
using signal::Sample;

constexpr double kMostMissing = 0.1;

Seconds median_interval(std::span<const Sample> samples) {
  std::vector<double> intervals_s;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    intervals_s.push_back((samples[i].time - samples[i - 1].time).value());
  }
  return Seconds(signal::median(intervals_s).value_or(0.0));
}

}  // namespace

Curve::Curve(std::span<const signal::Sample> samples)
    : samples_(samples), interval_(median_interval(samples)) {}

std::optional<double> Curve::at(base::Seconds time) const {
  const auto after = std::ranges::lower_bound(samples_, time, {}, &Sample::time);
  if (after == samples_.end()) return std::nullopt;
  if (after->time == time) return after->value;
  if (after == samples_.begin()) return std::nullopt;
  const auto before = std::prev(after);
  const Seconds apart = after->time - before->time;
  if (apart > kGapIntervals * interval_) return std::nullopt;
  return before->value + (time - before->time) / apart * (after->value - before->value);
}

std::span<const Sample> Curve::between(base::Seconds from, base::Seconds to) const {
  const auto first = std::ranges::lower_bound(samples_, from, {}, &Sample::time);
  const auto last = std::ranges::upper_bound(samples_, to, {}, &Sample::time);
  return first < last ? std::span(first, last) : std::span<const Sample>();
}

std::optional<double> Curve::largest(base::Seconds from, base::Seconds to) const {
  const auto within = between(from, to);
  if (within.empty()) return std::nullopt;
  Seconds missing = (within.front().time - from) + (to - within.back().time);
  for (std::size_t i = 1; i < within.size(); ++i) {
    const Seconds apart = within[i].time - within[i - 1].time;
    if (apart > kGapIntervals * interval_) missing += apart;
  }
  if (missing > kMostMissing * (to - from)) return std::nullopt;
  return std::ranges::max(within, {}, &Sample::value).value;
}

std::optional<double> Curve::median(base::Seconds from, base::Seconds to) const {
  std::vector<double> values;
  for (const Sample& sample : between(from, to)) values.push_back(sample.value);
  return signal::median(values);
}

}  // namespace matside::agreement
