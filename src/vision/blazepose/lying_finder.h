// The finder: locates a person lying in a picture at any rotation. It is a head on the landmark
// network's features, trained like the eye, for bodies that the person detector misses.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "vision/blazepose/pose_models.h"
#include "vision/blazepose/region.h"
#include "vision/image/view.h"
#include "vision/network/network.h"

namespace matside::blazepose {

/// A lying body in coordinates of a square, 0 to 1.
struct LyingBody {
  double chance = 0.0;    ///< Probability, 0.5 to 1.
  double middle_u = 0.0;  ///< Middle of the hips.
  double middle_v = 0.0;
  double end_u = 0.0;  ///< Towards the head, as far from the middle as the body reaches.
  double end_v = 0.0;
};

/// Shape of the finder's output.
inline const network::Shape kFinderShape = {1, 32, 32, 3};

/// The most probable lying body in the finder's output (shape asserted), or nothing when its
/// probability is below 0.5.
std::optional<LyingBody> read_finder(std::span<const float> found);

/// The finder's network. Not for use by two threads at once.
class LyingFinder {
 public:
  /// Loads the networks. Fails with ErrorKind::model when a file is missing, changed, or has
  /// unexpected inputs or outputs.
  static base::Result<LyingFinder> create(const PoseModels& models);

  /// The region of the most probable lying body in a square of the picture, in upright picture
  /// pixels, or nothing. Fails with ErrorKind::model when the network fails.
  base::Result<std::optional<Region>> find(const image::View& picture, const Region& square);

 private:
  explicit LyingFinder(network::Network net) : network_(std::move(net)) {}
  network::Network network_;
};

}  // namespace matside::blazepose
