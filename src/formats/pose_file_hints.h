// What a pose file may leave open, and the person gives as options.
#pragma once

#include <optional>

#include "formats/imported_poses.h"
#include "formats/laboratory_axes.h"
#include "formats/marker_names.h"

namespace matside::formats {

/// Values that a file may lack.
struct PoseFileHints {
  PoseHints poses;
  MarkerTable markers;            ///< Of files whose markers have names of their own.
  std::optional<UpAxis> up = {};  ///< Of files of markers in space.
};

}  // namespace matside::formats
