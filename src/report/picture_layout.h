// What the pictures of a report show: the same crop for all, so that they can be compared.
// Their pixels: report/pictures.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/pose/landmark.h"
#include "core/pose/pose_frame.h"
#include "report/snapshots.h"
#include "vision/image/transform.h"

namespace matside::report {

/// Landmarks with a lower score neither widen a crop nor place a blur.
inline constexpr double kMinShownScore = 0.3;

/// The joints that are drawn, in the order of SnapshotPicture::points.
inline constexpr std::array kDrawnLandmarks{pose::Landmark::nose,
                                            pose::Landmark::left_ear,
                                            pose::Landmark::right_ear,
                                            pose::Landmark::left_shoulder,
                                            pose::Landmark::right_shoulder,
                                            pose::Landmark::left_elbow,
                                            pose::Landmark::right_elbow,
                                            pose::Landmark::left_wrist,
                                            pose::Landmark::right_wrist,
                                            pose::Landmark::left_hip,
                                            pose::Landmark::right_hip,
                                            pose::Landmark::left_knee,
                                            pose::Landmark::right_knee,
                                            pose::Landmark::left_ankle,
                                            pose::Landmark::right_ankle,
                                            pose::Landmark::left_foot_index,
                                            pose::Landmark::right_foot_index};

/// The crop shared by all pictures.
struct Crop {
  base::ImageSize of;       ///< Size of the upright source picture, in pixels.
  image::PixelRect part;    ///< The part shown, in source pixels.
  base::ImageSize picture;  ///< Size of the resulting pictures, in pixels.
};

/// The crop that contains the body in every snapshot, with a margin. Pictures of another size
/// than the first are ignored. Nothing when there is no snapshot or no visible joint.
std::optional<Crop> crop_for(std::span<const pose::PoseFrame> frames,
                             std::span<const Snapshot> snapshots);

/// A joint in pixels of the cropped picture, with its score from 0 to 1.
struct Point {
  double x_px = 0.0;
  double y_px = 0.0;
  double score = 0.0;
};

/// A snapshot with its skeleton and picture.
struct SnapshotPicture {
  Snapshot snapshot;
  base::Seconds time;
  std::array<Point, kDrawnLandmarks.size()> points;
  std::string jpeg;  ///< Empty if only the skeleton is shown.
};

/// The snapshots with their skeletons, still without pictures. Frames of another size than the
/// crop's are left out.
std::vector<SnapshotPicture> snapshot_pictures(std::span<const pose::PoseFrame> frames,
                                               std::span<const Snapshot> snapshots,
                                               const Crop& crop);

}  // namespace matside::report
