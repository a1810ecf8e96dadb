#include "tools/bodyrender/room.h"

#include <algorithm>
#include <cmath>

namespace matside::bodyrender {
namespace {

Material draw_surface(Style style, Random& random, std::initializer_list<Pattern> patterns,
                      float darkest, float brightest) {
  Material m;
  m.seed = static_cast<std::uint32_t>(random.bits());
  for (Colour& c : m.colours) c = draw_colour(random, darkest, brightest);
  if (random.chance(0.6F)) m.colours[1] = m.colours[0] * random.uniform(0.6F, 1.3F);
  m.contrast = random.uniform(0.05F, 0.5F);
  m.size_m = random.log_uniform(0.02F, 0.5F);
  if (style == Style::plain) return m;
  m.pattern = random.pick(patterns);
  if (style == Style::held) {
    m.pattern = random.pick({Pattern::fractal, Pattern::fractal, Pattern::cells});
    m.contrast = random.uniform(0.2F, 1.2F);
    m.size_m = random.log_uniform(0.05F, 1.0F);
    return m;
  }
  if (m.pattern == Pattern::speckle) m.size_m = random.log_uniform(0.004F, 0.05F);
  if (m.pattern == Pattern::planks) m.size_m = random.uniform(0.06F, 0.2F);
  if (m.pattern == Pattern::tiles) m.size_m = random.uniform(0.15F, 0.7F);
  return m;
}

Colour wood(Random& random) {
  return (random.uniform(0.15F, 0.8F) *
          Colour(1.0F, random.uniform(0.65F, 0.85F), random.uniform(0.4F, 0.65F)))
      .pow(1.6F);
}

/// The room's axes: `u` away from the camera, `v` to the right, origin at the body's middle.
class Furnisher {
 public:
  Furnisher(const RoomPlan& plan, Random& random, Scene& scene)
      : plan_(plan), random_(random), scene_(scene), soup_(scene.soup) {
    Vec3 ahead = plan.middle - plan.eye;
    ahead.y() = 0.0F;
    ahead = ahead.norm() > 0.05F ? Vec3(ahead.normalized()) : Vec3(-Vec3::UnitZ());
    u_ = rotation_y(random.uniform(-22.0F, 22.0F)) * ahead;
    v_ = u_.cross(Vec3::UnitY());
    axes_.col(0) = v_;
    axes_.col(1) = Vec3::UnitY();
    axes_.col(2) = -u_;
    const Vec3 camera = plan.eye - plan.middle;
    const float along = std::abs(plan.body_way.dot(u_)) * plan.half_length_m;
    const float across = std::abs(plan.body_way.dot(v_)) * plan.half_length_m;
    back_ = 0.35F + along + random.log_uniform(0.15F, 3.5F);
    front_ = std::min(-1.0F, camera.dot(u_)) - random.uniform(0.3F, 2.0F);
    left_ = std::min(-0.4F - across, camera.dot(v_) - 0.3F) - random.log_uniform(0.2F, 3.0F);
    right_ = std::max(0.4F + across, camera.dot(v_) + 0.3F) + random.log_uniform(0.2F, 3.0F);
    height_ = random.uniform(2.3F, 3.2F);
  }

  void run() {
    if (plan_.seat_m > 0.0F) add_seat();
    if (plan_.occluder) add_occluder();
    if (plan_.cushion) add_cushion(0.0F, 0.0F);
    const int pieces = random_.below(5) + (plan_.empty ? 1 : 0);
    for (int k = 0; k < pieces; ++k) add_piece();
    if (plan_.empty) litter();
    if (random_.chance(plan_.empty ? 0.35F : 0.12F)) add_pet();
    soup_.casters = soup_.triangles.size();
    add_floor();
    add_walls();
  }

 private:
  [[nodiscard]] Vec3 at(float u, float y, float v) const {
    return plan_.middle + u_ * u + v_ * v + Vec3(0.0F, y, 0.0F);
  }
  std::uint16_t surface(std::initializer_list<Pattern> patterns, float dark, float bright) {
    return scene_.add_material(draw_surface(plan_.style, random_, patterns, dark, bright));
  }
  std::uint16_t furniture() {
    Material m = draw_surface(
        plan_.style, random_,
        {Pattern::speckle, Pattern::clouds, Pattern::planks, Pattern::flat, Pattern::stripes},
        0.05F, 0.95F);
    if (random_.chance(0.4F)) m.colours[0] = wood(random_);
    return scene_.add_material(m);
  }
  /// A box on the floor, centred at (`u`, `v`).
  void box(float u, float v, float y, const Vec3& size, std::uint16_t material) {
    const Vec3 half(0.5F * size.x(), 0.0F, 0.5F * size.z());
    add_box(-half, half + Vec3(0.0F, size.y(), 0.0F), {at(u, y, v), axes_}, material, soup_);
  }

