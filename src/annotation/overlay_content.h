// The overlay's texts and numbers for each frame of a practice.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/base/quantity.h"
#include "core/coaching/correction_selector.h"
#include "core/engine/frame_state.h"
#include "core/engine/session.h"
#include "core/exercise/definition.h"
#include "core/pose/landmark.h"

namespace matside::annotation {

/// What the overlay shows beside the skeleton.
struct OverlayContent {
  /// Shown after a repetition.
  struct Cue {
    std::string text;
    bool praise = false;

    friend bool operator==(const Cue&, const Cue&) = default;
  };

  std::string phase;                 ///< Text of the phase, never empty after an update.
  std::optional<pose::Side> moving;  ///< The moving leg's side, if one leg moves alone.
  bool moving_together = false;      ///< Whether both legs move, or the body.
  int kicks = 0;                     ///< Kicks (or peaks) done in the current movement.
  int kicks_expected = 2;            ///< Kicks (or peaks) expected in one repetition.
  std::string left_name;
  std::string right_name;
  /// The name of the only count, where no leg moves alone; else empty.
  std::string together_name;
  int left = 0;  ///< Repetitions counted so far.
  int right = 0;
  int together = 0;
  std::string unsure;    ///< Text on repetitions of an unsure side; empty if none.
  std::string readings;  ///< What was measured of the last repetition, while it is shown.
  std::optional<Cue> cue;
  std::string title;    ///< For the first five seconds, else empty.
  std::string caution;  ///< Shown with the title.

  friend bool operator==(const OverlayContent&, const OverlayContent&) = default;
};

/// Derives the overlay's content from a session's output, frame by frame.
class OverlayContentBuilder {
 public:
  /// @param exercise must outlive the builder and have the level (asserted).
  OverlayContentBuilder(const exercise::Definition& exercise, int level);

  /// Takes one frame's state, events and counts; `time` must rise. Corrections follow the live
  /// lesson's rule: at most one for each repetition (coaching::CorrectionSelector). The result
  /// is valid until the next call.
  const OverlayContent& update(const engine::FrameState& frame_state,
                               std::span<const engine::Event> events,
                               const engine::RepetitionCounts& counts, base::Seconds time);

 private:
  void update_movement(const engine::FrameState& frame_state);
  [[nodiscard]] const char* phrase_of(exercise::MovementPhase phase) const;
  void update_repetitions(std::span<const engine::Event> events, base::Seconds time);
  void say(const std::string& text, bool praise, base::Seconds time);

  const exercise::Definition* exercise_;
  coaching::CorrectionSelector corrections_;
  OverlayContent content_;
  std::optional<base::Seconds> begun_;
  base::Seconds cue_until_;
  base::Seconds readings_until_;
};

}  // namespace matside::annotation
