// Markers in a C3D file, as motion laboratories save them. See docs/adr/0036-read-c3d.md.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "formats/imported_poses.h"
#include "formats/pose_file_hints.h"

namespace matside::formats {

/// Reads the markers of POINT by their labels, and makes poses of them as of TRC
/// (laboratory_poses.h). Numbers may be of Intel, DEC or MIPS processors, positions integers or
/// reals. The up axis is that of POINT:Y_SCREEN, and otherwise z, unless the body shows
/// another. Analogue channels are skipped. A file that is cut off gives the frames before the
/// cut, with the note input_truncated.
/// @param name  of the file, for errors
/// @returns ErrorKind::input: damaged parameters, no markers or frames, more than kMaxMarkers
/// or
///   kMaxFrames of them, no frame rate, a position that isn't a number; errors of
///   JointMarkers::create() and poses_of_laboratory()
base::Result<ImportedPoses> read_c3d(std::string_view bytes, const std::string& name,
                                     const PoseFileHints& hints);

}  // namespace matside::formats