  void table(float u, float v, const Vec3& size, std::uint16_t material) {
    const float top = random_.uniform(0.02F, 0.06F);
    box(u, v, size.y() - top, Vec3(size.x(), top, size.z()), material);
    const float leg = random_.uniform(0.015F, 0.035F);
    for (const float a : {-0.45F, 0.45F}) {
      for (const float b : {-0.45F, 0.45F}) {
        const Vec3 foot = at(u + a * size.z(), 0.0F, v + b * size.x());
        add_bar(foot, foot + Vec3(0.0F, size.y() - top, 0.0F), leg, leg, material, soup_);
      }
    }
  }

  void sofa(float u, float v) {
    const std::uint16_t m = furniture();
    const float width = random_.uniform(1.0F, 2.2F);
    const float seat = random_.uniform(0.35F, 0.48F);
    box(u, v, 0.05F, Vec3(width, seat - 0.05F, 0.8F), m);
    box(u + 0.32F, v, 0.05F, Vec3(width, seat + 0.35F, 0.2F), m);
    for (const float end : {-0.5F, 0.5F}) {
      box(u, v + end * width, 0.05F, Vec3(0.2F, seat + 0.15F, 0.8F), m);
    }
  }

  void plant(float u, float v) {
    const std::uint16_t pot = furniture();
    Material leaves;
    leaves.pattern = plan_.style == Style::plain ? Pattern::flat : Pattern::leaves;
    leaves.size_m = random_.uniform(0.03F, 0.1F);
    leaves.colours[0] = Colour(0.05F, 0.22F, 0.05F) * random_.uniform(0.5F, 2.0F);
    leaves.colours[1] = Colour(0.02F, 0.08F, 0.02F);
    const std::uint16_t green = scene_.add_material(leaves);
    const float high = random_.uniform(0.15F, 0.4F);
    add_bar(at(u, 0.0F, v), at(u, high, v), 0.1F, 0.15F, pot, soup_);
    const int clumps = 2 + random_.below(5);
    for (int k = 0; k < clumps; ++k) {
      const Vec3 size(random_.uniform(0.08F, 0.3F), random_.uniform(0.08F, 0.35F),
                      random_.uniform(0.08F, 0.3F));
      add_ellipsoid(size,
                    {at(u + random_.uniform(-0.2F, 0.2F), high + random_.uniform(0.1F, 0.7F),
                        v + random_.uniform(-0.2F, 0.2F)),
                     axes_},
                    green, soup_);
    }
  }

  void lamp(float u, float v) {
    Material shade;
    shade.colours[0] = Colour(1.0F, 0.9F, 0.7F);
    shade.glow = random_.uniform(0.0F, 1.5F);
    const std::uint16_t m = scene_.add_material(shade);
    const float high = random_.uniform(0.9F, 1.7F);
    add_bar(at(u, 0.0F, v), at(u, high, v), 0.015F, 0.015F, furniture(), soup_);
    add_bar(at(u, high, v), at(u, high + 0.3F, v), 0.2F, 0.12F, m, soup_);
  }

  void heap(float u, float v) {
    const int count = 1 + random_.below(4);
    for (int k = 0; k < count; ++k) {
      const Vec3 size(random_.uniform(0.1F, 0.35F), random_.uniform(0.04F, 0.12F),
                      random_.uniform(0.1F, 0.3F));
      add_ellipsoid(size,
                    {at(u + random_.uniform(-0.2F, 0.2F), 0.05F + 0.07F * static_cast<float>(k),
                        v + random_.uniform(-0.2F, 0.2F)),
                     axes_ * rotation_y(random_.uniform(0.0F, 180.0F))},
                    furniture(), soup_);
    }
  }

