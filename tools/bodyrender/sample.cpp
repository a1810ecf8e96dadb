#include "tools/bodyrender/sample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "tools/bodyrender/ground_truth.h"
#include "tools/bodyrender/postures.h"
#include "tools/bodyrender/prone.h"
#include "tools/bodyrender/render.h"
#include "tools/bodyrender/viewpoint.h"

namespace matside::bodyrender {
namespace {

constexpr float kClearance_m = 0.008F;
constexpr auto kSide = static_cast<float>(kSampleSide_px);
/// Labels from label_body() besides those of the joints.
constexpr std::size_t kBodyLabels = 13;
constexpr std::uint64_t kBodyStream = 0x626f6479;

/// Greatest depth below the skin at which each joint still counts as visible.
constexpr std::array<float, kJoints> kDepthInFlesh_m = {
    0.05F, 0.08F, 0.08F, 0.12F, 0.12F, 0.07F, 0.07F, 0.06F, 0.06F, 0.15F,
    0.15F, 0.09F, 0.09F, 0.06F, 0.06F, 0.06F, 0.06F, 0.06F, 0.06F};

std::size_t cell(int x, int y, int side) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(side) +
         static_cast<std::size_t>(x);
}

enum class Content { crop, crop_empty, frame, frame_empty, frame_upright };

bool is_crop(Content content) {
  return content == Content::crop || content == Content::crop_empty;
}
bool is_empty(Content content) {
  return content == Content::crop_empty || content == Content::frame_empty;
}

Content draw_content(const SampleSettings& settings, Random& random) {
  if (!random.chance(settings.share_frames)) {
    return random.chance(settings.empty_crops) ? Content::crop_empty : Content::crop;
  }
  const float kind = random.unit();
  if (kind < 0.2F) return Content::frame_empty;
  return kind < 0.4F ? Content::frame_upright : Content::frame;
}

Posture draw_posture(Content content, Random& random) {
  if (content != Content::frame_upright && random.chance(0.7F)) return Posture::prone;
  if (content == Content::frame_upright) {
    return random.pick({Posture::kneeling, Posture::sitting, Posture::standing});
  }
  return random.pick({Posture::supine, Posture::on_side, Posture::kneeling, Posture::sitting,
                      Posture::standing, Posture::supine, Posture::on_side});
}

bool lies(Posture posture) {
  return posture == Posture::prone || posture == Posture::supine || posture == Posture::on_side;
}

Person draw_person(const BodyData& data, Style style, Random& random) {
  const Build build = draw_build(data, style == Style::held, random);
  return build_person(make_shape(data, build), draw_outfit(style, build, random),
                      random.bits());
}

GroundedPose draw_rested(const Shape& shape, Posture posture, Random& random) {
  const Pose pose = posture == Posture::prone ? prone_pose(shape, draw_prone(random))
                                              : draw_pose(shape, posture, random);
  return rest_on_floor(shape, pose, kClearance_m);
}

/// Transitions between postures.
Pose draw_transition(const Shape& shape, Random& random) {
  using enum Posture;
  struct Way {
    Posture from, to;
  };
  const Way way = random.pick<Way>({{kneeling, standing},
                                    {kneeling, sitting},
                                    {sitting, standing},
                                    {supine, sitting},
                                    {supine, on_side},
                                    {prone, on_side},
                                    {prone, kneeling},
                                    {prone, kneeling}});
  const auto pose_of = [&](Posture posture) {
    return posture == prone ? prone_pose(shape, draw_prone(random))
                            : draw_pose(shape, posture, random);
  };
  const Pose from = pose_of(way.from);
  const Pose to = pose_of(way.to);
  return between(from, to, random.uniform(0.15F, 0.85F));
}

/// A scene with its camera and ground truth.
class Stage {
 public:
  Stage(const BodyData& data, Style style, const Person& person, Content content,
        Random& random)
      : data_(data), person_(person), content_(content) {
    plan.style = style;
    const Posture posture = draw_posture(content, random);
    const bool rising =
        posture != Posture::prone && content != Content::frame_upright && random.chance(0.15F);
    rested_ = rising ? rest_on_floor(person.shape, draw_transition(person.shape, random),
                                     kClearance_m)
                     : draw_rested(person.shape, posture, random);
    truth = measure(person.shape, rested_, Mat3::Identity(), Vec3::Zero());
  }

