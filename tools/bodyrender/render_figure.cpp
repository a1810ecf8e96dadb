// render_figure: renders an upright person with alpha, to paste into pictures of a practice.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "tools/bodyrender/body_data.h"
#include "tools/bodyrender/postures.h"
#include "tools/bodyrender/render.h"

namespace {

namespace body = matside::bodyrender;
using body::Vec3;

constexpr const char* kUsage =
    "usage: render_figure DATA_DIR kneeling|standing SEED HEADING_DEG HEIGHT_PX OUT.pam\n"
    "\n"
    "Renders a person in the plain style, 256 x 256 pixels, RGB and alpha. HEADING_DEG is the\n"
    "direction they face, 90 to the right. HEIGHT_PX (at most 250) is from the floor to the "
    "top\n"
    "of the head. ffmpeg reads the PAM file.\n";
constexpr int kSide = 256;
constexpr float kClearance_m = 0.008F;
constexpr float kFocal_px = 600.0F;
constexpr float kDistance_m = 3.0F;
constexpr float kEye_m = 0.6F;

struct Figure {
  body::Scene scene;
  body::Camera camera;
  Vec3 low = Vec3::Constant(1e9F);
  Vec3 high = Vec3::Constant(-1e9F);
};

Figure pose_figure(const body::BodyData& data, body::Posture posture, float heading_deg,
                   body::Random& random) {
  const body::Build build = body::draw_build(data, false, random);
  const body::Person person =
      body::build_person(body::make_shape(data, build),
                         body::draw_outfit(body::Style::plain, build, random), random.bits());
  const auto rested = body::rest_on_floor(
      person.shape, body::draw_pose(person.shape, posture, random), kClearance_m);
  Figure figure;
  figure.scene.materials.assign(person.outfit.materials.begin(), person.outfit.materials.end());
  body::add_person(person, rested.skeleton, body::rotation_y(heading_deg), Vec3::Zero(),
                   kClearance_m, 0, figure.scene.soup);
  for (const body::Vertex& vertex : figure.scene.soup.vertices) {
    figure.low = figure.low.cwiseMin(vertex.place);
    figure.high = figure.high.cwiseMax(vertex.place);
  }
  body::RoomPlan plan;
  plan.style = body::Style::plain;
  figure.scene.soup.casters = figure.scene.soup.triangles.size();
  figure.scene.lighting = body::draw_lighting(plan.style, plan, random);
  figure.camera.focal_px = kFocal_px;
  figure.camera.eye = Vec3(0.0F, kEye_m, figure.high.z() + kDistance_m);
  figure.camera.look = body::camera_axes(Vec3(0.0F, 0.0F, -1.0F), 0.0F);
  return figure;
}

/// RGB and alpha, row by row.
std::vector<unsigned char> draw(Figure& figure, float height_px, body::Random& random) {
  const auto place = [&](float x, float y) {
    return figure.camera.to_frame(figure.camera.to_camera(Vec3(x, y, figure.high.z())));
  };
  const auto head = place(0.5F * (figure.low.x() + figure.high.x()), figure.high.y());
  const auto floor = place(0.5F * (figure.low.x() + figure.high.x()), 0.0F);
  const float scale = height_px / (floor.y() - head.y());
  const body::CropTransform cut =
      body::square_crop(0.5F * (head + floor), static_cast<float>(kSide) / scale, 0.0F, kSide);
  body::Rendered rendered = body::render(figure.scene, figure.camera, cut, kSide, Vec3::Zero());
  std::vector<unsigned char> alpha;
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      int seen = 0;
      for (int sub = 0; sub < body::kSubsamples * body::kSubsamples; ++sub) {
        const int row = body::kSubsamples * y + sub / body::kSubsamples;
        const int column = body::kSubsamples * x + sub % body::kSubsamples;
        const int cell = row * rendered.visibility.side + column;
        seen += rendered.visibility.triangle[static_cast<std::size_t>(cell)] >= 0 ? 1 : 0;
      }
      alpha.push_back(
          static_cast<unsigned char>(255 * seen / (body::kSubsamples * body::kSubsamples)));
    }
  }
  rendered.outside.resize(alpha.size());
  std::ranges::transform(alpha, rendered.outside.begin(),
                         [](unsigned char a) { return static_cast<char>(a == 0); });
  body::Sensor sensor;
  sensor.noise = 0.0F;
  const body::Picture picture =
      body::simulate_sensor(sensor, std::move(rendered.radiance), rendered.outside, random);
  std::vector<unsigned char> rgba;
  for (std::size_t i = 0; i < alpha.size(); ++i) {
    for (std::size_t c = 0; c < 3; ++c) rgba.push_back(picture.rgb[3 * i + c]);
    rgba.push_back(alpha[i]);
  }
  return rgba;
}

std::optional<body::Posture> posture_named(const std::string& name) {
  if (name == "kneeling") return body::Posture::kneeling;
  if (name == "standing") return body::Posture::standing;
  return std::nullopt;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto posture = words.size() == 6 ? posture_named(words[1]) : std::nullopt;
  if (!posture) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  const auto data = body::load_body_data(words[0]);
  if (!data) {
    std::fprintf(stderr, "render_figure: %s\n", data.error().message.c_str());
    return 1;
  }
  body::Random random(std::stoull(words[2]));
  Figure figure = pose_figure(data.value(), *posture, std::stof(words[3]), random);
  const auto rgba = draw(figure, std::stof(words[4]), random);
  std::ofstream out(words[5], std::ios::binary);
  out << "P7\nWIDTH " << kSide << "\nHEIGHT " << kSide
      << "\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n";
  out.write(reinterpret_cast<const char*>(rgba.data()),
            static_cast<std::streamsize>(rgba.size()));
  return out.flush() ? 0 : 1;
} catch (const std::exception& problem) {
  std::fprintf(stderr, "render_figure: %s\n", problem.what());
  return 1;
}
