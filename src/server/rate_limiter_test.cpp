#include "server/rate_limiter.h"

#include <gtest/gtest.h>

namespace matside::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr RateLimiter::Time kStart{seconds(1000)};

TEST(RateLimiter, allows_as_many_messages_a_second_as_the_limit) {
  RateLimiter rate(3);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(rate.allow(kStart + milliseconds(100 * i)));
  EXPECT_FALSE(rate.allow(kStart + milliseconds(400)));
  EXPECT_FALSE(rate.allow(kStart + milliseconds(999)));
}

TEST(RateLimiter, starts_anew_after_a_second) {
  RateLimiter rate(1);
  EXPECT_TRUE(rate.allow(kStart));
  EXPECT_FALSE(rate.allow(kStart + milliseconds(999)));
  EXPECT_TRUE(rate.allow(kStart + seconds(1)));
  EXPECT_FALSE(rate.allow(kStart + milliseconds(1999)));
}

TEST(RateLimiter, of_nothing_allows_nothing) { EXPECT_FALSE(RateLimiter(0).allow(kStart)); }

}  // namespace
}  // namespace matside::server
