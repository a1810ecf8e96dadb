// Lighting: a sun or lamp that casts shadows, further lamps, and ambient light.
#pragma once

#include <vector>

#include "tools/bodyrender/raster.h"
#include "tools/bodyrender/texture.h"

namespace matside::bodyrender {

/// How light is computed.
enum class LightModel {
  plain,  ///< Lambert, one light with a shadow, even ambient light.
  rich,   ///< Further lamps, highlights, ambient light from above and below, contact shadows.
  wide,   ///< Wrapped light, several broad sources, darker near the floor.
};

/// A point light.
struct Lamp {
  Vec3 place = Vec3::Zero();
  Colour colour = Colour::Zero();  ///< At one metre.
};

/// The light of a scene.
struct Lighting {
  LightModel model = LightModel::plain;
  Vec3 to_sun = Vec3(0.3F, 0.8F, 0.5F);  ///< Unit length.
  Colour sun = Colour::Constant(0.6F);
  Colour above = Colour::Constant(0.5F);
  Colour below = Colour::Constant(0.3F);
  std::vector<Lamp> lamps;
  float shadow_width = 1.0F;  ///< Softness of shadow edges, in shadow map cells.
  float contact = 0.5F;       ///< Strength of contact shadows, 0 .. 1.
};

/// A point to shade.
struct ShadingPoint {
  Vec3 place;
  Vec3 normal;  ///< Towards the viewer's side.
  Vec3 to_eye;
};

/// Computes the light at surface points.
class Lights {
 public:
  /// Builds the shadow maps of the soup's shadow casters around `middle`.
  Lights(const Lighting& lighting, const TriangleSoup& soup, const Vec3& middle);

  /// Linear light reflected by a surface of that material and colour.
  [[nodiscard]] Colour shade(const ShadingPoint& lit, const Material& material,
                             const Colour& colour) const;

 private:
  [[nodiscard]] float sunlight(const Vec3& place, const Vec3& normal) const;
  [[nodiscard]] float ambient_occlusion(const ShadingPoint& lit) const;

  Lighting lighting_;
  DepthMap shadow_;
  DepthMap gap_;              ///< Height of the lowest surface above each point of the floor.
  std::vector<float> touch_;  ///< Contact occlusion from it, 0 .. 1, smoothed.
};

}  // namespace matside::bodyrender
