// The size at which a stored picture is analysed.
//
// Pure functions: any thread.
#pragma once

#include "core/base/point.h"

namespace matside::media {

/// Longer side of the pictures that are analysed; larger ones are scaled down. A body that
/// fills a fifth of it still covers more pixels than the pose networks' inputs.
inline constexpr int kMaxAnalysedSide_px = 1920;

/// How wide a stored sample is for its height.
struct SampleAspect {
  int width = 1;
  int height = 1;
};

/// Size in square pixels of a stored picture whose samples have that aspect. Neither side
/// shrinks. An unknown, extreme (beyond 1:8) or nearly square (within 0.5 %) aspect counts as
/// square.
base::ImageSize square_pixel_size(base::ImageSize stored, SampleAspect aspect);

/// `size` scaled down so that its longer side is at most `max_side_px`; 0 means no limit.
base::ImageSize limit_size(base::ImageSize size, int max_side_px);

}  // namespace matside::media
