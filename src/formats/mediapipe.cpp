#include "formats/mediapipe.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <utility>

#include "formats/imported_poses.h"
#include "formats/matside_extension.h"
#include "formats/pose_columns.h"
#include "formats/strict_json/node.h"

namespace matside::formats {
namespace {

using json = nlohmann::ordered_json;
using pose::Landmark;
using strict_json::Node;

constexpr double kShareSteps = 1e8;
constexpr double kMostShares = 1e4;
// The nesting of a frame: its object, a list of persons, a person's object, its list.
constexpr int kDeepest = 4;

constexpr std::array<std::string_view, 5> kLandmarkKeys{
    "landmarks", "pose_landmarks", "poseLandmarks", "keypoints", "landmark"};

double share(double px, int side_px) {
  return std::round(px / side_px * kShareSteps) / kShareSteps;
}

json landmarks_json(const pose::PoseFrame& frame) {
  json landmarks = json::array();
  if (!frame.pose) return landmarks;
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const pose::Keypoint& k = frame.pose->keypoints[i];
    landmarks.push_back({{"name", pose::name(static_cast<Landmark>(i))},
                         {"x", share(k.position.x_px, frame.image_size.width_px)},
                         {"y", share(k.position.y_px, frame.image_size.height_px)},
                         {"visibility", k.score}});
  }
  return landmarks;
}

/// The first of the keys that exists.
std::optional<Node> first_of(const Node& parent, std::span<const std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (auto member = parent.optional(key)) return member;
  }
  return std::nullopt;
}

std::optional<Node> first_of(const Node& parent, std::initializer_list<std::string_view> keys) {
  return first_of(parent, std::span(keys.begin(), keys.size()));
}

std::optional<Landmark> landmark_of(const Node& joint, std::size_t place) {
  if (const auto name = joint.optional("name")) {
    const auto named = parse_landmark(name->text(), 0);
    if (!named) name->report("is not a MediaPipe landmark");
    return named;
  }
  if (place < pose::kLandmarkCount) return static_cast<Landmark>(place);
  joint.report("is one landmark too many; a body has 33");
  return std::nullopt;
}

/// One body's landmarks, in the unit of the file.
std::optional<pose::Pose> read_body(const Node& list) {
  pose::Pose pose;
  std::size_t place = 0;
  for (const Node& joint : list.elements_or_empty()) {
    const auto landmark = landmark_of(joint, place++);
    if (!landmark || list.has_error()) return std::nullopt;
    const double x = joint["x"].number_within(-kMaxImageSide_px * kMostShares,
                                              kMaxImageSide_px * kMostShares);
    const double y = joint["y"].number_within(-kMaxImageSide_px * kMostShares,
                                              kMaxImageSide_px * kMostShares);
    const auto score = first_of(joint, {"visibility", "score"});
    pose[*landmark] = {{x, y}, score ? std::clamp(score->number(), 0.0, 1.0) : 1.0};
  }
  return place > 0 ? std::optional(pose) : std::nullopt;
}

/// The bodies of a frame: a list of landmarks, a list of such lists, or an object with either.
std::vector<pose::Pose> read_bodies(const Node& json_node, int deepest = kDeepest) {
  std::vector<pose::Pose> bodies;
  if (json_node.is_null()) return bodies;
  const auto list = first_of(json_node, kLandmarkKeys);
  if (deepest == 0 || (json_node.is_object() && !list)) {
    json_node.report("must be a list of landmarks");
    return bodies;
  }
  if (list) return read_bodies(*list, deepest - 1);
  const std::vector<Node> elements = json_node.elements_or_empty();
  if (elements.empty()) return bodies;
  const Node& first = elements.front();
  const bool several =
      first.is_array() || (first.is_object() && first_of(first, kLandmarkKeys));
  if (!several) {
    if (auto body = read_body(json_node)) bodies.push_back(*body);
    return bodies;
  }
  for (const Node& element : elements) {
    for (pose::Pose& body : read_bodies(element, deepest - 1)) bodies.push_back(body);
  }
  return bodies;
}

bool mostly_beyond(const pose::Pose& pose) {
  const auto beyond = std::ranges::count_if(pose.keypoints, [](const pose::Keypoint& k) {
    return std::abs(k.position.x_px) > kMinPixelCoordinate;
  });
  return 2 * static_cast<std::size_t>(beyond) > pose.keypoints.size();
}

/// Reads the frames one after the other.
class Reader {
 public:
  Reader(std::string name, const PoseHints& hints) : name_(std::move(name)), hints_(hints) {}

  /// Values for the whole file.
  void take_header(const Node& root) {
    const auto width = first_of(root, {"width", "image_width"});
    const auto height = first_of(root, {"height", "image_height"});
    if (width && height) {
      hints_.size = {width->whole_number(1, kMaxImageSide_px),
                     height->whole_number(1, kMaxImageSide_px)};
    }
    if (const auto rate = first_of(root, {"fps", "frame_rate"})) {
      hints_.rate_hz = rate->number_within(0.1, kMaxFrameRate_hz);
    }
  }

