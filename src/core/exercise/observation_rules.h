// When to warn about the picture and about the stream of poses, as data.
#pragma once

#include "core/exercise/threshold.h"

namespace matside::exercise {

/// When to warn about the camera and the picture (movement.md 5.6).
struct CameraRules {
  Threshold yaw_max;    ///< deg: Warn where the camera looks along the mat by more than this.
  Threshold pitch_max;  ///< deg: Warn where the camera looks down by more than this.
  Threshold trunk_margin;  ///< deg: The trunk belongs to another level this far outside the
                           ///< level's range: a camera off square or high changes its angle by
                           ///< some ten degrees.
  Threshold thigh_min;  ///< ratio: The person is too small where the thigh is a smaller share
                        ///< of the picture's longer side.
  Threshold frame_rate_min;  ///< hz: Below this a second kick can fall between two frames.
  Threshold frame_rate_tolerance;  ///< ratio: Warn below this share of frame_rate_min.
  Threshold seldom_share;  ///< ratio: Warn where the person lies, or both legs are seen, in a
                           ///< smaller share of frames; or is cut off in a greater one.
  Threshold usual_share;   ///< ratio: Somebody who seldom lies is named by the posture of this
                           ///< share of frames.
  Threshold
      mostly_share;  ///< ratio: Warn where a person is found in a smaller share of frames.
  Threshold
      small_share;  ///< ratio: Warn where the person is too small in a greater share of frames.
  Threshold feet_edge;  ///< ratio: An ankle closer to the picture's edge than this share of its
                        ///< longer side is outside.
  Threshold feet_score_min;  ///< ratio: So is an ankle that scores less ...
  Threshold feet_reach;    ///< thigh_length: ... where an edge is closer to its knee than this.
  Threshold feet_cut_min;  ///< s: Warn, and judge nothing, where it is outside for this long.
  Threshold feet_back;     ///< s: It is back inside once it was seen for this long.
};

/// When to warn about the stream of poses.
struct StreamRules {
  Threshold
      step_min;  ///< s: A frame sooner after the last one adds nothing and is not analysed.
  Threshold high_rate_frames;  ///< count: Warn after this many such frames in a row.
  Threshold high_rate_quiet;   ///< s: They are in a row unless this long apart.
  Threshold
      quiet_time;  ///< s: A burst of broken frames has ended when there was none for this long.
  Threshold unseen_warning;  ///< s: Warn when nobody, or no leg, was seen for this long.
  Threshold slow_rate;       ///< hz: Warn when frames come more slowly than this.
  Threshold slow_window;     ///< s: The frame rate is the mean over this long.
  Threshold gap_warning;     ///< s: Warn after a longer gap between two frames.
};

}  // namespace matside::exercise
