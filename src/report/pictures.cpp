#include "report/pictures.h"

#include <turbojpeg.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace matside::report {
namespace {

// Sharp on a high-density screen; keeps the page at a megabyte or two.
constexpr int kWidth_px = 320;
constexpr int kQuality = 68;
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

image::Image crop_picture(const image::Image& upright, const Crop& crop,
                          std::span<const Circle> heads) {
  image::Image picture = image::scaled(upright, crop.part, crop.picture);
  const double scale = double(crop.picture.width_px) / crop.part.size.width_px;
  std::vector<Circle> here;
  for (const Circle& head : heads) {
    here.push_back({{(head.centre.x_px - crop.part.x_px) * scale,
                     (head.centre.y_px - crop.part.y_px) * scale},
                    head.radius_px * scale});
  }
  blur(picture, here);
  return picture;
}

base::Result<std::string> jpeg(const image::Image& picture) {
  struct Destroy {
    void operator()(void* handle) const { tjDestroy(handle); }
    void operator()(unsigned char* bytes) const { tjFree(bytes); }
  };
  const std::unique_ptr<void, Destroy> writer(tjInitCompress());
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  const bool made =
      writer && tjCompress2(writer.get(), picture.rgb.data(), picture.size.width_px,
                            static_cast<int>(picture.stride_bytes()), picture.size.height_px,
                            TJPF_RGB, &bytes, &size, TJSAMP_420, kQuality, 0) == 0;
  const std::unique_ptr<unsigned char, Destroy> owner(bytes);
  if (!made)
    return base::Error{base::ErrorKind::output, "a picture could not be encoded as JPEG"};
  return std::string(reinterpret_cast<const char*>(bytes), size);
}

}  // namespace matside::report
