// Compares Matside's landmarks with the reference implementation's on the same pictures.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "vision/blazepose/pose_models.h"

namespace matside::tests {

/// The comparison of one picture of tests/data/parity.
struct PictureParity {
  std::string name;
  bool found = false;               ///< Whether Matside found a body.
  std::vector<double> distance_px;  ///< Of the 12 joints, shoulders to ankles, in that order.
  std::vector<double>
      score_difference;  ///< Matside's score minus the reference's, same joints.
};

/// Runs the variant on every picture of `parity_dir` that its reference file lists, without
/// tracking. Fails when a file is missing, damaged or inconsistent with the other.
base::Result<std::vector<PictureParity>> measure_parity(const std::filesystem::path& parity_dir,
                                                        const std::filesystem::path& models_dir,
                                                        blazepose::Variant variant);

/// All distances in pictures with a body, in pixels, in ascending order.
std::vector<double> sorted_distances_px(const std::vector<PictureParity>& pictures);

/// The quantile `share` (0 to 1] of values sorted in ascending order, not empty: the smallest
/// value that at least this share of them does not exceed.
double quantile(const std::vector<double>& sorted, double share);

}  // namespace matside::tests
