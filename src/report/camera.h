// How well the camera saw the practice.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/engine/analysis.h"
#include "core/pose/pose_frame.h"

namespace matside::report {

/// By the engine's own warnings, with no bounds but theirs.
enum class Grade : std::uint8_t {
  good,  ///< nothing was warned of
  fair,  ///< warned of; what was judged is less sure
  poor,  ///< and it stood in the way: nothing could be counted, or nothing judged
};
std::string_view name(Grade grade);

enum class AspectId : std::uint8_t {
  side_on,     ///< degrees off square along the mat
  level,       ///< degrees the camera looks down
  size,        ///< share of the picture's width that the body takes
  whole_body,  ///< no value: whether head and feet stayed in the picture
  frame_rate,  ///< pictures a second
  found,       ///< share of the pictures in which somebody was found
  near_leg,    ///< how sure the joints of the leg toward the camera were, 0 to 1
  far_leg,     ///< the same of the other leg
  steadiness,  ///< no value: whether the legs were seen steadily enough to judge by
};
std::string_view name(AspectId id);

struct Aspect {
  AspectId id = AspectId::side_on;
  Grade grade = Grade::good;
  std::optional<double> value;  ///< Nothing where it is not known.
};

struct Camera {
  Grade grade = Grade::good;  ///< The least of the aspects'.
  std::vector<Aspect> aspects;
};

/// @param frames those the analysis was made of; at least one
Camera camera_quality(std::span<const pose::PoseFrame> frames,
                      const engine::Analysis& analysis);

/// Frames a second; nothing for fewer than two.
std::optional<double> frame_rate_hz(std::span<const pose::PoseFrame> frames);

}  // namespace matside::report
