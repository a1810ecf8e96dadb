// What the judgement says of one repetition.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/exercise/measured_value.h"

namespace matside::exercise {

/// The kicking side. "Unsure" is an honest answer; a wrong side is not.
enum class KickingSide : std::uint8_t { left, right, unsure };

enum class RepetitionStatus : std::uint8_t {
  clean,
  faulty,
  partial,   ///< counted, but a small bend or cut off
  unjudged,  ///< counted, but not seen well enough to say how it was done
};

/// As files and messages tell them: left, right, unsure; clean, faulty, partial, unjudged.
std::string_view name(KickingSide side);
std::string_view name(RepetitionStatus status);

/// One kick: the knee's greatest bend before it springs back.
struct Kick {
  base::Seconds time;
  base::Degrees knee_flexion;  ///< 0 = hip, knee and ankle in line
};

/// A fault seen, with what was measured and what it was measured against.
struct DetectedFault {
  std::string id;
  double value = 0.0;
  double threshold = 0.0;
  std::string unit;
  std::string cue;
};

/// How far the thigh was lifted off the mat.
struct ThighLift {
  base::Degrees lift;                         ///< above rest
  base::Degrees deviation;                    ///< its standard deviation
  std::optional<base::Degrees> beyond_usual;  ///< above this leg's earlier repetitions
};

/// One side's kick, kick and lower.
struct Repetition {
  int index = 0;  ///< from 1
  KickingSide side = KickingSide::unsure;
  double side_confidence = 0.0;  ///< 0.5 (no idea) to 1
  base::Seconds start;           ///< the foot leaves rest
  base::Seconds end;             ///< it is back, or has stopped short
  base::Seconds lowering_start;
  std::vector<Kick> kicks;
  base::Degrees greatest_bend;                 ///< of the kicks, above rest
  std::optional<base::Seconds> lowering;       ///< end - lowering_start
  std::optional<base::Seconds> transit_70_20;  ///< from 70 to 20 degrees above rest
  std::optional<double> hip_rise_thigh_lengths;
  double hip_at_top_thigh_lengths = 0.0;  ///< hip above its rest over the kicks; may be below
  std::optional<ThighLift> thigh_lift;    ///< over the kicks
  std::optional<double> elbow_forward;  ///< elbow ahead of the shoulder before it, arm lengths
  Measures measures;
  bool judged = true;                ///< seen well enough, and to its end, to look for faults
  std::vector<DetectedFault> faults;  ///< most important first
  RepetitionStatus status = RepetitionStatus::clean;
  double confidence = 0.0;  ///< 0 to 1: that this was a repetition, seen well enough to judge
};

/// What was counted up to some instant. `left + right + unsure` is the number of repetitions.
struct RepetitionCounts {
  int left = 0;
  int right = 0;
  int unsure = 0;  ///< Counted, but the side is unclear.
  int kicks = 0;   ///< Of all repetitions together.
  int clean = 0;   ///< Repetitions without a fault.
};

/// A fault of the set, not of one repetition.
struct SetFault {
  std::string id;
  base::Seconds at;
};

}  // namespace matside::exercise
