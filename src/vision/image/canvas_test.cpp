#include "vision/image/canvas.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace matside::image {
namespace {

/// A plane whose samples are letters.
using Rows = std::vector<std::string>;

struct Drawn {
  Rows y;
  Rows u;
};

/// Draws a picture whose luma and first chroma plane are these letters.
Drawn shown(const Rows& y, const Rows& u, Orientation orientation, int quarter_turns) {
  const auto joined = [](const Rows& rows) {
    std::string text;
    for (const std::string& row : rows) text += row;
    return text;
  };
  const std::string stored_y = joined(y);
  const std::string stored_u = joined(u);
  Planes planes;
  planes.y = reinterpret_cast<const std::uint8_t*>(stored_y.data());
  planes.u = reinterpret_cast<const std::uint8_t*>(stored_u.data());
  planes.v = planes.u;
  planes.y_stride_bytes = static_cast<int>(y.front().size());
  planes.uv_stride_bytes = static_cast<int>(u.front().size());
  planes.stored = {static_cast<int>(y.front().size()), static_cast<int>(y.size())};
  planes.orientation = orientation;

  Canvas canvas;
  canvas.size = even_size(upright_size(planes.stored, turned(orientation, quarter_turns)));
  const base::ImageSize halved{canvas.size.width_px / 2, canvas.size.height_px / 2};
  // Strides exceed the width, as an encoder's do.
  canvas.y_stride_bytes = canvas.size.width_px + 3;
  canvas.uv_stride_bytes = halved.width_px + 3;
  std::string drawn_y(canvas.y_stride_bytes * canvas.size.height_px, '.');
  std::string drawn_u(canvas.uv_stride_bytes * halved.height_px, '.');
  std::string drawn_v = drawn_u;
  canvas.y = reinterpret_cast<std::uint8_t*>(drawn_y.data());
  canvas.u = reinterpret_cast<std::uint8_t*>(drawn_u.data());
  canvas.v = reinterpret_cast<std::uint8_t*>(drawn_v.data());
  draw_picture(planes, quarter_turns, canvas);
  EXPECT_EQ(drawn_u, drawn_v);
  const auto rows = [](const std::string& plane, int stride, base::ImageSize size) {
    Rows out;
    for (int row = 0; row < size.height_px; ++row) {
      out.push_back(plane.substr(row * stride, size.width_px));
      EXPECT_EQ(plane.substr(row * stride + size.width_px, 3), "...");
    }
    return out;
  };
  return {rows(drawn_y, canvas.y_stride_bytes, canvas.size),
          rows(drawn_u, canvas.uv_stride_bytes, halved)};
}

const Rows kBrightness = {"abcd", "efgh"};
const Rows kColour = {"xy"};

TEST(Canvas, an_upright_picture_is_copied_as_it_is) {
  const Drawn drawn = shown(kBrightness, kColour, {}, 0);
  EXPECT_EQ(drawn.y, kBrightness);
  EXPECT_EQ(drawn.u, kColour);
}

TEST(Canvas, a_stored_picture_is_turned_upright) {
  const Drawn drawn = shown(kBrightness, kColour, orientation_from_exif(6), 0);
  EXPECT_EQ(drawn.y, (Rows{"ea", "fb", "gc", "hd"}));
  EXPECT_EQ(drawn.u, (Rows{"x", "y"}));
  const Drawn mirrored = shown(kBrightness, kColour, orientation_from_exif(2), 0);
  EXPECT_EQ(mirrored.y, (Rows{"dcba", "hgfe"}));
  EXPECT_EQ(mirrored.u, (Rows{"yx"}));
}

TEST(Canvas, it_is_turned_further_by_quarter_turns) {
  EXPECT_EQ(shown(kBrightness, kColour, {}, 2).y, (Rows{"hgfe", "dcba"}));
  EXPECT_EQ(shown(kBrightness, kColour, {}, 1).y, (Rows{"ea", "fb", "gc", "hd"}));
  EXPECT_EQ(shown(kBrightness, kColour, orientation_from_exif(6), 3).y, kBrightness);
}

TEST(Canvas, odd_sides_are_padded_by_repeating_the_last_row_or_column) {
  const Drawn drawn = shown({"abc", "def", "ghi"}, {"xy", "zw"}, {}, 0);
  EXPECT_EQ(drawn.y, (Rows{"abcc", "deff", "ghii", "ghii"}));
  EXPECT_EQ(drawn.u, (Rows{"xy", "zw"}));
  const Drawn turned = shown({"abc", "def", "ghi"}, {"xy", "zw"}, {}, 1);
  EXPECT_EQ(turned.y, (Rows{"gdaa", "hebb", "ifcc", "ifcc"}));
  EXPECT_EQ(turned.u, (Rows{"zx", "wy"}));
}

TEST(Canvas, a_picture_larger_than_a_tile_is_turned_pixel_by_pixel) {
  Rows brightness;
  for (int y = 0; y < 66; ++y) {
    std::string row;
    for (int x = 0; x < 70; ++x) row += static_cast<char>((x * 7 + y * 13) % 100 + 1);
    brightness.push_back(row);
  }
  const Rows colour(33, std::string(35, 'x'));
  const Drawn drawn = shown(brightness, colour, {}, 1);
  ASSERT_EQ(drawn.y.size(), 70U);
  for (int y = 0; y < 70; ++y) {
    for (int x = 0; x < 66; ++x) ASSERT_EQ(drawn.y[y][x], brightness[65 - x][y]) << x << y;
  }
}

}  // namespace
}  // namespace matside::image
