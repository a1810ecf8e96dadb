#include "tools/bodyrender/texture.h"

#include <algorithm>
#include <cmath>

namespace matside::bodyrender {
namespace {

float lattice(int x, int y, int z, std::uint32_t seed) {
  std::uint32_t h = static_cast<std::uint32_t>(x) * 374761393U +
                    static_cast<std::uint32_t>(y) * 668265263U +
                    static_cast<std::uint32_t>(z) * 2246822519U + seed * 1442695041U;
  h = (h ^ (h >> 13)) * 1274126177U;
  return static_cast<float>((h ^ (h >> 16)) & 0xffffU) * (1.0F / 65535.0F);
}

struct Split {
  int cell;
  float inside;
};

Split split(float x) {
  const float low = std::floor(x);
  return {static_cast<int>(low), x - low};
}

float eased(float t) { return t * t * (3.0F - 2.0F * t); }
float mixed(float a, float b, float t) { return a + (b - a) * t; }
Colour mixed(const Colour& a, const Colour& b, float t) { return a + (b - a) * t; }

float fractal_noise(const Vec3& p, std::uint32_t seed, int octaves) {
  float sum = 0.0F;
  float weight = 1.0F;
  float total = 0.0F;
  float scale = 1.0F;
  for (int k = 0; k < octaves; ++k) {
    sum += weight * noise(Vec3(p * scale), seed + static_cast<std::uint32_t>(k));
    total += weight;
    weight *= 0.55F;
    scale *= 2.07F;
  }
  return sum / total;
}

Colour stripes(const Material& m, const Vec2& p) {
  const Split s = split(p.y() / m.size_m);
  const float share = 0.3F + 0.4F * lattice(0, 0, 1, m.seed);
  return s.inside < share ? m.colours[1] : m.colours[0];
}

Colour dots(const Material& m, const Vec2& p) {
  const Split y = split(p.y() / m.size_m);
  const Split x = split(p.x() / m.size_m + ((y.cell & 1) != 0 ? 0.5F : 0.0F));
  const float dx = x.inside - 0.5F;
  const float dy = y.inside - 0.5F;
  const float radius = 0.18F + 0.2F * lattice(0, 0, 2, m.seed);
  return dx * dx + dy * dy < radius * radius ? m.colours[1] : m.colours[0];
}

Colour blocks(const Material& m, const Vec2& p) {
  const Split x = split(p.x() / m.size_m);
  const Split y = split(p.y() / m.size_m);
  return m.colours.at(static_cast<std::size_t>(lattice(x.cell, y.cell, 3, m.seed) * 2.99F));
}

Colour planks(const Material& m, const Vec2& p) {
  const Split row = split(p.y() / m.size_m);
  const float shift = lattice(row.cell, 0, 4, m.seed) * 3.0F;
  const Split board = split(p.x() / (m.size_m * 9.0F) + shift);
  const float grain =
      noise(p.x() * 3.0F + static_cast<float>(row.cell) * 17.0F, p.y() * 45.0F, m.seed + 5);
  const float tone = lattice(row.cell, board.cell, 5, m.seed);
  const bool gap = row.inside < 0.025F || board.inside < 0.004F;
  const float light = 1.0F + m.contrast * (1.6F * grain + 1.2F * tone - 1.4F);
  return mixed(m.colours[0], m.colours[1], tone) * (gap ? 0.6F : std::max(0.2F, light));
}

Colour tiles(const Material& m, const Vec2& p) {
  const Split x = split(p.x() / m.size_m);
  const Split y = split(p.y() / m.size_m);
  if (x.inside < 0.03F || y.inside < 0.03F) return m.colours[2];
  const bool odd = ((x.cell + y.cell) & 1) != 0;
  const float tone = 1.0F + m.contrast * (lattice(x.cell, y.cell, 6, m.seed) - 0.5F);
  return (odd ? m.colours[1] : m.colours[0]) * tone;
}

Colour rug(const Material& m, const Vec2& p) {
  const Vec2 edge = (m.extent_m - p).cwiseMin(p);
  const float inwards = edge.minCoeff() / m.size_m;
  if (inwards < 3.0F)
    return m.colours.at(
        static_cast<std::size_t>(static_cast<int>(std::max(0.0F, inwards)) % 3));
  const Split u = split((p.x() + p.y()) / (m.size_m * 2.0F));
  const Split v = split((p.x() - p.y()) / (m.size_m * 2.0F));
  const float inside = std::max(std::abs(u.inside - 0.5F), std::abs(v.inside - 0.5F));
  return inside < 0.3F ? m.colours.at(static_cast<std::size_t>(
                             lattice(u.cell, v.cell, 7, m.seed) * 2.99F))
                       : m.colours[0];
}

Colour picture(const Material& m, const Vec2& p) {
  const Vec2 part = p.cwiseQuotient(m.extent_m);
  const float border = std::min(part.minCoeff(), (Vec2::Ones() - part).minCoeff());
  if (border < 0.04F) return m.colours[2] * 0.6F;
  const float hills = 0.35F + 0.35F * noise(part.x() * 4.0F, 0.5F, m.seed);
  const Colour sky = mixed(m.colours[0], Colour::Constant(0.9F), part.y() * 0.6F);
  const float blobs = noise(part.x() * 9.0F, part.y() * 9.0F, m.seed + 3);
  return part.y() > hills ? sky : Colour(mixed(m.colours[1], m.colours[2], eased(blobs)));
}

Colour cells(const Material& m, const Vec3& p) {
  const Split x = split(p.x() / m.size_m);
  const Split y = split(p.y() / m.size_m);
  float nearest = 9.0F;
  float second = 9.0F;
  float tone = 0.0F;
  for (int dy = -1; dy <= 1; ++dy) {
    for (int dx = -1; dx <= 1; ++dx) {
      const int cx = x.cell + dx;
      const int cy = y.cell + dy;
      const float ox = static_cast<float>(dx) + lattice(cx, cy, 8, m.seed) - x.inside;
      const float oy = static_cast<float>(dy) + lattice(cx, cy, 9, m.seed) - y.inside;
      const float d = ox * ox + oy * oy;
      if (d < nearest) {
        second = nearest;
        nearest = d;
        tone = lattice(cx, cy, 10, m.seed);
      } else {
        second = std::min(second, d);
      }
    }
  }
  const Colour base = mixed(m.colours[0], m.colours[1], tone);
  return std::sqrt(second) - std::sqrt(nearest) < 0.06F ? Colour(m.colours[2]) : base;
}

/// The size of a pattern's smallest detail; below it, it fades to one colour.
float finest_m(const Material& m) {
  switch (m.pattern) {
    case Pattern::planks:
      return 0.3F * m.size_m;
    case Pattern::leaves:
      return 0.6F * m.size_m;
    case Pattern::picture:
      return 0.1F * m.extent_m.x();
    default:
      return m.size_m;
  }
}

Colour sharp_colour(const Material& m, const Vec3& pattern_m, float footprint_m) {
  Vec2 p(pattern_m.x(), pattern_m.y());
  if (m.body) p.x() += 0.7F * pattern_m.z();
  if (m.turn_deg != 0.0F) p = Eigen::Rotation2Df(radians(m.turn_deg)) * p;
  switch (m.pattern) {
    case Pattern::flat:
      break;
    case Pattern::speckle:
      return m.colours[0] *
             (1.0F + m.contrast * (noise(p.x() / m.size_m, p.y() / m.size_m, m.seed) - 0.5F));
    case Pattern::clouds:
      return mixed(m.colours[0], m.colours[1],
                   eased(noise(Vec3(pattern_m / m.size_m), m.seed)) * m.contrast);
    case Pattern::stripes:
      return stripes(m, p);
    case Pattern::dots:
      return dots(m, p);
    case Pattern::blocks:
      return blocks(m, p);
    case Pattern::planks:
      return planks(m, p);
    case Pattern::tiles:
      return tiles(m, p);
    case Pattern::rug:
      return rug(m, p);
    case Pattern::picture:
      return picture(m, p);
    case Pattern::leaves: {
      const float n = noise(Vec3(pattern_m / m.size_m), m.seed);
      return n > 0.5F ? m.colours[0] : Colour(m.colours[1] * (0.4F + n));
    }
    case Pattern::fractal: {
      const float octaves = std::log2(m.size_m / footprint_m) + 1.0F;
      const float n = fractal_noise(Vec3(pattern_m / m.size_m), m.seed,
                                    std::clamp(static_cast<int>(octaves), 1, 5));
      return mixed(m.colours[0], m.colours[1],
                   std::clamp(0.5F + 2.5F * m.contrast * (n - 0.5F), 0.0F, 1.0F));
    }
    case Pattern::cells:
      return cells(m, Vec3(p.x(), p.y(), 0.0F));
  }
  return m.colours[0];
}

}  // namespace

float noise(float x, float y, std::uint32_t seed) {
  const Split sx = split(x);
  const Split sy = split(y);
  const float tx = eased(sx.inside);
  const float top =
      mixed(lattice(sx.cell, sy.cell, 0, seed), lattice(sx.cell + 1, sy.cell, 0, seed), tx);
  const float bottom = mixed(lattice(sx.cell, sy.cell + 1, 0, seed),
                             lattice(sx.cell + 1, sy.cell + 1, 0, seed), tx);
  return mixed(top, bottom, eased(sy.inside));
}

float noise(const Vec3& p, std::uint32_t seed) {
  const Split sz = split(p.z());
  const auto layer = [&](int z) {
    return noise(p.x(), p.y(), seed + static_cast<std::uint32_t>(z) * 7919U);
  };
  return mixed(layer(sz.cell), layer(sz.cell + 1), eased(sz.inside));
}

Colour colour_at(const Material& m, const Vec3& pattern_m, float footprint_m) {
  if (m.pattern == Pattern::flat) return m.colours[0];
  const float blurred = std::clamp((footprint_m / finest_m(m) - 0.25F) * 2.0F, 0.0F, 1.0F);
  const bool one_colour = m.pattern == Pattern::speckle;
  const Colour mean = one_colour ? m.colours[0] : Colour(0.5F * (m.colours[0] + m.colours[1]));
  if (blurred >= 1.0F) return mean;
  return mixed(sharp_colour(m, pattern_m, footprint_m), mean, blurred);
}

Vec3 folded(const Material& m, const Vec3& pattern_m, const Vec3& normal) {
  if (m.folds <= 0.0F) return normal;
  const Vec3 p = pattern_m / m.fold_size_m;
  const float here = noise(p, m.seed + 31);
  constexpr float kStep = 0.35F;
  const Vec3 slope(noise(Vec3(p + Vec3(kStep, 0.0F, 0.0F)), m.seed + 31) - here,
                   noise(Vec3(p + Vec3(0.0F, kStep, 0.0F)), m.seed + 31) - here,
                   noise(Vec3(p + Vec3(0.0F, 0.0F, kStep)), m.seed + 31) - here);
  return (normal - slope * (m.folds / kStep)).normalized();
}

Colour draw_colour(Random& random, float darkest, float brightest) {
  const float light = random.uniform(darkest, brightest);
  const float loud = random.chance(0.4F) ? random.unit() : random.uniform(0.0F, 0.25F);
  Colour hue(random.unit(), random.unit(), random.unit());
  hue /= std::max(0.05F, hue.maxCoeff());
  // Light as the eye counts it; surfaces are kept as linear light.
  return (light * ((1.0F - loud) + loud * hue)).pow(2.2F);
}

}  // namespace matside::bodyrender
