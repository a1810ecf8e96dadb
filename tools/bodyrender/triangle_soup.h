// Everything a picture shows, as one soup of triangles, and simple solids to put into it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tools/bodyrender/vectors.h"

namespace matside::bodyrender {

struct Vertex {
  Vec3 place;    ///< World, metres.
  Vec3 normal;   ///< Unit length.
  Vec3 pattern;  ///< Where in its material's pattern, metres.
};

struct Triangle {
  std::array<int, 3> vertex{};
  std::uint16_t material = 0;
};

/// Where a solid stands: `turn` and then `place`.
struct RigidTransform {
  Vec3 place = Vec3::Zero();
  Mat3 turn = Mat3::Identity();
};

struct TriangleSoup {
  std::vector<Vertex> vertices;
  std::vector<Triangle> triangles;
  std::size_t casters = 0;  ///< The first so many triangles throw shadows.
};

/// A flat four-cornered surface: `origin`, and its edges from there.
void add_quad(const Vec3& origin, const Vec3& right, const Vec3& up, std::uint16_t material,
              TriangleSoup& soup);

/// A box from `low` to `high` in its own frame.
void add_box(const Vec3& low, const Vec3& high, const RigidTransform& placement,
             std::uint16_t material, TriangleSoup& soup);

void add_ellipsoid(const Vec3& radii, const RigidTransform& placement, std::uint16_t material,
                   TriangleSoup& soup);

/// A round bar between two points, with flat ends; thinner or thicker towards the second.
void add_bar(const Vec3& from, const Vec3& to, float from_radius, float to_radius,
             std::uint16_t material, TriangleSoup& soup);

}  // namespace matside::bodyrender
