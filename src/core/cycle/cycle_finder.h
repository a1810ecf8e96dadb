// Finds the repetitions in a segment of movement.
#pragma once

#include <optional>
#include <vector>

#include "core/cycle/segment_curves.h"
#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"

namespace matside::cycle {

/// When a part of a repetition begins and ends.
struct PhaseSpan {
  base::Seconds from;
  base::Seconds to;
};

/// A repetition as found, before it is judged.
struct FoundCycle {
  exercise::KickingSide side = exercise::KickingSide::unsure;
  double side_confidence = 0.5;  ///< 0.5 (no idea) to 1
  base::Seconds start;
  base::Seconds end;      ///< everything is back at rest
  base::Seconds quarter;  ///< the cycle's channel has done a quarter of its way up
  base::Seconds lowering_start;
  base::Seconds lowering_end;           ///< the cycle's channel is back at rest
  std::vector<exercise::Peak> peaks;    ///< of the leg that counts
  std::vector<exercise::Peak> of_legs;  ///< of both legs, where they move together
  bool complete = true;                 ///< seen to its end
  double confidence = 0.0;  ///< share of its frames in which the channel was read, 0 to 1
  bool frames_missing = false;

  [[nodiscard]] PhaseSpan span(exercise::Phase phase) const;
};

/// What a segment held besides repetitions.
struct OtherMovement {
  int together = 0;  ///< movements of both legs, where they should alternate
};

/// The repetitions of a segment, in the order of time.
/// @param wanted peaks that the level asks for
std::vector<FoundCycle> find_cycles(const exercise::MovementSegment& segment,
                                    const exercise::Definition& definition, int wanted,
                                    SegmentCurves& curves, OtherMovement& other);

}  // namespace matside::cycle
