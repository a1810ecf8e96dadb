// Where the camera stands, its lens and its frame, drawn at random round a body.
#pragma once

#include <vector>

#include "tools/bodyrender/camera.h"
#include "tools/bodyrender/random.h"

namespace matside::bodyrender {

struct Viewpoint {
  Camera camera;
  float yaw_deg = 0.0F;    ///< From a square view of the body's side.
  float hfov_deg = 60.0F;  ///< Across the frame's longer side.
  int lines = 480;         ///< Of the frame's shorter side.
};

/// A camera that sees the body whose points are given (world; not empty), lying or sitting
/// along `body_way` or facing anywhere (`all_round`), so that it spans 25 to 95 % of the frame.
Viewpoint draw_viewpoint(const std::vector<Vec3>& points, const Vec3& body_way, bool all_round,
                         Random& random);

}  // namespace matside::bodyrender
