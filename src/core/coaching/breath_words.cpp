#include "core/coaching/breath_words.h"

namespace matside::coaching {

std::string_view kick_words(Breath breath, int kicks) {
  const bool two = kicks > 1;
  switch (breath) {
    case Breath::out_on_kicks:
      return two ? "out_kick_kick" : "out_kick";
    case Breath::in_on_kicks:
      return two ? "in_kick_kick" : "in_kick";
    case Breath::off:
      break;
  }
  return two ? "kick_kick" : "kick";
}

std::string_view lower_words(Breath breath) {
  switch (breath) {
    case Breath::out_on_kicks:
      return "in_lower";
    case Breath::in_on_kicks:
      return "out_lower";
    case Breath::off:
      break;
  }
  return "lower_slowly";
}

}  // namespace matside::coaching
