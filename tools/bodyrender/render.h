// Renders a scene to a square picture in linear light, with depth.
#pragma once

#include <vector>

#include "tools/bodyrender/room.h"
#include "tools/bodyrender/sensor.h"

namespace matside::bodyrender {

/// A rendered picture.
struct Rendered {
  Radiance radiance;
  std::vector<char> outside;  ///< For each pixel, whether it is outside the camera's frame.
  Visibility visibility;      ///< On a grid of twice the pixels each way.
};

/// Subsamples of a pixel in each direction.
inline constexpr int kSubsamples = 2;

/// Renders `side` x `side` pixels; `cut` maps the camera's frame to them. Shadows are computed
/// around `middle`. Clipping appends triangles to the scene's soup.
Rendered render(Scene& scene, const Camera& camera, const CropTransform& cut, int side,
                const Vec3& middle);

}  // namespace matside::bodyrender
