#include "formats/instance_lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "formats/keypoint_array.h"
#include "formats/matside_extension.h"

namespace matside::formats {
namespace {

using pose::Skeleton;
using strict_json::Node;

constexpr double kFarthest_px = 1e9;

/// The joints of one person in the order of the file.
struct JointList {
  std::vector<pose::Keypoint> joints;
};

bool is_list_of_lists(const Node& list) {
  if (!list.is_array()) return false;
  const std::vector<Node> elements = list.elements_or_empty();
  return !elements.empty() && elements.front().is_array();
}

/// MMPose's [[x, y], ...], perhaps with a score as the third number.
JointList joints_of_pairs(const Node& list) {
  JointList all;
  for (const Node& joint : list.elements_or_empty()) {
    const std::vector<double> numbers = joint.numbers();
    if (joint.has_error()) return {};
    if (numbers.size() != 2 && numbers.size() != 3) {
      joint.report("must have x and y, perhaps with a score");
      return {};
    }
    const double score = numbers.size() == 3 ? clamped_score(numbers[2]) : 1.0;
    all.joints.push_back({{numbers[0], numbers[1]}, score});
  }
  return all;
}

/// Ultralytics' {"x": [...], "y": [...], "visible": [...]}.
JointList joints_of_columns(const Node& columns) {
  JointList all;
  const std::vector<double> x = columns["x"].numbers();
  const std::vector<double> y = columns["y"].numbers();
  std::vector<double> scores(x.size(), 1.0);
  if (const auto visible = columns.optional("visible"); visible && !visible->is_null()) {
    scores = visible->numbers();
  }
  if (columns.has_error()) return {};
  if (y.size() != x.size() || scores.size() != x.size()) {
    columns.report("must have as many x as y and visible");
    return {};
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    // A joint that was not found is at 0, 0.
    const bool found = x[i] != 0.0 || y[i] != 0.0;
    all.joints.push_back({{x[i], y[i]}, found ? clamped_score(scores[i]) : 0.0});
  }
  return all;
}

JointList joints_of_numbers(const Node& list) {
  JointList all;
  const std::vector<double> numbers = list.numbers();
  if (list.has_error()) return {};
  if (numbers.size() % 3 != 0) {
    list.report("must have three numbers for each joint");
    return {};
  }
  for (std::size_t i = 0; i + 2 < numbers.size(); i += 3) {
    all.joints.push_back({{numbers[i], numbers[i + 1]}, clamped_score(numbers[i + 2])});
  }
  return all;
}

JointList joints_of(const Node& keypoints) {
  if (keypoints.is_object()) return joints_of_columns(keypoints);
  if (!is_list_of_lists(keypoints)) return joints_of_numbers(keypoints);
  // Some versions wrap the joints of a person in one more list.
  const std::vector<Node> elements = keypoints.elements_or_empty();
  const bool wrapped = elements.size() == 1 && is_list_of_lists(elements.front());
  return joints_of_pairs(wrapped ? elements.front() : keypoints);
}

void set_scores(const Node& instance, JointList& all) {
  const auto scores = instance.optional("keypoint_scores");
  if (!scores) return;
  const bool wrapped = is_list_of_lists(*scores);
  const std::vector<double> numbers =
      wrapped ? scores->elements_or_empty().front().numbers() : scores->numbers();
  if (scores->has_error()) return;
  if (numbers.size() != all.joints.size()) {
    scores->report(fmt::format("has {} numbers, but there are {} joints", numbers.size(),
                               all.joints.size()));
    return;
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    all.joints[i].score = clamped_score(numbers[i]);
  }
}

/// Whether most of our joints that were found are where fractions of a picture are.
bool mostly_fractions(const std::vector<pose::Keypoint>& joints, const Skeleton& skeleton) {
  std::size_t found = 0;
  std::size_t beyond = 0;
  for (std::size_t i = 0; i < skeleton.joints.size(); ++i) {
    if (!skeleton.joints[i].landmark || !(joints[i].score > 0.0)) continue;
    ++found;
    if (std::abs(joints[i].position.x_px) > kMinPixelCoordinate) ++beyond;
  }
  return 2 * beyond <= found;
}

std::optional<pose::Pose> read_instance(const Node& instance, base::ImageSize size,
                                        const Skeleton*& skeleton) {
  const Node keypoints = instance["keypoints"];
  JointList all = joints_of(keypoints);
  if (!instance.has_error()) set_scores(instance, all);
  if (instance.has_error()) return std::nullopt;
  if (skeleton == nullptr) skeleton = pose::skeleton_of_size(all.joints.size());
  if (skeleton == nullptr || skeleton->size() != all.joints.size()) {
    keypoints.report(fmt::format(
        "has {} joints; Matside knows COCO's 17, OpenPose's 18 and 25, Halpe's 26 and 136 and "
        "COCO-WholeBody's 133, one of them in a file",
        all.joints.size()));
    return std::nullopt;
  }
  const bool fractions = mostly_fractions(all.joints, *skeleton);
  pose::Pose pose;
  for (std::size_t i = 0; i < skeleton->joints.size(); ++i) {
    const auto& landmark = skeleton->joints[i].landmark;
    if (!landmark) continue;
    pose::Keypoint joint = all.joints[i];
    if (fractions) {
      joint.position.x_px *= size.width_px;
      joint.position.y_px *= size.height_px;
    }
    const bool near = std::abs(joint.position.x_px) < kFarthest_px &&
                      std::abs(joint.position.y_px) < kFarthest_px;
    if (!near) {
      keypoints.report("has a joint far outside any picture");
      return std::nullopt;
    }
    pose[*landmark] = joint;
  }
  pose.score = mean_score(pose);
  return pose;
}

/// The frames of a file, one after the other.
class InstanceListReader {
 public:
  InstanceListReader(std::string name, const PoseHints& hints)
      : name_(std::move(name)), hints_(hints) {}

