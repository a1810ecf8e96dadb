#include "formats/json_number.h"

#include <gtest/gtest.h>

#include <cmath>

namespace matside::formats {
namespace {

TEST(Rounded, HasTheDigitsOfTheStep) {
  EXPECT_EQ(nlohmann::json(rounded(2.3000000001, 0.001)).dump(), "2.3");
  EXPECT_EQ(nlohmann::json(rounded(0.1 + 0.2, 0.1)).dump(), "0.3");
  EXPECT_EQ(rounded(104.26, 0.1), 104.3);
  EXPECT_EQ(rounded(-0.126, 0.01), -0.13);
  EXPECT_EQ(rounded(7.6, 1.0), 8.0);
}

TEST(Rounded, IsNeverNegativeZero) { EXPECT_FALSE(std::signbit(rounded(-0.0004, 0.001))); }

TEST(OrNull, IsTheValueOrNull) {
  EXPECT_EQ(or_null(std::optional(3)), nlohmann::ordered_json(3));
  EXPECT_TRUE(or_null(std::optional<int>()).is_null());
}

TEST(OrNull, CallsTheWriterForAValueOnly) {
  const auto doubled = [](int value) { return 2 * value; };
  EXPECT_EQ(or_null(std::optional(3), doubled), nlohmann::ordered_json(6));
  EXPECT_TRUE(or_null(std::optional<int>(), doubled).is_null());
}

}  // namespace
}  // namespace matside::formats
