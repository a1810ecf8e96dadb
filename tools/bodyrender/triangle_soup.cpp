#include "tools/bodyrender/triangle_soup.h"

#include <cmath>

namespace matside::bodyrender {
namespace {

constexpr int kMeridians = 14;
constexpr int kParallels = 8;

void add_triangle(int a, int b, int c, std::uint16_t material, TriangleSoup& soup) {
  soup.triangles.push_back({{a, b, c}, material});
}

}  // namespace

void add_quad(const Vec3& origin, const Vec3& right, const Vec3& up, std::uint16_t material,
              TriangleSoup& soup) {
  const int first = static_cast<int>(soup.vertices.size());
  const Vec3 normal = right.cross(up).normalized();
  for (const float v : {0.0F, 1.0F}) {
    for (const float u : {0.0F, 1.0F}) {
      soup.vertices.push_back(
          {origin + right * u + up * v, normal, Vec3(right.norm() * u, up.norm() * v, 0.0F)});
    }
  }
  add_triangle(first, first + 1, first + 3, material, soup);
  add_triangle(first, first + 3, first + 2, material, soup);
}

void add_box(const Vec3& low, const Vec3& high, const RigidTransform& placement,
             std::uint16_t material, TriangleSoup& soup) {
  const Vec3 size = high - low;
  const auto face = [&](const Vec3& origin, const Vec3& right, const Vec3& up) {
    add_quad(placement.turn * origin + placement.place, placement.turn * right,
             placement.turn * up, material, soup);
  };
  const Vec3 x = Vec3::UnitX() * size.x();
  const Vec3 y = Vec3::UnitY() * size.y();
  const Vec3 z = Vec3::UnitZ() * size.z();
  face(low + z, x, y);
  face(low + x, -x, y);
  face(low, z, y);
  face(low + x + z, -z, y);
  face(low + y + z, x, -z);
  face(low, x, z);
}

void add_ellipsoid(const Vec3& radii, const RigidTransform& placement, std::uint16_t material,
                   TriangleSoup& soup) {
  const int first = static_cast<int>(soup.vertices.size());
  for (int p = 0; p <= kParallels; ++p) {
    const float polar = kPi * static_cast<float>(p) / static_cast<float>(kParallels);
    for (int m = 0; m <= kMeridians; ++m) {
      const float round = 2.0F * kPi * static_cast<float>(m) / static_cast<float>(kMeridians);
      const Vec3 unit(std::sin(polar) * std::cos(round), std::cos(polar),
                      std::sin(polar) * std::sin(round));
      const Vec3 own = unit.cwiseProduct(radii);
      soup.vertices.push_back({placement.turn * own + placement.place,
                               placement.turn * unit.cwiseQuotient(radii).normalized(), own});
    }
  }
  for (int p = 0; p < kParallels; ++p) {
    for (int m = 0; m < kMeridians; ++m) {
      const int a = first + p * (kMeridians + 1) + m;
      const int b = a + kMeridians + 1;
      add_triangle(a, b, a + 1, material, soup);
      add_triangle(a + 1, b, b + 1, material, soup);
    }
  }
}

void add_bar(const Vec3& from, const Vec3& to, float from_radius, float to_radius,
             std::uint16_t material, TriangleSoup& soup) {
  const int first = static_cast<int>(soup.vertices.size());
  const Vec3 axis = (to - from).normalized();
  const Vec3 side = axis.unitOrthogonal();
  const Vec3 other = axis.cross(side);
  const float length = (to - from).norm();
  for (int end = 0; end < 2; ++end) {
    for (int m = 0; m <= kMeridians; ++m) {
      const float round = 2.0F * kPi * static_cast<float>(m) / static_cast<float>(kMeridians);
      const Vec3 out = side * std::cos(round) + other * std::sin(round);
      const float radius = end == 0 ? from_radius : to_radius;
      soup.vertices.push_back({(end == 0 ? from : to) + out * radius, out,
                               Vec3(round * from_radius, end == 0 ? 0.0F : length, 0.0F)});
    }
  }
  const int start = static_cast<int>(soup.vertices.size());
  soup.vertices.push_back({from, -axis, Vec3::Zero()});
  soup.vertices.push_back({to, axis, Vec3(0.0F, length, 0.0F)});
  for (int m = 0; m < kMeridians; ++m) {
    const int a = first + m;
    const int b = a + kMeridians + 1;
    add_triangle(a, b, a + 1, material, soup);
    add_triangle(a + 1, b, b + 1, material, soup);
    add_triangle(start, a, a + 1, material, soup);
    add_triangle(start + 1, b, b + 1, material, soup);
  }
}

}  // namespace matside::bodyrender
