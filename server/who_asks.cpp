#include "server/who_asks.h"

#include <algorithm>
#include <array>
#include <string>

namespace matside::server {

bool is_our_host(std::string_view host, std::uint16_t port) {
  constexpr std::array<std::string_view, 3> kNames = {"localhost:", "127.0.0.1:", "[::1]:"};
  const std::string port_text = std::to_string(port);
  return std::ranges::any_of(kNames, [&](std::string_view name) {
    return host.starts_with(name) && host.substr(name.size()) == port_text;
  });
}

bool is_our_origin(std::string_view origin, std::uint16_t port) {
  constexpr std::string_view kScheme = "http://";
  return origin.starts_with(kScheme) && is_our_host(origin.substr(kScheme.size()), port);
}

}  // namespace matside::server
