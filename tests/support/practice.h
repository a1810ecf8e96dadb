// A simulated practice: what the person does, seen by a camera at a frame rate, read by a pose
// network.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/pose/pose_frame.h"
#include "tests/support/body_model.h"
#include "tests/support/ground_truth_measures.h"
#include "tests/support/pose_network_simulator.h"

namespace matside::support {

/// One repetition as performed. Fault sizes of zero mean no fault.
struct RepetitionPlan {
  pose::Side side = pose::Side::left;
  int kicks = 2;
  double peak_deg = 105.0;
  double bend_s = 1.0;
  double beat_s = 0.65;
  double recoil_deg = 30.0;
  double hold_s = 0.08;  ///< at the top, before the foot sinks
  double lower_s = 2.2;
  double gap_s = 0.6;           ///< until the next; negative: the legs pedal
  double drop_s = 0.0;          ///< foot falls: time from 88 degrees to the mat
  double stop_short_deg = 0.0;  ///< lowering ends here for a moment
  double stop_hold_s = 0.4;
  double hip_rise_m = 0.0;
  double hips_from_share = 0.1;  ///< the hips set out at this share of the bend ...
  double hips_up_share = 1.0;    ///< ... and are up at this one
  double thigh_lift_deg = 0.0;
  double chest_sink_deg = 0.0;
  double head_drop_deg = 0.0;  ///< negative: the head is thrown up
  double reach_m = 0.0;        ///< the leg lengthens by this as it lands
};

/// What happens between repetitions.
enum class Idle { still, both_feet, foot_wiggle, head_turn, lie_down_and_up };

struct Step {
  enum class Kind { repetition, idle } kind = Kind::repetition;
  RepetitionPlan repetition = {};
  Idle idle = Idle::still;
  double idle_s = 2.0;
};

/// Somebody has pushed the camera.
struct CameraMove {
  double at_s = 0.0;
  Camera after;
};

struct Practice {
  int level = 1;
  Body body;
  Camera camera;
  std::optional<CameraMove> camera_move;
  double trunk_incline_deg = 29.0;  ///< 0 for level 0
  bool rises_to_forearms = true;
  double elbow_forward_deg = 0.0;
  double rocking_deg = 0.0;
  double breathing_deg = 0.0;
  double shank_out_deg = 0.0;  ///< knees splayed
  double fps = 30.0;
  double time_jitter = 0.0;     ///< frames are early or late by up to this share of an interval
  double frames_skipped = 0.0;  ///< share of frames that are not there at all
  double noise_px = 0.0;        ///< standard deviation of each coordinate
  double dropout = 0.0;         ///< share of frames without a pose
  std::optional<NetworkNoise> network;  ///< beyond the plain noise above
  std::uint64_t seed = 1;
  std::vector<Step> steps;
};

struct GroundTruthKick {
  double time_s = 0.0;
  double knee_flexion_deg = 0.0;  ///< above rest
};

/// Whether something is there, where one may say either near its border.
enum class FaultPresence : std::uint8_t { absent, doubtful, present };

struct GroundTruthRepetition {
  pose::Side side = pose::Side::left;
  double start_s = 0.0;
  double end_s = 0.0;
  std::vector<GroundTruthKick> kicks;
  std::vector<std::string> faults;
  /// So near the border that one may say either; not counted for or against.
  std::vector<std::string> doubtful;
  std::optional<double> transit_70_20_s;  ///< of the lowering, above rest
  FaultPresence pedals =
      FaultPresence::absent;  ///< the other leg sets out before this one is down
  GroundTruthMeasures measures;
};

struct SimulatedSession {
  std::vector<pose::PoseFrame> frames;
  std::vector<Skeleton>
      world_landmarks;  ///< the body in the room, frame by frame, without noise
  std::vector<GroundTruthRepetition> repetitions;
  std::vector<std::string> set_faults;  ///< as often as they happened
  std::vector<std::string> set_doubtful;
};

/// What a camera and a pose network make of a body's movement.
struct Footage {
  std::vector<pose::PoseFrame> frames;
  std::vector<Skeleton> world_landmarks;  ///< as in SimulatedSession
};

/// Films any movement with the camera, network and noise of `practice`, whose steps are
/// ignored.
Footage film(const Practice& practice, const std::function<Posture(double time_s)>& posture_at,
             double length_s);

/// The frames that the camera would give, and the ground truth.
SimulatedSession perform(const Practice& practice);

/// `count` repetitions, sides in turn beginning with the left, all alike but for the side.
std::vector<Step> alternating(int count, RepetitionPlan plan = {});
/// The frames of clean repetitions on alternating sides, rounded as saved poses are.
std::vector<pose::PoseFrame> saved_frames(int repetitions);

}  // namespace matside::support
