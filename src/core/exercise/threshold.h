// A number that decides something, with its unit and where it comes from.
#pragma once

#include <string>

namespace matside::exercise {

/// How well a number is founded.
enum class Status {
  sourced,            ///< read in a named source
  computed,           ///< computed from geometry, physics or simulation
  teacher_judgement,  ///< an engineering or teaching default; no published value was found
};

/// A number of the exercise. Read once from the exercise's file; code on the hot path uses
/// `value` alone.
struct Threshold {
  double value = 0.0;
  std::string unit;    ///< deg, s, deg_per_s, hz, thigh_length, upper_arm_length, ratio,
                       ///< log_odds, count; in a plan also hours, days and points
  std::string source;  ///< a key of data/exercises/sources.json
  Status status = Status::teacher_judgement;
};

}  // namespace matside::exercise
