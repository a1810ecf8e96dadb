// Surface colours before lighting: flat colours, patterns and noise.
#pragma once

#include <array>
#include <cstdint>

#include "tools/bodyrender/random.h"
#include "tools/bodyrender/vectors.h"

namespace matside::bodyrender {

/// Kinds of pattern.
enum class Pattern : std::uint8_t {
  flat,
  speckle,  ///< Fine noise: cloth, carpet.
  clouds,   ///< Coarse noise.
  stripes,
  dots,
  blocks,
  planks,
  tiles,
  rug,      ///< Concentric frames and a field of diamonds.
  picture,  ///< Sky, land and blobs.
  leaves,
  fractal,  ///< Noise of many octaves with a 1/f spectrum.
  cells,    ///< Voronoi cells.
};

/// A surface's appearance.
struct Material {
  Pattern pattern = Pattern::flat;
  std::array<Colour, 3> colours = {Colour::Constant(0.5F), Colour::Constant(0.5F),
                                   Colour::Constant(0.5F)};
  float size_m = 0.1F;               ///< Period of the pattern.
  float contrast = 0.1F;             ///< Of noise, 0 .. 1.
  float shine = 0.0F;                ///< Strength of highlights.
  float glow = 0.0F;                 ///< Emitted light, as a fraction of its colour.
  float turn_deg = 0.0F;             ///< Rotation of the pattern.
  Vec2 extent_m = Vec2(1.0F, 1.0F);  ///< Size of the surface, for rugs and pictures.
  std::uint32_t seed = 0;
  float folds = 0.0F;  ///< How far folds tilt the surface, 0 .. 1.
  float fold_size_m = 0.05F;
  bool body = false;  ///< On a person: the pattern is mapped in the rest pose.
};

/// Smooth noise, 0 .. 1, features about 1 across.
float noise(float x, float y, std::uint32_t seed);
float noise(const Vec3& p, std::uint32_t seed);

/// The material's colour at a point of its pattern, averaged over about `footprint_m`.
Colour colour_at(const Material& material, const Vec3& pattern_m, float footprint_m);

/// The surface normal, perturbed by the material's folds.
Vec3 folded(const Material& material, const Vec3& pattern_m, const Vec3& normal);

/// A random colour, more often muted than saturated.
Colour draw_colour(Random& random, float darkest, float brightest);

}  // namespace matside::bodyrender