  base::Result<void> take(const Node& json_node) {
    pose::PoseFrame frame;
    frame.frame_index = static_cast<std::int64_t>(poses_.frames.size());
    if (const auto number = first_of(json_node, {"frame", "frame_index", "frame_id"})) {
      frame.frame_index = std::llround(number->number_within(0.0, kMaxFrameIndex));
    }
    const auto bodies = json_node.is_object() && !first_of(json_node, kLandmarkKeys)
                            ? std::vector<pose::Pose>()
                            : read_bodies(json_node);
    if (json_node.has_error()) return {};
    if (auto placed = set_time_and_size(json_node, frame); !placed) return placed;
    std::vector<pose::Pose> in_pixels;
    for (const pose::Pose& body : bodies)
      in_pixels.push_back(placed_in(frame.image_size, body));
    frame.pose = choice_.choose(in_pixels);
    read_matside_extension(json_node, frame);
    if (json_node.has_error()) return {};
    const std::string place =
        fmt::format("{}: /frames/{}", name_, static_cast<std::int64_t>(poses_.frames.size()));
    return add_frame(frame, place, poses_.frames);
  }

  [[nodiscard]] ImportedPoses& poses() { return poses_; }

 private:
  base::Result<void> set_time_and_size(const Node& json_node, pose::PoseFrame& frame) const {
    constexpr double kMilliseconds = 1000.0;
    const auto ms = first_of(json_node, {"timestamp_ms", "timestampMs", "time_ms"});
    const auto s = first_of(json_node, {"time_s", "time", "timestamp_s"});
    if (ms) {
      frame.time =
          base::Seconds(ms->number_within(0.0, kMaxTime_s * kMilliseconds) / kMilliseconds);
    } else if (s) {
      frame.time = base::Seconds(s->number_within(0.0, kMaxTime_s));
    } else if (hints_.rate_hz) {
      frame.time = base::Seconds(static_cast<double>(frame.frame_index) / *hints_.rate_hz);
    } else {
      return missing_rate_error(name_);
    }
    const auto width = first_of(json_node, {"width", "image_width"});
    const auto height = first_of(json_node, {"height", "image_height"});
    if (width && height) {
      frame.image_size = {width->whole_number(1, kMaxImageSide_px),
                          height->whole_number(1, kMaxImageSide_px)};
    } else if (hints_.size) {
      frame.image_size = *hints_.size;
    } else {
      return missing_size_error(name_);
    }
    return {};
  }

  static pose::Pose placed_in(base::ImageSize size, pose::Pose body) {
    if (!mostly_beyond(body)) {
      for (pose::Keypoint& k : body.keypoints) {
        k.position.x_px *= size.width_px;
        k.position.y_px *= size.height_px;
      }
    }
    body.score = mean_score(body);
    return body;
  }

  std::string name_;
  PoseHints hints_;
  PersonSelector choice_;
  ImportedPoses poses_{"mediapipe-33", {}};
};

}  // namespace

std::string mediapipe_json(const std::vector<pose::PoseFrame>& frames) {
  constexpr double kMilliseconds = 1000.0;
  json all = json::array();
  for (const pose::PoseFrame& unrounded : frames) {
    const pose::PoseFrame frame = pose::rounded(unrounded);
    all.push_back({{"frame", frame.frame_index},
                   {"timestamp_ms", std::round(frame.time.value() * 1e6) / kMilliseconds},
                   {"landmarks", landmarks_json(frame)},
                   {kMatsideKey, matside_extension_json(frame)}});
  }
  const base::ImageSize size = frames.empty() ? base::ImageSize{} : frames.front().image_size;
  const json file = {
      {"width", size.width_px}, {"height", size.height_px}, {"frames", std::move(all)}};
  return file.dump() + "\n";
}

base::Result<ImportedPoses> read_mediapipe(std::string_view text, const std::string& name,
                                           const PoseHints& hints) {
  strict_json::FirstError problem(name);
  const nlohmann::json document = strict_json::parse_strictly(text, problem, kPoseFileLimits);
  const Node root(document, problem);
  Reader reader(name, hints);
  std::vector<Node> frames;
  if (!problem.first() && root.is_array()) {
    frames = root.elements_or_empty();
  } else if (!problem.first()) {
    reader.take_header(root);
    if (const auto list = root.optional("frames")) {
      frames = list->elements_or_empty();
    } else {
      frames.push_back(root);  // a single picture
    }
  }
  for (const Node& frame : frames) {
    if (auto taken = reader.take(frame); !taken) return taken.error();
    if (problem.first()) break;
  }
  if (problem.first()) return base::Error{base::ErrorKind::input, *problem.first()};
  return std::move(reader.poses());
}

}  // namespace matside::formats
