#include "tools/bodyrender/raster.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace matside::bodyrender {
namespace {

/// Calls `use(cell, value)` for every cell whose centre a triangle covers; `value` is the
/// corners' z, interpolated.
template <class Use>
void for_each_cell(const Vec3& a, const Vec3& b, const Vec3& c, int side, Use use) {
  const float area = (b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x());
  if (!(std::abs(area) > 1e-9F)) return;
  const auto limit = static_cast<float>(side - 1);
  const auto low = [&](float x) {
    return static_cast<int>(std::ceil(std::clamp(x - 0.5F, 0.0F, limit + 1.0F)));
  };
  const auto high = [&](float x) {
    return static_cast<int>(std::floor(std::clamp(x - 0.5F, -1.0F, limit)));
  };
  const int x0 = low(std::min({a.x(), b.x(), c.x()}));
  const int x1 = high(std::max({a.x(), b.x(), c.x()}));
  const int y0 = low(std::min({a.y(), b.y(), c.y()}));
  const int y1 = high(std::max({a.y(), b.y(), c.y()}));
  if (x0 > x1 || y0 > y1) return;
  const float inverse = 1.0F / area;
  // Weight of b and of c, and their steps.
  const float b_dx = (c.y() - a.y()) * inverse;
  const float b_dy = -(c.x() - a.x()) * inverse;
  const float c_dx = -(b.y() - a.y()) * inverse;
  const float c_dy = (b.x() - a.x()) * inverse;
  const float dx = static_cast<float>(x0) + 0.5F - a.x();
  for (int y = y0; y <= y1; ++y) {
    const float dy = static_cast<float>(y) + 0.5F - a.y();
    const float b_row = dx * b_dx + dy * b_dy;
    const float c_row = dx * c_dx + dy * c_dy;
    const std::size_t row = at(y) * at(side);
    for (int x = x0; x <= x1; ++x) {
      const auto step = static_cast<float>(x - x0);
      const float wb = b_row + step * b_dx;
      const float wc = c_row + step * c_dx;
      const float wa = 1.0F - wb - wc;
      if (wa < 0.0F || wb < 0.0F || wc < 0.0F) continue;
      use(row + at(x), wa * a.z() + wb * b.z() + wc * c.z());
    }
  }
}

Vertex between(const Vertex& a, const Vertex& b, float t) {
  return {a.place + (b.place - a.place) * t, a.normal + (b.normal - a.normal) * t,
          a.pattern + (b.pattern - a.pattern) * t};
}

/// Projects, and cuts off what is behind the camera.
class Projector {
 public:
  Projector(const Camera& camera, const CropTransform& cut, TriangleSoup& soup, Visibility& out)
      : camera_(camera), cut_(cut), soup_(soup), out_(out) {}

  void run() {
    out_.screen.clear();
    depth_.clear();
    const std::size_t count = soup_.vertices.size();
    for (std::size_t i = 0; i < count; ++i) project(soup_.vertices[i].place);
    const std::size_t triangles = soup_.triangles.size();
    for (std::size_t i = 0; i < triangles; ++i) {
      const Triangle triangle = soup_.triangles[i];
      int behind = 0;
      for (const int v : triangle.vertex) behind += depth_[at(v)] < kNear_m ? 1 : 0;
      if (behind == 0) continue;
      soup_.triangles[i].vertex = {0, 0, 0};  // nothing left to draw
      if (behind < 3) clip(triangle);
    }
  }

 private:
  void project(const Vec3& place) {
    const Vec3 seen = camera_.to_camera(place);
    depth_.push_back(seen.z());
    if (seen.z() < kNear_m) {
      out_.screen.emplace_back(Vec3::Zero());
      return;
    }
    const Vec2 p = cut_.apply(camera_.to_frame(seen));
    out_.screen.emplace_back(p.x(), p.y(), 1.0F / seen.z());
  }

  void clip(const Triangle& triangle) {
    std::array<int, 4> kept{};
    std::size_t count = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const int from = triangle.vertex.at(k);
      const int to = triangle.vertex.at((k + 1) % 3);
      const float d0 = depth_[at(from)];
      const float d1 = depth_[at(to)];
      if (d0 >= kNear_m) kept.at(count++) = from;
      if ((d0 >= kNear_m) != (d1 >= kNear_m)) {
        const float t = (kNear_m * 1.001F - d0) / (d1 - d0);
        kept.at(count++) = static_cast<int>(soup_.vertices.size());
        soup_.vertices.push_back(between(soup_.vertices[at(from)], soup_.vertices[at(to)], t));
        project(soup_.vertices.back().place);
      }
    }
    for (std::size_t k = 2; k < count; ++k) {
      soup_.triangles.push_back({{kept[0], kept.at(k - 1), kept.at(k)}, triangle.material});
    }
  }

  const Camera& camera_;
  const CropTransform& cut_;
  TriangleSoup& soup_;
  Visibility& out_;
  std::vector<float> depth_;
};

}  // namespace

void rasterise(const Camera& camera, const CropTransform& cut, int side, TriangleSoup& soup,
               Visibility& out) {
  out.side = side;
  Projector(camera, cut, soup, out).run();
  out.triangle.assign(at(side) * at(side), -1);
  out.inverse_depth.assign(at(side) * at(side), 0.0F);
  for (std::size_t i = 0; i < soup.triangles.size(); ++i) {
    const auto& v = soup.triangles[i].vertex;
    for_each_cell(out.screen[at(v[0])], out.screen[at(v[1])], out.screen[at(v[2])], side,
                  [&](std::size_t cell, float inverse_depth) {
                    if (inverse_depth <= out.inverse_depth[cell]) return;
                    out.inverse_depth[cell] = inverse_depth;
                    out.triangle[cell] = static_cast<std::int32_t>(i);
                  });
  }
}

void render_shadow_map(const TriangleSoup& soup, const Vec3& away, const Vec3& middle,
                       float extent_m, int side, DepthMap& out) {
  out.side = side;
  out.middle = middle;
  out.cells_per_m = static_cast<float>(side) / extent_m;
  const Vec3 z = away.normalized();
  const Vec3 x =
      z.cross(std::abs(z.y()) > 0.95F ? Vec3(Vec3::UnitX()) : Vec3(Vec3::UnitY())).normalized();
  out.axes.row(0) = x;
  out.axes.row(1) = z.cross(x);
  out.axes.row(2) = z;
  out.depth.assign(at(side) * at(side), std::numeric_limits<float>::max());
  std::vector<Vec3> mapped;
  mapped.reserve(soup.vertices.size());
  for (const Vertex& v : soup.vertices) mapped.push_back(out.to_map(v.place));
  for (std::size_t i = 0; i < soup.casters; ++i) {
    const auto& v = soup.triangles[i].vertex;
    for_each_cell(mapped[at(v[0])], mapped[at(v[1])], mapped[at(v[2])], side,
                  [&](std::size_t cell, float depth) {
                    out.depth[cell] = std::min(out.depth[cell], depth);
                  });
  }
}

}  // namespace matside::bodyrender