  base::Result<void> take(const Node& instances, std::optional<std::int64_t> number) {
    pose::PoseFrame frame;
    frame.frame_index = number.value_or(static_cast<std::int64_t>(poses_.frames.size()));
    if (!first_) first_ = frame.frame_index;
    frame.image_size = *hints_.size;
    frame.time =
        base::Seconds(static_cast<double>(frame.frame_index - *first_) / *hints_.rate_hz);
    frame.pose = choice_.choose(read_instances(instances, *hints_.size, skeleton_));
    if (instances.has_error()) return {};
    return add_frame(frame, fmt::format("{}: frame {}", name_, frame.frame_index),
                     poses_.frames);
  }

  base::Result<ImportedPoses> done() {
    poses_.skeleton = skeleton_ == nullptr ? pose::kCoco17.name : skeleton_->name;
    return std::move(poses_);
  }

 private:
  std::string name_;
  PoseHints hints_;
  const Skeleton* skeleton_ = nullptr;
  std::optional<std::int64_t> first_;
  PersonSelector choice_;
  ImportedPoses poses_;
};

/// The list of frames or persons in a document.
Node list_in(const Node& root) {
  for (const char* key : {"instance_info", "frames", "results", "instances"}) {
    if (const auto list = root.optional(key)) return *list;
  }
  return root;
}

base::Result<void> take_frames(const Node& list, InstanceListReader& reader) {
  const std::vector<Node> elements = list.elements_or_empty();
  if (list.has_error()) return {};
  // A list of persons is a single picture.
  if (!elements.empty() && elements.front().optional("keypoints")) {
    return reader.take(list, std::nullopt);
  }
  for (const Node& element : elements) {
    std::optional<std::int64_t> number;
    if (const auto id = element.optional("frame_id")) {
      number = std::llround(id->number_within(0.0, kMaxFrameIndex));
    }
    const Node instances = element.is_array() ? element : element["instances"];
    if (auto taken = reader.take(instances, number); !taken) return taken;
    if (list.has_error()) break;
  }
  return {};
}

}  // namespace

std::vector<pose::Pose> read_instances(const Node& list, base::ImageSize size,
                                       const Skeleton*& skeleton) {
  std::vector<pose::Pose> bodies;
  const std::vector<Node> elements = list.elements_or_empty();
  if (elements.size() > kMaxPeople) {
    list.report(fmt::format("has more than {} persons", kMaxPeople));
    return bodies;
  }
  for (const Node& instance : elements) {
    if (auto body = read_instance(instance, size, skeleton)) bodies.push_back(*body);
    if (list.has_error()) break;
  }
  return bodies;
}

base::Result<ImportedPoses> read_instance_lists(std::string_view text, const std::string& name,
                                                const PoseHints& hints) {
  if (!hints.size) return missing_size_error(name);
  if (!hints.rate_hz) return missing_rate_error(name);
  strict_json::FirstError problem(name);
  const nlohmann::json document = strict_json::parse_strictly(text, problem, kPoseFileLimits);
  InstanceListReader reader(name, hints);
  if (!problem.first()) {
    if (auto taken = take_frames(list_in({document, problem}), reader); !taken) {
      return taken.error();
    }
  }
  if (problem.first()) return base::Error{base::ErrorKind::input, *problem.first()};
  return reader.done();
}

}  // namespace matside::formats
