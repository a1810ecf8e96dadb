// A knee's curve between its samples.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/base/quantity.h"
#include "core/signal/samples.h"

namespace matside::agreement {

/// Samples further apart than this many usual intervals have a gap between them.
inline constexpr double kGapIntervals = 2.5;

/// The samples of a knee, read between them. The samples must outlive it.
class Curve {
 public:
  /// @param samples  times must rise
  explicit Curve(std::span<const signal::Sample> samples);

  [[nodiscard]] bool empty() const { return samples_.empty(); }
  [[nodiscard]] std::span<const signal::Sample> samples() const { return samples_; }
  /// Median time from one sample to the next; 0 for fewer than two.
  [[nodiscard]] base::Seconds interval() const { return interval_; }
  /// Linear between two samples; nothing outside them and in a gap.
  [[nodiscard]] std::optional<double> at(base::Seconds time) const;
  /// The largest sample from `from` to `to`; nothing if more than a tenth of that time is in
  /// gaps or outside the curve.
  [[nodiscard]] std::optional<double> largest(base::Seconds from, base::Seconds to) const;
  /// The median of the samples from `from` to `to`; nothing without any.
  [[nodiscard]] std::optional<double> median(base::Seconds from, base::Seconds to) const;

 private:
  [[nodiscard]] std::span<const signal::Sample> between(base::Seconds from,
                                                        base::Seconds to) const;
  std::span<const signal::Sample> samples_;
  base::Seconds interval_;
};

/// Times at equal distances at which two curves are compared.
struct Grid {
  base::Seconds start;
  base::Seconds step;
  std::size_t count = 0;

  [[nodiscard]] base::Seconds time(std::size_t i) const {
    return start + static_cast<double>(i) * step;
  }
};

/// Larger grids are refused: ten hours at 100 Hz.
inline constexpr std::size_t kMaxGrid = 3'600'000;

}  // namespace matside::agreement
