// The room around the bodies: floor, mat, walls, furniture, plants and pets.
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

/// What the room must leave space for.
struct RoomPlan {
  Style style = Style::plain;
  Vec3 eye = Vec3(0.0F, 0.5F, 3.0F);  ///< The camera's position.
  Vec3 middle = Vec3::Zero();         ///< The body's middle, on the floor.
  Vec3 body_way = Vec3::UnitX();      ///< The body's direction, horizontal.
  float half_length_m = 1.0F;
  float seat_m = 0.0F;  ///< Height of a seat under the body; 0 for none.
  bool lying = true;
  bool empty = false;     ///< Without a person; with scattered things instead.
  bool cushion = false;   ///< Under the pelvis.
  bool occluder = false;  ///< An object between camera and body.
};

/// Adds shadow casters (furniture), then floor and walls.
void add_room(const RoomPlan& plan, Random& random, Scene& scene);

/// Random lighting.
Lighting draw_lighting(Style style, const RoomPlan& plan, Random& random);

}  // namespace matside::bodyrender
