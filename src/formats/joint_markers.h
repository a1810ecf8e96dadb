// Makes landmarks of a laboratory's markers.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "formats/marker_names.h"
#include "formats/side_camera.h"

namespace matside::formats {

/// A recording with more markers is refused.
inline constexpr std::size_t kMaxMarkers = 2000;

/// Refuses markers that the exercise can't be measured by.
/// @param places  of each landmark's markers
/// @param pelvis  whether the hips follow from markers of the pelvis
/// @param file  its name, for errors
/// @returns ErrorKind::input if shoulder, hip, knee or ankle have no marker on either side,
///   naming the markers that are there and the option that assigns them
base::Result<void> check_joint_markers(
    const std::array<std::vector<std::size_t>, pose::kLandmarkCount>& places, bool pelvis,
    const std::vector<std::string>& markers, const std::string& file);

/// Finds the markers from which each landmark is computed.
class JointMarkers {
 public:
  /// @returns errors of check_joint_markers()
  static base::Result<JointMarkers> create(const std::vector<std::string>& markers,
                                           const MarkerTable& table, const std::string& file);

  /// @param markers  of one frame; none where a marker was not found
  /// @returns the landmarks; those that lack a marker are absent
  [[nodiscard]] std::array<std::optional<Point3d>, pose::kLandmarkCount> points(
      const std::vector<std::optional<Point3d>>& markers) const;

 private:
  std::array<std::vector<std::size_t>, pose::kLandmarkCount> places_;
  std::optional<PelvisMarkers> pelvis_;  ///< Where the hips have no marker of their own.
};

}  // namespace matside::formats
