#include "vision/blazepose/lying_finder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace matside::blazepose {
namespace {

/// An output without a lying person.
std::vector<float> nobody() {
  std::vector<float> found(std::size_t{32} * 32 * 3);
  for (std::size_t i = 0; i < found.size(); i += 3) found[i] = -12.0F;
  return found;
}

void set(std::vector<float>& found, std::size_t x, std::size_t y, float logit, float end_x,
         float end_y) {
  const std::size_t cell = (y * 32 + x) * 3;
  found[cell] = logit;
  found[cell + 1] = end_x;
  found[cell + 2] = end_y;
}

TEST(ReadFinder, finds_nobody_when_no_cell_reaches_one_half) {
  auto found = nobody();
  EXPECT_FALSE(read_finder(found));
  set(found, 3, 4, -0.1F, 1.0F, 1.0F);
  EXPECT_FALSE(read_finder(found));
}

TEST(ReadFinder, returns_the_most_probable_body_and_its_end) {
  auto found = nobody();
  set(found, 25, 5, 1.0F, 1.0F, 1.0F);
  set(found, 10, 20, 3.0F, -0.8F, 0.4F);
  const auto body = read_finder(found);
  ASSERT_TRUE(body);
  EXPECT_NEAR(body->chance, 1.0 / (1.0 + std::exp(-3.0)), 1e-6);
  EXPECT_NEAR(body->middle_u, 10.5 / 32, 1e-4);
  EXPECT_NEAR(body->middle_v, 20.5 / 32, 1e-4);
  EXPECT_NEAR(body->end_u - body->middle_u, -0.2, 1e-6);
  EXPECT_NEAR(body->end_v - body->middle_v, 0.1, 1e-6);
}

TEST(ReadFinder, places_a_body_between_cells_that_share_it) {
  auto found = nobody();
  set(found, 0, 8, 2.0F, 1.0F, 0.0F);
  set(found, 0, 9, 2.0F, 1.0F, 0.0F);
  const auto body = read_finder(found);
  ASSERT_TRUE(body);
  EXPECT_NEAR(body->middle_u, 0.5 / 32, 1e-4);
  EXPECT_NEAR(body->middle_v, 9.0 / 32, 1e-4);
}

}  // namespace
}  // namespace matside::blazepose
