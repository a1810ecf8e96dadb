// A person's outfit and drawn surface: skin, cloth and hair with their materials.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tools/bodyrender/pose.h"
#include "tools/bodyrender/texture.h"
#include "tools/bodyrender/triangle_soup.h"

namespace matside::bodyrender {

/// The appearance of samples.
enum class Style {
  plain,  ///< Flat colours, one light.
  rich,   ///< Patterns, several lights, all details.
  held,   ///< Other textures, light and bodies, for testing only.
};

/// Which part of a person a triangle belongs to.
enum class Part : std::uint8_t { skin, top, legs, feet, pads, hair, hat, eyes, count };
inline constexpr std::size_t kParts = static_cast<std::size_t>(Part::count);

/// What a person wears. Lengths are fractions unless a unit is given.
struct Outfit {
  std::array<Material, kParts> materials;
  float sleeve = 0.2F;      ///< Of the arm that is covered, 0 none .. 1 to the wrist.
  float top_hem = 0.15F;    ///< Where the top ends, 0 at the hips .. 1 at the shoulders.
  float waist = 0.2F;       ///< Where the trousers end.
  float leg_length = 1.0F;  ///< Of the leg that is covered, 0 none .. 1 to the ankle.
  float top_loose_m = 0.004F;
  float leg_loose_m = 0.004F;
  bool skirt = false;
  bool pads = false;        ///< Kneepads.
  float feet_m = 0.0F;      ///< Thickness of shoes or socks; 0: barefoot.
  float feet_reach = 0.9F;  ///< Where they end on the leg, as `leg_length`.
  bool scalp_hair = true;
  float hair_m = 0.012F;  ///< Its thickness.
  bool long_hair = false;
  bool bun = false;
  bool tail = false;
  bool hat = false;
};

/// A random outfit.
Outfit draw_outfit(Style style, const struct Build& build, Random& random);

/// An ellipsoid attached to the head.
struct HeadPiece {
  Vec3 place;  ///< At rest.
  Vec3 radii;
  Part part = Part::hair;
};

/// A person ready to be posed; only drawn parts.
struct Person {
  Shape shape;
  Outfit outfit;
  std::vector<int> source;  ///< Of each drawn vertex: its vertex in the base mesh.
  std::vector<Vec3> rest;   ///< Rest position, with the cloth's thickness.
  std::vector<std::array<int, 3>> triangles;  ///< Of drawn vertices.
  std::vector<Part> parts;                    ///< Of each triangle.
  std::vector<HeadPiece> head_pieces;
};

/// Builds a person's drawn surface.
Person build_person(Shape shape, const Outfit& outfit, std::uint64_t seed);

/// The vertices that a person occupies in a soup.
struct VertexRange {
  std::size_t first_vertex = 0;
  std::size_t vertex_count = 0;
};

/// Adds the person in a pose, turned by `turn` about the world's vertical and moved by `shift`;
/// nothing is lower than `floor_m`. Materials are numbered from `first_material` in Part's
/// order.
VertexRange add_person(const Person& person, const Skeleton& skeleton, const Mat3& turn,
                       const Vec3& shift, float floor_m, std::uint16_t first_material,
                       TriangleSoup& soup);

}  // namespace matside::bodyrender
