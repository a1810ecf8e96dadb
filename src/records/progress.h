// A person's progress over weeks: practices per week, and what has changed since the first
// week.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/plan/plan_rules.h"
#include "records/local_time.h"
#include "records/repository.h"

namespace matside::records {

/// One calendar week, from Monday.
struct Week {
  std::int64_t monday = 0;  ///< In days since 1970, as day_of counts.
  int practices = 0;
};

struct Progress {
  Person person;
  std::vector<Practice> practices;  ///< Those with activity, oldest first.
  std::vector<Week> weeks;          ///< From the first practice's week to this week, no gaps.
  int weeks_in_a_row = 0;
  std::vector<std::string> changed;  ///< Sentences of `changes`.
  base::Seconds lengthening;         ///< Of all practices together.
};

/// @returns ErrorKind::not_found for an unknown person; errors of Repository
base::Result<Progress> progress(Repository& records, Id person, const LocalTime& now,
                                const plan::Rules& rules);

/// Sentences about what changed from the first week to the last four practices of the exercise
/// and level that was practised last. A measure without a distinguishable change gives no
/// sentence.
/// @param practices  oldest first
std::vector<std::string> changes(const std::vector<Practice>& practices);

}  // namespace matside::records
