#include "server/origin_check.h"

#include <gtest/gtest.h>

namespace matside::server {
namespace {

TEST(OriginCheck, accepts_its_own_names_at_its_own_port_only) {
  const OriginCheck origin_check({{"192.168.0.7", "fd00::7"}, {"laptop", "laptop.local"}}, 8787,
                                 true);
  for (const char* host :
       {"192.168.0.7:8787", "[fd00::7]:8787", "laptop:8787", "Laptop.Local:8787"}) {
    EXPECT_TRUE(origin_check.is_our_host(host)) << host;
  }
  for (const char* host : {"", "192.168.0.7", "192.168.0.7:8788", "192.168.0.8:8787",
                           "laptop.evil.example:8787", "localhost:8787", "laptop:87870"}) {
    EXPECT_FALSE(origin_check.is_our_host(host)) << host;
  }
}

TEST(OriginCheck, compares_the_scheme_of_a_page) {
  const HostNames names{{"127.0.0.1"}, {"localhost"}};
  EXPECT_TRUE(OriginCheck(names, 8787, true).is_our_origin("https://localhost:8787"));
  EXPECT_FALSE(OriginCheck(names, 8787, true).is_our_origin("http://localhost:8787"));
  EXPECT_FALSE(OriginCheck(names, 8787, false).is_our_origin("https://localhost:8787"));
  EXPECT_TRUE(OriginCheck(names, 8787, false).is_our_origin("http://127.0.0.1:8787"));
  EXPECT_FALSE(OriginCheck(names, 8787, false).is_our_origin("null"));
  EXPECT_FALSE(OriginCheck().is_our_origin(""));
}

TEST(OriginCheck, accepts_names_without_a_port_where_it_is_the_default) {
  const HostNames names{{"127.0.0.1"}, {"localhost"}};
  EXPECT_TRUE(OriginCheck(names, 443, true).is_our_origin("https://localhost"));
  EXPECT_TRUE(OriginCheck(names, 80, false).is_our_host("127.0.0.1"));
  EXPECT_FALSE(OriginCheck(names, 443, false).is_our_host("127.0.0.1"));
}

}  // namespace
}  // namespace matside::server
