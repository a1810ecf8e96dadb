// Where a head is in a picture, and how it is made unrecognisable.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/base/point.h"
#include "core/pose/pose_frame.h"
#include "vision/image/image.h"

namespace matside::report {

struct Circle {
  base::ImagePoint centre;
  double radius_px = 0.0;
};

/// The whole head with room to spare, by nose, eyes, ears and mouth; nothing where none of them
/// is seen well, or they lie where no head can be: further from the shoulders than a trunk is
/// long.
std::optional<Circle> head_of(const pose::Pose& pose);

/// The circles that hold the head in frame `at`: those of the frames round it too, since one
/// frame may err. Where the head is not seen there, those of the nearest frames within a second
/// before and after, made larger. Empty where nothing is known: then there is no telling where
/// the face is.
std::vector<Circle> heads_at(std::span<const pose::PoseFrame> frames, std::size_t at);

/// Leaves of each circle a handful of colours that run into each other.
void blur(image::Image& picture, std::span<const Circle> circles);

}  // namespace matside::report
