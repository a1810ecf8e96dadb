// What Matside says beside other programs' keys, in a JSON object `matside`: time, picture's
// size, and what the eye read of the knees, which no other format has a place for.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "core/pose/pose_frame.h"
#include "formats/strict_json/node.h"

namespace matside::formats {

inline constexpr const char* kMatsideKey = "matside";

/// {"time_s", "width", "height", "score", "by_eye", "knees": {"left": {"flexion_deg",
/// "sd_deg"}}}
nlohmann::ordered_json matside_extension_json(const pose::PoseFrame& frame);

/// Reads the object of that key in `parent` into a frame, where it is there: time and size into
/// the frame, the rest into its pose, if it has one.
/// @returns whether it is there. What is wrong in it is a problem of the file.
bool read_matside_extension(const strict_json::Node& parent, pose::PoseFrame& frame);

}  // namespace matside::formats
