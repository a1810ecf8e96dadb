#include "core/cycle/segment_judge.h"

#include <algorithm>
#include <cstddef>

#include "core/cycle/rule_judge.h"
#include "core/cycle/segment_curves.h"
#include "core/kinematics/body_frame.h"

namespace matside::cycle {
namespace {

// On the knees or on the feet at rest already, or, where legs are lifted, with the hips off the
// mat: another exercise.
bool rests_raised(const exercise::MovementSegment& segment, exercise::Channel channel) {
  using kinematics::RaisedHips;
  constexpr std::size_t kFrames = 16;
  constexpr double kMost = 0.8;
  const bool lifts =
      channel == exercise::Channel::leg_lift || channel == exercise::Channel::thigh_lift;
  const std::size_t frames = std::min(kFrames, segment.frames.size());
  const auto raised = std::count_if(
      segment.frames.begin(), segment.frames.begin() + static_cast<std::ptrdiff_t>(frames),
      [&](const kinematics::BodyFrame& body) {
        const RaisedHips hips = kinematics::raised_hips(body);
        return hips == RaisedHips::on_all_fours || hips == RaisedHips::on_feet ||
               (lifts && hips == RaisedHips::off_mat);
      });
  return static_cast<double>(raised) > kMost * static_cast<double>(frames);
}

}  // namespace

std::vector<exercise::Repetition> judge_segment(const exercise::MovementSegment& segment,
                                                const exercise::Definition& definition,
                                                const exercise::Level& level,
                                                OtherMovement& other) {
  if (rests_raised(segment, definition.cycle->channel)) return {};
  SegmentCurves curves(segment, definition);
  std::vector<exercise::Repetition> repetitions;
  for (const FoundCycle& cycle : find_cycles(segment, definition, level.kicks, curves, other))
    repetitions.push_back(judge(cycle, definition, level, curves));
  return repetitions;
}

}  // namespace matside::cycle
