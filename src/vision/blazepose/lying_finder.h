// Finds somebody lying in a whole picture, whichever way round: a head on the landmark
// network's inner features, trained as the eye is. It looks where the detector sees nobody
// lying.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "vision/blazepose/model.h"
#include "vision/blazepose/region.h"
#include "vision/image/view.h"
#include "vision/network/network.h"

namespace matside::blazepose {

/// A lying body in a square, in the square's own coordinates, 0 to 1.
struct LyingBody {
  double chance = 0.0;
  double middle_u = 0.0;  ///< Middle of the hips.
  double middle_v = 0.0;
  double end_u = 0.0;  ///< As far from there as the body reaches, towards the head.
  double end_v = 0.0;
};

/// Sizes of the finder's output.
inline const network::Shape kFinderShape = {1, 32, 32, 3};

/// The likeliest lying body in the finder's output (of that size, asserted), or nothing when it
/// is less likely than not.
std::optional<LyingBody> read_finder(std::span<const float> found);

/// The network. Not for use by two threads at once.
class LyingFinder {
 public:
  /// Fails with ErrorKind::model when a model file is not what it must be.
  static base::Result<LyingFinder> create(const Networks& networks);

  /// Where to look for the body that most likely lies in a square of the picture; nothing when
  /// nobody seems to. Fails only when the network does.
  base::Result<std::optional<Region>> find(const image::View& picture, const Region& square);

 private:
  explicit LyingFinder(network::Network net) : network_(std::move(net)) {}
  network::Network network_;
};

}  // namespace matside::blazepose
