#include "vision/image/orientation.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace matside::image {
namespace {

// A picture of letters: each pixel's three channels are its letter.
Image picture_of(const std::vector<std::string>& rows) {
  Image image;
  image.size = {static_cast<int>(rows.front().size()), static_cast<int>(rows.size())};
  for (const std::string& row : rows) {
    for (const char letter : row) {
      image.rgb.insert(image.rgb.end(), 3, static_cast<std::uint8_t>(letter));
    }
  }
  return image;
}

std::vector<std::string> letters_of(const Image& image) {
  std::vector<std::string> rows;
  for (int y = 0; y < image.size.height_px; ++y) {
    std::string row;
    for (int x = 0; x < image.size.width_px; ++x) {
      row += static_cast<char>(image.row(y)[x * 3]);
    }
    rows.push_back(row);
  }
  return rows;
}

std::vector<std::string> upright(const std::vector<std::string>& rows,
                                 Orientation orientation) {
  const Image stored = picture_of(rows);
  Image target;
  target.size = upright_size(stored.size, orientation);
  target.rgb.resize(target.stride_bytes() * target.size.height_px);
  place_upright(
      {stored.rgb.data(), static_cast<std::ptrdiff_t>(stored.stride_bytes()), stored.size},
      orientation, 0, 0, target);
  return letters_of(target);
}

const std::vector<std::string> kStored = {"abc", "def"};

TEST(Orientation, each_exif_tag_turns_the_picture_upright) {
  using Rows = std::vector<std::string>;
  EXPECT_EQ(upright(kStored, orientation_from_exif(1)), kStored);
  EXPECT_EQ(upright(kStored, orientation_from_exif(2)), (Rows{"cba", "fed"}));
  EXPECT_EQ(upright(kStored, orientation_from_exif(3)), (Rows{"fed", "cba"}));
  EXPECT_EQ(upright(kStored, orientation_from_exif(4)), (Rows{"def", "abc"}));
  EXPECT_EQ(upright(kStored, orientation_from_exif(5)), (Rows{"ad", "be", "cf"}));
  EXPECT_EQ(upright(kStored, orientation_from_exif(6)), (Rows{"da", "eb", "fc"}));
  EXPECT_EQ(upright(kStored, orientation_from_exif(7)), (Rows{"fc", "eb", "da"}));
  EXPECT_EQ(upright(kStored, orientation_from_exif(8)), (Rows{"cf", "be", "ad"}));
}

TEST(Orientation, an_unknown_exif_tag_leaves_the_picture) {
  EXPECT_EQ(orientation_from_exif(0), Orientation{});
  EXPECT_EQ(orientation_from_exif(9), Orientation{});
}

TEST(Orientation, a_clockwise_quarter_turn_is_exif_6_at_any_scale) {
  EXPECT_EQ(nearest_orientation(0, 1, -1, 0), orientation_from_exif(6));
  EXPECT_EQ(nearest_orientation(0.1, 65536, -65536, 0), orientation_from_exif(6));
  EXPECT_EQ(nearest_orientation(0, -1, 1, 0), orientation_from_exif(8));
  EXPECT_EQ(nearest_orientation(-1, 0, 0, -1), orientation_from_exif(3));
  EXPECT_EQ(nearest_orientation(-1, 0, 0, 1), orientation_from_exif(2));
}

TEST(Orientation, a_map_of_zeros_leaves_the_picture) {
  EXPECT_EQ(nearest_orientation(0, 0, 0, 0), Orientation{});
}

TEST(Orientation, an_upright_picture_can_be_turned_further_by_quarter_turns) {
  for (int tag = 1; tag <= 8; ++tag) {
    SCOPED_TRACE(tag);
    const Orientation orientation = orientation_from_exif(tag);
    std::vector<std::string> rows = upright(kStored, orientation);
    for (int quarter_turns = 1; quarter_turns <= 4; ++quarter_turns) {
      rows = upright(rows, orientation_from_exif(6));
      EXPECT_EQ(upright(kStored, turned(orientation, quarter_turns)), rows) << quarter_turns;
    }
  }
}

TEST(Orientation, a_picture_larger_than_a_tile_is_transposed_pixel_by_pixel) {
  const base::ImageSize size{71, 67};
  Image stored;
  stored.size = size;
  stored.rgb.resize(stored.stride_bytes() * size.height_px);
  for (int y = 0; y < size.height_px; ++y) {
    for (int x = 0; x < size.width_px; ++x) {
      std::uint8_t* pixel = &stored.rgb[y * stored.stride_bytes() + x * 3];
      pixel[0] = static_cast<std::uint8_t>(x);
      pixel[1] = static_cast<std::uint8_t>(y);
    }
  }
  Image target;
  target.size = {67, 71};
  target.rgb.resize(target.stride_bytes() * target.size.height_px);
  place_upright({stored.rgb.data(), static_cast<std::ptrdiff_t>(stored.stride_bytes()), size},
                orientation_from_exif(6), 0, 0, target);
  for (int y = 0; y < 71; ++y) {
    for (int x = 0; x < 67; ++x) {
      ASSERT_EQ(target.row(y)[x * 3], y) << x << ", " << y;
      ASSERT_EQ(target.row(y)[x * 3 + 1], 66 - x) << x << ", " << y;
    }
  }
}

TEST(Orientation, a_picture_can_be_placed_inside_a_larger_one) {
  Image target = picture_of({"....", "....", "...."});
  const Image stored = picture_of(kStored);
  place_upright(
      {stored.rgb.data(), static_cast<std::ptrdiff_t>(stored.stride_bytes()), stored.size},
      orientation_from_exif(6), 1, 0, target);
  EXPECT_EQ(letters_of(target), (std::vector<std::string>{".da.", ".eb.", ".fc."}));
}

}  // namespace
}  // namespace matside::image
