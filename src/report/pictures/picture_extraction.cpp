#include "report/pictures/picture_extraction.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "vision/image/transform.h"

namespace matside::pictures {
namespace {

/// Scales a crop from source pixels to pixels of the picture as read.
report::Crop in_picture(const report::Crop& crop, base::ImageSize picture) {
  const auto scaled = [](int value, int to, int from) {
    return static_cast<int>(std::int64_t{value} * to / from);
  };
  const image::PixelRect& part = crop.part;
  report::Crop out = crop;
  out.of = picture;
  out.part.x_px = scaled(part.x_px, picture.width_px, crop.of.width_px);
  out.part.y_px = scaled(part.y_px, picture.height_px, crop.of.height_px);
  out.part.size.width_px =
      std::max(1, scaled(part.size.width_px, picture.width_px, crop.of.width_px));
  out.part.size.height_px =
      std::max(1, scaled(part.size.height_px, picture.height_px, crop.of.height_px));
  return out;
}

/// Scales heads from source pixels to pixels of the picture as read.
std::vector<Circle> in_picture(std::vector<Circle> heads, double scale) {
  for (Circle& head : heads) {
    head = {{head.centre.x_px * scale, head.centre.y_px * scale}, head.radius_px * scale};
  }
  return heads;
}

/// Makes one snapshot's picture from its frame.
base::Result<void> extract_one(const video::Frame& read,
                               std::span<const pose::PoseFrame> frames,
                               const report::Crop& crop, FaceMode faces,
                               report::SnapshotPicture& shown) {
  std::vector<Circle> heads;
  if (faces == FaceMode::blurred) {
    heads = head_circles_at(frames, shown.snapshot.frame);
    if (heads.empty()) return {};
  }
  const image::Image upright =
      image::to_rgb_image(read.view(), frames[shown.snapshot.frame].quarter_turns);
  const double scale = static_cast<double>(upright.size.width_px) / crop.of.width_px;
  auto bytes = jpeg(crop_picture(upright, in_picture(crop, upright.size),
                                 in_picture(std::move(heads), scale)));
  if (!bytes) return bytes.error();
  shown.jpeg = std::move(bytes).value();
  return {};
}

}  // namespace

base::Result<void> extract_pictures(video::VideoReader& reader,
                                    std::span<const pose::PoseFrame> frames,
                                    const report::Crop& crop, FaceMode faces,
                                    std::vector<report::SnapshotPicture>& shown,
                                    const OnProgress& on_progress,
                                    const std::atomic<bool>& stop) {
  if (shown.empty()) return {};
  const pose::PoseFrame& first = frames[shown.front().snapshot.frame];
  const pose::PoseFrame& last = frames[shown.back().snapshot.frame];
  if (auto found = reader.seek(first.time); !found) return found.error();
  const std::int64_t length = last.frame_index - first.frame_index + 1;
  video::Frame read;
  std::size_t next = 0;
  std::int64_t count = 0;
  while (next < shown.size() && !stop) {
    const auto more = reader.read(read);
    if (!more) return more.error();
    if (!more.value()) break;
    ++count;
    on_progress(count, static_cast<double>(count) / static_cast<double>(length));
    for (; next < shown.size(); ++next) {
      const std::int64_t wanted = frames[shown[next].snapshot.frame].frame_index;
      if (wanted > read.index) break;
      if (wanted < read.index) continue;  // already passed
      if (auto taken = extract_one(read, frames, crop, faces, shown[next]); !taken)
        return taken;
    }
  }
  return {};
}

}  // namespace matside::pictures
