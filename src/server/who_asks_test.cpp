#include "server/who_asks.h"

#include <gtest/gtest.h>

namespace matside::server {
namespace {

TEST(WhoAsks, knows_its_own_names_at_its_own_port_alone) {
  const WhoAsks who({{"192.168.0.7", "fd00::7"}, {"laptop", "laptop.local"}}, 8787, true);
  for (const char* host :
       {"192.168.0.7:8787", "[fd00::7]:8787", "laptop:8787", "Laptop.Local:8787"}) {
    EXPECT_TRUE(who.is_our_host(host)) << host;
  }
  for (const char* host : {"", "192.168.0.7", "192.168.0.7:8788", "192.168.0.8:8787",
                           "laptop.evil.example:8787", "localhost:8787", "laptop:87870"}) {
    EXPECT_FALSE(who.is_our_host(host)) << host;
  }
}

TEST(WhoAsks, tells_the_scheme_of_a_page) {
  const OwnNames names{{"127.0.0.1"}, {"localhost"}};
  EXPECT_TRUE(WhoAsks(names, 8787, true).is_our_origin("https://localhost:8787"));
  EXPECT_FALSE(WhoAsks(names, 8787, true).is_our_origin("http://localhost:8787"));
  EXPECT_FALSE(WhoAsks(names, 8787, false).is_our_origin("https://localhost:8787"));
  EXPECT_TRUE(WhoAsks(names, 8787, false).is_our_origin("http://127.0.0.1:8787"));
  EXPECT_FALSE(WhoAsks(names, 8787, false).is_our_origin("null"));
  EXPECT_FALSE(WhoAsks().is_our_origin(""));
}

TEST(WhoAsks, knows_itself_without_a_port_where_that_is_the_usual_one) {
  const OwnNames names{{"127.0.0.1"}, {"localhost"}};
  EXPECT_TRUE(WhoAsks(names, 443, true).is_our_origin("https://localhost"));
  EXPECT_TRUE(WhoAsks(names, 80, false).is_our_host("127.0.0.1"));
  EXPECT_FALSE(WhoAsks(names, 443, false).is_our_host("127.0.0.1"));
}

TEST(OwnNames, of_loopback_are_this_computers_alone) {
  const OwnNames names = own_names("127.0.0.1");
  EXPECT_EQ(names.addresses, (std::vector<std::string>{"127.0.0.1", "::1"}));
  EXPECT_EQ(names.hosts, std::vector<std::string>{"localhost"});
}

TEST(OwnNames, of_one_address_do_not_hold_the_others) {
  EXPECT_EQ(own_names("192.0.2.7").addresses, std::vector<std::string>{"192.0.2.7"});
  EXPECT_TRUE(own_names("nonsense").addresses.empty());
}

TEST(OwnNames, of_every_interface_hold_loopback_last) {
  EXPECT_EQ(own_names("0.0.0.0").addresses.back(), "127.0.0.1");
}

}  // namespace
}  // namespace matside::server
