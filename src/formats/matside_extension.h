// The JSON object `matside`, which Matside adds to the files of other programs' formats: the
// time, the picture size, the knee flexion that the eye measured, and angles in space.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "core/pose/pose_frame.h"
#include "formats/strict_json/node.h"

namespace matside::formats {

/// What a pose file in JSON may have: an hour of MediaPipe's landmarks at 30 frames a second.
inline constexpr strict_json::Limits kPoseFileLimits{.values = 20'000'000};

/// The object's key.
inline constexpr const char* kMatsideKey = "matside";

/// Writes {"time_s", "width", "height", "score", "by_eye", "knees": {"left": {"flexion_deg",
/// "sd_deg"}}, "legs_in_space": {"left": {"knee_flexion_deg", "hip_flexion_deg", "thigh_deg"}}}
nlohmann::ordered_json matside_extension_json(const pose::PoseFrame& frame);

/// Reads the object in `parent`, if there is one, into a frame: time and size into the frame,
/// the rest into its pose, if it has one. Errors are reported at their place in the file.
/// @returns whether there is such an object
bool read_matside_extension(const strict_json::Node& parent, pose::PoseFrame& frame);

}  // namespace matside::formats
