// The exercise as data: data/exercises/single_leg_kick.json, checked and typed
// (movement.md 6.6).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/exercise/coaching_rules.h"
#include "core/exercise/cycle_rules.h"
#include "core/exercise/measurement_rules.h"
#include "core/exercise/observation_rules.h"
#include "core/exercise/repetition_rules.h"
#include "core/exercise/threshold.h"

namespace matside::exercise {

/// How long the parts of a repetition take in a practice that is led by sound alone.
struct Tempo {
  Threshold rise;   ///< s: from rest to the first peak
  Threshold hold;   ///< s: at the last peak
  Threshold lower;  ///< s: from there until everything is back at rest
};

/// How far a channel goes in a good repetition; shown to the person.
struct Aim {
  Channel channel = Channel::knee_flexion;
  Threshold value;  ///< above rest, in the channel's unit
};

/// One level of the exercise (movement.md 6.1).
struct Level {
  int number = 0;
  std::string name;
  std::string description;
  std::string settle_phrase;  ///< id of what is spoken of how to lie
  int kicks = 2;              ///< kicks, or peaks, asked for in a repetition
  Threshold trunk_min;        ///< deg: shoulder-hip line above the floor, at least
  Threshold trunk_max;        ///< deg: ... and at most
  Threshold knee_min;         ///< deg: a kick is full from here
  Threshold knee_aim;         ///< deg: the goal, shown to the person
  Threshold knee_cap;         ///< deg: nothing is rewarded above; shown only
  Threshold transit_70_20;    ///< s: lowering from 70 to 20 degrees, at least; shown only
  Threshold elbow_back;       ///< upper_arm_length: elbows behind the shoulders, at most
  Threshold elbow_forward;    ///< upper_arm_length: elbows ahead of the shoulders, at most
  /// upper_arm_length: elbows this far ahead were put there; with a propped trunk that is the
  /// easier version.
  Threshold elbow_forward_from;
  int repetitions_start = 0;   ///< on each side, at first
  int repetitions_goal = 0;    ///< on each side, in the end
  std::optional<Tempo> tempo;  ///< where the exercise has a cycle
  std::vector<Aim> aims;       ///< likewise; the first is of the cycle's own channel
};

/// What a fault is measured by. A closed vocabulary: the engine knows how to measure each.
enum class Signal {
  hip_rise,         ///< hip height above baseline, thigh lengths
  thigh_lift,       ///< thigh angle above baseline, deg
  transit_70_20,    ///< time of the lowering from 70 to 20 degrees, s
  kick_count,       ///< kicks in the repetition, fewer than this
  peak_knee,        ///< greatest knee flexion above rest, deg below the level's full kick
  trunk_incline,    ///< change of the shoulder-hip line against the floor, deg
  neck_angle,       ///< fall of the shoulder-nose line against the chest, deg
  lowering_stop,    ///< knee flexion above rest where the lowering stops short, deg
  kicks_beyond,     ///< kicks more than the level asks for
  neck_raise,       ///< rise of the shoulder-nose line against the chest, deg
  bend_speed,       ///< fastest bend of the knee, deg_per_s
  thigh_lift_lack,  ///< thigh angle above baseline, deg, less than this
  side_order,       ///< repetitions of the same side in a row, at least this many
  legs_overlap,     ///< one leg leaves rest before the other is back, s
  hip_sway,         ///< half the difference of the hip's height between left and right kicks
  elbow_offset,     ///< elbows further back or ahead than the level allows, upper-arm lengths
  channel,          ///< as the CycleRule with the fault's id says
};

/// Numbers that only some signals have. One that belongs to the fault's signal is never absent.
struct FaultDetails {
  /// hip_rise, ratio: `on` and `off` rise by this many standard deviations of the noise at
  /// rest.
  std::optional<Threshold> noise_deviations;
  /// thigh_lift and thigh_lift_lack, ratio: a lift that is over the border by less than its
  /// deviation counts where it differs from the leg's usual one by this many deviations.
  std::optional<Threshold> significance;
  std::optional<Threshold> window;        ///< bend_speed, s: half of what a slope is taken over
  std::optional<Threshold> of_last;       ///< transit_70_20 of the set, count: repetitions seen
  std::optional<Threshold> at_least;      ///< ... count: of these show it
  std::optional<Threshold> of_each_side;  ///< hip_sway, count: repetitions of each side
  /// elbow_offset, upper_arm_length: standard error of the elbow's place.
  std::optional<Threshold> uncertainty;
  std::optional<Threshold> ease_of_last;   ///< hip_rise, count: kicks become smaller when the
  std::optional<Threshold> ease_at_least;  ///< fault shows in so many of the last ones
};

/// One thing a teacher would correct (movement.md 6.3).
struct Fault {
  std::string id;  ///< hips_lift, dropped_foot, ...
  Signal signal = Signal::hip_rise;
  std::vector<int> levels;       ///< levels at which it is scored
  Threshold on;                  ///< the fault begins at this value (sense fixed by the signal)
  std::optional<Threshold> off;  ///< ... and has ended at this one
  std::optional<Threshold> min_duration;  ///< s: it must last at least this long
  /// What some signals need beside `on`; absent elsewhere. The catalog holds each signal to its
  /// own.
  FaultDetails details;
  int priority = 0;     ///< lower is more important
  bool of_set = false;  ///< belongs to the set, not to one repetition

