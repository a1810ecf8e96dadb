// The curves of a segment that repetitions, faults and measures are read from, each relative to
// the person's rest.
#pragma once

#include <array>
#include <vector>

#include "core/exercise/movement_segmenter.h"
#include "core/pose/landmark.h"
#include "core/signal/samples.h"

namespace matside::exercise {

/// Human movement of this kind has no content above this frequency; curves are smoothed below
/// it.
/// @source movement.md 6.2
inline constexpr double kMovementCutoffHz = 6.0;
/// Standard deviation below which no angle is read in a picture, degrees.
inline constexpr double kMinNoiseDeg = 1.0;

/// The evidence of one frame about which leg is raised.
struct LegEvidence {
  base::Seconds time;
  pose::Side label = pose::Side::left;  ///< the network's label of the raised leg
  double clarity = 0.0;     ///< 0 (the legs look alike) to 1 (one is clearly raised)
  double weight = 0.0;      ///< 0 to 1, of the raised leg's reading
  double raised_deg = 0.0;  ///< the raised knee's flexion above rest
  std::array<double, 2> shank_ratio{1.0, 1.0};  ///< LegPair::shank_ratio
};

/// A knee's flexion in space, compared with the same knee's flexion in the picture.
struct Knee3dSample {
  base::Seconds time;
  double above_image_deg = 0.0;  ///< flexion in space minus flexion in the picture
  double deviation_deg = 0.0;    ///< standard deviation of the flexion in space
};

/// Smoothed without lag unless stated otherwise. Angles in degrees above rest, lengths in thigh
/// lengths. `knee`, `knee_deviation` and `knee_raw` have one value for each usable frame, as
/// have `thigh`, `thigh_from_ankle` and `knee_from_joints`.
struct SegmentSignals {
  std::vector<signal::Sample> knee;              ///< knee flexion of the raised leg
  std::vector<double> knee_deviation;            ///< standard deviation of each, degrees
  std::vector<signal::WeightedSample> knee_raw;  ///< the same, unsmoothed, with its weights
  std::vector<signal::WeightedSample> other;     ///< of the other leg, unsmoothed
  std::vector<signal::Sample> other_smooth;      ///< the same, smoothed
  std::vector<signal::Sample>
      knee_from_joints;               ///< knee flexion by the joints alone, unsmoothed
  std::vector<signal::Sample> thigh;  ///< thigh lift of the raised leg, unsmoothed
  std::vector<signal::Sample> thigh_from_ankle;  ///< the same, by the ankle
  std::vector<signal::Sample> hip_rise;          ///< thigh lengths
  std::vector<signal::Sample> chest;             ///< change of the chest incline
  std::vector<signal::Sample> neck;              ///< change of the neck angle; negative = drop
  std::vector<LegEvidence> legs;
  std::vector<Knee3dSample> knee_3d;  ///< of the raised leg, where the source reads it
  bool in_space = false;              ///< the angles of the legs are measured in space
  double knee_noise_deg = 0.0;        ///< standard deviation of one unsmoothed frame
  base::Seconds time_noise;           ///< standard deviation of a frame's time
  kinematics::RestNoise rest_noise;
};

/// Measures every frame of the segment and smooths the curves. Swapped leg labels are corrected
/// (not in space, where the source knows the sides) and jumps lose their weight first. @returns
/// empty curves where no leg was seen.
SegmentSignals segment_signals(const MovementSegment& segment, const Definition& definition);

/// The samples from `from` to `to`, both included.
std::vector<signal::Sample> samples_between(const std::vector<signal::Sample>& samples,
                                            base::Seconds from, base::Seconds to);

}  // namespace matside::exercise
