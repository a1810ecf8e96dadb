#include "core/cycle/segment_judge.h"

#include "core/cycle/rule_judge.h"
#include "core/cycle/segment_curves.h"

namespace matside::cycle {

std::vector<exercise::Repetition> judge_segment(const exercise::MovementSegment& segment,
                                                const exercise::Definition& definition,
                                                const exercise::Level& level,
                                                OtherMovement& other) {
  SegmentCurves curves(segment, definition);
  std::vector<exercise::Repetition> repetitions;
  for (const FoundCycle& cycle : find_cycles(segment, definition, curves, other))
    repetitions.push_back(judge(cycle, definition, level, curves));
  return repetitions;
}

}  // namespace matside::cycle
