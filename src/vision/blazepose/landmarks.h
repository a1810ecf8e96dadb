// The body inside a region: the landmark network and its decoding.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"
#include "vision/blazepose/model.h"
#include "vision/blazepose/region.h"
#include "vision/image/view.h"
#include "vision/network/network.h"

namespace matside::blazepose {

/// Landmarks of the network: the body's 33, two points for the next region, four more that
/// nobody reads.
inline constexpr std::size_t kRawLandmarks = 39;

struct RawLandmark {
  double u = 0.0;  ///< In the region, 0 to 1; may lie outside.
  double v = 0.0;
  double visibility = 0.0;  ///< 0 to 1: seen, not hidden behind something.
  double presence = 0.0;    ///< 0 to 1: inside the region at all.
};

/// Decodes the network's 39 x (x, y, z, visibility, presence), x and y in pixels of 256.
std::array<RawLandmark, kRawLandmarks> decode_landmarks(std::span<const float> values);

/// Moves each landmark to the centre of mass of its heatmap (64 x 64 x 39 logits) in the 7 x 7
/// cells round it, where the heatmap is sure enough (0.5) there.
void refine(std::span<const float> heatmaps, std::span<RawLandmark, kRawLandmarks> landmarks);

/// A body found inside a region.
struct Body {
  pose::Pose pose;
  Region next;                        ///< Where to look for the same body in the next frame.
  std::optional<bool> near_is_right;  ///< Of a body that the eye has seen, as `join` took it.
};

/// The landmark network, with the eye on it where there is one for its variant. Not for use by
/// two threads at once.
class LandmarkFinder {
 public:
  /// `count` finders that share nothing; the model files are read and checked once.
  /// Fails with ErrorKind::model when one is not what it must be.
  static base::Result<std::vector<LandmarkFinder>> create_several(const Networks& networks,
                                                                  std::size_t count);

  /// The body in the region, or nothing when the network holds one for less likely than not,
  /// or the eye sees nobody there. Keypoint.score is visibility
  /// times presence: it is low for a joint that is hidden and for one that is out of the
  /// region; of what the eye had a part in, see `join`. Fails only when the network does.
  base::Result<std::optional<Body>> find(const image::View& picture, const Region& region);

 private:
  LandmarkFinder(network::Network net, bool has_eye)
      : network_(std::move(net)), has_eye_(has_eye) {}
  network::Network network_;
  bool has_eye_;
};

}  // namespace matside::blazepose
