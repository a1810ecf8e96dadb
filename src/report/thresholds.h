// The thresholds by which a practice was scored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/exercise/definition.h"

namespace matside::report {

/// A threshold and where it is used.
struct NamedThreshold {
  std::string_view of;   ///< repetition, level or fault.
  std::string fault_id;  ///< Only for a fault.
  std::string_view key;  ///< As in the exercise file: counted_bend, knee_min, on, min_duration,
                         ///< above.
  exercise::Threshold threshold;
};

/// The thresholds of repetitions, of the level, and of each fault that applies at the level. An
/// unknown level has only those of repetitions and faults.
std::vector<NamedThreshold> thresholds(const exercise::Definition& exercise, int level);

/// The status's name in the document: sourced, computed or teacher_judgement.
std::string_view name(exercise::Status status);

}  // namespace matside::report