  void add_piece() {
    // Behind the body or at the sides, never on it.
    const bool behind = random_.chance(0.7F);
    const float u = behind ? std::max(back_ - random_.uniform(0.2F, 0.8F), 0.75F + reach(u_))
                           : random_.uniform(-0.5F, back_);
    const float side = random_.sign();
    const float v = behind ? random_.uniform(left_ + 0.2F, right_ - 0.2F)
                           : (side < 0.0F ? std::min(left_ + 0.3F, -0.75F - reach(v_))
                                          : std::max(right_ - 0.3F, 0.75F + reach(v_)));
    switch (random_.below(8)) {
      case 0:
        return sofa(u, v);
      case 1:
        return table(u, v,
                     Vec3(random_.uniform(0.5F, 1.5F), random_.uniform(0.35F, 0.8F), 0.6F),
                     furniture());
      case 2:
        table(u, v, Vec3(0.42F, 0.45F, 0.42F), furniture());
        return box(u + 0.2F, v, 0.45F, Vec3(0.42F, 0.5F, 0.03F), furniture());
      case 3:
        return plant(u, v);
      case 4:
        return lamp(u, v);
      case 5:
        return heap(u, v);
      default:
        return box(u, v, 0.0F,
                   Vec3(random_.uniform(0.3F, 1.4F), random_.log_uniform(0.2F, 2.1F),
                        random_.uniform(0.3F, 0.6F)),
                   furniture());
    }
  }

  [[nodiscard]] float reach(const Vec3& axis) const {
    return std::abs(plan_.body_way.dot(axis)) * plan_.half_length_m;
  }

  /// Objects easily mistaken for a person: heaps, cushions and rolls in a body's place.
  void litter() {
    const int count = random_.below(4);
    for (int k = 0; k < count; ++k) {
      const float u = random_.uniform(-0.6F, 0.6F);
      const float v = random_.uniform(-0.8F, 0.8F);
      const int kind = random_.below(3);
      if (kind == 0) {
        heap(u, v);
      } else if (kind == 1) {
        add_cushion(u, v);
      } else {
        const Vec3 half = rotation_y(random_.uniform(0.0F, 180.0F)) *
                          Vec3(random_.uniform(0.2F, 0.5F), 0.0F, 0.0F);
        const float radius = random_.uniform(0.05F, 0.1F);
        const Vec3 middle = at(u, radius, v);
        add_bar(middle - half, middle + half, radius, radius, furniture(), soup_);
      }
    }
  }

  void add_cushion(float u, float v) {
    const Mat3 turn = rotation_y(random_.uniform(0.0F, 180.0F));
    const float height = random_.uniform(0.03F, 0.07F);
    const Vec3 size(random_.uniform(0.18F, 0.3F), height, random_.uniform(0.18F, 0.3F));
    add_ellipsoid(size, {at(u, 0.7F * height, v), turn}, furniture(), soup_);
  }

  void add_seat() { box(0.0F, 0.0F, 0.0F, Vec3(0.44F, plan_.seat_m, 0.42F), furniture()); }

  void add_occluder() {
    const float part = random_.uniform(0.3F, 0.75F);
    const Vec3 to_body =
        plan_.middle + plan_.body_way * random_.uniform(-0.9F, 0.9F) * plan_.half_length_m;
    const Vec3 place = plan_.eye + (to_body - plan_.eye) * part - plan_.middle;
    const float u = place.dot(u_);
    const float v = place.dot(v_);
    if (random_.chance(0.5F)) {
      const float leg = random_.uniform(0.015F, 0.06F);
      add_bar(at(u, 0.0F, v), at(u, random_.uniform(0.4F, 1.8F), v), leg, leg, furniture(),
              soup_);
    } else {
      box(u, v, 0.0F, Vec3(random_.uniform(0.08F, 0.4F), random_.uniform(0.08F, 0.45F), 0.2F),
          furniture());
    }
  }

