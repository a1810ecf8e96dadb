// Numbers as JSON documents show them: rounded, and null where nothing was measured.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

namespace matside::formats {

/// Rounds to a decimal step, so that the text has no more digits than the step.
/// @param step  1, 0.1, 0.01, ...
/// @returns the nearest multiple of `step`; 0.0, never -0.0
inline double rounded(double value, double step) {
  const double steps = std::round(value / step);
  return steps == 0.0 ? 0.0 : steps / std::round(1.0 / step);
}

/// @returns the value as JSON; null where there is none
template <class T>
nlohmann::ordered_json or_null(const std::optional<T>& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

/// @param write  makes JSON of a T
/// @returns what `write` makes of the value; null where there is none
template <class T, class Write>
nlohmann::ordered_json or_null(const std::optional<T>& value, Write write) {
  return value ? nlohmann::ordered_json(write(*value)) : nlohmann::ordered_json(nullptr);
}

}  // namespace matside::formats
