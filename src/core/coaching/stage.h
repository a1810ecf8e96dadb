// The stages of a practice.
#pragma once

#include <cstdint>
#include <string_view>

namespace matside::coaching {

/// The parts of a practice, in their usual order.
enum class Stage : std::uint8_t {
  placing,   ///< the camera is being placed; nobody is lying yet
  settling,  ///< the person lies down and becomes still
  baseline,  ///< one slow bend a side
  practising,
  resting,     ///< the chest is down: the set pauses until it is up
  stopped,     ///< by the person; comfort is asked
  easing_out,  ///< the set is done
  ended,
};
/// As in messages: placing, settling, ...
std::string_view name(Stage stage);

}  // namespace matside::coaching
