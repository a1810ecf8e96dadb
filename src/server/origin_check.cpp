#include "server/origin_check.h"

#include <algorithm>

namespace matside::server {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

OriginCheck::OriginCheck(const HostNames& names, std::uint16_t port, bool tls)
    : scheme_(tls ? "https://" : "http://") {
  const auto add = [&](const std::string& name) {
    hosts_.push_back(name + ":" + std::to_string(port));
    // Browsers leave out the default port.
    if (port == (tls ? kHttpsPort : kHttpPort)) hosts_.push_back(name);
  };
  for (const std::string& address : names.addresses) {
    add(address.find(':') == std::string::npos ? address : "[" + address + "]");
  }
  for (const std::string& host : names.hosts) add(host);
}

bool OriginCheck::is_our_host(std::string_view host) const {
  return std::ranges::any_of(
      hosts_, [&](const std::string& ours) { return same_ignoring_case(host, ours); });
}

bool OriginCheck::is_our_origin(std::string_view origin) const {
  return !scheme_.empty() && origin.starts_with(scheme_) &&
         is_our_host(origin.substr(scheme_.size()));
}

}  // namespace matside::server
