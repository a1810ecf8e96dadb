// Markers of a motion laboratory, by the landmarks they stand for.
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

/// A person's own table: a marker's name to the landmark it stands for. Several markers of one
/// landmark mean the middle between them, as of two sides of a knee.
using MarkerTable = std::map<std::string, pose::Landmark>;

/// Lines of MARKER,LANDMARK, such as R.Knee.Lat,right_knee; lines that begin with # say
/// nothing.
/// @returns ErrorKind::input naming line and column
base::Result<MarkerTable> read_marker_table(std::string_view text, const std::string& name);

/// The name under which a landmark is written as a marker: RKnee, LBigToe.
std::string_view marker_name(pose::Landmark landmark);

/// For each landmark the places of its markers among `markers`: by the table where it names
/// any of the landmark's, otherwise by usual names (RKnee, right_knee, R_KNEE, knee_r; a prefix
/// such as "Model:" does not matter).
std::array<std::vector<std::size_t>, pose::kLandmarkCount> markers_by_landmark(
    const std::vector<std::string>& markers, const MarkerTable& table);

}  // namespace matside::formats
