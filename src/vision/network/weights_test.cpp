#include "vision/network/weights.h"

#include <gtest/gtest.h>

#include <cmath>

namespace matside::network {
namespace {

TEST(Half, every_half_converts_to_its_exact_value) {
  for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
    const int exponent = static_cast<int>(bits >> 10 & 31);
    const auto mantissa = static_cast<double>(bits & 1023);
    const double sign = (bits & 0x8000) != 0 ? -1.0 : 1.0;
    const float value = float_from_half(static_cast<std::uint16_t>(bits));
    if (exponent == 31) {
      EXPECT_EQ(std::isnan(value), mantissa != 0) << bits;
      EXPECT_EQ(std::isinf(value), mantissa == 0) << bits;
      EXPECT_EQ(std::signbit(value), sign < 0) << bits;
      continue;
    }
    const double magnitude =
        exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(mantissa + 1024, exponent - 25);
    ASSERT_EQ(static_cast<double>(value), sign * magnitude) << bits;
    ASSERT_EQ(std::signbit(value), sign < 0) << bits;
  }
}

using Places = std::vector<std::uint32_t>;

SparseLevel dense(std::size_t dimension) { return {dimension, true, {}, {}}; }

TEST(SparseLayout, of_rows_with_listed_columns_gives_dense_indices) {
  // . x . x
  // . . . .
  // x . . .
  const std::vector<SparseLevel> levels{dense(0), {1, false, {0, 2, 2, 3}, {1, 3, 0}}};
  EXPECT_EQ(dense_indices({3, 4}, levels), (Places{1, 3, 8}));
}

TEST(SparseLayout, may_be_stored_by_columns_and_sparse_in_every_dimension) {
  const std::vector<SparseLevel> by_column{{1, false, {0, 2}, {0, 3}},
                                           {0, false, {0, 1, 3}, {2, 0, 1}}};
  EXPECT_EQ(dense_indices({3, 4}, by_column), (Places{8, 3, 7}));
}

TEST(SparseLayout, that_contradicts_itself_or_the_shape_is_refused) {
  const auto refused = [](const Shape& shape, const std::vector<SparseLevel>& levels) {
    return !dense_indices(shape, levels).has_value();
  };
  EXPECT_TRUE(refused({3, 4}, {dense(0)}));
  EXPECT_TRUE(refused({3, 4}, {dense(0), dense(0)}));
  EXPECT_TRUE(refused({3, 4}, {dense(0), dense(2)}));
  EXPECT_TRUE(refused({3, 4}, {dense(0), {1, false, {0, 1, 2}, {0, 1}}}));
  EXPECT_TRUE(refused({3, 4}, {dense(0), {1, false, {0, 2, 1, 2}, {0, 1}}}));
  EXPECT_TRUE(refused({3, 4}, {dense(0), {1, false, {1, 1, 1, 2}, {0, 1}}}));
  EXPECT_TRUE(refused({3, 4}, {dense(0), {1, false, {0, 1, 2, 9}, {0, 1}}}));
  EXPECT_TRUE(refused({3, 4}, {dense(0), {1, false, {0, 1, 2, 2}, {0, 4}}}));
  EXPECT_TRUE(refused({3, 4}, {dense(0), {1, false, {}, {}}}));
}

}  // namespace
}  // namespace matside::network
