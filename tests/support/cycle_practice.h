// A simulated practice of an exercise that its file describes by channels: what moves, when,
// how far. It follows from the Definition alone.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"
#include "tests/support/joint_motion.h"
#include "tests/support/practice.h"

namespace matside::support {

/// A channel moves away from rest, holds, and comes back. Times count from the start of the
/// repetition and may be negative.
struct ChannelMove {
  exercise::Channel channel = exercise::Channel::neck_angle;
  std::array<bool, 2> legs{true, true};  ///< left, right; means nothing for the body's channels
  double value = 0.0;                    ///< above rest, in the channel's unit
  double from_s = 0.0;
  double up_s = 0.0;
  double back_s = 0.0;  ///< it begins to come back
  double rest_s = 0.0;
  bool falls = false;  ///< comes back as what falls does
};

/// One repetition as performed. The cycle's channel leaves rest at 0 s.
struct CyclePlan {
  pose::Side side = pose::Side::left;  ///< of an alternating exercise
  std::vector<double> peaks{100.0};    ///< above rest, in the unit of the cycle's channel
  double rise_s = 1.0;                 ///< to the first peak
  double beat_s = 0.6;                 ///< from peak to peak
  double recoil = 24.0;                ///< what lies between two peaks is this much below them
  double hold_s = 0.1;                 ///< at the last peak
  double lower_s = 1.8;
  bool falls = false;  ///< lowered as what falls
  /// Of both legs together: this leg does everything so much later ...
  std::array<double, 2> late_s{};
  std::array<double, 2> share{1.0, 1.0};  ///< ... and reaches this share of the peaks
  std::vector<ChannelMove> extensions;    ///< moves that belong to the repetition
  std::vector<ChannelMove> others;        ///< whatever else moves
  double gap_s = 0.8;                     ///< until the next repetition
};

/// What is done in a gap, none of which is a repetition.
enum class CycleIdle { still, head_turn, twitch };

struct CycleStep {
  enum class Kind { repetition, idle } kind = Kind::repetition;
  CyclePlan repetition = {};
  CycleIdle idle = CycleIdle::still;
  double idle_s = 2.0;
  /// Rest is elsewhere from here on: trunk and neck, deg.
  double trunk_drift_deg = 0.0;
  double neck_drift_deg = 0.0;
};

struct CyclePractice {
  /// Body, camera, network, frame rate, level, rest of the trunk and seed. Its steps are
  /// ignored.
  Practice setting;
  const exercise::Definition* definition = nullptr;  ///< has a cycle
  std::optional<base::WorldPoint> elbows;            ///< as in Posture
  double lift_rocking_deg = 0.0;                     ///< as in JointMotion
  std::vector<CycleStep> steps;
};

/// When a repetition's parts are, in seconds of the practice or of the repetition.
struct CycleOutline {
  double start_s = 0.0;
  std::vector<double> peaks_s;
  double lowering_s = 0.0;  ///< the lowering starts
  double down_s = 0.0;      ///< the cycle's channel is back, of both legs
  double end_s = 0.0;       ///< ... and every extension
  double trunk_deg = 0.0;   ///< at rest
  double neck_deg = 0.0;    ///< at rest
};

struct CyclePeak {
  double time_s = 0.0;
  double value = 0.0;  ///< above rest, in the unit of the cycle's channel
};

struct CycleRepetition {
  exercise::KickingSide side = exercise::KickingSide::both;
  double start_s = 0.0;
  double end_s = 0.0;
  std::vector<CyclePeak> peaks;
  std::vector<std::string> faults;
  /// So near the threshold that one may say either; neither right nor wrong where found.
  std::vector<std::string> doubtful;
};

struct CycleSession {
  std::vector<pose::PoseFrame> frames;
  std::vector<Skeleton> world_landmarks;  ///< frame by frame, without noise
  std::vector<CycleRepetition> repetitions;
  std::vector<CycleOutline> outlines;
  JointMotion movement;
};

/// The joint that carries a channel: thigh_lift for leg_lift, each other one itself.
exercise::Channel joint_of(exercise::Channel channel);

/// Whose reading `LegChoice::moving` is: the raised leg, or where both are, the near one.
pose::Side leading_leg(const CyclePlan& plan, exercise::CycleSides sides, pose::Side near);

/// The parts of a repetition that starts at 0 s; those of the leading leg where legs differ.
CycleOutline outline_of(const CyclePlan& plan, exercise::CycleSides sides, pose::Side near);

/// How long before its start something of the repetition moves, s.
double lead_of(const CyclePlan& plan);

/// Adds the repetition to the movement, from `start_s` on.
CycleOutline add_repetition(JointMotion& movement, const CyclePractice& practice,
                            const CyclePlan& plan, double start_s, double trunk_deg,
                            double neck_deg);

/// The body at an instant. A leg whose foot would sink into the mat as the hips rise bends its
/// knee instead.
Posture posture_at(const JointMotion& movement, const Body& body, double time_s);

/// The truth alone, without frames.
CycleSession rehearse(const CyclePractice& practice);

/// The frames that the camera would give, and the truth.
CycleSession perform(const CyclePractice& practice);

}  // namespace matside::support
