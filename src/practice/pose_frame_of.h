// From a tracked picture to a PoseFrame.
#pragma once

#include <cstdint>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/pose/pose_frame.h"
#include "vision/blazepose/tracked_pose.h"

namespace matside::practice {

/// Turns what the tracker found into a frame for the engine: in pixels of the source, rotated
/// upright, and rounded (pose::rounded). Videos and live pictures both come through here,
/// so that they give the same frames.
/// @param picture size of the picture that was searched, as stored
/// @param source size of the source's picture, as stored; larger where it was scaled down
/// @param tracked joints in pixels of `picture`, rotated by tracked.quarter_turns
[[nodiscard]] pose::PoseFrame pose_frame_of(std::int64_t index, base::Seconds time,
                                            base::ImageSize picture, base::ImageSize source,
                                            blazepose::TrackedPose tracked);

}  // namespace matside::practice
