#include "server/host_names.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace matside::server {
namespace {

TEST(HostNames, of_loopback_are_this_computers_only) {
  for (const char* bound : {"127.0.0.1", "::1"}) {
    const HostNames names = host_names(bound);
    EXPECT_EQ(names.addresses, (std::vector<std::string>{"127.0.0.1", "::1"}));
    EXPECT_EQ(names.hosts, std::vector<std::string>{"localhost"});
  }
}

TEST(HostNames, of_one_address_do_not_include_the_others) {
  EXPECT_EQ(host_names("192.0.2.7").addresses, std::vector<std::string>{"192.0.2.7"});
  const auto& hosts = host_names("192.0.2.7").hosts;
  EXPECT_EQ(std::ranges::count(hosts, "localhost"), 0);
}

TEST(HostNames, of_every_interface_end_with_loopback) {
  const HostNames names = host_names("0.0.0.0");
  ASSERT_FALSE(names.addresses.empty());
  ASSERT_FALSE(names.hosts.empty());
  EXPECT_EQ(names.addresses.back(), "127.0.0.1");
  EXPECT_EQ(names.hosts.back(), "localhost");
}

TEST(HostNames, of_every_ipv4_interface_have_no_ipv6_address) {
  const auto addresses = host_names("0.0.0.0").addresses;
  ASSERT_FALSE(addresses.empty());
  for (const std::string& address : addresses) {
    EXPECT_EQ(address.find(':'), std::string::npos) << address;
  }
}

TEST(HostNames, have_no_link_local_address) {
  const auto addresses = host_names("::").addresses;
  ASSERT_FALSE(addresses.empty());
  for (const std::string& address : addresses) {
    EXPECT_FALSE(address.starts_with("fe80")) << address;
  }
}

TEST(HostNames, of_text_that_is_not_an_address_are_none) {
  for (const char* bound : {"nonsense", "", "127.0.0.256", "localhost"}) {
    EXPECT_TRUE(host_names(bound).addresses.empty()) << bound;
    EXPECT_TRUE(host_names(bound).hosts.empty()) << bound;
  }
}

}  // namespace
}  // namespace matside::server
