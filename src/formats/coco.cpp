#include "formats/coco.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "formats/keypoint_array.h"
#include "formats/matside_extension.h"
#include "formats/strict_json/node.h"

namespace matside::formats {
namespace {

using base::Error;
using base::ErrorKind;
using json = nlohmann::ordered_json;
using pose::Skeleton;
using strict_json::Node;

// COCO's visibility flag of a joint: 0 not labelled, 1 hidden, 2 visible.
constexpr double kHidden = 1.0;
constexpr double kSeen = 2.0;
constexpr double kSurelySeen = 0.5;
constexpr double kLargestId = 9e15;

double visibility_flag_of(double score) { return score >= kSurelySeen ? kSeen : kHidden; }
double score_from_visibility_flag(double mark) { return std::clamp(mark / kSeen, 0.0, 1.0); }

/// COCO's skeleton: pairs of joints, numbered from 1.
constexpr std::array<std::array<int, 2>, 19> kBones{{{16, 14},
                                                     {14, 12},
                                                     {17, 15},
                                                     {15, 13},
                                                     {12, 13},
                                                     {6, 12},
                                                     {7, 13},
                                                     {6, 7},
                                                     {6, 8},
                                                     {7, 9},
                                                     {8, 10},
                                                     {9, 11},
                                                     {2, 3},
                                                     {1, 2},
                                                     {1, 3},
                                                     {2, 4},
                                                     {3, 5},
                                                     {4, 6},
                                                     {5, 7}}};

json categories() {
  json names = json::array();
  for (const pose::SkeletonJoint& joint : pose::kCoco17.joints) names.push_back(joint.name);
  return json::array({{{"id", 1},
                       {"name", "person"},
                       {"supercategory", "person"},
                       {"keypoints", std::move(names)},
                       {"skeleton", kBones}}});
}

std::vector<double> box_of(const std::vector<double>& joints) {
  double least_x = 0.0;
  double least_y = 0.0;
  double most_x = 0.0;
  double most_y = 0.0;
  bool any = false;
  for (std::size_t i = 0; i + 2 < joints.size(); i += 3) {
    if (!(joints[i + 2] > 0.0)) continue;
    least_x = any ? std::min(least_x, joints[i]) : joints[i];
    most_x = any ? std::max(most_x, joints[i]) : joints[i];
    least_y = any ? std::min(least_y, joints[i + 1]) : joints[i + 1];
    most_y = any ? std::max(most_y, joints[i + 1]) : joints[i + 1];
    any = true;
  }
  const auto hundredths = [](double px) { return std::round(px * 100.0) / 100.0; };
  return {least_x, least_y, hundredths(most_x - least_x), hundredths(most_y - least_y)};
}

json annotation_of(const pose::PoseFrame& frame, std::int64_t id) {
  const pose::Pose& pose = *frame.pose;
  const std::vector<double> joints = keypoint_array(pose, pose::kCoco17, visibility_flag_of);
  json scores = json::array();
  int there = 0;
  for (const pose::SkeletonJoint& joint : pose::kCoco17.joints) {
    scores.push_back(pose[*joint.landmark].score);
    if (pose[*joint.landmark].score > 0.0) ++there;
  }
  const std::vector<double> box = box_of(joints);
  return {{"id", id},
          {"image_id", frame.frame_index},
          {"category_id", 1},
          {"iscrowd", 0},
          {"area", std::round(box[2] * box[3])},
          {"bbox", box},
          {"num_keypoints", there},
          {"keypoints", joints},
          {"keypoint_scores", std::move(scores)},
          {kMatsideKey, matside_extension_json(frame)}};
}

/// An image's number, or the last number in its name: "img_000012.jpg" is 12.
std::optional<std::int64_t> number_of(const Node& image) {
  if (image.is_number()) {
    const double id = image.number();
    if (std::abs(id) <= kLargestId && id == std::floor(id)) return std::llround(id);
    image.report("must be a whole number");
    return std::nullopt;
  }
  std::string name = image.text();
  if (const auto dot = name.rfind('.'); dot != std::string::npos) name.erase(dot);
  const std::size_t last = name.find_last_of("0123456789");
  const std::size_t first =
      last == std::string::npos ? last : name.find_last_not_of("0123456789", last) + 1;
  std::int64_t number = 0;
  if (last == std::string::npos ||
      std::from_chars(name.data() + first, name.data() + last + 1, number).ec != std::errc()) {
    image.report("has no number to sort by");
    return std::nullopt;
  }
  return number;
}

/// Collects the pictures and their bodies, by the pictures' numbers.
class CocoCollector {
 public:
  CocoCollector(std::string name, const PoseHints& hints)
      : name_(std::move(name)), hints_(hints) {}

  void add_image(const Node& image) {
    const auto number = number_of(image["id"]);
    if (!number) return;
    Picture& picture = pictures_[*number];
    const auto width = image.optional("width");
    const auto height = image.optional("height");
    if (width && height) {
      picture.size = {width->whole_number(1, kMaxImageSide_px),
                      height->whole_number(1, kMaxImageSide_px)};
    }
    if (const auto time = image.optional("time_s")) {
      picture.time = base::Seconds(time->number_within(0.0, kMaxTime_s));
    }
  }

