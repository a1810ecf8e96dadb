#include "core/exercise/repetition.h"

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

}  // namespace matside::exercise