  void set(Random& random) {
    const bool empty = is_empty(content_);
    scene.materials.assign(person_.outfit.materials.begin(), person_.outfit.materials.end());
    const VertexRange placed = add_person(person_, rested_.skeleton, Mat3::Identity(),
                                          Vec3::Zero(), kClearance_m, 0, scene.soup);
    for (std::size_t i = 0; i < placed.vertex_count; i += 5) {
      points.push_back(scene.soup.vertices[placed.first_vertex + i].place);
    }
    if (empty) scene.soup = TriangleSoup();
    const bool lying = lies(truth.posture);
    const bool all_round = !lying || random.chance(0.06F);
    viewpoint = draw_viewpoint(points, Vec3::UnitX(), all_round, random);
    plan.eye = viewpoint.camera.eye;
    plan.middle = Vec3(truth.hip_middle().x(), 0.0F, truth.hip_middle().z());
    plan.half_length_m = lying ? 1.1F : 0.6F;
    plan.lying = lying;
    plan.empty = empty;
    plan.seat_m = empty ? 0.0F : rested_.pose.seat_m;
    plan.cushion = !empty && lying && random.chance(0.06F);
    plan.occluder = random.chance(0.1F);
    if (!empty && random.chance(0.15F)) add_other(random);
    add_room(plan, random, scene);
    scene.lighting = draw_lighting(plan.style, plan, random);
  }

  Scene scene;
  RoomPlan plan;
  Viewpoint viewpoint;
  GroundTruth truth;         ///< Ground truth of the labelled person.
  std::vector<Vec3> points;  ///< Some points of their surface.

 private:
  /// A second person beside the body, more often behind it than in front.
  void add_other(Random& random) {
    const Person other = draw_person(data_, plan.style, random);
    const auto first = static_cast<std::uint16_t>(scene.materials.size());
    scene.materials.insert(scene.materials.end(), other.outfit.materials.begin(),
                           other.outfit.materials.end());
    Posture posture = random.pick({Posture::kneeling, Posture::standing, Posture::sitting,
                                   Posture::kneeling, Posture::prone});
    if (content_ == Content::frame_upright && posture == Posture::prone)
      posture = Posture::standing;
    GroundedPose rested = draw_rested(other.shape, posture, random);
    if (rested.pose.seat_m > 0.0F) rested = draw_rested(other.shape, Posture::standing, random);
    Vec3 away = plan.middle - plan.eye;
    away.y() = 0.0F;
    constexpr float kRoomInFront_m = 2.0F;
    const bool in_front = away.norm() > kRoomInFront_m && random.chance(0.25F);
    away.normalize();
    const float behind = in_front ? -1.0F : 1.0F;
    const float spread = lies(truth.posture) ? 0.9F : 0.3F;
    const Vec3 place = plan.middle + away * (behind * random.uniform(0.65F, 1.2F)) +
                       Vec3::UnitX() * random.uniform(-spread, spread);
    const float heading =
        posture == Posture::prone ? random.normal(0.0F, 10.0F) : random.uniform(0.0F, 360.0F);
    add_person(other, rested.skeleton, rotation_y(heading), place, kClearance_m, first,
               scene.soup);
  }

