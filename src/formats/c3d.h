// Markers in a C3D file, as motion laboratories save them. See docs/adr/0036-read-c3d.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/engine/analysis.h"
#include "core/pose/pose_frame.h"
#include "formats/imported_poses.h"
#include "formats/pose_file_hints.h"

namespace matside::formats {

/// The group of Matside's own files, with PICTURE (width and height) and METRES_PER_PX.
inline constexpr std::string_view kC3dOwnGroup = "MATSIDE";

/// Writes the landmarks in the plane of the picture: millimetres from its lower left corner,
/// z = 0, y upward, as reals of an Intel processor. Missing joints are points that were not
/// measured. The times are regular, as in trc_text(). Frame 1 is the first one recorded, and
/// events count from it: the starts, kicks, lowerings and ends of repetitions, with the side as
/// their context; the first 255 of them.
/// @param recorded  at least one, all of one picture size
/// @param analysis  of these frames
/// @param metres_per_px  in the body's plane; greater than 0 (see metres_per_px() in trc.h)
std::string c3d_bytes(const std::vector<pose::PoseFrame>& recorded,
                      const engine::Analysis& analysis, double metres_per_px);

/// Reads the markers of POINT by their labels, and makes poses of them as of TRC
/// (laboratory_poses.h). Numbers may be of Intel, DEC or MIPS processors, positions integers or
/// reals. The up axis is that of POINT:Y_SCREEN, and otherwise z, unless the body shows
/// another. Files of c3d_bytes() give their picture back. Analogue channels are skipped. A file
/// that is cut off gives the frames before the cut, with the note input_truncated.
/// @param name  of the file, for errors
/// @returns ErrorKind::input: damaged parameters, no markers or frames, more than kMaxMarkers
/// or
///   kMaxFrames of them, no frame rate, a position that isn't a number; errors of
///   JointMarkers::create() and poses_of_laboratory()
base::Result<ImportedPoses> read_c3d(std::string_view bytes, const std::string& name,
                                     const PoseFileHints& hints);

}  // namespace matside::formats
