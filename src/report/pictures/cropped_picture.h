// One picture of a report, from a picture of the recording.
#pragma once

#include <span>
#include <string>

#include "core/base/result.h"
#include "report/picture_layout.h"
#include "report/pictures/face_blur.h"
#include "vision/image/image.h"

namespace matside::pictures {

/// What happens to faces.
enum class FaceMode { unchanged, blurred };

/// Crops and scales an upright picture, and blurs `heads`, given in its pixels.
image::Image crop_picture(const image::Image& upright, const report::Crop& crop,
                          std::span<const Circle> heads);

/// Encodes as JPEG. Fails with ErrorKind::output when memory is short.
base::Result<std::string> jpeg(const image::Image& picture);

}  // namespace matside::pictures
