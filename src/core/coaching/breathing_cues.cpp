#include "core/coaching/breathing_cues.h"

namespace matside::coaching {

std::string_view kick_phrase_id(BreathingPattern breath, int kicks) {
  const bool two = kicks > 1;
  switch (breath) {
    case BreathingPattern::out_on_kicks:
      return two ? "out_kick_kick" : "out_kick";
    case BreathingPattern::in_on_kicks:
      return two ? "in_kick_kick" : "in_kick";
    case BreathingPattern::off:
      break;
  }
  return two ? "kick_kick" : "kick";
}

std::string_view lowering_phrase_id(BreathingPattern breath) {
  switch (breath) {
    case BreathingPattern::out_on_kicks:
      return "in_lower";
    case BreathingPattern::in_on_kicks:
      return "out_lower";
    case BreathingPattern::off:
      break;
  }
  return "lower_slowly";
}

std::string_view lowering_phrase_id(const exercise::CycleBreath& file,
                                    BreathingPattern breath) {
  if (breath == BreathingPattern::off) return "lower_slowly";
  return file.in_at_lowering ? "in_lower" : "out_lower";
}

std::string_view rise_phrase_id(const exercise::CycleBreath& file) {
  return file.in_at_rise ? "breathe_in" : "breathe_out";
}

}  // namespace matside::coaching
