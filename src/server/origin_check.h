// Whether a request comes from our own page. Another site in the same browser can reach our
// address, too: under a name of its own that resolves to it (DNS rebinding; the Host header is
// not ours), or by a cross-site request (the Origin header is not ours).
//
// Immutable: any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/host_names.h"

namespace matside::server {

/// Compares the two headers with this server's names, without regard to case.
class OriginCheck {
 public:
  /// Accepts nothing.
  OriginCheck() = default;
  /// Accepts these names at `port`, which may be left out where it is the scheme's default.
  OriginCheck(const HostNames& names, std::uint16_t port, bool tls);

  /// Whether a Host header names this server and its port.
  [[nodiscard]] bool is_our_host(std::string_view host) const;
  /// Whether an Origin header is our own page's, with its scheme.
  [[nodiscard]] bool is_our_origin(std::string_view origin) const;

 private:
  std::string scheme_;
  std::vector<std::string> hosts_;
};

}  // namespace matside::server
