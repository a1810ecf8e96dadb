// Sorted numbers, for a running median: a change is linear in their number, the median
// constant.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace matside::signal {

/// Equal values may occur more than once.
class SortedValues {
 public:
  /// Allocates no more until there are more than `capacity`.
  explicit SortedValues(std::size_t capacity) { values_.reserve(capacity); }

  /// Inserts a value, which must not be NaN.
  void add(double value);
  /// Removes one that equals `value`, which must be there (asserted).
  void remove(double value);
  void clear() { values_.clear(); }
  /// As signal::median, or nothing for no values.
  [[nodiscard]] std::optional<double> median() const;

 private:
  std::vector<double> values_;
};

}  // namespace matside::signal
