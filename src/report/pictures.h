// The pictures of a report: a part of the recording, the same for all, so that they compare.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/point.h"
#include "core/base/result.h"
#include "core/pose/landmark.h"
#include "core/pose/pose_frame.h"
#include "report/head.h"
#include "report/instants.h"
#include "vision/image/copy.h"
#include "vision/image/image.h"

namespace matside::report {

/// Joints that are drawn, in the order of a shown picture's points.
inline constexpr std::array kDrawn{pose::Landmark::nose,
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

/// What all pictures show, and how large.
struct Crop {
  base::ImageSize of;       ///< The upright picture it is cut from, source pixels.
  image::Part part;         ///< In those.
  base::ImageSize picture;  ///< What a picture becomes.
};

/// Holds the body at every instant, with some room; nothing for no instant. Where the upright
/// pictures are not all of one size, only those as large as the first one count.
std::optional<Crop> crop_for(std::span<const pose::PoseFrame> frames,
                             std::span<const Instant> instants);

/// A joint in a picture's own pixels.
struct Point {
  double x_px = 0.0;
  double y_px = 0.0;
  double score = 0.0;
};

struct Shown {
  Instant instant;
  base::Seconds time;
  std::array<Point, kDrawn.size()> points;
  std::string jpeg;  ///< Empty: only the skeleton is shown.
};

/// The instants with their skeletons, without pictures yet.
std::vector<Shown> skeletons(std::span<const pose::PoseFrame> frames,
                             std::span<const Instant> instants, const Crop& crop);

enum class Faces { as_they_are, blurred };

/// The frame's picture cut and scaled; `heads` are blurred, in source pixels.
image::Image cut(const image::Image& upright, const Crop& crop, std::span<const Circle> heads);

/// @returns ErrorKind::output in the unlikely case that there is no memory for it.
base::Result<std::string> jpeg(const image::Image& picture);

}  // namespace matside::report
