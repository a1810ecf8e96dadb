#include "core/base/decimal_text.h"

#include <gtest/gtest.h>

#include <limits>

namespace matside::base {
namespace {

TEST(DecimalText, ReadsANumberThatIsTheWholeText) {
  EXPECT_EQ(decimal_in("0"), 0.0);
  EXPECT_EQ(decimal_in("-1.5e3"), -1500.0);
  EXPECT_EQ(decimal_in("1.25E-2"), 0.0125);
  EXPECT_EQ(decimal_in(".5"), 0.5);
  EXPECT_EQ(decimal_in("5."), 5.0);
}

TEST(DecimalText, RoundsToTheNearestDouble) {
  EXPECT_EQ(decimal_in("0.1"), 0x1.999999999999ap-4);
  // Halfway between two doubles: to the even one.
  EXPECT_EQ(decimal_in("9007199254740993"), 9007199254740992.0);
  EXPECT_EQ(decimal_in("9007199254740993.0000000000000000001"), 9007199254740994.0);
  EXPECT_EQ(decimal_in("1.7976931348623157e308"), std::numeric_limits<double>::max());
}

TEST(DecimalText, RefusesEverythingElse) {
  for (const char* text : {"", " 1", "1 ", "+1", "--1", "1,5", "1e", "e5", ".", "-", "0x10",
                           "inf", "nan", "1e400", "-1e400", "1.5.2", "12a"}) {
    EXPECT_FALSE(decimal_in(text).has_value()) << text;
  }
  using namespace std::string_view_literals;
  EXPECT_FALSE(decimal_in("1\0"sv).has_value());
}

}  // namespace
}  // namespace matside::base
