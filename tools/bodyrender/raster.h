// Which triangle each point of a grid sees, and how far away: z-buffering with incremental edge
// functions.
#pragma once

#include <cstdint>
#include <vector>

#include "tools/bodyrender/camera.h"
#include "tools/bodyrender/triangle_soup.h"

namespace matside::bodyrender {

inline constexpr float kNear_m = 0.05F;

/// A vertex on the grid: x, y in grid cells, z = 1 / depth.
struct Visibility {
  int side = 0;                        ///< The grid is side x side.
  std::vector<std::int32_t> triangle;  ///< Index into `triangles`, row by row; -1: nothing.
  std::vector<float> inverse_depth;    ///< 1 / depth in 1/m there; 0: nothing.
  std::vector<Vec3> screen;            ///< Of each vertex of the soup: x, y, nearness.
};

/// Draws a soup. Triangles that reach behind the camera are cut at kNear_m; what that adds is
/// appended to `soup`. `cut` goes from the frame to the grid's cells.
void rasterise(const Camera& camera, const CropTransform& cut, int side, TriangleSoup& soup,
               Visibility& out);

/// Distances along a direction, as seen from far away: a shadow map.
struct DepthMap {
  int side = 0;
  Vec3 middle = Vec3::Zero();
  Mat3 axes = Mat3::Identity();  ///< Rows: right, down, away from the light.
  float cells_per_m = 1.0F;
  std::vector<float>
      depth;  ///< Row by row, metres along the third axis from `middle`; least wins.

  [[nodiscard]] Vec3 to_map(const Vec3& world) const {
    const Vec3 own = axes * (world - middle);
    const float half = 0.5F * static_cast<float>(side);
    return {own.x() * cells_per_m + half, own.y() * cells_per_m + half, own.z()};
  }
};

/// The shadow casters of a soup seen along `away`, `extent_m` across round `middle`.
void render_shadow_map(const TriangleSoup& soup, const Vec3& away, const Vec3& middle,
                       float extent_m, int side, DepthMap& out);

}  // namespace matside::bodyrender
