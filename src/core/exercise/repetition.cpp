#include "core/exercise/repetition.h"

#include <algorithm>

namespace matside::exercise {

std::string_view name(KickingSide side) {
  switch (side) {
    case KickingSide::left:
      return "left";
    case KickingSide::right:
      return "right";
    case KickingSide::both:
      return "both";
    case KickingSide::unsure:
      break;
  }
  return "unsure";
}

std::string_view name(RepetitionStatus status) {
  switch (status) {
    case RepetitionStatus::clean:
      return "clean";
    case RepetitionStatus::faulty:
      return "faulty";
    case RepetitionStatus::partial:
      return "partial";
    case RepetitionStatus::unjudged:
      break;
  }
  return "unjudged";
}

int kick_count(const Repetition& repetition) {
  const auto of = [&](std::optional<pose::Side> leg) {
    return static_cast<int>(std::ranges::count(repetition.peaks, leg, &Peak::leg));
  };
  return static_cast<int>(repetition.kicks.size()) + of(std::nullopt) +
         std::max(of(pose::Side::left), of(pose::Side::right));
}

}  // namespace matside::exercise
