// Makes poses of a recording of markers, whatever file it comes from (TRC, C3D).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "formats/imported_poses.h"
#include "formats/laboratory_axes.h"
#include "formats/pose_file_hints.h"
#include "formats/side_camera.h"

namespace matside::formats {

/// What the unit of a file's positions is.
enum class MarkerUnit {
  pixels,
  metres,
  other,    ///< Millimetres, inches, ...
  unknown,  ///< The file doesn't say.
};

/// @returns the unit of that name, such as m or px
MarkerUnit marker_unit_of(std::string_view name);

/// Landmarks in a laboratory's own axes.
struct LaboratoryRecording {
  std::vector<MarkerFrame> frames;
  MarkerUnit unit = MarkerUnit::unknown;
  std::optional<UpAxis> up;        ///< As the file says.
  UpAxis usual_up = UpAxis::y;     ///< By the format's convention, where the file says nothing.
  std::vector<std::string> notes;  ///< Ids of warnings of the reader.
};

/// The picture of which Matside itself made a recording: y is up, and the origin is its lower
/// left corner.
struct OwnPicture {
  base::ImageSize size;
  double units_per_px = 0.0;  ///< In the unit of the positions.
};

/// Restores the poses in that picture; all scores are 1.
/// @param name  of the file, for errors
/// @returns ErrorKind::input as add_frame()
base::Result<ImportedPoses> poses_in_own_picture(const LaboratoryRecording& recording,
                                                 const OwnPicture& picture,
                                                 const std::string& name);

/// Turns the recording upright, measures the legs in space, and projects it to a side view.
/// Positions in one plane are a picture, without legs in space. Positions in pixels are in a
/// picture with y downward; where the hints have its size, they stay where they are. The up
/// axis is that of the hints, or of the file, or is found by the body; in the last case a note
/// says so unless it is the format's usual one.
/// @param name  of the file, for errors
/// @returns ErrorKind::input as project_to_side_view() and add_frame(); ErrorKind::usage as
///   find_up_axis()
base::Result<ImportedPoses> poses_of_laboratory(LaboratoryRecording recording,
                                                const std::string& name,
                                                const PoseFileHints& hints);

}  // namespace matside::formats
