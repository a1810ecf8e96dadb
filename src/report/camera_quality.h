// Grades how well the camera recorded the practice.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/engine/analysis.h"
#include "core/pose/pose_frame.h"

namespace matside::report {

/// A grade based only on the engine's warnings.
enum class Grade : std::uint8_t {
  good,  ///< No warning.
  fair,  ///< A warning: results are less certain.
  poor,  ///< A warning, and nothing could be counted or scored.
};
/// The grade's name in the document: good, fair or poor.
std::string_view name(Grade grade);

/// What is graded, with the unit of its value.
enum class AspectId : std::uint8_t {
  side_on,     ///< Degrees from a right angle to the mat.
  level,       ///< Degrees that the camera points down.
  size,        ///< Body's width as a fraction of the picture's, 0 to 1.
  whole_body,  ///< No value: whether head and feet stayed in view.
  frame_rate,  ///< Pictures per second.
  found,       ///< Fraction of pictures with a person, 0 to 1.
  near_leg,    ///< Median joint score of the near leg, 0 to 1.
  far_leg,     ///< The same for the far leg.
  steadiness,  ///< No value: whether the legs were steady enough to score.
};
/// The aspect's name in the document, as in the enum.
std::string_view name(AspectId id);

/// One graded aspect.
struct Aspect {
  AspectId id = AspectId::side_on;
  Grade grade = Grade::good;
  std::optional<double> value;  ///< Nothing if unknown.
};

/// The overall grade and all aspects.
struct CameraQuality {
  Grade grade = Grade::good;  ///< The worst of the aspects'.
  std::vector<Aspect> aspects;
};

/// Grades the recording. @param frames the analysed frames, at least one.
CameraQuality camera_quality(std::span<const pose::PoseFrame> frames,
                             const engine::Analysis& analysis);

/// Mean frames per second; nothing for fewer than two frames or no time between them.
std::optional<double> frame_rate_hz(std::span<const pose::PoseFrame> frames);

}  // namespace matside::report
