// Assigns the markers of a motion laboratory to landmarks.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/pose/landmark.h"

namespace matside::formats {

/// The landmark of each marker name. A landmark with several markers, such as both sides of a
/// knee, is in the middle between them.
using MarkerTable = std::map<std::string, pose::Landmark>;

/// Reads lines of MARKER,LANDMARK, such as R.Knee.Lat,right_knee. Lines that begin with # are
/// comments.
/// @param name  of the file, for errors
/// @returns ErrorKind::input with line and column
base::Result<MarkerTable> read_marker_table(std::string_view text, const std::string& name);

/// @returns the marker name that Matside writes for a landmark, such as RKnee or LBigToe
std::string_view marker_name(pose::Landmark landmark);

/// @returns for each landmark the indices of its markers in `markers`: by the table if it names
///   one of them, otherwise by usual names: RKnee, right_knee, R_KNEE, knee_r, or those of
///   Plug-in Gait, Rizzoli, OpenSim's models and OpenCap. A prefix such as "Model:" is ignored.
std::array<std::vector<std::size_t>, pose::kLandmarkCount> markers_by_landmark(
    const std::vector<std::string>& markers, const MarkerTable& table);

/// The markers of a pelvis, as indices.
struct PelvisMarkers {
  std::size_t left_front = 0;
  std::size_t right_front = 0;
  std::vector<std::size_t> rear;  ///< Both rear spines, or the sacrum.
};

/// @returns none if the front spines, or both rear spines and the sacrum, have no marker
std::optional<PelvisMarkers> pelvis_markers(const std::vector<std::string>& markers);

}  // namespace matside::formats
