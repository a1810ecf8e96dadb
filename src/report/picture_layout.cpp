#include "report/picture_layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matside::report {
namespace {

// Sharp on a high-density screen; keeps the page at a megabyte or two.
constexpr int kWidth_px = 320;
// Margin around the joints, as a fraction of their width: a body is wider than its joints.
constexpr double kRoom = 0.07;
// Least height over width, for a body lying still.
constexpr double kFlattest = 0.3;
constexpr double kTallest = 1.25;

struct Box {
  double left = 0.0;
  double top = 0.0;
  double right = 0.0;
  double bottom = 0.0;
  bool any = false;

  void hold(base::ImagePoint p) {
    if (!any) *this = {p.x_px, p.y_px, p.x_px, p.y_px, true};
    left = std::min(left, p.x_px);
    right = std::max(right, p.x_px);
    top = std::min(top, p.y_px);
    bottom = std::max(bottom, p.y_px);
  }
};

/// From `low` to `high` in whole pixels within the picture, at least one.
std::pair<int, int> pixels(double low, double high, int most) {
  const int from = std::clamp(static_cast<int>(std::floor(low)), 0, most - 1);
  const int to = std::clamp(static_cast<int>(std::ceil(high)), from + 1, most);
  return {from, to - from};
}

}  // namespace

std::optional<Crop> crop_for(std::span<const pose::PoseFrame> frames,
                             std::span<const Snapshot> snapshots) {
  if (snapshots.empty()) return std::nullopt;
  Crop crop;
  crop.of = frames[snapshots.front().frame].image_size;
  if (crop.of.width_px < 1 || crop.of.height_px < 1) return std::nullopt;
  Box box;
  for (const Snapshot& snapshot : snapshots) {
    const pose::PoseFrame& frame = frames[snapshot.frame];
    if (frame.image_size != crop.of) continue;
    for (const pose::Landmark joint : kDrawnLandmarks) {
      const auto place = frame.pose->at(joint, kMinShownScore);
      if (place && pose::is_valid((*frame.pose)[joint])) box.hold(*place);
    }
  }
  if (!box.any) return std::nullopt;
  const double room = kRoom * (box.right - box.left);
  double height = box.bottom - box.top + 2.0 * room;
  double width = box.right - box.left + 2.0 * room;
  height = std::max(height, kFlattest * width);
  width = std::max(width, height / kTallest);
  const double x = 0.5 * (box.left + box.right);
  const double y = 0.5 * (box.top + box.bottom);
  const auto [left, columns] = pixels(x - 0.5 * width, x + 0.5 * width, crop.of.width_px);
  const auto [top, rows] = pixels(y - 0.5 * height, y + 0.5 * height, crop.of.height_px);
  crop.part = {left, top, {columns, rows}};
  crop.picture = {
      kWidth_px,
      std::max(1, static_cast<int>(std::lround(double{kWidth_px} * rows / columns)))};
  return crop;
}

std::vector<SnapshotPicture> snapshot_pictures(std::span<const pose::PoseFrame> frames,
                                               std::span<const Snapshot> snapshots,
                                               const Crop& crop) {
  std::vector<SnapshotPicture> all;
  const double scale = double(crop.picture.width_px) / crop.part.size.width_px;
  for (const Snapshot& snapshot : snapshots) {
    const pose::PoseFrame& frame = frames[snapshot.frame];
    if (frame.image_size != crop.of) continue;
    SnapshotPicture shown{snapshot, frame.time, {}, {}};
    for (std::size_t i = 0; i < kDrawnLandmarks.size(); ++i) {
      const pose::Keypoint& k = (*frame.pose)[kDrawnLandmarks[i]];
      if (!pose::is_valid(k)) continue;
      shown.points[i] = {(k.position.x_px - crop.part.x_px) * scale,
                         (k.position.y_px - crop.part.y_px) * scale, k.score};
    }
    all.push_back(std::move(shown));
  }
  return all;
}

}  // namespace matside::report
