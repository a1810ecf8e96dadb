// A random camera around a body: position, lens and frame.
#pragma once

#include <vector>

#include "tools/bodyrender/camera.h"
#include "tools/bodyrender/random.h"

namespace matside::bodyrender {

/// A camera with its parameters for the labels.
struct Viewpoint {
  Camera camera;
  float yaw_deg = 0.0F;    ///< From a view perpendicular to the body's side.
  float hfov_deg = 60.0F;  ///< Across the frame's longer side.
  int lines = 480;         ///< Pixels of the frame's shorter side.
};

/// A camera in whose frame the body with these points (world, not empty) spans 25 to 95 %. The
/// body lies or sits along `body_way`, or faces any direction (`all_round`).
Viewpoint draw_viewpoint(const std::vector<Vec3>& points, const Vec3& body_way, bool all_round,
                         Random& random);

}  // namespace matside::bodyrender