  void add_pet() {
    const std::uint16_t fur = surface({Pattern::clouds, Pattern::speckle}, 0.03F, 0.8F);
    const float size = random_.uniform(0.5F, 1.3F);
    const float u =
        random_.chance(0.3F) ? -0.55F - reach(u_) : 0.5F + reach(u_) + 0.3F * random_.unit();
    const float v = random_.uniform(-1.2F, 1.2F);
    const Mat3 turn = rotation_y(random_.uniform(0.0F, 360.0F));
    const auto blob = [&](const Vec3& place, const Vec3& radii) {
      add_ellipsoid(radii * size, {at(u, 0.0F, v) + turn * place * size, turn}, fur, soup_);
    };
    blob(Vec3(0.0F, 0.22F, 0.0F), Vec3(0.24F, 0.11F, 0.1F));
    blob(Vec3(0.27F, 0.34F, 0.0F), Vec3(0.1F, 0.09F, 0.08F));
    for (const float x : {-0.16F, 0.16F}) {
      for (const float z : {-0.06F, 0.06F}) blob(Vec3(x, 0.09F, z), Vec3(0.03F, 0.1F, 0.03F));
    }
    blob(Vec3(-0.3F, 0.3F, 0.0F), Vec3(0.1F, 0.025F, 0.025F));
  }

  void add_floor() {
    Material floor = draw_surface(
        plan_.style, random_,
        {Pattern::planks, Pattern::planks, Pattern::planks, Pattern::tiles, Pattern::tiles,
         Pattern::speckle, Pattern::speckle, Pattern::flat, Pattern::clouds, Pattern::blocks},
        0.1F, 0.95F);
    if (floor.pattern == Pattern::planks) {
      floor.colours[0] = wood(random_);
      floor.colours[1] = floor.colours[0] * random_.uniform(0.6F, 1.1F);
    }
    floor.turn_deg = random_.pick({0.0F, 0.0F, 90.0F, random_.uniform(0.0F, 90.0F)});
    floor.shine = random_.chance(0.3F) ? random_.uniform(0.0F, 0.3F) : 0.0F;
    add_quad(at(front_ - 1.0F, 0.0F, left_ - 1.0F), v_ * (right_ - left_ + 2.0F),
             u_ * (back_ - front_ + 2.0F), scene_.add_material(floor), soup_);
    const float width = random_.uniform(1.2F, 2.8F);
    if (random_.chance(0.3F)) {
      rectangle(
          0.003F, random_.uniform(1.5F, 3.5F), width, random_.uniform(-0.3F, 0.3F),
          {Pattern::rug, Pattern::rug, Pattern::speckle, Pattern::stripes, Pattern::leaves});
    }
    if (random_.chance(plan_.lying ? 0.8F : 0.3F)) {
      rectangle(0.006F, random_.uniform(1.65F, 2.1F), random_.uniform(0.5F, 0.85F),
                random_.uniform(-0.12F, 0.12F),
                {Pattern::speckle, Pattern::speckle, Pattern::flat, Pattern::stripes,
                 Pattern::clouds, Pattern::dots, Pattern::picture});
    }
  }

  /// A mat or rug under the body, aligned with it.
  void rectangle(float y, float length, float width, float shift,
                 std::initializer_list<Pattern> patterns) {
    Material m = draw_surface(plan_.style, random_, patterns, 0.05F, 0.95F);
    m.extent_m = Vec2(length, width);
    if (m.pattern == Pattern::rug) m.size_m = random_.uniform(0.04F, 0.15F);
    const Vec3 way = rotation_y(random_.normal(0.0F, 3.0F)) * plan_.body_way;
    const Vec3 across = Vec3::UnitY().cross(way);
    const Vec3 corner = plan_.middle + way * (shift - 0.5F * length) - across * (0.5F * width) +
                        Vec3(0.0F, y, 0.0F);
    add_quad(corner, across * width, way * length, scene_.add_material(m), soup_);
  }

  void add_walls() {
    const std::uint16_t m = surface(
        {Pattern::flat, Pattern::flat, Pattern::flat, Pattern::speckle, Pattern::speckle,
         Pattern::clouds, Pattern::stripes, Pattern::leaves, Pattern::planks},
        0.25F, 0.98F);
    const Vec3 up(0.0F, height_, 0.0F);
    add_quad(at(back_, 0.0F, left_), v_ * (right_ - left_), up, m, soup_);
    add_quad(at(front_, 0.0F, left_), u_ * (back_ - front_), up, m, soup_);
    add_quad(at(back_, 0.0F, right_), -u_ * (back_ - front_), up, m, soup_);
    add_quad(at(front_, 0.0F, right_), -v_ * (right_ - left_), up, m, soup_);
    Material ceiling;
    ceiling.colours[0] = Colour::Constant(random_.uniform(0.5F, 0.95F));
    add_quad(at(front_, height_, left_), u_ * (back_ - front_), v_ * (right_ - left_),
             scene_.add_material(ceiling), soup_);
    if (random_.chance(0.6F)) {
      const std::uint16_t skirting = surface({Pattern::flat}, 0.2F, 0.98F);
      const float high = random_.uniform(0.05F, 0.15F);
      add_quad(at(back_ - 0.012F, 0.0F, left_), v_ * (right_ - left_), Vec3(0.0F, high, 0.0F),
               skirting, soup_);
      add_quad(at(front_, 0.0F, left_ + 0.012F), u_ * (back_ - front_), Vec3(0.0F, high, 0.0F),
               skirting, soup_);
      add_quad(at(back_, 0.0F, right_ - 0.012F), -u_ * (back_ - front_), Vec3(0.0F, high, 0.0F),
               skirting, soup_);
    }
    const int hung = random_.below(5);
    for (int k = 0; k < hung; ++k) add_hung();
  }

