// Projects points in space into the picture of a camera beside the mat. The engine expects
// pictures, and corrects their perspective.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/point.h"
#include "core/base/point3d.h"
#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/pose/landmark.h"
#include "core/pose/pose_frame.h"

namespace matside::formats {

/// In a laboratory's coordinates, in any unit of length; y is up.
using base::Point3d;

/// The landmarks in space at one time; those that were not found are absent.
struct MarkerFrame {
  std::int64_t number = 0;
  base::Seconds time;
  std::array<std::optional<Point3d>, pose::kLandmarkCount> points;
};

/// The frame with each landmark that was found where `place` puts it, without a pose if none
/// was.
/// @param place  from a Point3d to a base::ImagePoint
template <class Place>
pose::PoseFrame frame_in_picture(const MarkerFrame& frame, base::ImageSize size,
                                 const Place& place) {
  pose::PoseFrame out;
  out.frame_index = frame.number;
  out.time = frame.time;
  out.image_size = size;
  pose::Pose pose;
  pose.score = 1.0;
  bool any = false;
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const auto& point = frame.points[i];
    if (!point) continue;
    any = true;
    pose.keypoints[i] = {place(*point), 1.0};
  }
  if (any) out.pose = pose;
  return out;
}

/// Projects the frames to the person's right side: square to the line from hips to shoulders,
/// from 1.3 body lengths away, into a picture of 1920 x 1080. Points that are all in one plane
/// of z are scaled into the picture instead.
/// @param name  of the file, for errors
/// @returns frames, not rounded; ErrorKind::input if no frame has both hips and shoulders
base::Result<std::vector<pose::PoseFrame>> project_to_side_view(
    const std::vector<MarkerFrame>& frames, const std::string& name);

}  // namespace matside::formats
