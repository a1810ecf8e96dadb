#include "vision/blazepose/looks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace matside::blazepose {
namespace {

/// Whether a body of the given length lies wholly in the square.
bool holds(const Region& square, double x_px, double y_px, double half_px) {
  return std::abs(x_px - square.centre.x_px) + half_px <= square.side_px / 2 &&
         std::abs(y_px - square.centre.y_px) <= square.side_px / 2;
}

TEST(Looks, begin_with_the_whole_picture_at_three_turns) {
  const auto squares = looks({640, 360});
  ASSERT_GE(squares.size(), 4U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(squares[i].side_px, 640.0);
  EXPECT_EQ(squares[0].turn.value(), 0.0);
  EXPECT_EQ(squares[1].turn.value(), -squares[2].turn.value());
}

TEST(Looks, hold_anybody_of_a_quarter_of_the_picture_in_a_smaller_square) {
  for (const base::ImageSize size :
       {base::ImageSize{640, 360}, {360, 640}, {1280, 1080}, {999, 17}}) {
    const auto squares = looks(size);
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

TEST(Looks, hold_anybody_of_an_eighth_of_a_large_picture_closely) {
  for (const base::ImageSize size :
       {base::ImageSize{1920, 1080}, {1080, 1920}, {2560, 720}, {1280, 1280}}) {
    const auto squares = close_looks(size);
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

TEST(Looks, are_not_closer_than_a_picture_shows) {
  EXPECT_TRUE(close_looks({640, 360}).empty());
  EXPECT_TRUE(close_looks({1, 1}).empty());
}

}  // namespace
}  // namespace matside::blazepose
