// Locates the head in a picture and blurs it beyond recognition.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/base/point.h"
#include "core/pose/pose_frame.h"
#include "vision/image/image.h"

namespace matside::pictures {

/// A circle in picture pixels.
struct Circle {
  base::ImagePoint centre;
  double radius_px = 0.0;
};

/// A circle around the whole head with a margin, from nose, eyes, ears and mouth. Nothing if
/// none of them is visible, or they are further from the shoulders than the trunk's length.
std::optional<Circle> head_circle(const pose::Pose& pose);

/// Circles that cover the head in frame `at`: its own and those of neighbouring frames, since
/// one frame may be wrong. If the head is not visible there, the enlarged circles of the
/// nearest frames within a second before and after. Empty if the head's position is unknown.
std::vector<Circle> head_circles_at(std::span<const pose::PoseFrame> frames, std::size_t at);

/// Replaces each circle by a smooth blend of a few colours, so that no detail remains. Parts
/// outside the picture are ignored.
void blur(image::Image& picture, std::span<const Circle> circles);

}  // namespace matside::pictures
