// Which instants of a repetition are worth a picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/engine/knee_curve.h"
#include "core/exercise/repetition.h"
#include "core/pose/pose_frame.h"

namespace matside::report {

/// What an instant shows of its repetition.
enum class Shows : std::uint8_t {
  set_up,    ///< just before the foot leaves rest
  kick,      ///< a knee at its greatest bend
  lowering,  ///< half-way down, at some 45 degrees
};
std::string_view name(Shows shows);

struct Instant {
  int repetition = 0;  ///< its index
  Shows shows = Shows::set_up;
  int kick = 0;           ///< from 1; 0 where it is none
  std::size_t frame = 0;  ///< place among the frames; it has a pose
};

/// Set-up, kicks and lowering of each repetition, all in the order of time; no repetition has a
/// frame twice. An instant at which nobody was seen is left out. The frames' times rise.
std::vector<Instant> instants(std::span<const pose::PoseFrame> frames,
                              std::span<const exercise::Repetition> repetitions,
                              const engine::KneeCurve& curve);

}  // namespace matside::report
