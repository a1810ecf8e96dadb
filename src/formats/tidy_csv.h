// Poses and events as tidy tables for statistics programs: one observation in each row.
#pragma once

#include <string>
#include <vector>

#include "core/engine/analysis.h"
#include "core/pose/pose_frame.h"

namespace matside::formats {

/// Writes frame,time_s,keypoint,x_px,y_px,score,width_px,height_px: a row for each landmark of
/// each frame with a person, and one row without a landmark for each other frame.
std::string keypoints_csv(const std::vector<pose::PoseFrame>& frames);

/// Writes time_s,event,repetition,side,value,unit,detail. The events are repetition_start, kick
/// (knee flexion), lowering_start, repetition_end (status), fault (value and threshold),
/// set_fault and warning, in order of time; warnings have no time and come last.
std::string events_csv(const engine::Analysis& analysis);

}  // namespace matside::formats
