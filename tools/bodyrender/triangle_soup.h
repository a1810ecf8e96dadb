// A scene's geometry as a triangle soup, and simple solids to add to it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tools/bodyrender/vectors.h"

namespace matside::bodyrender {

/// A vertex.
struct Vertex {
  Vec3 place;    ///< World, metres.
  Vec3 normal;   ///< Unit length.
  Vec3 pattern;  ///< Position in its material's pattern, metres.
};

/// A triangle of three vertex indices.
struct Triangle {
  std::array<int, 3> vertex{};
  std::uint16_t material = 0;
};

/// Rotation by `turn`, then translation by `place`.
struct RigidTransform {
  Vec3 place = Vec3::Zero();
  Mat3 turn = Mat3::Identity();
};

/// Vertices and triangles of a scene.
struct TriangleSoup {
  std::vector<Vertex> vertices;
  std::vector<Triangle> triangles;
  std::size_t casters = 0;  ///< This many first triangles cast shadows.
};

/// Adds a parallelogram with a corner at `origin` and the edges `right` and `up`.
void add_quad(const Vec3& origin, const Vec3& right, const Vec3& up, std::uint16_t material,
              TriangleSoup& soup);

/// Adds a box from `low` to `high` in its own frame.
void add_box(const Vec3& low, const Vec3& high, const RigidTransform& placement,
             std::uint16_t material, TriangleSoup& soup);

/// Adds an ellipsoid centred in its own frame.
void add_ellipsoid(const Vec3& radii, const RigidTransform& placement, std::uint16_t material,
                   TriangleSoup& soup);

/// Adds a round bar between two points, with flat ends and a radius at each.
void add_bar(const Vec3& from, const Vec3& to, float from_radius, float to_radius,
             std::uint16_t material, TriangleSoup& soup);

}  // namespace matside::bodyrender
