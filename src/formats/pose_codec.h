// A practice's poses as compact bytes, about 36 for each frame. Everything that the engine uses
// is stored to the digits of pose::rounded(), so that rescoring gives the same result. Wrists,
// heels and toes are stored to a pixel, for drawing. The face except nose and ears, and the
// fingers, are not stored. Version 2 adds the angles of legs in space, where there are any.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"

namespace matside::formats {

/// @param frames  rounded as by pose::rounded()
/// @returns bytes for decode_poses
std::string encode_poses(std::span<const pose::PoseFrame> frames);

/// @param name  of the data, for errors
/// @returns the frames; landmarks that are not stored have score 0. ErrorKind::input if the
///   bytes aren't encoded poses, are damaged, or contain impossible numbers
base::Result<std::vector<pose::PoseFrame>> decode_poses(std::string_view bytes,
                                                        const std::string& name);

}  // namespace matside::formats
