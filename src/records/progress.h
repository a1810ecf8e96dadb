// The course of weeks: practices against the plan, and what has changed since the first week.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "records/repository.h"
#include "records/wall_clock.h"

namespace matside::records {

struct Week {
  std::int64_t monday = 0;  ///< as day_of tells days
  int practices = 0;
};

struct Progress {
  records::Person person;
  std::vector<records::Practice>
      practices;            ///< oldest first, those in which something was done
  std::vector<Week> weeks;  ///< from the first practice's to this one
  int weeks_in_a_row = 0;
  std::vector<std::string> changed;  ///< in words
  base::Seconds lengthening;
};

base::Result<Progress> progress(records::Repository& records, records::Id person,
                                const Now& now);

/// What changed from the first week to the last four practices, in words; silent where the
/// change is within the measurement's noise, or the practices were at another level.
std::vector<std::string> changes(const std::vector<records::Practice>& practices);

}  // namespace matside::records
