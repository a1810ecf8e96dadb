// A practice to order: who does what when, seen by which camera at which frame rate and noise.
#pragma once

#include <cstdint>
#include <vector>

#include "core/pose/pose_frame.h"
#include "tests/support/kinematic_body.h"

namespace matside::support {

/// One repetition as performed. Fault sizes of zero mean no fault.
struct RepetitionPlan {
  pose::Side side = pose::Side::left;
  int kicks = 2;
  double peak_deg = 105.0;
  double bend_s = 1.0;
  double beat_s = 0.65;
  double recoil_deg = 30.0;
  double lower_s = 2.2;
  double gap_s = 0.6;
  double drop_s = 0.0;          ///< foot falls: time from 88 degrees to the mat
  double stop_short_deg = 0.0;  ///< lowering ends here for a moment
  double hip_rise_m = 0.0;
  double thigh_lift_deg = 0.0;
  double chest_sink_deg = 0.0;
  double head_drop_deg = 0.0;
};

/// What happens between repetitions.
enum class Idle { still, both_feet, foot_wiggle, head_turn, lie_down_and_up };

struct Step {
  enum class Kind { repetition, idle } kind = Kind::repetition;
  RepetitionPlan repetition;
  Idle idle = Idle::still;
  double idle_s = 2.0;
};

struct Practice {
  Body body;
  Camera camera;
  double trunk_incline_deg = 29.0;  ///< 0 for level 0
  bool rises_to_forearms = true;
  double fps = 30.0;
  double noise_px = 0.0;  ///< standard deviation of each coordinate
  double dropout = 0.0;   ///< share of frames without a pose
  std::uint32_t seed = 1;
  std::vector<Step> steps;
};

struct TrueRepetition {
  pose::Side side = pose::Side::left;
  double start_s = 0.0;
  double end_s = 0.0;
  int kicks = 0;
};

struct Performed {
  std::vector<pose::PoseFrame> frames;
  std::vector<TrueRepetition> repetitions;
};

/// The frames a camera would see and what truly happened.
Performed perform(const Practice& practice);

/// `count` repetitions, sides in turn beginning with the left, all alike but for the side.
std::vector<Step> alternating(int count, RepetitionPlan plan = {});

}  // namespace matside::support