  /// A window, door or picture on the back wall.
  void add_hung() {
    const float width = random_.uniform(0.3F, 2.0F);
    const float middle = random_.uniform(left_ + 0.5F * width, right_ - 0.5F * width);
    Material m = draw_surface(plan_.style, random_, {Pattern::picture}, 0.1F, 0.98F);
    float low = random_.uniform(0.5F, 1.2F);
    float high = low + random_.uniform(0.3F, 1.2F);
    const int kind = random_.below(3);
    if (kind == 0) {
      m.glow = random_.uniform(0.2F, 2.5F);
      m.colours[0] = Colour(0.7F, 0.85F, 1.0F);
      low = random_.uniform(0.0F, 1.0F);
    } else if (kind == 1) {
      m.pattern = plan_.style == Style::plain ? Pattern::flat : Pattern::clouds;
      low = 0.0F;
      high = 2.05F;
    }
    m.extent_m = Vec2(width, high - low);
    // One in front of the other, so that no two share a plane.
    hung_depth_m_ += 0.012F;
    add_quad(at(back_ - hung_depth_m_, low, middle - 0.5F * width), v_ * width,
             Vec3(0.0F, high - low, 0.0F), scene_.add_material(m), soup_);
  }

  const RoomPlan& plan_;
  Random& random_;
  Scene& scene_;
  TriangleSoup& soup_;
  Vec3 u_, v_;
  Mat3 axes_;
  float hung_depth_m_ = 0.012F;
  float back_ = 2.0F, front_ = -4.0F, left_ = -2.0F, right_ = 2.0F, height_ = 2.5F;
};

/// Warm, neutral or cold white.
Colour draw_white(Random& random) {
  const float warm = random.normal(0.0F, 0.12F);
  return {1.0F + warm, 1.0F, 1.0F - warm};
}

}  // namespace

void add_room(const RoomPlan& plan, Random& random, Scene& scene) {
  Furnisher(plan, random, scene).run();
}

Lighting draw_lighting(Style style, const RoomPlan& plan, Random& random) {
  Lighting light;
  light.to_sun =
      Vec3(random.normal(), random.uniform(0.35F, 2.2F), random.normal()).normalized();
  // A low sun behind the camera or at the side; behind the body it would show too little.
  const float strength = random.uniform(0.15F, 1.0F);
  light.sun = draw_white(random) * strength;
  const float room = random.uniform(0.2F, 0.75F);
  light.above = draw_white(random) * room;
  light.below = light.above * random.uniform(0.35F, 0.9F);
  light.shadow_width = random.log_uniform(0.8F, 12.0F);
  light.contact = random.uniform(0.3F, 0.9F);
  if (style == Style::plain) {
    light.model = LightModel::plain;
    light.above = Colour::Constant(random.uniform(0.3F, 0.6F));
    light.sun = Colour::Constant(random.uniform(0.3F, 0.7F));
    light.shadow_width = 1.0F;
    return light;
  }
  light.model = style == Style::held ? LightModel::wide : LightModel::rich;
  const int lamps = style == Style::held ? 2 + random.below(3) : random.below(3);
  for (int k = 0; k < lamps; ++k) {
    const Vec3 place =
        plan.middle + Vec3(random.uniform(-3.0F, 3.0F), random.uniform(0.8F, 2.4F),
                           random.uniform(-3.0F, 3.0F));
    light.lamps.push_back({place, draw_white(random) * random.uniform(0.1F, 1.6F)});
  }
  return light;
}

}  // namespace matside::bodyrender
