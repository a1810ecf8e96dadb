// Frames at equal intervals, as formats with one frame rate for the whole file need them.
#pragma once

#include <vector>

#include "core/pose/pose_frame.h"

namespace matside::formats {

/// Frames at equal intervals.
struct RegularFrames {
  double rate_hz = 1.0;
  bool resampled = false;  ///< The source's own times were irregular.
  std::vector<pose::PoseFrame> frames;
};

/// The frames at times that are equally far apart, from the first one's on.
///
/// Where no time is more than a millisecond from its place (files round their times to that),
/// the frames stay, with exact times; where none is more than a video's time stamp from it,
/// they stay as they are. Otherwise the joints are interpolated linearly between the two frames
/// around each time, at the usual rate: that of the mean of the intervals within a tenth of the
/// median. A joint is missing there if either frame lacks it, or if they are more than 2.5
/// intervals apart.
/// @param frames  times must increase; at least one
RegularFrames at_equal_intervals(const std::vector<pose::PoseFrame>& frames);

}  // namespace matside::formats
