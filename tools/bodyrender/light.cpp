#include "tools/bodyrender/light.h"

#include <algorithm>
#include <cmath>

namespace matside::bodyrender {
namespace {

constexpr int kShadowSide = 384;
constexpr int kGapSide = 128;
constexpr float kExtent_m = 3.4F;
constexpr float kBias_m = 0.02F;
constexpr float kTouchFade_m = 0.13F;

void smooth_once(std::vector<float>& values, int side) {
  std::vector<float> line(at(side));
  for (const bool across : {true, false}) {
    const int step = across ? 1 : side;
    for (int k = 0; k < side; ++k) {
      float* first = values.data() + (across ? k * side : k);
      for (int i = 0; i < side; ++i) {
        float sum = 0.0F;
        for (int d = -2; d <= 2; ++d) sum += first[std::clamp(i + d, 0, side - 1) * step];
        line[at(i)] = sum * 0.2F;
      }
      for (int i = 0; i < side; ++i) first[i * step] = line[at(i)];
    }
  }
}

}  // namespace

Lights::Lights(const Lighting& lighting, const TriangleSoup& soup, const Vec3& middle)
    : lighting_(lighting) {
  render_shadow_map(soup, -lighting.to_sun, middle, kExtent_m, kShadowSide, shadow_);
  if (lighting.model == LightModel::plain) return;
  const Vec3 below(middle.x(), 0.0F, middle.z());
  render_shadow_map(soup, Vec3::UnitY(), below, kExtent_m, kGapSide, gap_);
  touch_.reserve(gap_.depth.size());
  for (const float height : gap_.depth) {
    touch_.push_back(std::exp(-std::max(0.0F, height) / kTouchFade_m));
  }
  smooth_once(touch_, kGapSide);
  smooth_once(touch_, kGapSide);
}

float Lights::sunlight(const Vec3& place, const Vec3& normal) const {
  const Vec3 p = shadow_.to_map(place + normal * 0.012F);
  const float spread = lighting_.shadow_width;
  float open = 0.0F;
  for (int dy = -1; dy <= 1; ++dy) {
    for (int dx = -1; dx <= 1; ++dx) {
      const int x = static_cast<int>(std::floor(p.x() + static_cast<float>(dx) * spread));
      const int y = static_cast<int>(std::floor(p.y() + static_cast<float>(dy) * spread));
      const bool outside = x < 0 || y < 0 || x >= kShadowSide || y >= kShadowSide;
      const float bias = kBias_m + 0.006F * spread;
      if (outside || shadow_.depth[at(y * kShadowSide + x)] > p.z() - bias) open += 1.0F;
    }
  }
  return open / 9.0F;
}

float Lights::ambient_occlusion(const ShadingPoint& lit) const {
  if (lit.place.y() > 0.03F) {
    // The lower half of things near the floor sees less of the room.
    const float height = std::clamp(lit.place.y() / 0.3F, 0.0F, 1.0F);
    const float turned_down = 0.5F - 0.5F * lit.normal.y();
    return 1.0F - lighting_.contact * (1.0F - height) * turned_down;
  }
  const Vec3 p = gap_.to_map(lit.place);
  const int x = static_cast<int>(p.x());
  const int y = static_cast<int>(p.y());
  if (x < 0 || y < 0 || x >= kGapSide || y >= kGapSide) return 1.0F;
  return 1.0F - lighting_.contact * touch_[at(y * kGapSide + x)];
}

Colour Lights::shade(const ShadingPoint& lit, const Material& material,
                     const Colour& colour) const {
  const float facing = lit.normal.dot(lighting_.to_sun);
  const bool wide = lighting_.model == LightModel::wide;
  const float wrapped = wide ? 0.5F + 0.5F * facing : facing;
  float direct = std::max(0.0F, wide ? wrapped * wrapped : wrapped);
  if (direct > 0.0F) direct *= sunlight(lit.place, lit.normal);
  if (lighting_.model == LightModel::plain) {
    return colour * (lighting_.above + lighting_.sun * direct);
  }
  const float up = 0.5F + 0.5F * lit.normal.y();
  Colour light =
      (lighting_.above * up + lighting_.below * (1.0F - up)) * ambient_occlusion(lit);
  light += lighting_.sun * direct;
  for (const Lamp& lamp : lighting_.lamps) {
    const Vec3 way = lamp.place - lit.place;
    const float square = std::max(0.5F, way.squaredNorm());
    const float cosine = lit.normal.dot(way) / std::sqrt(square);
    light += lamp.colour * (std::max(0.0F, wide ? 0.4F + 0.6F * cosine : cosine) / square);
  }
  Colour out = colour * light;
  if (material.glow > 0.0F) out += colour * material.glow;
  if (material.shine > 0.0F && direct > 0.0F) {
    const float glance =
        std::max(0.0F, lit.normal.dot((lighting_.to_sun + lit.to_eye).normalized()));
    const float p4 = glance * glance * glance * glance;
    out += lighting_.sun * (material.shine * p4 * p4 * p4 * p4 * p4 * direct);
  }
  return out;
}

}  // namespace matside::bodyrender
