#include "formats/pose_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "formats/coco.h"
#include "formats/delimited_text.h"
#include "formats/generic_pose_table.h"
#include "formats/mediapipe.h"
#include "formats/openpose.h"
#include "formats/pose_codec.h"
#include "formats/pose_csv.h"
#include "formats/trc.h"

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
  if (has_key(text, "annotations") || has_key(text, "images") || has_key(text, "image_id")) {
    return PoseFormat::coco;
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
  OpenPoseReader reader(hints);
  if (auto taken = reader.take(0, text, name); !taken) return taken.error();
  return std::move(reader.poses());
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
      return read_single(text, name, hints.poses);
    case PoseFormat::trc:
      return read_trc(text, name, hints.markers);
    case PoseFormat::table:
      break;
  }
  return read_pose_table(text, name, hints.poses);
}

}  // namespace

std::optional<PoseFormat> pose_format_of(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (text.starts_with(kStreamMark)) return PoseFormat::matside_binary;
  if (text.starts_with(kMatsideTable)) return PoseFormat::matside_table;
  if (text.starts_with("PathFileType")) return PoseFormat::trc;
  const std::string_view head = text.substr(0, kLookedAt);
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return std::nullopt;
  if (head[first] == '{' || head[first] == '[') return json_format_of(head);
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
            "OpenPose, TRC and its own tables"};
  }
  auto poses = read(*format, text, name, hints);
  if (poses && poses.value().frames.empty()) {
    return Error{ErrorKind::input, name + ": contains no frames"};
  }
  return poses;
}

}  // namespace matside::formats
