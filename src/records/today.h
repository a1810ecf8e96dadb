// What a person sees first: the next practice with its reasons, and what to ask the person.
#pragma once

#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/plan/plan.h"
#include "core/plan/plan_rules.h"
#include "records/exercises.h"
#include "records/local_time.h"
#include "records/repository.h"

namespace matside::records {

/// The state of the plan for one person at one time.
struct Today {
  Person person;
  LocalTime now;
  plan::Next next;
  bool safety_notice_due = false;          ///< First use, or read more than 30 days ago.
  std::optional<Practice> ask_next_day;    ///< The practice to ask about: how was the next day?
  std::optional<Practice> resumable;       ///< Unfinished, and begun less than an hour ago.
  std::optional<int> comfort_before_last;  ///< Before the last practice that has an answer.
  std::vector<plan::Choice> choices;       ///< The levels that the person may practise.
  int rest_from = 0;  ///< Rest today if the discomfort before the practice is this or more.
  int weeks_in_a_row = 0;
  int this_week = 0;             ///< Practices since Monday, local time.
  bool erasure_pending = false;  ///< As Repository::erasure_pending().
};

/// Plans the next practice of one exercise. Rest, and how the person felt, are those of the
/// practices of every exercise.
/// @returns ErrorKind::not_found for an unknown person; errors of Repository
base::Result<Today> today(Repository& records, Id person, const LocalTime& now,
                          const exercise::Definition& exercise, const plan::Rules& rules);

/// The next practice of each exercise, in their order.
/// @returns ErrorKind::not_found for an unknown person; errors of Repository
base::Result<std::vector<plan::Next>> next_practices(Repository& records, Id person,
                                                     const LocalTime& now,
                                                     const Exercises& exercises,
                                                     const plan::Rules& rules);

/// For a person without records: nothing is planned, and every level may be chosen.
Today first_day(const LocalTime& now, const exercise::Definition& exercise,
                const plan::Rules& rules);

/// Ends unfinished practices that began more than an hour ago, as interrupted. Those of an
/// exercise that isn't installed stay unfinished: their poses can't be scored.
/// @returns errors of end_practice
base::Result<void> end_stale_practices(Repository& records, Id person, const LocalTime& now,
                                       const Exercises& exercises);

/// The part of a practice that the plan uses. An audio-only practice counts as reported, with
/// every repetition clean.
plan::PracticeRecord to_plan_record(const Practice& practice);

/// @returns whether it has a repetition or reported discomfort; otherwise it isn't a practice
bool has_activity(const Practice& practice);

/// @returns the corrected counts; without a correction the measured ones. Of one leg each.
SideCounts effective_counts(const Practice& practice);

/// @returns the repetitions of both legs, or of none alone. Corrected counts, which are by
///   side, take their place.
int effective_both(const Practice& practice);

/// @returns all repetitions that were counted or corrected, whatever their side
int effective_total(const Practice& practice);

/// @returns how many consecutive weeks have a practice, up to this week or the last one
int weeks_in_a_row(const std::vector<Practice>& practices, const LocalTime& now);

}  // namespace matside::records
