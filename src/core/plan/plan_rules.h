// The thresholds of the plan, from data/exercises/plan.json.
#pragma once

#include "core/exercise/definition.h"

namespace matside::plan {

/// Thresholds of the plan (movement.md 3.1 and 3.2).
struct Rules {
  exercise::Threshold rest_between;        ///< hours from the start of one practice to the next
  exercise::Threshold same_practice;       ///< hours: another exercise that begins within these
                                           ///< belongs to the same practice
  exercise::Threshold practices_a_week;    ///< count, in any seven days, at most
  exercise::Threshold good_to_promote;     ///< count of good practices in a row at the goal
  exercise::Threshold clean_share;         ///< ratio of clean repetitions in a good practice
  exercise::Threshold promotion_interval;  ///< days from one step up to the next, at least
  exercise::Threshold comfort_hold;        ///< points worse than before: no progress
  exercise::Threshold comfort_down;        ///< points worse than before: a level down
  exercise::Threshold comfort_down_from;   ///< points after the practice: a level down
  exercise::Threshold comfort_not_today;   ///< points before: not today
  exercise::Threshold comfort_rise;        ///< points worse than before the last: not today
  exercise::Threshold worse_rest;          ///< days of rest after a next day that was worse
  exercise::Threshold worse_to_ask;  ///< count of worse next days in a row: ask a professional
  exercise::Threshold missed_back;   ///< days without practice: fewer repetitions
  exercise::Threshold missed_down;   ///< days without practice: a level down
  exercise::Threshold missed_fewer;  ///< count of repetitions fewer then
};

}  // namespace matside::plan
