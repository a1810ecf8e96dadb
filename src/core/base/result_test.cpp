#include "core/base/result.h"

#include <gtest/gtest.h>

namespace matside::base {
namespace {

TEST(Result, holds_a_value_or_an_error) {
  const Result<int> good = 3;
  ASSERT_TRUE(good.ok());
  EXPECT_EQ(good.value(), 3);
  const Result<int> bad = Error{ErrorKind::output, "x.json: no space left"};
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().kind, ErrorKind::output);
  EXPECT_EQ(bad.error().message, "x.json: no space left");
}

TEST(Result, of_nothing_is_ok_unless_given_an_error) {
  EXPECT_TRUE(Result<void>().ok());
  EXPECT_FALSE(Result<void>(Error{ErrorKind::input, "m"}).ok());
}

}  // namespace
}  // namespace matside::base
