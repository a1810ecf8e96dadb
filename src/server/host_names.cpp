#include "server/host_names.h"

#include <ifaddrs.h>
#include <unistd.h>

#include <netinet/in.h>
#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <cstring>
#include <tuple>

namespace matside::server {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::address_v4;
using boost::asio::ip::address_v6;

std::vector<address> interface_addresses() {
  std::vector<address> found;
  ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) return found;
  for (const ifaddrs* each = first; each != nullptr; each = each->ifa_next) {
    if (each->ifa_addr == nullptr) continue;
    if (each->ifa_addr->sa_family == AF_INET) {
      sockaddr_in in{};
      std::memcpy(&in, each->ifa_addr, sizeof in);
      found.emplace_back(address_v4(ntohl(in.sin_addr.s_addr)));
    } else if (each->ifa_addr->sa_family == AF_INET6) {
      sockaddr_in6 in{};
      std::memcpy(&in, each->ifa_addr, sizeof in);
      address_v6::bytes_type bytes{};
      std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
      // A link-local address needs its interface's name, which URLs can't carry.
      if (!address_v6(bytes).is_link_local()) found.emplace_back(address_v6(bytes));
    }
  }
  freeifaddrs(first);
  std::ranges::stable_sort(
      found, {}, [](const address& a) { return std::tuple(a.is_loopback(), a.is_v6()); });
  return found;
}

/// Empty where the name has characters that a certificate may not contain.
std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "";
  const std::string text = name.data();
  const bool plain = std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '.';
  });
  return plain ? text : "";
}

}  // namespace

HostNames host_names(const std::string& bound) {
  boost::system::error_code failed;
  const address wanted = boost::asio::ip::make_address(bound, failed);
  HostNames names;
  if (failed) return names;
  if (wanted.is_unspecified()) {
    for (const address& each : interface_addresses()) {
      if (each.is_v4() || wanted.is_v6()) names.addresses.push_back(each.to_string());
    }
  } else if (wanted.is_loopback()) {
    names.addresses = {"127.0.0.1", "::1"};
  } else {
    names.addresses = {wanted.to_string()};
  }
  if (!wanted.is_loopback()) {
    if (const std::string name = host_name(); !name.empty()) {
      names.hosts.push_back(name);
      if (name.find('.') == std::string::npos) names.hosts.push_back(name + ".local");
    }
  }
  if (wanted.is_loopback() || wanted.is_unspecified()) names.hosts.emplace_back("localhost");
  return names;
}

}  // namespace matside::server
