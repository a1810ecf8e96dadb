// One repetition: when it was, which leg, how deep, how well.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/exercise/measured_value.h"
#include "core/pose/landmark.h"

namespace matside::exercise {

/// The kicking side; `unsure` rather than wrong. `both`: both legs together, or none alone.
enum class KickingSide : std::uint8_t { left, right, unsure, both };

enum class RepetitionStatus : std::uint8_t {
  clean,
  faulty,
  partial,   ///< counted, but with a small bend or cut off
  unjudged,  ///< counted, but not seen well enough to score its form, or without a fault lying
             ///< flat at a level on the forearms
};

/// As in files and messages: left, right, unsure, both; clean, faulty, partial, unjudged.
std::string_view name(KickingSide side);
std::string_view name(RepetitionStatus status);

/// One kick: the knee's greatest bend before it springs back.
struct Kick {
  base::Seconds time;
  base::Degrees knee_flexion;  ///< above rest
};

/// A turning point of the channel that makes a repetition (cycle_rules.h).
struct Peak {
  base::Seconds time;
  double value = 0.0;                  ///< above rest
  std::string_view unit = "deg";       ///< the channel's, from unit_of()
  std::optional<pose::Side> leg = {};  ///< where both legs move together, each has its peaks
};

/// A measure that the exercise's file asks for.
struct NamedReading {
  std::string id;
  double value = 0.0;
  std::string unit;
};

/// A fault that was detected, with the value measured and the threshold that it passed.
struct DetectedFault {
  std::string id;
  double value = 0.0;      ///< in `unit`
  double threshold = 0.0;  ///< Fault::on
  std::string unit;
  std::string cue;  ///< what a teacher says at once, in the language loaded
};

/// How far the thigh was lifted from its rest on the mat.
struct ThighLift {
  base::Degrees lift;                         ///< above rest
  base::Degrees deviation;                    ///< its standard deviation
  std::optional<base::Degrees> beyond_usual;  ///< above this leg's earlier repetitions
  base::Degrees beyond_deviation{0.0};        ///< the standard deviation of `beyond_usual`
};

/// One repetition of one side: kick, kick and lower. Times are the frames'.
struct Repetition {
  int index = 0;  ///< from 1
  KickingSide side = KickingSide::unsure;
  double side_confidence = 0.0;  ///< 0.5 (no idea) to 1
  base::Seconds start;           ///< the foot leaves rest
  base::Seconds end;             ///< it is back at rest, or has stopped before
  base::Seconds lowering_start;
  std::vector<Kick> kicks;
  std::vector<Peak> peaks;             ///< where the exercise has a cycle; then it has no kicks
  std::vector<std::string> unread;     ///< faults of a cycle that could not be looked for
  std::vector<NamedReading> readings;  ///< where the exercise has a cycle
  base::Degrees greatest_bend;         ///< of the kicks, above rest
  std::optional<base::Seconds> lowering;  ///< from lowering_start to end
  std::optional<base::Seconds>
      transit_70_20;  ///< from 70 to 20 degrees above rest (transit_from, transit_to)
  std::optional<double> hip_rise_thigh_lengths;  ///< highest, above rest
  double hip_at_top_thigh_lengths = 0.0;  ///< median over the kicks; negative = below rest
  std::optional<ThighLift> thigh_lift;    ///< over the kicks
  std::optional<double> elbow_forward;    ///< elbow ahead of the shoulder at rest, arm lengths
  Measures measures;
  bool scored = true;           ///< its form was scored: seen well enough, to its end
  bool kicks_well_seen = true;  ///< how many kicks there were, and how fast, was seen
  bool flat = false;  ///< lying flat at a level on the forearms: scored as flat_version()
  bool frames_missing = false;  ///< too few frames, or a gap: its form is not judged
  bool after_gap = false;  ///< frames are missing since the last repetition, and maybe another
                           ///< repetition with them
  std::vector<DetectedFault> faults;  ///< most important first
  RepetitionStatus status = RepetitionStatus::clean;
  double confidence = 0.0;  ///< 0.5 to 1, by the mean weight of its readings
};

/// Kicks of the repetition; where the exercise has a cycle its peaks, of one leg where both
/// move together.
int kick_count(const Repetition& repetition);

/// What was counted up to some instant. `left + right + unsure + both` is the number of
/// repetitions.
struct RepetitionCounts {
  int left = 0;
  int right = 0;
  int unsure = 0;  ///< Counted, but the side is unclear.
  int kicks = 0;   ///< Of all repetitions together; peaks, where the exercise has a cycle.
  int clean = 0;   ///< Repetitions without a fault.
  int both = 0;    ///< Of both legs together, or of none alone.
};

/// A fault of the set, not of one repetition.
struct SetFault {
  std::string id;
  base::Seconds at;  ///< start of the repetition that completed it
};

}  // namespace matside::exercise
