#include "vision/blazepose/detector.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>
#include <utility>

#include "core/base/math.h"
#include "vision/blazepose/pose_networks.h"
#include "vision/blazepose/sample.h"

namespace matside::blazepose {
namespace {

constexpr std::size_t kDetectorSide = 224;
constexpr std::size_t kAnchors = 2254;
constexpr std::size_t kCoordinates = 12;
constexpr std::array kStrides = {8, 16, 32, 32, 32};
constexpr int kAnchorsPerStride = 2;
constexpr double kMaxLogit = 100.0;
constexpr double kMinScore = 0.5;
constexpr double kMaxOverlap = 0.3;

std::vector<std::array<double, 2>> make_anchors() {
  std::vector<std::array<double, 2>> anchors;
  anchors.reserve(kAnchors);
  for (std::size_t i = 0; i < kStrides.size();) {
    int per_cell = 0;
    const int stride = kStrides[i];
    for (; i < kStrides.size() && kStrides[i] == stride; ++i) per_cell += kAnchorsPerStride;
    const int cells = static_cast<int>(kDetectorSide) / stride;
    for (int cell = 0; cell < cells * cells; ++cell) {
      const double x = (cell % cells + 0.5) / cells;
      const double y = (cell / cells + 0.5) / cells;  // NOLINT(bugprone-integer-division)
      anchors.insert(anchors.end(), static_cast<std::size_t>(per_cell), {x, y});
    }
  }
  return anchors;
}

double area(const Detection& d) {
  return std::max(0.0, d.right - d.left) * std::max(0.0, d.bottom - d.top);
}

double overlap(const Detection& a, const Detection& b) {
  const double width = std::min(a.right, b.right) - std::max(a.left, b.left);
  const double height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  if (width <= 0.0 || height <= 0.0) return 0.0;
  const double both = width * height;
  return both / (area(a) + area(b) - both);
}

Detection weighted_mean(std::span<const Detection> detections) {
  Detection mean;
  double total = 0.0;
  for (const Detection& d : detections) {
    total += d.score;
    mean.left += d.score * d.left;
    mean.top += d.score * d.top;
    mean.right += d.score * d.right;
    mean.bottom += d.score * d.bottom;
    for (std::size_t p = 0; p < d.points.size(); ++p) {
      mean.points[p][0] += d.score * d.points[p][0];
      mean.points[p][1] += d.score * d.points[p][1];
    }
  }
  mean.left /= total;
  mean.top /= total;
  mean.right /= total;
  mean.bottom /= total;
  for (auto& point : mean.points) {
    point[0] /= total;
    point[1] /= total;
  }
  return mean;
}

bool usable(const Detection& d) {
  double sum = d.left + d.top + d.right + d.bottom;
  for (const auto& point : d.points) sum += point[0] + point[1];
  return std::isfinite(sum) && area(d) > 0.0;
}

}  // namespace

std::vector<Detection> decode_detections(std::span<const float> coordinates,
                                         std::span<const float> logits) {
  assert(coordinates.size() == kAnchors * kCoordinates && logits.size() == kAnchors);
  static const auto kAnchorCentres = make_anchors();
  std::vector<Detection> kept;
  for (std::size_t i = 0; i < kAnchors; ++i) {
    const double logit = std::clamp(static_cast<double>(logits[i]), -kMaxLogit, kMaxLogit);
    const double score = 1.0 / (1.0 + base::exp(-logit));
    if (!(score >= kMinScore)) continue;
    const auto raw = coordinates.subspan(i * kCoordinates, kCoordinates);
    const auto at = [&](std::size_t k) { return static_cast<double>(raw[k]) / kDetectorSide; };
    const auto [x, y] = kAnchorCentres[i];
    Detection d;
    d.score = score;
    d.left = x + at(0) - at(2) / 2;
    d.right = x + at(0) + at(2) / 2;
    d.top = y + at(1) - at(3) / 2;
    d.bottom = y + at(1) + at(3) / 2;
    for (std::size_t p = 0; p < d.points.size(); ++p) {
      d.points[p] = {x + at(4 + 2 * p), y + at(5 + 2 * p)};
    }
    if (usable(d)) kept.push_back(d);
  }
  return merge_overlapping(std::move(kept));
}

std::vector<Detection> merge_overlapping(std::vector<Detection> detections) {
  std::stable_sort(detections.begin(), detections.end(),
                   [](const Detection& a, const Detection& b) { return a.score > b.score; });
  std::vector<Detection> merged;
  while (!detections.empty()) {
    const Detection best = detections.front();
    const auto apart = std::stable_partition(
        detections.begin() + 1, detections.end(),
        [&](const Detection& d) { return overlap(best, d) > kMaxOverlap; });
    Detection mean = weighted_mean({detections.begin(), apart});
    mean.score = best.score;
    merged.push_back(mean);
    detections.erase(detections.begin(), apart);
  }
  return merged;
}

base::Result<Detector> Detector::create(const PoseModels& models) {
  auto networks = create_pose_networks(PoseNetwork::detector, models, 1);
  if (!networks.ok()) return networks.error();
  network::Network& net = networks.value().front();
  if (net.input_shape() != network::Shape{1, kDetectorSide, kDetectorSide, 3} ||
      net.output_shape(0) != network::Shape{1, kAnchors, kCoordinates} ||
      net.output_shape(1) != network::Shape{1, kAnchors, 1}) {
    return unexpected_network(kDetectorFile);
  }
  return Detector(std::move(net));
}

base::Result<std::vector<Detection>> Detector::detections(const image::View& picture,
                                                          const Region& square) {
  sample(picture, square, Border::black, -1.0F, 1.0F, kDetectorSide, network_.input());
  const auto ran = network_.run();
  if (!ran.ok()) return ran.error();
  return decode_detections(network_.output(0), network_.output(1));
}

base::Result<std::vector<RegionCandidate>> Detector::find(const image::View& picture,
                                                          const Region& square) {
  const auto seen = detections(picture, square);
  if (!seen.ok()) return seen.error();
  std::vector<RegionCandidate> found;
  for (const Detection& d : seen.value()) {
    const Region region = region_around(square.to_picture(d.points[0][0], d.points[0][1]),
                                        square.to_picture(d.points[1][0], d.points[1][1]));
    if (region.side_px > 1.0) found.push_back({region, d.score});
  }
  return found;
}

}  // namespace matside::blazepose
