// The result of a practice up to now.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/quantity.h"
#include "core/exercise/repetition.h"
#include "core/pose/landmark.h"

namespace matside::engine {

/// Something the person should know about the picture or the position. The `id` is stable, for
/// programs.
struct Warning {
  std::string id;       ///< no_person, not_lying, on_back, legs_together, feet_cut_off,
                        ///< camera_oblique, low_frame_rate, frames_missing, ...
  std::string message;  ///< what is wrong and what to do, in the language loaded
};

/// How the person lies in the picture, and where the camera is.
struct CameraView {
  std::optional<pose::Side> near_side;       ///< the body side toward the camera
  std::optional<pose::Side> head_direction;  ///< the picture's side where the head is
  /// The camera's angle along the mat (0 = square, positive = from the picture's left) and how
  /// far it looks down. Means over the practice, accurate to about five degrees; absent before
  /// the first movement.
  std::optional<base::Degrees> camera_yaw;
  std::optional<base::Degrees> camera_pitch;
};

using exercise::RepetitionCounts;

/// The result of a practice.
struct Analysis {
  int level = 1;
  CameraView view;
  std::int64_t frames = 0;
  std::int64_t frames_with_pose = 0;
  std::int64_t frames_by_eye = 0;    ///< of those, read with the eye for lying bodies
  std::int64_t frames_in_space = 0;  ///< of those, with legs measured in space
  std::vector<exercise::Repetition> repetitions;
  std::vector<exercise::SetFault> set_faults;
  std::vector<Warning> warnings;
  RepetitionCounts counts;
  bool elbows_forward =
      false;  ///< the easier version: elbows ahead, as far as the level allows
  exercise::SetMeasures set;
};

}  // namespace matside::engine
