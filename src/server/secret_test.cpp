#include "server/secret.h"

#include <gtest/gtest.h>

namespace matside::server {
namespace {

TEST(Secret, is_hexadecimal_and_never_the_same) {
  const std::string secret = random_secret(16);
  EXPECT_EQ(secret.size(), 32U);
  EXPECT_EQ(secret.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_NE(secret, random_secret(16));
}

TEST(Secret, is_the_same_only_as_itself) {
  EXPECT_TRUE(same_secret("abc", "abc"));
  for (const char* other : {"abd", "ab", "abcd", "", "ABC"}) {
    EXPECT_FALSE(same_secret("abc", other)) << other;
  }
  EXPECT_FALSE(same_secret("", ""));
}

TEST(Secret, is_found_among_other_cookies_by_its_whole_name) {
  EXPECT_EQ(cookie_value("a=1; key=x; b=2", "key"), "x");
  EXPECT_EQ(cookie_value("key=x", "key"), "x");
  EXPECT_EQ(cookie_value("a=1;  key=x=y", "key"), "x=y");
  for (const char* other : {"", "key", "keys=x", "a=key=x", "KEY=x", "; ;=", "key =x"}) {
    EXPECT_EQ(cookie_value(other, "key"), "") << other;
  }
}

}  // namespace
}  // namespace matside::server
