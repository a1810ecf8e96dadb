#include "tests/picture_tools.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "vision/video/video_reader.h"

namespace matside::tests {
namespace {

using image::Image;

void copy_pixel(const Image& from, int from_x, int from_y, Image& to, int to_x, int to_y) {
  std::copy_n(from.row(from_y) + std::ptrdiff_t{3} * from_x, 3,
              to.rgb.begin() + static_cast<std::ptrdiff_t>(to.stride_bytes()) * to_y +
                  std::ptrdiff_t{3} * to_x);
}

}  // namespace

Image still(const std::string& name) {
  const std::filesystem::path root = MATSIDE_SOURCE_DIR;
  auto reader = video::VideoReader::open(root / "testdata/parity" / name);
  video::Frame frame;
  if (!reader.ok() || !reader.value().read(frame).ok()) ADD_FAILURE() << name;
  return std::move(frame.image);
}

Image black(base::ImageSize size) {
  Image picture{size, {}};
  picture.rgb.resize(picture.stride_bytes() * static_cast<std::size_t>(size.height_px));
  return picture;
}

void put(const Image& part, int left_px, int top_px, Image& whole) {
  for (int y = 0; y < part.size.height_px; ++y) {
    for (int x = 0; x < part.size.width_px; ++x) {
      const int to_x = x + left_px;
      const int to_y = y + top_px;
      if (to_x < 0 || to_x >= whole.size.width_px || to_y < 0 || to_y >= whole.size.height_px) {
        continue;
      }
      copy_pixel(part, x, y, whole, to_x, to_y);
    }
  }
}

Image turned_left(const Image& picture) {
  Image turned = black({picture.size.height_px, picture.size.width_px});
  for (int y = 0; y < picture.size.height_px; ++y) {
    for (int x = 0; x < picture.size.width_px; ++x) {
      copy_pixel(picture, x, y, turned, y, picture.size.width_px - 1 - x);
    }
  }
  return turned;
}

Image enlarged(const Image& picture, int factor) {
  Image large = black({picture.size.width_px * factor, picture.size.height_px * factor});
  for (int y = 0; y < large.size.height_px; ++y) {
    for (int x = 0; x < large.size.width_px; ++x) {
      copy_pixel(picture, x / factor, y / factor, large, x, y);
    }
  }
  return large;
}

}  // namespace matside::tests
