// Light on surfaces: a sun or lamp that throws shadows, further lamps, and the room's own
// light.
#pragma once

#include <vector>

#include "tools/bodyrender/raster.h"
#include "tools/bodyrender/texture.h"

namespace matside::bodyrender {

enum class LightModel {
  plain,  ///< Lambert, one light with a shadow, even light from all round.
  rich,   ///< Further lamps, highlights, light from above and below, dark where bodies touch.
  wide,   ///< Light that wraps round, several broad sources, dark near the floor.
};

struct Lamp {
  Vec3 place = Vec3::Zero();
  Colour colour = Colour::Zero();  ///< At one metre.
};

struct Lighting {
  LightModel model = LightModel::plain;
  Vec3 to_sun = Vec3(0.3F, 0.8F, 0.5F);  ///< Unit length.
  Colour sun = Colour::Constant(0.6F);
  Colour above = Colour::Constant(0.5F);
  Colour below = Colour::Constant(0.3F);
  std::vector<Lamp> lamps;
  float shadow_width = 1.0F;  ///< In cells of the shadow map: how soft its edges are.
  float contact = 0.5F;  ///< How dark it is where something nearly touches the floor, 0 .. 1.
};

/// A place to be lit.
struct ShadingPoint {
  Vec3 place;
  Vec3 normal;  ///< Towards the viewer's side.
  Vec3 to_eye;
};

class Lights {
 public:
  /// Shadows of the soup's casters round `middle`.
  Lights(const Lighting& lighting, const TriangleSoup& soup, const Vec3& middle);

  /// Linear light that leaves a surface of the given colour.
  [[nodiscard]] Colour shade(const ShadingPoint& lit, const Material& material,
                             const Colour& colour) const;

 private:
  [[nodiscard]] float sunlight(const Vec3& place, const Vec3& normal) const;
  [[nodiscard]] float ambient_occlusion(const ShadingPoint& lit) const;

  Lighting lighting_;
  DepthMap shadow_;
  DepthMap gap_;              ///< Height of what is above each place of the floor,
  std::vector<float> touch_;  ///< and from it how much it shuts out, 0 .. 1, smoothed.
};

}  // namespace matside::bodyrender
