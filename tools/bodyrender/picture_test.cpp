// From triangles to a stored picture.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tools/bodyrender/light.h"
#include "tools/bodyrender/raster.h"
#include "tools/bodyrender/render.h"
#include "tools/bodyrender/sensor.h"

namespace matside::bodyrender {
namespace {

Camera facing_away() {
  Camera camera;
  camera.look = camera_axes(-Vec3::UnitZ(), 0.0F);
  camera.width_px = 64;
  camera.height_px = 64;
  camera.focal_px = 32.0F;
  return camera;
}

void add_screen(float depth_m, float half_m, std::uint16_t material, TriangleSoup& soup) {
  add_quad(Vec3(-half_m, -half_m, -depth_m), Vec3(2.0F * half_m, 0.0F, 0.0F),
           Vec3(0.0F, 2.0F * half_m, 0.0F), material, soup);
}

TEST(Camera, a_crop_puts_its_centre_in_the_middle_and_its_up_upwards) {
  const Vec2 centre(300.0F, 120.0F);
  for (const float turn_deg : {0.0F, 30.0F, -120.0F, 180.0F}) {
    const CropTransform cut = square_crop(centre, 200.0F, turn_deg, 256.0F);
    EXPECT_LT((cut.apply(centre) - Vec2(128.0F, 128.0F)).norm(), 1e-3F);
    const Vec2 up(std::sin(radians(turn_deg)), -std::cos(radians(turn_deg)));
    EXPECT_LT((cut.apply(centre + 100.0F * up) - Vec2(128.0F, 0.0F)).norm(), 1e-2F);
    EXPECT_LT((cut.undo(cut.apply(Vec2(17.0F, 40.0F))) - Vec2(17.0F, 40.0F)).norm(), 1e-2F);
  }
}

TEST(Camera, right_is_right_and_up_is_up) {
  const Camera camera = facing_away();
  const Vec2 right = camera.to_frame(camera.to_camera(Vec3(0.5F, 0.0F, -2.0F)));
  const Vec2 above = camera.to_frame(camera.to_camera(Vec3(0.0F, 0.5F, -2.0F)));
  EXPECT_NEAR(right.x(), 40.0F, 1e-3F);
  EXPECT_NEAR(above.y(), 24.0F, 1e-3F);
}

TEST(Raster, the_nearer_of_two_surfaces_is_seen) {
  TriangleSoup soup;
  add_screen(4.0F, 9.0F, 0, soup);
  add_screen(2.0F, 0.5F, 1, soup);
  Visibility seen;
  rasterise(facing_away(), CropTransform(), 64, soup, seen);
  const auto material_at = [&](int x, int y) {
    return soup.triangles[static_cast<std::size_t>(seen.triangle[at(y * 64 + x)])].material;
  };
  EXPECT_EQ(material_at(32, 32), 1);
  EXPECT_EQ(material_at(5, 5), 0);
  EXPECT_NEAR(seen.inverse_depth[32 * 64 + 32], 0.5F, 1e-4F);
  EXPECT_NEAR(seen.inverse_depth[5 * 64 + 5], 0.25F, 1e-4F);
}

TEST(Raster, triangles_that_share_an_edge_leave_no_gap) {
  TriangleSoup soup;
  add_screen(1.5F, 9.0F, 0, soup);
  Visibility seen;
  rasterise(facing_away(), CropTransform(), 64, soup, seen);
  for (const std::int32_t triangle : seen.triangle) EXPECT_GE(triangle, 0);
}

TEST(Raster, a_floor_that_reaches_behind_the_camera_is_still_seen_ahead) {
  TriangleSoup soup;
  add_quad(Vec3(-50.0F, -1.0F, -50.0F), Vec3(0.0F, 0.0F, 100.0F), Vec3(100.0F, 0.0F, 0.0F), 0,
           soup);
  Visibility seen;
  rasterise(facing_away(), CropTransform(), 64, soup, seen);
  EXPECT_GE(seen.triangle[63 * 64 + 32], 0);
  EXPECT_EQ(seen.triangle[10 * 64 + 32], -1);
  EXPECT_NEAR(1.0F / seen.inverse_depth[63 * 64 + 32], 32.0F / 31.5F, 0.02F);
}

TEST(Lights, an_object_between_a_point_and_the_sun_casts_a_shadow) {
  TriangleSoup soup;
  add_box(Vec3(-0.3F, 0.5F, -0.3F), Vec3(0.3F, 0.6F, 0.3F), RigidTransform(), 0, soup);
  soup.casters = soup.triangles.size();
  Lighting lighting;
  lighting.to_sun = Vec3::UnitY();
  const Lights lights(lighting, soup, Vec3::Zero());
  Material white;
  const ShadingPoint under{Vec3::Zero(), Vec3::UnitY(), Vec3::UnitY()};
  const ShadingPoint beside{Vec3(1.0F, 0.0F, 0.0F), Vec3::UnitY(), Vec3::UnitY()};
  const float dark = lights.shade(under, white, Colour::Ones()).mean();
  const float bright = lights.shade(beside, white, Colour::Ones()).mean();
  EXPECT_NEAR(dark, lighting.above.mean(), 1e-4F);
  EXPECT_NEAR(bright, lighting.above.mean() + lighting.sun.mean(), 1e-4F);
}

TEST(Lights, a_body_near_the_floor_darkens_it_more_than_a_distant_one) {
  Lighting lighting;
  lighting.model = LightModel::rich;
  lighting.sun = Colour::Zero();
  const Material white;
  const ShadingPoint place{Vec3::Zero(), Vec3::UnitY(), Vec3::UnitY()};
  std::vector<float> light;
  for (const float height : {0.03F, 0.8F}) {
    TriangleSoup soup;
    add_box(Vec3(-0.3F, height, -0.3F), Vec3(0.3F, height + 0.1F, 0.3F), RigidTransform(), 0,
            soup);
    soup.casters = soup.triangles.size();
    light.push_back(
        Lights(lighting, soup, Vec3::Zero()).shade(place, white, Colour::Ones()).mean());
  }
  EXPECT_LT(light[0], 0.75F * light[1]);
}

TEST(Texture, noise_stays_between_0_and_1_and_has_no_jumps) {
  float before = noise(0.0F, 0.3F, 5);
  for (int k = 1; k < 2000; ++k) {
    const float value = noise(0.01F * static_cast<float>(k), 0.3F, 5);
    EXPECT_GE(value, 0.0F);
    EXPECT_LE(value, 1.0F);
    EXPECT_LT(std::abs(value - before), 0.03F);
    before = value;
  }
}

TEST(Texture, a_pattern_too_fine_to_resolve_is_its_mean_colour) {
  Material m;
  m.pattern = Pattern::stripes;
  m.size_m = 0.02F;
  m.colours[0] = Colour(1.0F, 0.0F, 0.0F);
  m.colours[1] = Colour(0.0F, 1.0F, 0.0F);
  for (int k = 0; k < 20; ++k) {
    const Vec3 p(0.0F, 0.007F * static_cast<float>(k), 0.0F);
    EXPECT_NEAR(colour_at(m, p, 0.1F).x(), 0.5F, 1e-5F);
    EXPECT_GT(std::abs(colour_at(m, p, 0.0001F).x() - 0.5F), 0.4F);
  }
}

TEST(Render, pixels_outside_the_frame_are_marked_and_the_rest_is_lit) {
  Scene scene;
  scene.materials.emplace_back();
  add_screen(2.0F, 9.0F, 0, scene.soup);
  const CropTransform cut = square_crop(Vec2(0.0F, 32.0F), 64.0F, 0.0F, 64.0F);
  const Rendered rendered = render(scene, facing_away(), cut, 64, Vec3::Zero());
  EXPECT_EQ(rendered.outside[32 * 64 + 10], 1);
  EXPECT_EQ(rendered.outside[32 * 64 + 50], 0);
  EXPECT_EQ(rendered.radiance.pixels[32 * 64 + 10].mean(), 0.0F);
  EXPECT_GT(rendered.radiance.pixels[32 * 64 + 50].mean(), 0.1F);
}

Radiance even(float light, int side) {
  Radiance radiance;
  radiance.side = side;
  radiance.pixels.assign(at(side * side), Colour::Constant(light));
  return radiance;
}

float mean_of(const Picture& picture) {
  return std::accumulate(picture.rgb.begin(), picture.rgb.end(), 0.0F) /
         static_cast<float>(picture.rgb.size());
}

TEST(Sensor, an_even_scene_is_exposed_to_the_requested_value) {
  Sensor sensor;
  sensor.noise = 0.0F;
  sensor.gamma = 2.0F;
  sensor.exposure = 0.25F;
  Random random(1);
  const std::vector<char> inside(32 * 32, 0);
  for (const float light : {0.1F, 0.5F, 0.9F}) {
    EXPECT_NEAR(mean_of(simulate_sensor(sensor, even(light, 32), inside, random)), 127.5F,
                1.5F);
  }
}

TEST(Sensor, pixels_outside_the_frame_are_black) {
  Sensor sensor;
  Random random(1);
  sensor.quality = 20;
  sensor.sharpening = 1.0F;
  std::vector<char> outside(16 * 16, 0);
  outside[5] = 1;
  const Picture picture = simulate_sensor(sensor, even(0.5F, 16), outside, random);
  EXPECT_EQ(picture.rgb[15] + picture.rgb[16] + picture.rgb[17], 0);
  EXPECT_GT(picture.rgb[18], 0);
}

TEST(Sensor, noise_has_the_requested_deviation) {
  Sensor sensor;
  sensor.noise = 0.04F;
  Random random(2);
  const Picture picture =
      simulate_sensor(sensor, even(0.5F, 128), std::vector<char>(128 * 128, 0), random);
  const float mean = mean_of(picture);
  float squares = 0.0F;
  for (const std::uint8_t v : picture.rgb)
    squares += (static_cast<float>(v) - mean) * (static_cast<float>(v) - mean);
  const float deviation = std::sqrt(squares / static_cast<float>(picture.rgb.size())) / 255.0F;
  EXPECT_NEAR(deviation, 0.04F, 0.006F);
}

TEST(Sensor, strong_compression_changes_detail_but_not_the_mean) {
  Sensor sensor;
  sensor.noise = 0.05F;
  Random first(3);
  Random second(3);
  const std::vector<char> inside(64 * 64, 0);
  const Picture kept = simulate_sensor(sensor, even(0.5F, 64), inside, first);
  sensor.quality = 15;
  const Picture packed = simulate_sensor(sensor, even(0.5F, 64), inside, second);
  EXPECT_NE(kept.rgb, packed.rgb);
  EXPECT_NEAR(mean_of(kept), mean_of(packed), 3.0F);
}

TEST(Sensor, enlarging_keeps_positions) {
  Picture small;
  small.side = 32;
  small.rgb.assign(32 * 32 * 3, 0);
  for (int y = 0; y < 32; ++y) {
    for (int x = 16; x < 32; ++x) {
      for (int c = 0; c < 3; ++c) small.rgb[at((y * 32 + x) * 3 + c)] = 200;
    }
  }
  const Picture big = resized(small, 256);
  EXPECT_EQ(big.rgb[(100 * 256 + 120) * 3], 0);
  EXPECT_EQ(big.rgb[(100 * 256 + 135) * 3], 200);
  EXPECT_NEAR(big.rgb[(100 * 256 + 127) * 3], 94, 12);
}

}  // namespace
}  // namespace matside::bodyrender
