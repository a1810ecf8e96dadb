#include "formats/pose_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "formats/c3d.h"
#include "formats/c3d_file.h"
#include "formats/coco.h"
#include "formats/delimited_text.h"
#include "formats/generic_pose_table.h"
#include "formats/instance_lists.h"
#include "formats/mediapipe.h"
#include "formats/picture_files.h"
#include "formats/pose_codec.h"
#include "formats/pose_csv.h"
#include "formats/tracked_table.h"
#include "formats/trc.h"
#include "formats/yolo_labels.h"

namespace matside::formats {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::string_view kStreamMark = "matside.poses/";
constexpr std::string_view kMatsideTable = "frame,t_s,nose_x,";
// In some data sets the keys follow a long list of images.
constexpr std::size_t kLookedAt = 1 << 16;

bool has_key(std::string_view text, std::string_view key) {
  return text.find('"' + std::string(key) + '"') != std::string_view::npos;
}

std::optional<PoseFormat> json_format_of(std::string_view text) {
  if (has_key(text, "people")) return PoseFormat::openpose;
  if (has_key(text, "instance_info") || has_key(text, "instances")) {
    return PoseFormat::instances;
  }
  if (has_key(text, "annotations") || has_key(text, "images") || has_key(text, "image_id")) {
    return PoseFormat::coco;
  }
  if (has_key(text, "keypoints") &&
      (has_key(text, "keypoint_scores") || has_key(text, "box"))) {
    return PoseFormat::instances;
  }
  constexpr std::array<std::string_view, 5> kLandmarks{
      "landmarks", "pose_landmarks", "poseLandmarks", "keypoints", "landmark"};
  const auto there = [&](std::string_view key) { return has_key(text, key); };
  if (std::ranges::any_of(kLandmarks, there)) return PoseFormat::mediapipe;
  return std::nullopt;
}

/// Matside's own pose table lacks the picture size, but has frame numbers and times.
base::Result<ImportedPoses> read_matside_table(std::string_view text, const std::string& name,
                                               const PoseHints& hints) {
  if (!hints.size) return missing_size_error(name);
  auto frames = read_pose_csv(text, name, *hints.size);
  if (!frames) return frames.error();
  ImportedPoses out{"matside-poses", {}};
  for (pose::PoseFrame& frame : frames.value()) {
    if (auto added = add_frame(frame, name, out.frames); !added) {
      return added.error();
    }
  }
  return out;
}

base::Result<ImportedPoses> read_stream(std::string_view text, const std::string& name) {
  auto frames = decode_poses(text, name);
  if (!frames) return frames.error();
  return ImportedPoses{"matside-poses", std::move(frames).value()};
}

base::Result<ImportedPoses> read_single(std::string_view text, const std::string& name,
                                        const PoseHints& hints) {
  PictureFileReader reader(hints);
  if (auto taken = reader.take(0, text, name); !taken) return taken.error();
  return reader.take_poses();
}

/// OpenSim's header of a file of angles or forces.
bool is_angle_file(std::string_view head) {
  const auto has = [&](std::string_view word) {
    return head.find(word) != std::string_view::npos;
  };
  return has("endheader") && (has("nColumns") || has("inDegrees") || has("datacolumns"));
}

Error angles_error(const std::string& name) {
  return {ErrorKind::input,
          name +
              ": contains joint angles, not positions (an OpenSim MOT or STO file). Matside "
              "measures angles itself: analyse the TRC or C3D file, or the video, that these "
              "angles come from"};
}

base::Result<ImportedPoses> read(PoseFormat format, std::string_view text,
                                 const std::string& name, const PoseFileHints& hints) {
  switch (format) {
    case PoseFormat::matside_table:
      return read_matside_table(text, name, hints.poses);
    case PoseFormat::matside_binary:
      return read_stream(text, name);
    case PoseFormat::coco:
      return read_coco(text, name, hints.poses);
    case PoseFormat::mediapipe:
      return read_mediapipe(text, name, hints.poses);
    case PoseFormat::openpose:
    case PoseFormat::yolo:
      return read_single(text, name, hints.poses);
    case PoseFormat::instances:
      return read_instance_lists(text, name, hints.poses);
    case PoseFormat::tracked_table:
      return read_tracked_table(text, name, hints);
    case PoseFormat::trc:
      return read_trc(text, name, hints);
    case PoseFormat::c3d:
      return read_c3d(text, name, hints);
    case PoseFormat::angles:
      return angles_error(name);
    case PoseFormat::table:
      break;
  }
  return read_pose_table(text, name, hints.poses);
}

}  // namespace

std::optional<PoseFormat> pose_format_of(std::string_view text) {
  if (is_c3d(text)) return PoseFormat::c3d;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (text.starts_with(kStreamMark)) return PoseFormat::matside_binary;
  if (text.starts_with(kMatsideTable)) return PoseFormat::matside_table;
  if (text.starts_with("PathFileType")) return PoseFormat::trc;
  const std::string_view head = text.substr(0, kLookedAt);
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return std::nullopt;
  if (head[first] == '{' || head[first] == '[') return json_format_of(head);
  if (is_angle_file(head)) return PoseFormat::angles;
  if (is_deeplabcut(head) || is_sleap(head)) return PoseFormat::tracked_table;
  if (is_yolo_labels(head)) return PoseFormat::yolo;
  const std::string_view line = head.substr(0, head.find('\n'));
  const bool text_only = std::ranges::none_of(
      line, [](unsigned char c) { return c < 0x20 && c != '\t' && c != '\r'; });
  const bool parted = line.find_first_of(",;\t") != std::string_view::npos;
  if (text_only && parted && line.size() < head.size()) return PoseFormat::table;
  return std::nullopt;
}

base::Result<ImportedPoses> read_pose_file(std::string_view text, const std::string& name,
                                           const PoseFileHints& hints) {
  const auto format = pose_format_of(text);
  if (!format) {
    return Error{
        ErrorKind::input,
        name +
            ": is not a pose file that Matside can read. It reads MediaPipe, COCO, Halpe, "
            "OpenPose, MMPose, YOLO, DeepLabCut, SLEAP, TRC, C3D and its own tables"};
  }
  auto poses = read(*format, text, name, hints);
  if (poses && poses.value().frames.empty()) {
    return Error{ErrorKind::input, name + ": contains no frames"};
  }
  if (poses) {
    if (auto fits = check_picture_size(poses.value(), hints.poses, name); !fits) {
      return fits.error();
    }
  }
  return poses;
}

}  // namespace matside::formats