  /// Whether it is scored at that level.
  [[nodiscard]] bool applies_at(int level) const;
};

/// The texts of one fault, in the language loaded.
struct FaultText {
  std::string fault_id;
  std::string name;    ///< its name in a list
  std::string cue;     ///< spoken at once, at most eight words
  std::string advice;  ///< a sentence for the summary
  std::string praise;  ///< said when the fault was looked for and not found
};

/// Any other text that a person reads or hears, in the language loaded.
struct Phrase {
  std::string id;
  std::string text;  ///< may contain {placeholders}
};

/// How long the recorded clips of a sentence last.
struct ClipLength {
  std::string id;  ///< of a spoken phrase, or of the fault whose cue it is
  base::Seconds long_form;
  base::Seconds short_form;  ///< as the long form's where there is no other
};

/// The whole exercise. Read once by the catalog, then constant.
struct Definition {
  std::string id;    ///< single-leg-kick
  std::string name;  ///< Single-leg kick
  std::string version;
  RepetitionRules repetition;
  SideRules side;
  MeasurementRules measurement;
  LiveRules live;
  CameraRules camera;
  StreamRules stream;
  CoachingRules coaching;
  SpeechRules speech;
  PlacementRules placement;
  PostureRules posture;
  FeedbackRules feedback;
  AudioGuideRules audio_guide;
  std::optional<CycleRules> cycle;  ///< of an exercise that is described by channels alone
  std::vector<Level> levels;
  std::vector<Fault> faults;
  std::vector<FaultText> words;     ///< in the language loaded
  std::vector<Phrase> phrases;      ///< in the language loaded
  std::vector<Phrase> spoken;       ///< spoken in a practice, besides the faults' cues
  std::vector<Phrase> short_forms;  ///< of some spoken phrases and faults' cues, by their ids
  std::vector<ClipLength> clips;    ///< of the recorded voice; empty where it is not known
  std::vector<Phrase> plan;         ///< reasons of the plan's decisions

  /// The named part, or null when the exercise has none.
  [[nodiscard]] const Level* level(int number) const;
  /// The level of somebody who lies flat, or null when the exercise has none.
  [[nodiscard]] const Level* flat_level() const;
  /// The greatest number of a level; -1 where there is none, which no file of an exercise has.
  [[nodiscard]] int highest_level() const;
  [[nodiscard]] const Fault* fault(const std::string& fault_id) const;
  /// The first fault that is measured by this signal, or null.
  [[nodiscard]] const Fault* fault_of(Signal signal) const;
  [[nodiscard]] const FaultText* words_for(const std::string& fault_id) const;
  [[nodiscard]] const Phrase* phrase(const std::string& phrase_id) const;
  /// Whether each repetition is of one leg.
  [[nodiscard]] bool by_side() const {
    return !cycle || cycle->sides == CycleSides::alternating;
  }
  /// The id, in `spoken` and `clips`, of what only this exercise says: "prompt" is
  /// double_leg_kick_prompt. What the single-leg kick says has no such beginning.
  [[nodiscard]] std::string own_phrase_id(std::string_view id) const;
};

}  // namespace matside::exercise
