// Locates a body's joints inside a region: the BlazePose landmark network and its decoding.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"
#include "vision/blazepose/pose_models.h"
#include "vision/blazepose/region.h"
#include "vision/image/view.h"
#include "vision/network/network.h"

namespace matside::blazepose {

/// Landmarks of the network: the body's 33, two that give the next region, four unused.
inline constexpr std::size_t kRawLandmarks = 39;

/// One decoded landmark, in coordinates of the region.
struct RawLandmark {
  double u = 0.0;  ///< 0 to 1 inside the region; may be outside.
  double v = 0.0;
  double visibility = 0.0;  ///< 0 to 1: in view, not occluded.
  double presence = 0.0;    ///< 0 to 1: inside the region.
};

/// Decodes the network's 39 x (x, y, z, visibility, presence), x and y in pixels of 256. The
/// number of values is asserted.
std::array<RawLandmark, kRawLandmarks> decode_landmarks(std::span<const float> values);

/// Moves each landmark to the centre of mass of its heatmap (64 x 64 x 39 logits, asserted) in
/// the 7 x 7 cells around it, if the heatmap reaches 0.5 there.
/// @source ../../../docs/sources.md#blazepose
void refine(std::span<const float> heatmaps, std::span<RawLandmark, kRawLandmarks> landmarks);

/// A body found inside a region; positions in upright picture pixels.
struct DetectedBody {
  pose::Pose pose;
  Region next;                        ///< Region for the same body in the next frame.
  std::optional<bool> near_is_right;  ///< Set by the eye only (see fuse_estimates).
};

/// The landmark network, with the eye attached if there is one for its variant. Not for use by
/// two threads at once.
class LandmarkModel {
 public:
  /// Creates `count` independent models; the files are read and checked once. Fails with
  /// ErrorKind::model when a file is missing, changed, or has unexpected inputs or outputs.
  static base::Result<std::vector<LandmarkModel>> create_several(const PoseModels& models,
                                                                 std::size_t count);

  /// The body in the region, or nothing when its score is below 0.5 or the eye sees nobody.
  /// Keypoint.score is visibility times presence, so it is low for a joint that is hidden or
  /// outside the region; for joints of the eye see fuse_estimates. Fails with ErrorKind::model
  /// when the network fails.
  base::Result<std::optional<DetectedBody>> find(const image::View& picture,
                                                 const Region& region);

  /// Begins find(), which finish() ends; see network::Network::start(). The picture is not
  /// needed in between, and nothing else may be called.
  void start(const image::View& picture, const Region& region);
  /// What find() returns for that picture and region.
  base::Result<std::optional<DetectedBody>> finish();

 private:
  LandmarkModel(network::Network net, bool has_eye)
      : network_(std::move(net)), has_eye_(has_eye) {}
  [[nodiscard]] std::optional<DetectedBody> read(const Region& region) const;

  network::Network network_;
  bool has_eye_;
  Region region_;  ///< Of the last start().
};

}  // namespace matside::blazepose
