#include "vision/blazepose/landmark_model.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <utility>

#include "core/base/math.h"
#include "vision/blazepose/fusion.h"
#include "vision/blazepose/pose_networks.h"
#include "vision/blazepose/sample.h"

namespace matside::blazepose {
namespace {

constexpr std::size_t kLandmarkSide = 256;
constexpr std::size_t kValues = 5;
constexpr int kHeatmapCells = 64;
constexpr int kRefineReach = 3;  ///< 7 x 7 cells.
constexpr double kRefineMin = 0.5;
constexpr double kMinPresence = 0.5;
constexpr std::size_t kNextMiddle = 33;
constexpr std::size_t kNextEnd = 34;

double sigmoid(double logit) { return 1.0 / (1.0 + base::exp(-logit)); }

void refine_one(std::span<const float> heatmaps, std::size_t index, RawLandmark& landmark) {
  const double column = landmark.u * kHeatmapCells;
  const double row = landmark.v * kHeatmapCells;
  if (!(column >= 0.0 && column < kHeatmapCells && row >= 0.0 && row < kHeatmapCells)) return;
  const int middle_x = static_cast<int>(column);
  const int middle_y = static_cast<int>(row);
  double sum = 0.0;
  double sum_x = 0.0;
  double sum_y = 0.0;
  double best = 0.0;
  for (int y = std::max(0, middle_y - kRefineReach);
       y <= std::min(kHeatmapCells - 1, middle_y + kRefineReach); ++y) {
    for (int x = std::max(0, middle_x - kRefineReach);
         x <= std::min(kHeatmapCells - 1, middle_x + kRefineReach); ++x) {
      const auto cell =
          static_cast<std::size_t>(y) * kHeatmapCells + static_cast<std::size_t>(x);
      const double value = sigmoid(static_cast<double>(heatmaps[cell * kRawLandmarks + index]));
      sum += value;
      sum_x += value * x;
      sum_y += value * y;
      best = std::max(best, value);
    }
  }
  if (!(best >= kRefineMin)) return;
  landmark.u = sum_x / sum / kHeatmapCells;
  landmark.v = sum_y / sum / kHeatmapCells;
}

bool as_expected(const network::Network& net, bool has_eye) {
  if (has_eye &&
      (net.output_shape(3) != kEyeMapsShape || net.output_shape(4) != kEyePostureShape)) {
    return false;
  }
  return net.input_shape() == network::Shape{1, kLandmarkSide, kLandmarkSide, 3} &&
         net.output_shape(0) == network::Shape{1, kRawLandmarks * kValues} &&
         net.output_shape(1) == network::Shape{1, 1} &&
         net.output_shape(2) == network::Shape{1, kHeatmapCells, kHeatmapCells, kRawLandmarks};
}

}  // namespace

std::array<RawLandmark, kRawLandmarks> decode_landmarks(std::span<const float> values) {
  assert(values.size() == kRawLandmarks * kValues);
  std::array<RawLandmark, kRawLandmarks> landmarks;
  for (std::size_t i = 0; i < kRawLandmarks; ++i) {
    const auto at = [&](std::size_t k) { return static_cast<double>(values[i * kValues + k]); };
    landmarks[i] = {at(0) / kLandmarkSide, at(1) / kLandmarkSide, sigmoid(at(3)),
                    sigmoid(at(4))};
  }
  return landmarks;
}

void refine(std::span<const float> heatmaps, std::span<RawLandmark, kRawLandmarks> landmarks) {
  assert(heatmaps.size() ==
         static_cast<std::size_t>(kHeatmapCells) * kHeatmapCells * kRawLandmarks);
  for (std::size_t i = 0; i < kRawLandmarks; ++i) refine_one(heatmaps, i, landmarks[i]);
}

base::Result<std::vector<LandmarkModel>> LandmarkModel::create_several(const PoseModels& models,
                                                                       std::size_t count) {
  auto networks = create_pose_networks(PoseNetwork::landmarks, models, count);
  if (!networks.ok()) return networks.error();
  const bool has_eye = models.with_eye();
  std::vector<LandmarkModel> instances;
  for (network::Network& net : networks.value()) {
    if (!as_expected(net, has_eye)) return unexpected_network(landmark_file(models.variant));
    instances.push_back(LandmarkModel(std::move(net), has_eye));
  }
  return instances;
}

base::Result<std::optional<DetectedBody>> LandmarkModel::find(const image::View& picture,
                                                              const Region& region) {
  start(picture, region);
  return finish();
}

void LandmarkModel::start(const image::View& picture, const Region& region) {
  sample(picture, region, Border::repeat_edge, 0.0F, 1.0F, kLandmarkSide, network_.input());
  network_.start();
  region_ = region;
}

base::Result<std::optional<DetectedBody>> LandmarkModel::finish() {
  const auto ran = network_.finish();
  if (!ran.ok()) return ran.error();
  return read(region_);
}

std::optional<DetectedBody> LandmarkModel::read(const Region& region) const {
  const auto score = static_cast<double>(network_.output(1)[0]);
  if (!(score >= kMinPresence)) return std::nullopt;
  std::optional<EyeReading> reading;
  if (has_eye_) reading = read_eye(network_.output(3), network_.output(4));
  const bool prone = reading && is_confidently_prone(*reading);

  auto landmarks = decode_landmarks(network_.output(0));
  refine(network_.output(2), landmarks);
  DetectedBody body;
  body.pose.score = score;
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const RawLandmark& raw = landmarks[i];
    body.pose.keypoints[i] = {region.to_picture(raw.u, raw.v), raw.visibility * raw.presence};
  }
  body.next =
      region_around(region.to_picture(landmarks[kNextMiddle].u, landmarks[kNextMiddle].v),
                    region.to_picture(landmarks[kNextEnd].u, landmarks[kNextEnd].v));
  if (prone) {
    body.near_is_right = fuse_estimates(*reading, region, body.pose);
    body.next = next_region(*reading, region);
    body.pose.by_eye = true;
  } else if (reading && reading->chance(PostureClass::nobody) > kMinPresence) {
    return std::nullopt;  // The reference mistakes strong patterns for people.
  }
  body.next.quarter_turns = region.quarter_turns;
  if (!std::isfinite(body.next.side_px) || body.next.side_px < 1.0) {
    return std::nullopt;
  }
  return body;
}

}  // namespace matside::blazepose
