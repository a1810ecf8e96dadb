#include "formats/picture_files.h"

#include <charconv>
#include <system_error>
#include <utility>
#include <vector>

#include "formats/instance_lists.h"
#include "formats/matside_extension.h"
#include "formats/strict_json/node.h"
#include "formats/yolo_labels.h"

namespace matside::formats {
namespace {

using base::Error;
using base::ErrorKind;

bool is_people_file(std::string_view text) {
  return text.find("\"people\"") != std::string_view::npos;
}

}  // namespace

std::optional<std::int64_t> picture_number(std::string_view file_name) {
  if (file_name.ends_with(".txt") || file_name.ends_with(".json")) {
    file_name = file_name.substr(0, file_name.rfind('.'));
  } else {
    return std::nullopt;
  }
  constexpr std::string_view kKeypoints = "_keypoints";
  if (file_name.ends_with(kKeypoints)) file_name.remove_suffix(kKeypoints.size());
  const std::size_t digits = file_name.find_last_not_of("0123456789") + 1;
  std::int64_t number = 0;
  const char* const end = file_name.data() + file_name.size();
  const auto [stopped, failed] = std::from_chars(file_name.data() + digits, end, number);
  if (failed != std::errc() || stopped != end) return std::nullopt;
  return number;
}

base::Result<std::optional<pose::Pose>> PictureFileReader::person_in(Kind kind,
                                                                     std::string_view text,
                                                                     const std::string& name) {
  if (kind == Kind::yolo) {
    const auto bodies = read_yolo_labels(text, name, *hints_.size, skeleton_);
    if (!bodies) return bodies.error();
    return choice_.choose(bodies.value());
  }
  strict_json::FirstError problem(name);
  const nlohmann::json document = strict_json::parse_strictly(text, problem, kPoseFileLimits);
  std::vector<pose::Pose> bodies;
  if (!problem.first()) {
    const strict_json::Node root(document, problem);
    const auto list = root.optional("instances");
    bodies = read_instances(list ? *list : root, *hints_.size, skeleton_);
  }
  if (problem.first()) return Error{ErrorKind::input, *problem.first()};
  return choice_.choose(bodies);
}

base::Result<void> PictureFileReader::take(std::int64_t number, std::string_view text,
                                           const std::string& name) {
  const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const bool json =
      first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
  const Kind kind = !json                                        ? Kind::yolo
                    : text[first] == '{' && is_people_file(text) ? Kind::openpose
                                                                 : Kind::instances;
  if (!kind_) kind_ = kind;
  if (*kind_ != kind) {
    return Error{ErrorKind::input,
                 name +
                     ": is not of the same kind as the files before it; keep the files of one "
                     "program in a folder"};
  }
  if (kind == Kind::openpose) return openpose_.take(number, text, name);
  if (!hints_.size) return missing_size_error(name);
  if (!hints_.rate_hz) return missing_rate_error(name);
  auto person = person_in(kind, text, name);
  if (!person) return person.error();
  pose::PoseFrame frame;
  frame.frame_index = number;
  frame.image_size = *hints_.size;
  frame.time = base::Seconds(static_cast<double>(number) / *hints_.rate_hz);
  frame.pose = person.value();
  return add_frame(frame, name, poses_.frames);
}

ImportedPoses PictureFileReader::take_poses() {
  if (kind_ == Kind::openpose) return std::move(openpose_.poses());
  poses_.skeleton = skeleton_ == nullptr ? pose::kCoco17.name : skeleton_->name;
  return std::move(poses_);
}

}  // namespace matside::formats
