// The numbers a practice was judged by.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/exercise/definition.h"

namespace matside::report {

struct NamedThreshold {
  std::string_view of;   ///< repetition, level, or fault
  std::string fault_id;  ///< Of a fault's.
  std::string_view key;  ///< As in the exercise file: counted_bend, knee_min, on, min_duration.
  exercise::Threshold threshold;
};

/// How repetitions are told, what the level asks for, where each fault judged there begins.
std::vector<NamedThreshold> thresholds(const exercise::Definition& exercise, int level);

std::string_view name(exercise::Status status);

}  // namespace matside::report
