// A scene through a camera: a square picture in linear light, and how far away things are in
// it.
#pragma once

#include <vector>

#include "tools/bodyrender/room.h"
#include "tools/bodyrender/sensor.h"

namespace matside::bodyrender {

struct Rendered {
  Radiance radiance;
  std::vector<char> outside;  ///< Of each pixel: whether it lies outside the camera's frame.
  Visibility visibility;      ///< On a grid of twice the pixels each way.
};

inline constexpr int kSubsamples = 2;  ///< Each way.

/// `cut` goes from the camera's frame to the picture's `side` x `side` pixels. Shadows fall
/// round `middle`. What the clipping adds is appended to the scene's soup.
Rendered render(Scene& scene, const Camera& camera, const CropTransform& cut, int side,
                const Vec3& middle);

}  // namespace matside::bodyrender
