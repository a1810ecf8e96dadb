// The flexion of both knees over the whole practice.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/base/quantity.h"
#include "core/engine/analysis.h"
#include "core/kinematics/plane_rectification.h"
#include "core/pose/pose_frame.h"

namespace matside::engine {

/// Degrees, 0 = hip, knee and ankle in line.
struct KneeCurve {
  std::vector<base::Seconds> times;
  /// By pose::index(Side), one value a time; nothing where the leg was not seen.
  std::array<std::vector<std::optional<double>>, 2> flexion_deg;
};

/// By the judgement's own recipe, for each leg by itself: the picture squared by how the camera
/// stands, the eye's readings in space joined in by their uncertainty, smoothed without lag
/// below 6 Hz. Within a repetition the leg that bends is the one the judgement says. So a
/// kick's angle, which is told over the whole movement, lies on the curve but for a few
/// degrees. Frames in which nobody lies are left out, and those that follow the last one taken
/// sooner than `step`; the frames' times rise.
KneeCurve knee_curve(std::span<const pose::PoseFrame> frames, const Analysis& analysis,
                     base::Seconds step = base::Seconds());

/// How the camera stood, as the analysis tells it; as it is where that is not known.
kinematics::PlaneRectification rectification_from(const CameraView& view, base::ImageSize size);

}  // namespace matside::engine
