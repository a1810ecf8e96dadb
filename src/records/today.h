// What a person sees first: the plan's next practice with its reasons, and what is to be asked.
#pragma once

#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/plan/plan.h"
#include "core/plan/rules.h"
#include "records/repository.h"
#include "records/wall_clock.h"

namespace matside::records {

struct Today {
  records::Person person;
  Now now;
  plan::Next next;
  bool inform = false;  ///< who should ask first is to be read: at first, and every 30 days
  std::optional<records::Practice> ask_next_day;
  std::optional<records::Practice> resumable;
  std::optional<int> comfort_before_last;
  int weeks_in_a_row = 0;
  int this_week = 0;
};

base::Result<Today> today(records::Repository& records, records::Id person, const Now& now,
                          const exercise::Definition& exercise, const plan::Rules& rules);

/// Ends the practices that were broken off longer than an hour ago.
base::Result<void> settle_broken_off(records::Repository& records, records::Id person,
                                     const Now& now, const exercise::Definition& exercise);

/// As the plan knows it. A practice by sound alone is taken at the person's word, its form as
/// good as its count.
plan::PracticeRecord record_of(const records::Practice& practice);
/// Whether anything was done, or felt: one that was begun and left is no practice.
bool counts_as_practice(const records::Practice& practice);
/// Repetitions as the person corrected them, otherwise as counted.
records::Correction told_counts(const records::Practice& practice);

/// Weeks with a practice without a gap, up to this week or the last.
int weeks_in_a_row(const std::vector<records::Practice>& practices, const Now& now);

}  // namespace matside::records
