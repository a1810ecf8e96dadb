// Poses and events as tidy tables, one observation a row, for statistics programs.
#pragma once

#include <string>
#include <vector>

#include "core/engine/analysis.h"
#include "core/pose/pose_frame.h"

namespace matside::formats {

/// frame,time_s,keypoint,x_px,y_px,score,width_px,height_px: a row for each joint of each frame
/// in which somebody was found, and one without a joint for each other frame.
std::string keypoints_csv(const std::vector<pose::PoseFrame>& frames);

/// time_s,event,repetition,side,value,unit,detail: repetition_start, kick (its knee flexion),
/// lowering_start, repetition_end (its status), fault (value and threshold), set_fault and
/// warning, in order of time.
std::string events_csv(const engine::Analysis& analysis);

}  // namespace matside::formats
