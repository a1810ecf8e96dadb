#include "vision/blazepose/search_regions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace matside::blazepose {
namespace {

/// Whether a body of that length is entirely inside the square.
bool holds(const Region& square, double x_px, double y_px, double half_px) {
  return std::abs(x_px - square.centre.x_px) + half_px <= square.side_px / 2 &&
         std::abs(y_px - square.centre.y_px) <= square.side_px / 2;
}

TEST(SearchRegions, begin_with_the_whole_picture_at_three_rotations) {
  const auto squares = search_regions({640, 360});
  ASSERT_GE(squares.size(), 4U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(squares[i].side_px, 640.0);
  EXPECT_EQ(squares[0].turn.value(), 0.0);
  EXPECT_EQ(squares[1].turn.value(), -squares[2].turn.value());
}

TEST(SearchRegions, contain_any_person_a_quarter_of_the_picture_long_in_a_smaller_square) {
  for (const base::ImageSize size :
       {base::ImageSize{640, 360}, {360, 640}, {1280, 1080}, {999, 17}}) {
    const auto squares = search_regions(size);
    const double half_px = 0.125 * std::max(size.width_px, size.height_px);
    for (int x = static_cast<int>(half_px) + 1; x < size.width_px - half_px; x += 3) {
      for (int y = 0; y < size.height_px; y += 3) {
        EXPECT_TRUE(
            std::any_of(squares.begin() + 3, squares.end(),
                        [&](const Region& square) { return holds(square, x, y, half_px); }))
            << x << ", " << y;
      }
    }
    EXPECT_LE(squares.size(), 12U);
  }
}

TEST(SearchRegions,
     contain_any_person_an_eighth_of_a_large_picture_long_in_the_smallest_squares) {
  for (const base::ImageSize size :
       {base::ImageSize{1920, 1080}, {1080, 1920}, {2560, 720}, {1280, 1280}}) {
    const auto squares = small_search_regions(size);
    const double half_px = 0.0625 * std::max(size.width_px, size.height_px);
    for (int x = static_cast<int>(half_px) + 1; x < size.width_px - half_px; x += 5) {
      for (int y = 0; y < size.height_px; y += 5) {
        EXPECT_TRUE(
            std::any_of(squares.begin(), squares.end(),
                        [&](const Region& square) { return holds(square, x, y, half_px); }))
            << x << ", " << y;
      }
    }
    for (const Region& square : squares) EXPECT_LE(square.side_px, 5.0 * half_px);
    EXPECT_LE(squares.size(), 36U);
  }
}

TEST(SearchRegions, are_not_smaller_than_the_pictures_detail) {
  EXPECT_TRUE(small_search_regions({640, 360}).empty());
  EXPECT_TRUE(small_search_regions({1, 1}).empty());
}

}  // namespace
}  // namespace matside::blazepose
