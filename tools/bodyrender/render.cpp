#include "tools/bodyrender/render.h"

#include <array>
#include <cmath>

namespace matside::bodyrender {
namespace {

class Renderer {
 public:
  Renderer(const Scene& scene, const Camera& camera, const CropTransform& grid_cut,
           const Visibility& visibility, const Lights& lights)
      : scene_(scene),
        camera_(camera),
        visibility_(visibility),
        lights_(lights),
        cell_per_m_(camera.focal_px * grid_cut.scale()) {}

  /// The mean light of the subsamples of a pixel; each surface in it is shaded once.
  [[nodiscard]] Colour pixel(int x, int y) const {
    constexpr int kCount = kSubsamples * kSubsamples;
    std::array<Seen, kCount> seen{};
    std::size_t surfaces = 0;
    for (int k = 0; k < kCount; ++k) {
      const int cx = x * kSubsamples + k % kSubsamples;
      const int cy = y * kSubsamples + k / kSubsamples;
      const std::size_t cell = at(cy * visibility_.side + cx);
      const int triangle = visibility_.triangle[cell];
      if (triangle < 0) continue;
      const float inverse_depth = visibility_.inverse_depth[cell];
      const std::uint16_t material = scene_.soup.triangles[at(triangle)].material;
      std::size_t s = 0;
      while (s < surfaces &&
             !(seen.at(s).material == material &&
               std::abs(seen.at(s).inverse_depth - inverse_depth) < 0.03F * inverse_depth)) {
        ++s;
      }
      if (s == surfaces) seen.at(surfaces++) = {triangle, material, inverse_depth, cx, cy, 0};
      ++seen.at(s).count;
    }
    Colour sum = Colour::Zero();
    for (std::size_t s = 0; s < surfaces; ++s) {
      sum += shade(seen.at(s)) * static_cast<float>(seen.at(s).count);
    }
    return sum / static_cast<float>(kCount);
  }

 private:
  struct Seen {
    int triangle = -1;
    std::uint16_t material = 0;
    float inverse_depth = 0.0F;
    int x = 0, y = 0;
    int count = 0;
  };

  [[nodiscard]] Colour shade(const Seen& seen) const {
    const auto& corner = scene_.soup.triangles[at(seen.triangle)].vertex;
    const Vec3& a = visibility_.screen[at(corner[0])];
    const Vec3& b = visibility_.screen[at(corner[1])];
    const Vec3& c = visibility_.screen[at(corner[2])];
    const float x = static_cast<float>(seen.x) + 0.5F - a.x();
    const float y = static_cast<float>(seen.y) + 0.5F - a.y();
    const float abx = b.x() - a.x();
    const float aby = b.y() - a.y();
    const float acx = c.x() - a.x();
    const float acy = c.y() - a.y();
    const float area = abx * acy - aby * acx;
    // Weights on the screen, then in the world.
    float wb = (x * acy - y * acx) / area * b.z();
    float wc = (abx * y - aby * x) / area * c.z();
    float wa = (1.0F - wb / b.z() - wc / c.z()) * a.z();
    const float total = wa + wb + wc;
    wa /= total;
    wb /= total;
    wc /= total;
    const Vertex& va = scene_.soup.vertices[at(corner[0])];
    const Vertex& vb = scene_.soup.vertices[at(corner[1])];
    const Vertex& vc = scene_.soup.vertices[at(corner[2])];
    const Vec3 pattern = va.pattern * wa + vb.pattern * wb + vc.pattern * wc;
    const Material& material = scene_.materials[seen.material];
    ShadingPoint lit;
    lit.place = va.place * wa + vb.place * wb + vc.place * wc;
    lit.to_eye = (camera_.eye - lit.place).normalized();
    lit.normal = (va.normal * wa + vb.normal * wb + vc.normal * wc).normalized();
    if (lit.normal.dot(lit.to_eye) < 0.0F && !material.body) lit.normal = -lit.normal;
    lit.normal = folded(material, pattern, lit.normal);
    const float slant = std::max(0.15F, std::abs(lit.normal.dot(lit.to_eye)));
    const float footprint_m = 1.4F / (seen.inverse_depth * cell_per_m_ * slant);
    return lights_.shade(lit, material, colour_at(material, pattern, footprint_m));
  }

  const Scene& scene_;
  const Camera& camera_;
  const Visibility& visibility_;
  const Lights& lights_;
  float cell_per_m_;  ///< Cells that one metre covers at a depth of one metre.
};

}  // namespace

Rendered render(Scene& scene, const Camera& camera, const CropTransform& cut, int side,
                const Vec3& middle) {
  Rendered out;
  const Lights lights(scene.lighting, scene.soup, middle);
  CropTransform grid_cut = cut;
  grid_cut.turn_scale *= static_cast<float>(kSubsamples);
  grid_cut.shift *= static_cast<float>(kSubsamples);
  rasterise(camera, grid_cut, side * kSubsamples, scene.soup, out.visibility);
  const Renderer renderer(scene, camera, grid_cut, out.visibility, lights);
  out.radiance.side = side;
  out.radiance.pixels.assign(at(side) * at(side), Colour::Zero());
  out.outside.assign(at(side) * at(side), 1);
  const Eigen::Matrix2f back = cut.turn_scale.inverse();
  const Vec2 limit(static_cast<float>(camera.width_px), static_cast<float>(camera.height_px));
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const Vec2 centre(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
      const Vec2 frame = back * (centre - cut.shift);
      if ((frame.array() < 0.0F).any() || (frame.array() > limit.array()).any()) continue;
      const std::size_t i = at(y * side + x);
      out.outside[i] = 0;
      out.radiance.pixels[i] = renderer.pixel(x, y);
    }
  }
  return out;
}

}  // namespace matside::bodyrender
