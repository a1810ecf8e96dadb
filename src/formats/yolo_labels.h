// Ultralytics YOLO's label files: one text file for each picture, one line for each person:
// class, box (x y width height), then x y visibility or x y of each joint, then perhaps the
// person's score and number. All positions are fractions of the picture's sides.
// @source docs.ultralytics.com, Pose estimation datasets (label format) and Results.save_txt
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/point.h"
#include "core/base/result.h"
#include "core/pose/pose_frame.h"
#include "core/pose/skeleton.h"

namespace matside::formats {

/// Whether a text begins with a line that such a file could have: a class, and as many numbers
/// as the joints of COCO, Halpe or COCO-WholeBody need.
bool is_yolo_labels(std::string_view text);

/// Reads the persons of one picture. Joints at 0, 0 were not found.
/// @param skeleton  set to that of the first person; null before
/// @param name  of the file, for errors
/// @returns ErrorKind::input with the line: a number of values that fits no skeleton or not the
///   first person's, a value that isn't a number, more than kMaxPeople lines
base::Result<std::vector<pose::Pose>> read_yolo_labels(std::string_view text,
                                                       const std::string& name,
                                                       base::ImageSize size,
                                                       const pose::Skeleton*& skeleton);

}  // namespace matside::formats
