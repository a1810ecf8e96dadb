#include "core/signal/sorted_values.h"

#include <algorithm>
#include <cassert>

namespace matside::signal {

void SortedValues::add(double value) {
  values_.insert(std::upper_bound(values_.begin(), values_.end(), value), value);
}

void SortedValues::remove(double value) {
  const auto found = std::lower_bound(values_.begin(), values_.end(), value);
  assert(found != values_.end() && *found == value);
  values_.erase(found);
}

std::optional<double> SortedValues::median() const {
  if (values_.empty()) return std::nullopt;
  const std::size_t middle = values_.size() / 2;
  if (values_.size() % 2 == 1) return values_[middle];
  return 0.5 * (values_[middle] + values_[middle - 1]);
}

}  // namespace matside::signal
