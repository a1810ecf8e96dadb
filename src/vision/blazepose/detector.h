// Finds people in a whole picture: the person detector's network and its decoding.
#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "vision/blazepose/region.h"
#include "vision/image/view.h"
#include "vision/network/network.h"

namespace matside::blazepose {

/// A box with the body's alignment points; in the detector's square, 0 to 1.
struct Detection {
  double score = 0.0;  ///< 0.5 to 1.
  double left = 0.0;
  double top = 0.0;
  double right = 0.0;
  double bottom = 0.0;
  /// Middle of the hips; a point as far from it as the body reaches, toward the head; and the
  /// same two for the upper body.
  std::array<std::array<double, 2>, 4> points{};
};

/// Decodes the network's outputs: 2254 x 12 coordinates and 2254 logits, in the order of the
/// anchors. Keeps scores of at least 0.5 and merges what overlaps.
std::vector<Detection> decode_detections(std::span<const float> coordinates,
                                         std::span<const float> logits);

/// Merges detections that overlap by more than 0.3 (intersection over union) into the mean of
/// their boxes and points weighted by score; the best first.
std::vector<Detection> merge_overlapping(std::vector<Detection> detections);

/// A person found: where to look for the body, and how sure the detector is.
struct Found {
  Region region;
  double score = 0.0;
};

/// The person detector.
class Detector {
 public:
  /// Fails with ErrorKind::model when the model file is not what it must be.
  static base::Result<Detector> create(const std::filesystem::path& models_dir);

  /// The people seen in a square of the picture, the surest first, regions in the picture's
  /// pixels. Fails only when the network does.
  base::Result<std::vector<Found>> find(const image::View& picture, const Region& square);

  /// As `find`, but the raw detections inside the square.
  base::Result<std::vector<Detection>> detections(const image::View& picture,
                                                  const Region& square);

 private:
  explicit Detector(network::Network net) : network_(std::move(net)) {}
  network::Network network_;
};

}  // namespace matside::blazepose
