// Rasterises triangles with a z-buffer and incremental edge functions.
#pragma once

#include <cstdint>
#include <vector>

#include "tools/bodyrender/camera.h"
#include "tools/bodyrender/triangle_soup.h"

namespace matside::bodyrender {

/// Distance of the near clipping plane.
inline constexpr float kNear_m = 0.05F;

/// The visible triangle and inverse depth of each cell of a square grid.
struct Visibility {
  int side = 0;                        ///< The grid is side x side.
  std::vector<std::int32_t> triangle;  ///< Index into `triangles`, row by row; -1 for none.
  std::vector<float> inverse_depth;    ///< 1 / depth in 1/m; 0 for none.
  std::vector<Vec3> screen;            ///< Each vertex: x, y in cells, inverse depth.
};

/// Rasterises a soup. Triangles that reach behind the camera are clipped at kNear_m; the new
/// ones are appended to `soup`. `cut` maps the frame's pixels to the grid's cells.
void rasterise(const Camera& camera, const CropTransform& cut, int side, TriangleSoup& soup,
               Visibility& out);

/// An orthographic depth map along a direction: a shadow map.
struct DepthMap {
  int side = 0;
  Vec3 middle = Vec3::Zero();
  Mat3 axes = Mat3::Identity();  ///< Rows: right, down, away from the light.
  float cells_per_m = 1.0F;
  std::vector<float>
      depth;  ///< Row by row, metres along the third axis from `middle`; least wins.

  /// From world coordinates to map cells (x, y) and depth (z).
  [[nodiscard]] Vec3 to_map(const Vec3& world) const {
    const Vec3 own = axes * (world - middle);
    const float half = 0.5F * static_cast<float>(side);
    return {own.x() * cells_per_m + half, own.y() * cells_per_m + half, own.z()};
  }
};

/// Renders the shadow casters of a soup along `away`, over `extent_m` around `middle`.
void render_shadow_map(const TriangleSoup& soup, const Vec3& away, const Vec3& middle,
                       float extent_m, int side, DepthMap& out);

}  // namespace matside::bodyrender
