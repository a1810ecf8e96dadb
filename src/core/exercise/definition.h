// The exercise as data: what `data/exercises/single_leg_kick.json` says, checked and typed.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace matside::exercise {

/// How well a number is founded.
enum class Status {
  sourced,            ///< read in a named source
  computed,           ///< computed from geometry or physics
  teacher_judgement,  ///< an engineering or teaching default
};

/// A number of the exercise with its unit and where it comes from.
struct Threshold {
  double value = 0.0;
  std::string unit;  ///< deg, s, deg_per_s, thigh_length, upper_arm_length, ratio, count
  std::string source;
  Status status = Status::teacher_judgement;
};

/// How a repetition is told from everything else (movement.md 6.2). Knee angles are knee
/// flexion above the person's own resting value.
struct RepetitionRules {
  Threshold counted_bend;           ///< deg: a bend at least this deep counts
  Threshold rest_below;             ///< deg: at rest below this
  Threshold start_near;             ///< deg: the near leg has left rest
  Threshold start_far;              ///< deg: the far leg has left rest
  Threshold start_speed;            ///< deg_per_s: at least this fast when leaving rest
  Threshold rest_hold;              ///< s: at rest this long ends a repetition
  Threshold kick_prominence;        ///< deg: a kick rises and falls at least this much
  Threshold kick_prominence_noise;  ///< ratio: ... and this many times the signal's noise
  Threshold kick_interval_min;      ///< s between two kicks
  Threshold kick_interval_max;      ///< s between two kicks
  Threshold longest;                ///< s: a longer bend is not a repetition
  Threshold tracking_loss;          ///< s: unseen longer than this ends what is under way
  Threshold noise_max;              ///< deg: no form is judged where knees stray more at rest
};

/// One level of the exercise (movement.md 6.1).
struct Level {
  int number = 0;
  std::string name;
  std::string description;
  int kicks = 2;              ///< kicks wanted in a repetition
  Threshold trunk_min;        ///< deg: shoulder-hip line above the floor
  Threshold trunk_max;        ///< deg
  Threshold knee_min;         ///< deg: a kick is full from here
  Threshold knee_aim;         ///< deg
  Threshold knee_cap;         ///< deg: no reward above
  Threshold transit_70_20;    ///< s: lowering from 70 to 20 degrees, wanted at least
  Threshold elbow_back;       ///< upper_arm_length: elbows behind the shoulders, at most
  Threshold elbow_forward;    ///< upper_arm_length: elbows ahead of the shoulders, at most
  int repetitions_start = 0;  ///< a side
  int repetitions_goal = 0;   ///< a side
};

/// What a fault is judged on. A closed vocabulary: the engine knows how to measure each.
enum class Signal {
  hip_rise,         ///< hip height above baseline, thigh lengths
  thigh_lift,       ///< thigh angle above baseline, deg
  transit_70_20,    ///< time of the lowering from 70 to 20 degrees, s
  kick_count,       ///< kicks in the repetition
  peak_knee,        ///< greatest knee flexion above rest, deg below the level's full kick
  trunk_incline,    ///< change of the shoulder-hip line against the floor, deg
  neck_angle,       ///< fall of the shoulder-nose line against the chest, deg
  lowering_stop,    ///< knee flexion above rest where the lowering stops short, deg
  kicks_beyond,     ///< kicks more than the level asks for
  neck_raise,       ///< rise of the shoulder-nose line against the chest, deg
  bend_speed,       ///< fastest bend of the knee, deg_per_s
  thigh_lift_lack,  ///< thigh angle above baseline, deg, less than this
  side_order,       ///< the same side twice in a row
  legs_overlap,     ///< one leg leaves rest before the other is back, s
  hip_sway,         ///< half the difference of the hip's height between left and right kicks
  elbow_offset,     ///< elbows further back or ahead than the level allows, upper-arm lengths
};

/// One thing a teacher would correct (movement.md 6.3).
struct Fault {
  std::string id;  ///< hips_lift, dropped_foot, ...
  Signal signal = Signal::hip_rise;
  std::vector<int> levels;       ///< where it is judged
  Threshold on;                  ///< the fault begins at this value (sense fixed by the signal)
  std::optional<Threshold> off;  ///< ... and has ended at this one
  std::optional<Threshold> min_duration;  ///< s: it must last at least this long
  int priority = 0;                       ///< lower is said first
  bool of_set = false;                    ///< belongs to the set, not to one repetition

  [[nodiscard]] bool applies_at(int level) const;
};

/// Words for a language, by fault id.
struct Words {
  std::string fault_id;
  std::string name;    ///< what the fault is called in a list
  std::string cue;     ///< spoken at the moment, at most eight words
  std::string advice;  ///< a sentence for the summary
  std::string praise;  ///< said when the fault was looked for and not seen
};

/// Any other text a person reads, in the language loaded.
struct Phrase {
  std::string id;
  std::string text;  ///< may hold {placeholders}
};

struct Definition {
  std::string id;    ///< single-leg-kick
  std::string name;  ///< Single-leg kick
  std::string version;
  RepetitionRules repetition;
  std::vector<Level> levels;
  std::vector<Fault> faults;
  std::vector<Words> words;     ///< in the language loaded
  std::vector<Phrase> phrases;  ///< in the language loaded
  std::vector<Phrase> spoken;   ///< what is said aloud in a practice, beside the faults' cues
  std::vector<Phrase> plan;     ///< reasons of the plan

  /// The named part, or null when the exercise has none.
  [[nodiscard]] const Level* level(int number) const;
  [[nodiscard]] const Fault* fault(const std::string& fault_id) const;
  [[nodiscard]] const Words* words_for(const std::string& fault_id) const;
  [[nodiscard]] const Phrase* phrase(const std::string& phrase_id) const;
};

}  // namespace matside::exercise
