#include "tests/image_tools.h"

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

Image read(const std::string& file) {
  const std::filesystem::path root = MATSIDE_SOURCE_DIR;
  auto reader = video::VideoReader::open(root / "tests/data" / file);
  video::Frame frame;
  if (!reader.ok() || !reader.value().read(frame).ok()) ADD_FAILURE() << file;
  return std::move(frame.image);
}

bool is_black(const Image& picture, int x, int y) {
  const std::uint8_t* pixel = picture.row(y) + std::ptrdiff_t{3} * x;
  return pixel[0] == 0 && pixel[1] == 0 && pixel[2] == 0;
}

/// Copies the selected pixels that fit.
template <typename Wanted>
void put_where(const Image& part, int left_px, int top_px, Image& whole, Wanted wanted) {
  const int from_x = std::max(0, -left_px);
  const int from_y = std::max(0, -top_px);
  const int to_x = std::min(part.size.width_px, whole.size.width_px - left_px);
  const int to_y = std::min(part.size.height_px, whole.size.height_px - top_px);
  for (int y = from_y; y < to_y; ++y) {
    for (int x = from_x; x < to_x; ++x) {
      if (wanted(x, y)) copy_pixel(part, x, y, whole, x + left_px, y + top_px);
    }
  }
}

}  // namespace

Image load_frame(const std::string& name) { return read("parity/" + name); }

Image figure(const std::string& name) { return read("people/" + name); }

Image black(base::ImageSize size) {
  Image picture{size, {}};
  picture.rgb.resize(picture.stride_bytes() * static_cast<std::size_t>(size.height_px));
  return picture;
}

void paste(const Image& part, int left_px, int top_px, Image& whole) {
  put_where(part, left_px, top_px, whole, [](int, int) { return true; });
}

void paste_figure(const Image& figure, int left_px, int top_px, Image& whole) {
  put_where(figure, left_px, top_px, whole,
            [&](int x, int y) { return !is_black(figure, x, y); });
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
