// Finds people in a square of a picture: the BlazePose person detector and its decoding.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "vision/blazepose/pose_models.h"
#include "vision/blazepose/region.h"
#include "vision/image/view.h"
#include "vision/network/network.h"

namespace matside::blazepose {

/// A detected person: box and alignment points, in coordinates of the square, 0 to 1.
/// @source ../../../docs/sources.md#blazepose
struct Detection {
  double score = 0.0;  ///< 0.5 to 1.
  double left = 0.0;
  double top = 0.0;
  double right = 0.0;
  double bottom = 0.0;
  /// Middle of the hips; a point towards the head as far from it as the body reaches; the same
  /// pair for the upper body.
  std::array<std::array<double, 2>, 4> points{};
};

/// Decodes the network's outputs: 2254 x 12 coordinates and 2254 logits, in anchor order (sizes
/// asserted). Drops scores below 0.5 and boxes that are empty or not finite, then merges
/// overlapping detections. Best first.
std::vector<Detection> decode_detections(std::span<const float> coordinates,
                                         std::span<const float> logits);

/// Merges detections whose intersection over union exceeds 0.3: boxes and points become means
/// weighted by score; the score is the best one. Best first.
std::vector<Detection> merge_overlapping(std::vector<Detection> detections);

/// A candidate region for the landmark network, with the detector's score (0.5 to 1).
struct RegionCandidate {
  Region region;
  double score = 0.0;
};

/// The person detector. Not for use by two threads at once.
class Detector {
 public:
  /// Loads the network. Fails with ErrorKind::model when the file is missing, changed, or has
  /// unexpected inputs or outputs.
  static base::Result<Detector> create(const PoseModels& models);

  /// Candidate regions for the people in a square of the picture, best first, in upright
  /// picture pixels. Regions of at most one pixel are left out. Fails with ErrorKind::model
  /// when the network fails.
  base::Result<std::vector<RegionCandidate>> find(const image::View& picture,
                                                  const Region& square);

  /// As `find`, but returns the decoded detections in coordinates of the square, 0 to 1.
  base::Result<std::vector<Detection>> detections(const image::View& picture,
                                                  const Region& square);

 private:
  explicit Detector(network::Network net) : network_(std::move(net)) {}
  network::Network network_;
};

}  // namespace matside::blazepose
