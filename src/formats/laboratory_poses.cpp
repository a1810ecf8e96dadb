#include "formats/laboratory_poses.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "core/kinematics/legs_in_space.h"
#include "core/signal/samples.h"
#include "formats/delimited_text.h"

namespace matside::formats {
namespace {

using pose::Landmark;

// A trunk that is longer is not in metres, whatever the file says: it is in pixels.
constexpr double kLongestTrunk_m = 10.0;
// In lengths of the whole recording: a smaller depth counts as a picture.
constexpr double kFlatDepth = 1e-6;

/// Whether all points are in one plane of z.
bool in_one_plane(const std::vector<MarkerFrame>& frames) {
  constexpr double kFar = std::numeric_limits<double>::max();
  Point3d least{kFar, kFar, kFar};
  Point3d most{-kFar, -kFar, -kFar};
  for (const MarkerFrame& frame : frames) {
    for (const auto& p : frame.points) {
      if (!p) continue;
      least = {std::min(least.x, p->x), std::min(least.y, p->y), std::min(least.z, p->z)};
      most = {std::max(most.x, p->x), std::max(most.y, p->y), std::max(most.z, p->z)};
    }
  }
  const double length = std::max(most.x - least.x, most.y - least.y);
  return most.z - least.z <= kFlatDepth * length;
}

/// The distance between hip and shoulder, in the unit of the file.
double trunk_length(const std::vector<MarkerFrame>& frames) {
  std::vector<double> lengths;
  for (const MarkerFrame& frame : frames) {
    for (const pose::Side side : pose::kSides) {
      const auto& hip = frame.points[pose::index(pose::on_side(Landmark::left_hip, side))];
      const auto& shoulder =
          frame.points[pose::index(pose::on_side(Landmark::left_shoulder, side))];
      if (!hip || !shoulder) continue;
      lengths.push_back(
          std::max({std::abs(hip->x - shoulder->x), std::abs(hip->y - shoulder->y),
                    std::abs(hip->z - shoulder->z)}));
    }
  }
  return signal::median(lengths).value_or(0.0);
}

/// The note that says which axis is taken as up.
std::string up_note(UpAxis up) {
  std::string id = "poses_up_";
  std::string_view axis = axis_name(up);
  if (axis.starts_with('-')) {
    id += "minus_";
    axis.remove_prefix(1);
  }
  return id + std::string(axis);
}

base::Result<void> add_frames(const std::vector<pose::PoseFrame>& frames,
                              const std::string& name, ImportedPoses& out) {
  for (const pose::PoseFrame& frame : frames) {
    const std::string place = fmt::format("{}: frame {}", name, frame.frame_index + 1);
    if (auto added = add_frame(frame, place, out.frames); !added) return added;
  }
  return {};
}

pose::PoseFrame in_picture(const MarkerFrame& frame, base::ImageSize size, UpAxis up) {
  return frame_in_picture(frame, size, [&](const Point3d& point) {
    return base::ImagePoint{point.x, up == UpAxis::y ? size.height_px - point.y : point.y};
  });
}

base::Result<std::vector<pose::PoseFrame>> upright_frames(LaboratoryRecording& recording,
                                                          UpAxis up, const std::string& name) {
  for (MarkerFrame& frame : recording.frames) {
    for (auto& point : frame.points) {
      if (point) point = turned_y_up(*point, up);
    }
  }
  return project_to_side_view(recording.frames, name);
}

/// Adds what the picture lost: the angles of the legs in space. The frames are those of the
/// upright recording, in order.
void add_legs_in_space(const LaboratoryRecording& recording,
                       std::vector<pose::PoseFrame>& frames) {
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (!frames[i].pose) continue;
    frames[i].pose->legs_in_space = kinematics::legs_in_space(recording.frames[i].points);
  }
}

}  // namespace

MarkerUnit marker_unit_of(std::string_view text) {
  const std::string plain = normalised_name(text);
  if (plain.empty()) return MarkerUnit::unknown;
  if (plain == "px" || plain == "pixel" || plain == "pixels") return MarkerUnit::pixels;
  if (plain == "m" || plain == "meter" || plain == "meters" || plain == "metres") {
    return MarkerUnit::metres;
  }
  return MarkerUnit::other;
}

base::Result<ImportedPoses> poses_in_own_picture(const LaboratoryRecording& recording,
                                                 const OwnPicture& picture,
                                                 const std::string& name) {
  std::vector<pose::PoseFrame> seen;
  for (const MarkerFrame& frame : recording.frames) {
    seen.push_back(frame_in_picture(frame, picture.size, [&](const Point3d& point) {
      return base::ImagePoint{point.x / picture.units_per_px,
                              picture.size.height_px - point.y / picture.units_per_px};
    }));
  }
  ImportedPoses out{"markers", {}, recording.notes};
  if (auto added = add_frames(seen, name, out); !added) return added.error();
  return out;
}

base::Result<ImportedPoses> poses_of_laboratory(LaboratoryRecording recording,
                                                const std::string& name,
                                                const PoseFileHints& hints) {
  const bool flat = in_one_plane(recording.frames);
  const bool too_long_for_metres =
      recording.unit != MarkerUnit::other && trunk_length(recording.frames) > kLongestTrunk_m;
  const bool pixels = flat && (recording.unit == MarkerUnit::pixels || too_long_for_metres);
  ImportedPoses out{"markers", {}, std::move(recording.notes)};
  UpAxis up = hints.up.value_or(recording.up.value_or(recording.usual_up));
  if (!hints.up && !recording.up) {
    const AxisExpectation expected{pixels ? UpAxis::minus_y : recording.usual_up,
                                   flat || pixels};
    const auto found = find_up_axis(recording.frames, expected, name);
    if (!found) return found.error();
    up = found.value();
    const bool said = pixels && recording.unit == MarkerUnit::pixels;
    if (up != UpAxis::y && !(said && up == UpAxis::minus_y)) out.notes.push_back(up_note(up));
  }
  std::vector<pose::PoseFrame> seen;
  if (pixels && hints.poses.size && (up == UpAxis::minus_y || up == UpAxis::y)) {
    for (const MarkerFrame& frame : recording.frames) {
      seen.push_back(in_picture(frame, *hints.poses.size, up));
    }
  } else {
    auto projected = upright_frames(recording, up, name);
    if (!projected) return projected.error();
    seen = std::move(projected).value();
    if (!in_one_plane(recording.frames)) add_legs_in_space(recording, seen);
  }
  if (auto added = add_frames(seen, name, out); !added) return added.error();
  return out;
}

}  // namespace matside::formats
