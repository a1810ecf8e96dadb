// The flexion of both knees over a whole practice, for reports and exports.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/base/quantity.h"
#include "core/engine/analysis.h"
#include "core/exercise/measurement_rules.h"
#include "core/kinematics/plane_rectification.h"
#include "core/pose/pose_frame.h"

namespace matside::engine {

/// Knee flexion in degrees.
struct KneeCurve {
  std::vector<base::Seconds> times;
  /// By pose::index(Side), one value a time; nothing where the leg was not seen.
  std::array<std::vector<std::optional<double>>, 2> bend_deg;  ///< above rest
  /// The leg's flexion at rest, 0 = hip, knee and ankle in line; 0 where no rest was seen.
  std::array<std::vector<double>, 2> rest_deg;
};

/// Measured as the engine does, for each leg: the picture is rectified by the camera's
/// direction, the eye's readings in space are weighted in, and the curve is smoothed without
/// lag below 6 Hz. Where the source measured the legs in space, the curve is that angle,
/// smoothed. Within a repetition the leg that bends is its side. So the angle of a kick is on
/// the curve, but for a few degrees. Frames in which nobody lies are skipped, as are those less
/// than `step` after the last one taken.
/// @param frames of the practice that `analysis` is of; times must rise
/// @param rules Definition::measurement
KneeCurve knee_curve(std::span<const pose::PoseFrame> frames, const Analysis& analysis,
                     const exercise::MeasurementRules& rules,
                     base::Seconds step = base::Seconds());

/// The rectification for a camera view of an analysis; one that changes nothing where the view
/// has no angles.
kinematics::PlaneRectification rectification_from(const CameraView& view, base::ImageSize size);

}  // namespace matside::engine