  void add_body(const Node& body, bool marked);
  base::Result<ImportedPoses> done();

 private:
  struct Picture {
    std::optional<base::ImageSize> size;
    std::optional<base::Seconds> time;
    std::vector<pose::Pose> bodies;
  };

  void set_skeleton(const Node& joints);
  base::Result<pose::PoseFrame> frame_of(std::int64_t number, const Picture& picture);

  std::string name_;
  PoseHints hints_;
  const Skeleton* skeleton_ = nullptr;
  std::map<std::int64_t, Picture> pictures_;
  PersonSelector choice_;
};

void CocoCollector::set_skeleton(const Node& joints) {
  if (skeleton_ != nullptr) return;
  skeleton_ = pose::skeleton_of_size(joints.numbers().size() / 3);
  if (skeleton_ == nullptr) skeleton_ = &pose::kCoco17;
}

/// @param marked  whether joints have visibility flags (data sets) or scores (results)
void CocoCollector::add_body(const Node& body, bool marked) {
  const auto number = number_of(body["image_id"]);
  const Node joints = body["keypoints"];
  set_skeleton(joints);
  auto pose = read_keypoint_array(joints, *skeleton_,
                                  marked ? score_from_visibility_flag : clamped_score);
  if (!number || !pose) return;
  if (const auto scores = body.optional("keypoint_scores")) {
    const std::vector<double> all = scores->numbers();
    for (std::size_t i = 0; i < std::min(all.size(), skeleton_->joints.size()); ++i) {
      const auto& landmark = skeleton_->joints[i].landmark;
      if (landmark) (*pose)[*landmark].score = clamped_score(all[i]);
    }
    pose->score = mean_score(*pose);
  }
  Picture& picture = pictures_[*number];
  pose::PoseFrame frame;
  frame.pose = pose;
  if (read_matside_extension(body, frame)) {
    picture.size = frame.image_size;
    picture.time = frame.time;
  }
  picture.bodies.push_back(*frame.pose);
}

base::Result<pose::PoseFrame> CocoCollector::frame_of(std::int64_t number,
                                                      const Picture& picture) {
  pose::PoseFrame frame;
  frame.frame_index = number;
  const auto size = picture.size ? picture.size : hints_.size;
  if (!size) return missing_size_error(name_);
  frame.image_size = *size;
  if (picture.time) {
    frame.time = *picture.time;
  } else if (hints_.rate_hz) {
    const std::int64_t first = pictures_.begin()->first;
    frame.time = base::Seconds(static_cast<double>(number - first) / *hints_.rate_hz);
  } else {
    return missing_rate_error(name_);
  }
  frame.pose = choice_.choose(picture.bodies);
  return frame;
}

base::Result<ImportedPoses> CocoCollector::done() {
  ImportedPoses out;
  out.skeleton = skeleton_ == nullptr ? pose::kCoco17.name : skeleton_->name;
  for (const auto& [number, picture] : pictures_) {
    auto frame = frame_of(number, picture);
    if (!frame) return frame.error();
    const std::string place = fmt::format("{}: image {}", name_, number);
    if (auto added = add_frame(std::move(frame).value(), place, out.frames); !added) {
      return added.error();
    }
  }
  return out;
}

}  // namespace

std::string coco_json(const std::vector<pose::PoseFrame>& frames) {
  json images = json::array();
  json annotations = json::array();
  for (const pose::PoseFrame& unrounded : frames) {
    const pose::PoseFrame frame = pose::rounded(unrounded);
    images.push_back({{"id", frame.frame_index},
                      {"width", frame.image_size.width_px},
                      {"height", frame.image_size.height_px},
                      {"file_name", fmt::format("{:012}.jpg", frame.frame_index)},
                      {"time_s", frame.time.value()}});
    if (!frame.pose) continue;
    annotations.push_back(
        annotation_of(frame, static_cast<std::int64_t>(annotations.size()) + 1));
  }
  const json file = {{"info", {{"description", "Poses of one person, estimated by Matside"}}},
                     {"images", std::move(images)},
                     {"annotations", std::move(annotations)},
                     {"categories", categories()}};
  return file.dump() + "\n";
}

base::Result<ImportedPoses> read_coco(std::string_view text, const std::string& name,
                                      const PoseHints& hints) {
  strict_json::FirstError problem(name);
  const nlohmann::json document = strict_json::parse_strictly(text, problem, kPoseFileLimits);
  const Node root(document, problem);
  CocoCollector gathered(name, hints);
  if (!problem.first() && root.is_array()) {
    for (const Node& body : root.elements_or_empty()) gathered.add_body(body, false);
  } else if (!problem.first()) {
    for (const Node& image : root["images"].elements_or_empty()) gathered.add_image(image);
    for (const Node& body : root["annotations"].elements_or_empty())
      gathered.add_body(body, true);
  }
  if (problem.first()) return Error{ErrorKind::input, *problem.first()};
  return gathered.done();
}

}  // namespace matside::formats
