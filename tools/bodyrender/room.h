// The room round the bodies: floor, mat, walls, furniture, plants and pets.
#pragma once

#include <vector>

#include "tools/bodyrender/light.h"
#include "tools/bodyrender/outfit.h"

namespace matside::bodyrender {

/// A scene being put together. Materials of triangles are indices into `materials`.
struct Scene {
  TriangleSoup soup;
  std::vector<Material> materials;
  Lighting lighting;

  std::uint16_t add_material(const Material& material) {
    materials.push_back(material);
    return static_cast<std::uint16_t>(materials.size() - 1);
  }
};

/// What the room has to leave space for.
struct RoomPlan {
  Style style = Style::plain;
  Vec3 eye = Vec3(0.0F, 0.5F, 3.0F);  ///< The camera's place.
  Vec3 middle = Vec3::Zero();         ///< The body's, on the floor.
  Vec3 body_way = Vec3::UnitX();      ///< Its length, level.
  float half_length_m = 1.0F;
  float seat_m = 0.0F;  ///< Something to sit on, this high, under the body; 0: none.
  bool lying = true;
  bool empty = false;     ///< Nobody is there: things lie about instead.
  bool cushion = false;   ///< One under the pelvis.
  bool occluder = false;  ///< Something stands between camera and body.
};

/// Adds what throws shadows (furniture), then what doesn't (floor and walls).
void add_room(const RoomPlan& plan, Random& random, Scene& scene);

Lighting draw_lighting(Style style, const RoomPlan& plan, Random& random);

}  // namespace matside::bodyrender
