// Tells, frame by frame, how the movement changes.
#pragma once

#include <vector>

#include "core/base/quantity.h"
#include "core/coaching/lesson.h"
#include "core/exercise/movement_tracker.h"

namespace matside::coaching {

/// One for each lesson.
class MovementReporter {
 public:
  /// @param by_side whether each repetition is of one leg
  explicit MovementReporter(bool by_side) : by_side_(by_side) {}

  /// Adds KickSeen and MovementChanged to `events`.
  /// @returns whether a movement has just begun
  bool report(const exercise::MovementState& movement, base::Seconds now,
              std::vector<LessonEvent>& events);
  /// Another session begins.
  void restart() { kicks_ = 0; }

 private:
  bool by_side_;
  exercise::MovementPhase phase_ = exercise::MovementPhase::rest;
  int kicks_ = 0;  ///< of this movement, reported
};

}  // namespace matside::coaching
