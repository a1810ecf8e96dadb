// A practice's poses as bytes, to be kept: all that the engine judges by to the digits of
// pose::rounded(), so that a practice is judged again as it was, and wrists, heels and toes to
// a pixel, to be drawn. Faces but for nose and ears, and fingers, are left out. Some 36 bytes a
// frame.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"

namespace matside::formats {

/// @param frames rounded; the landmarks left out come back with score 0
std::string encode_poses(std::span<const pose::PoseFrame> frames);

/// @returns ErrorKind::input naming `name`: no pose stream, damaged, or holding numbers that no
///   camera gives.
base::Result<std::vector<pose::PoseFrame>> decode_poses(std::string_view bytes,
                                                        const std::string& name);

}  // namespace matside::formats