  const BodyData& data_;
  const Person& person_;
  Content content_;
  GroundedPose rested_;
};

struct View {
  Viewpoint viewpoint;
  CropTransform cut;
  float turned_180 = 0.0F;
  bool tracked = false;  ///< A crop, not a whole frame.
};

/// The region a tracker would use, with its errors.
View tracker_view(const Viewpoint& viewpoint, const GroundTruth& truth, Random& random) {
  View view;
  view.viewpoint = viewpoint;
  view.tracked = true;
  const RegionPoints points = region_points(truth, viewpoint.camera);
  const Vec2 way = points.end - points.middle;
  float side = 2.0F * 1.25F * way.norm();
  float turn = degrees(std::atan2(way.x(), -way.y()));
  const Vec2 centre = points.middle + side * 0.05F * Vec2(random.normal(), random.normal());
  side *= random.log_uniform(0.8F, 1.35F);
  turn += random.normal(0.0F, 10.0F);
  const float whole = random.unit();
  if (whole < 0.12F) {
    turn += 180.0F;
    view.turned_180 = 1.0F;
  } else if (whole < 0.18F) {
    turn += random.uniform(0.0F, 360.0F);
  }
  view.cut = square_crop(centre, side, turn, kSide);
  return view;
}

/// The whole frame, letterboxed and rotated by quarter turns.
View frame_view(const Viewpoint& viewpoint, Random& random) {
  View view;
  view.viewpoint = viewpoint;
  const Vec2 size(static_cast<float>(viewpoint.camera.width_px),
                  static_cast<float>(viewpoint.camera.height_px));
  view.cut = square_crop(0.5F * size, size.maxCoeff(),
                         90.0F * static_cast<float>(random.below(4)), kSide);
  return view;
}

/// Repeats the frame's edge outside it, as the tracker does in its regions.
void repeat_edge(const Camera& camera, const CropTransform& cut,
                 const std::vector<char>& outside, Picture& picture) {
  const Eigen::Matrix2f back = cut.turn_scale.inverse();
  const Vec2 limit(static_cast<float>(camera.width_px), static_cast<float>(camera.height_px));
  const float half =
      1.0F / cut.scale();  // A pixel of the crop, not to fall outside by rounding.
  const Vec2 low(half, half);
  for (int y = 0; y < picture.side; ++y) {
    for (int x = 0; x < picture.side; ++x) {
      const auto i = cell(x, y, picture.side);
      if (outside[i] == 0) continue;
      const Vec2 here(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
      const Vec2 frame = (back * (here - cut.shift)).cwiseMax(low).cwiseMin(limit - low);
      const Vec2 edge = cut.turn_scale * frame + cut.shift;
      const int from_x = std::clamp(static_cast<int>(edge.x()), 0, picture.side - 1);
      const int from_y = std::clamp(static_cast<int>(edge.y()), 0, picture.side - 1);
      const auto from = cell(from_x, from_y, picture.side);
      for (std::size_t c = 0; c < 3; ++c) picture.rgb[3 * i + c] = picture.rgb[3 * from + c];
    }
  }
}

/// Renders with at most the frame's detail.
Picture take(Scene& scene, const View& view, const Vec3& middle, Style style, Random& random,
             Visibility& visibility) {
  const float finest = std::min(1.0F, 1.0F / view.cut.scale());
  const int side =
      std::clamp(static_cast<int>(std::lround(kSide * finest)), 24, kSampleSide_px);
  const float shrink = static_cast<float>(side) / kSide;
  CropTransform cut = view.cut;
  cut.turn_scale *= shrink;
  cut.shift *= shrink;
  Rendered rendered = render(scene, view.viewpoint.camera, cut, side, middle);
  visibility = std::move(rendered.visibility);
  Sensor sensor = draw_sensor(style, random);
  sensor.defocus_px *= shrink;
  sensor.motion_px *= shrink;
  Random grain(random.bits());
  Picture picture =
      simulate_sensor(sensor, std::move(rendered.radiance), rendered.outside, grain);
  if (view.tracked) repeat_edge(view.viewpoint.camera, cut, rendered.outside, picture);
  return resized(picture, kSampleSide_px);
}

/// 1 seen, 0 hidden, -1 outside the camera's frame or the sample.
float seen(const View& view, const Visibility& visibility, const Vec3& in_camera,
           const Vec2& place, float depth_in_flesh_m) {
  const Camera& camera = view.viewpoint.camera;
  if (in_camera.z() < kNear_m) return -1.0F;
  const Vec2 frame = camera.to_frame(in_camera);
  const Vec2 limit(static_cast<float>(camera.width_px), static_cast<float>(camera.height_px));
  const bool outside = (frame.array() < 0.0F).any() || (frame.array() >= limit.array()).any() ||
                       (place.array() < 0.0F).any() || (place.array() >= kSide).any();
  if (outside) return -1.0F;
  const float step = static_cast<float>(visibility.side) / kSide;
  const int x = std::min(static_cast<int>(place.x() * step), visibility.side - 1);
  const int y = std::min(static_cast<int>(place.y() * step), visibility.side - 1);
  const float inverse_depth = visibility.inverse_depth[cell(x, y, visibility.side)];
  const bool hidden =
      inverse_depth > 0.0F && 1.0F / inverse_depth < in_camera.z() - depth_in_flesh_m;
  return hidden ? 0.0F : 1.0F;
}

/// The fraction of the body's vertices inside the frame.
float share_in_frame(const Camera& camera, const std::vector<Vec3>& points) {
  std::size_t inside = 0;
  for (const Vec3& p : points) {
    const Vec3 own = camera.to_camera(p);
    if (own.z() < kNear_m) continue;
    const Vec2 q = camera.to_frame(own);
    if (q.x() >= 0.0F && q.y() >= 0.0F && q.x() < static_cast<float>(camera.width_px) &&
        q.y() < static_cast<float>(camera.height_px)) {
      ++inside;
    }
  }
  return static_cast<float>(inside) /
         static_cast<float>(std::max<std::size_t>(1, points.size()));
}

void label_body(const GroundTruth& truth, const View& view, const Visibility& visibility,
                const std::vector<Vec3>& points, std::vector<float>& labels) {
  const Camera& camera = view.viewpoint.camera;
  const float hip_depth = camera.to_camera(truth.hip_middle()).z();
  for (std::size_t j = 0; j < kJoints; ++j) {
    const Vec3 own = camera.to_camera(truth.joints.at(j));
    Vec3 front = own;
    front.z() = std::max(own.z(), kNear_m);
    const Vec2 place = view.cut.apply(camera.to_frame(front));
    labels.insert(labels.end(), {place.x(), place.y(), own.z() - hip_depth,
                                 seen(view, visibility, own, place, kDepthInFlesh_m.at(j))});
  }
  const float left_depth = camera.to_camera(truth.joints[kLeftHip]).z();
  const float right_depth = camera.to_camera(truth.joints[kLeftHip + 1]).z();
  const RegionPoints region = region_points(truth, camera);
  const Vec2 p0 = view.cut.apply(region.middle);
  const Vec2 p1 = view.cut.apply(region.end);
  const float length_px = truth.length_m * camera.focal_px * view.cut.scale() / hip_depth;
  labels.insert(
      labels.end(),
      {right_depth < left_depth ? 1.0F : 0.0F, static_cast<float>(truth.posture),
       truth.knee_flexion_deg[0], truth.knee_flexion_deg[1], truth.hip_extension_deg[0],
       truth.hip_extension_deg[1], truth.trunk_incline_deg, share_in_frame(camera, points),
       p0.x(), p0.y(), p1.x(), p1.y(), length_px});
}

}  // namespace

std::vector<std::string> label_columns() {
  std::vector<std::string> names;
  for (const char* joint : kJointNames) {
    for (const char* what : {"_x", "_y", "_depth", "_seen"})
      names.push_back(std::string(joint) + what);
  }
  for (const char* name : {"near_right",
                           "posture",
                           "knee_flexion_left",
                           "knee_flexion_right",
                           "hip_extension_left",
                           "hip_extension_right",
                           "trunk_incline",
                           "share_in_frame",
                           "p0_x",
                           "p0_y",
                           "p1_x",
                           "p1_y",
                           "body_length_px",
                           "kind",
                           "body_id",
                           "style_id",
                           "turned_180",
                           "yaw_deg",
                           "camera_height_m",
                           "hfov_deg",
                           "frame_lines"}) {
    names.emplace_back(name);
  }
  return names;
}

BodySampler::BodySampler(const BodyData& data, const SampleSettings& settings, int body)
    : data_(data), settings_(settings), body_(body) {
  Random random(mix(mix(settings.seed, kBodyStream), static_cast<std::uint64_t>(body)));
  person_ = draw_person(data, settings.style, random);
}

Sample BodySampler::next() {
  Random random(mix(mix(settings_.seed, static_cast<std::uint64_t>(body_)),
                    static_cast<std::uint64_t>(++pose_)));
  const Content content = draw_content(settings_, random);
  Stage stage(data_, settings_.style, person_, content, random);
  stage.set(random);
  const View view = is_crop(content) ? tracker_view(stage.viewpoint, stage.truth, random)
                                     : frame_view(stage.viewpoint, random);
  Sample sample;
  Visibility visibility;
  sample.picture =
      take(stage.scene, view, stage.plan.middle, settings_.style, random, visibility);
  if (is_empty(content)) {
    for (std::size_t j = 0; j < kJoints; ++j) {
      sample.labels.insert(sample.labels.end(), {0.0F, 0.0F, 0.0F, -1.0F});
    }
    sample.labels.insert(sample.labels.end(), kBodyLabels, 0.0F);
  } else {
    label_body(stage.truth, view, visibility, stage.points, sample.labels);
  }
  sample.labels.insert(sample.labels.end(),
                       {is_crop(content) ? 0.0F : 1.0F, static_cast<float>(body_),
                        static_cast<float>(settings_.style), view.turned_180,
                        stage.viewpoint.yaw_deg, stage.viewpoint.camera.eye.y(),
                        stage.viewpoint.hfov_deg, static_cast<float>(stage.viewpoint.lines)});
  return sample;
}

}  // namespace matside::bodyrender
