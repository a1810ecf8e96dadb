#include "tools/bodyrender/viewpoint.h"

#include <algorithm>
#include <cmath>

namespace matside::bodyrender {
namespace {

constexpr float kNearest_m = 0.7F;
constexpr float kFarthest_m = 7.0F;

struct Box {
  Vec2 low = Vec2::Constant(1e9F);
  Vec2 high = Vec2::Constant(-1e9F);
  bool whole = true;  ///< Nothing is behind the camera.

  [[nodiscard]] Vec2 size() const { return high - low; }
  [[nodiscard]] Vec2 middle() const { return 0.5F * (low + high); }
};

Box box_in_frame(const std::vector<Vec3>& points, const Camera& camera) {
  Box box;
  for (const Vec3& p : points) {
    const Vec3 seen = camera.to_camera(p);
    if (seen.z() < 0.2F) {
      box.whole = false;
      continue;
    }
    const Vec2 q = camera.to_frame(seen);
    box.low = box.low.cwiseMin(q);
    box.high = box.high.cwiseMax(q);
  }
  return box;
}

void draw_frame(Random& random, Viewpoint& view) {
  view.lines = random.pick({160, 180, 240, 270, 360, 360, 480, 540, 720, 720, 1080});
  const int kind = random.below(8);  // 16:9 five times in eight, 4:3 two, upright one
  const auto lines = static_cast<float>(view.lines);
  const auto longer =
      static_cast<int>(std::lround(lines * (kind < 5 ? 16.0F / 9.0F : 4.0F / 3.0F)));
  Camera& camera = view.camera;
  camera.width_px = kind == 7 ? view.lines : (kind < 7 ? longer : view.lines);
  camera.height_px =
      kind == 7 ? static_cast<int>(std::lround(lines * 16.0F / 9.0F)) : view.lines;
  view.hfov_deg = random.uniform(45.0F, 95.0F);
  const auto across = static_cast<float>(std::max(camera.width_px, camera.height_px));
  camera.focal_px = 0.5F * across / std::tan(0.5F * radians(view.hfov_deg));
}

/// Turns the camera so that a place of the frame moves to another.
void pan(const Vec2& from, const Vec2& to, Camera& camera) {
  const auto ray = [&](const Vec2& p) {
    const Vec2 own = (p - 0.5F * Vec2(static_cast<float>(camera.width_px),
                                      static_cast<float>(camera.height_px))) /
                     camera.focal_px;
    return Vec3(own.x(), own.y(), 1.0F).normalized();
  };
  camera.look = turn_between(ray(from), ray(to)) * camera.look;
}

}  // namespace

Viewpoint draw_viewpoint(const std::vector<Vec3>& points, const Vec3& body_way, bool all_round,
                         Random& random) {
  Viewpoint view;
  draw_frame(random, view);
  Camera& camera = view.camera;
  Vec3 middle = Vec3::Zero();
  for (const Vec3& p : points) middle += p;
  middle /= static_cast<float>(points.size());
  view.yaw_deg = all_round ? random.uniform(-180.0F, 180.0F) : random.uniform(-40.0F, 40.0F);
  const Vec3 side = body_way.cross(Vec3::UnitY()).normalized() * random.sign();
  const Vec3 way = rotation_y(view.yaw_deg) * side;
  const float height = random.uniform(0.1F, 1.4F);
  float roll = random.uniform(-8.0F, 8.0F);
  if (random.chance(0.08F)) roll += random.chance(0.5F) ? 90.0F : 270.0F;
  const Vec2 frame(static_cast<float>(camera.width_px), static_cast<float>(camera.height_px));
  const float span = random.uniform(0.25F, 0.95F);
  float distance = 2.5F;
  for (int k = 0; k < 10; ++k) {
    camera.eye = Vec3(middle.x(), height, middle.z()) + way * distance;
    camera.look = camera_axes(middle - camera.eye, roll);
    const Box box = box_in_frame(points, camera);
    const float share = box.size().cwiseQuotient(frame).maxCoeff();
    const float step = box.whole ? std::clamp(share / span, 0.6F, 1.6F) : 1.5F;
    distance = std::clamp(distance * step, kNearest_m, kFarthest_m);
  }
  Vec2 target;
  const Vec2 room = (frame - box_in_frame(points, camera).size()).cwiseMax(0.0F);
  const bool anywhere = random.chance(0.1F);
  for (int axis = 0; axis < 2; ++axis) {
    const float place = 0.5F * (random.unit() + random.unit());
    target[axis] = anywhere ? frame[axis] * random.uniform(0.02F, 0.98F)
                            : 0.5F * (frame[axis] - room[axis]) + place * room[axis];
  }
  for (int k = 0; k < 3; ++k) pan(box_in_frame(points, camera).middle(), target, camera);
  return view;
}

}  // namespace matside::bodyrender
