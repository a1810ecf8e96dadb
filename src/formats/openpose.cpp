#include "formats/openpose.h"

#include <fmt/format.h>

#include <charconv>
#include <system_error>
#include <utility>
#include <vector>

#include "formats/instance_lists.h"
#include "formats/keypoint_array.h"
#include "formats/matside_extension.h"
#include "formats/strict_json/node.h"

namespace matside::formats {
namespace {

using json = nlohmann::ordered_json;
using strict_json::Node;

constexpr std::string_view kEnding = "_keypoints.json";
constexpr std::size_t kDigits = 12;

/// The bodies of a file. BODY_25 is OpenPose's own; Pose2Sim writes other skeletons in this
/// form.
std::vector<pose::Pose> read_people(const Node& root, const pose::Skeleton*& skeleton) {
  std::vector<pose::Pose> bodies;
  const std::vector<Node> people = root["people"].elements_or_empty();
  if (people.size() > kMaxPeople) {
    root.report(fmt::format("has more than {} persons", kMaxPeople));
    return bodies;
  }
  for (const Node& person : people) {
    const Node joints = person["pose_keypoints_2d"];
    if (skeleton == nullptr) skeleton = pose::skeleton_of_size(joints.numbers().size() / 3);
    const pose::Skeleton& known = skeleton == nullptr ? pose::kBody25 : *skeleton;
    if (auto body = read_keypoint_array(joints, known, clamped_score)) bodies.push_back(*body);
  }
  return bodies;
}

}  // namespace

std::optional<std::int64_t> openpose_frame(std::string_view file_name) {
  if (!file_name.ends_with(kEnding)) return std::nullopt;
  file_name.remove_suffix(kEnding.size());
  const std::size_t digits = file_name.find_last_not_of("0123456789") + 1;
  std::int64_t frame = 0;
  const char* const end = file_name.data() + file_name.size();
  const auto [stopped, failed] = std::from_chars(file_name.data() + digits, end, frame);
  if (failed != std::errc() || stopped != end) return std::nullopt;
  return frame;
}

std::string openpose_file_name(const std::string& stem, std::int64_t frame) {
  return fmt::format("{}_{:0{}}{}", stem, frame, kDigits, kEnding);
}

std::string openpose_json(const pose::PoseFrame& unrounded) {
  const pose::PoseFrame frame = pose::rounded(unrounded);
  json people = json::array();
  if (frame.pose) {
    const auto as_it_is = [](double score) { return score; };
    people.push_back(
        {{"person_id", {-1}},
         {"pose_keypoints_2d", keypoint_array(*frame.pose, pose::kBody25, as_it_is)},
         {"face_keypoints_2d", json::array()},
         {"hand_left_keypoints_2d", json::array()},
         {"hand_right_keypoints_2d", json::array()},
         {"pose_keypoints_3d", json::array()},
         {"face_keypoints_3d", json::array()},
         {"hand_left_keypoints_3d", json::array()},
         {"hand_right_keypoints_3d", json::array()}});
  }
  constexpr double kVersion = 1.3;
  const json file = {{"version", kVersion},
                     {"people", std::move(people)},
                     {kMatsideKey, matside_extension_json(frame)}};
  return file.dump() + "\n";
}

base::Result<void> OpenPoseReader::take(std::int64_t number, std::string_view text,
                                        const std::string& name) {
  strict_json::FirstError problem(name);
  const nlohmann::json document = strict_json::parse_strictly(text, problem, kPoseFileLimits);
  const Node root(document, problem);
  pose::PoseFrame frame;
  frame.frame_index = number;
  if (!problem.first()) frame.pose = choice_.choose(read_people(root, skeleton_));
  const bool has_extension = !problem.first() && read_matside_extension(root, frame);
  if (problem.first()) return base::Error{base::ErrorKind::input, *problem.first()};
  if (!has_extension) {
    if (!hints_.size) return missing_size_error(name);
    if (!hints_.rate_hz) return missing_rate_error(name);
    frame.image_size = *hints_.size;
    frame.time = base::Seconds(static_cast<double>(number) / *hints_.rate_hz);
  }
  if (skeleton_ != nullptr) poses_.skeleton = skeleton_->name;
  return add_frame(frame, name, poses_.frames);
}

}  // namespace matside::formats
