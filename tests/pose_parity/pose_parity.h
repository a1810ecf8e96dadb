// How far Matside's landmarks are from the reference implementation's on the same pictures.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "vision/blazepose/model.h"

namespace matside::tests {

/// One picture of tests/data/parity with both landmarks.
struct PictureParity {
  std::string name;
  bool found = false;               ///< Matside found a body at all.
  std::vector<double> distance_px;  ///< Of the 12 joints, shoulders to ankles, in that order.
  std::vector<double> score_difference;  ///< Ours less theirs, of the same joints.
};

/// Runs the variant as for single pictures on every picture of `parity_dir` that its reference
/// names. Fails when a file is missing, damaged or does not fit the other.
base::Result<std::vector<PictureParity>> measure_parity(const std::filesystem::path& parity_dir,
                                                        const std::filesystem::path& models_dir,
                                                        blazepose::Variant variant);

/// All distances of the pictures with a body, smallest first, px.
std::vector<double> sorted_distances_px(const std::vector<PictureParity>& pictures);

/// The smallest value that at least `share` (0 to 1] of the sorted, non-empty values reach.
double quantile(const std::vector<double>& sorted, double share);

}  // namespace matside::tests
