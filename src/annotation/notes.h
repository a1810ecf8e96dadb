// What stands beside the body: what a teacher who watches knows at that moment.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/base/quantity.h"
#include "core/coaching/corrections.h"
#include "core/engine/moment.h"
#include "core/engine/session.h"
#include "core/exercise/definition.h"
#include "core/pose/landmark.h"

namespace matside::annotation {

struct Notes {
  /// Said after a repetition.
  struct Cue {
    std::string text;
    bool praise = false;

    friend bool operator==(const Cue&, const Cue&) = default;
  };

  std::string phase;                 ///< In words.
  std::optional<pose::Side> moving;  ///< Whose leg, while one moves.
  int kicks = 0;                     ///< Of the movement under way ...
  int kicks_wanted = 2;              ///< ... and how many there should be.
  std::string left_name;
  std::string right_name;
  int left = 0;  ///< Repetitions counted.
  int right = 0;
  std::string unsure;  ///< Those whose side is not known, in words; none, empty.
  std::optional<Cue> cue;
  std::string title;    ///< At the beginning only.
  std::string caution;  ///< Beside it.

  friend bool operator==(const Notes&, const Notes&) = default;
};

class NoteTaker {
 public:
  /// @param exercise must outlive it, and have the level (asserted)
  NoteTaker(const exercise::Definition& exercise, int level);

  /// After each frame, with what the session said of it. A correction is said as in practising
  /// live: at most one a repetition (coaching::Corrections).
  const Notes& see(const engine::Moment& moment, std::span<const engine::Event> events,
                   const engine::Counts& counts, base::Seconds time);

 private:
  void note_movement(const engine::Moment& moment);
  void note_repetitions(std::span<const engine::Event> events, base::Seconds time);
  void say(const std::string& text, bool praise, base::Seconds time);

  const exercise::Definition* exercise_;
  coaching::Corrections corrections_;
  Notes notes_;
  std::optional<base::Seconds> begun_;
  base::Seconds cue_until_;
};

}  // namespace matside::annotation
