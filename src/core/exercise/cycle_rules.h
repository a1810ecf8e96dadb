// An exercise described by a file alone: what is measured, what makes a repetition, and what a
// teacher would correct. docs/exercise_files.md explains the file to teachers.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/exercise/threshold.h"

namespace matside::exercise {

/// What can be measured of a lying body that is seen from the side. A closed vocabulary. Each
/// is a change since rest.
enum class Channel : std::uint8_t {
  knee_flexion,   ///< of each leg, deg; positive = the heel comes to the buttock
  thigh_lift,     ///< of each leg, deg; positive = the knee leaves the mat
  leg_lift,       ///< of each leg, deg: the line from hip to ankle while the knee is nearly
                  ///< straight, else as thigh_lift
  trunk_incline,  ///< deg; positive = the chest rises
  neck_angle,     ///< deg, against the chest; positive = the head is thrown back
  hip_rise,       ///< thigh lengths; positive = the hips leave the mat
};
inline constexpr std::size_t kChannelCount = 6;

/// Whether each leg has its own reading.
constexpr bool is_of_legs(Channel channel) { return channel <= Channel::leg_lift; }
/// deg, or thigh_length.
constexpr std::string_view unit_of(Channel channel) {
  return channel == Channel::hip_rise ? "thigh_length" : "deg";
}

/// What moves in a repetition.
enum class CycleSides : std::uint8_t {
  alternating,  ///< one leg, then the other
  both,         ///< both legs together
  none,         ///< no leg: the channel is of the body
};

/// A part of a repetition.
enum class Phase : std::uint8_t {
  whole,
  onset,     ///< from a second before its start until a quarter of the way up
  rise,      ///< from its start to the first peak
  top,       ///< from the first peak until the lowering starts
  lowering,  ///< from there until the cycle's channel is back at rest
  after,     ///< from there to the end, where another channel is still away from rest
};
inline constexpr std::size_t kPhaseCount = 6;

/// A number read off a channel's curve over a phase.
enum class Statistic : std::uint8_t {
  greatest,  ///< in the channel's unit
  least,     ///< in the channel's unit
  at_peaks,  ///< mean over the repetition's peaks, in the channel's unit
  peaks,     ///< count: peaks of the repetition beyond those that the level asks for; below 0 =
             ///< too few
  time_up,   ///< s: time above `share` of the channel's greatest value in the phase
  fall_time,  ///< s: from 80 to 20 % of the channel's greatest value, on its last way down
  legs_lag,   ///< s: one leg is half way up this long before the other
};
inline constexpr std::size_t kStatisticCount = 7;

/// Which leg's reading of a channel is meant.
enum class LegChoice : std::uint8_t {
  moving,  ///< alternating: the raised leg; both: the leg toward the camera
  other,   ///< the one that isn't `moving`
  either,  ///< the one with the greater reading, at each instant
  both,    ///< the one with the lesser reading, at each instant
};

/// A number that is read off each repetition.
struct CycleReading {
  Channel channel = Channel::knee_flexion;
  LegChoice leg = LegChoice::moving;  ///< means nothing for channels of the body
  Statistic statistic = Statistic::greatest;
  Phase phase = Phase::whole;
  double share = 0.0;  ///< of time_up
};

/// The channel's name in files and messages.
constexpr std::string_view name(Channel channel) {
  constexpr std::array<std::string_view, kChannelCount> kNames{
      "knee_flexion", "thigh_lift", "leg_lift", "trunk_incline", "neck_angle", "hip_rise"};
  return kNames[static_cast<std::size_t>(channel)];
}

/// The channel's unit, s, or count.
constexpr std::string_view unit_of(const CycleReading& reading) {
  switch (reading.statistic) {
    case Statistic::peaks:
      return "count";
    case Statistic::time_up:
    case Statistic::fall_time:
    case Statistic::legs_lag:
      return "s";
    case Statistic::greatest:
    case Statistic::least:
    case Statistic::at_peaks:
      break;
  }
  return unit_of(reading.channel);
}

/// A fault is there when its reading is beyond its threshold.
struct CycleRule {
  std::string id;
  CycleReading reading;
  bool above = true;                  ///< whether beyond means above
  Threshold threshold;                ///< in the reading's unit
  std::optional<Threshold> duration;  ///< s: greatest and least must be held this long
  std::vector<int> levels;            ///< at which it is judged
  std::vector<std::string> unless;    ///< faults of earlier rules that hide this one
  int priority = 0;                   ///< lower is more important
};

/// A measure of each repetition, for the result file.
struct CycleMeasure {
  std::string id;
  CycleReading reading;
};

/// A repetition also lasts while this channel is above this.
struct CycleExtension {
  Channel channel = Channel::trunk_incline;
  Threshold above;
};

/// A movement in which this channel exceeds this, for either leg, is another exercise's.
struct CycleExclusion {
  Channel channel = Channel::knee_flexion;
  Threshold above;
};

/// When a person breathes in; out otherwise.
struct CycleBreath {
  bool in_at_rise = true;
  bool in_at_lowering = false;
};

/// What is said besides the words for faults, in the language loaded.
struct CycleWords {
  std::vector<std::string> set_up;  ///< how to lie, in order
  std::string prompt;               ///< before a repetition
  std::string transition;           ///< how to come to this exercise from another one
};

/// What makes a repetition: a channel leaves rest, has one or more peaks, and comes back.
struct CycleRules {
  Channel channel = Channel::knee_flexion;
  CycleSides sides = CycleSides::alternating;
  Threshold start;            ///< a movement begins above this
  Threshold rest_below;       ///< the channel is at rest below this
  Threshold counted_from;     ///< a repetition's greatest peak is above this
  Threshold peak_prominence;  ///< between two peaks the channel falls by at least this
  Threshold duration_min;     ///< s: shortest repetition
  Threshold longest;          ///< s: longest repetition
  Threshold rest_hold;        ///< s: a movement is over after this long at rest
  Threshold new_rest_hold;    ///< s: who is still for so long, anywhere, rests there
  std::vector<CycleExtension> lasts_while;
  std::vector<CycleExclusion> not_while;
  std::vector<CycleRule> rules;
  std::vector<CycleMeasure> measures;
  CycleBreath breath;
  CycleWords words;
};

}  // namespace matside::exercise
