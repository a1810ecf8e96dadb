// Whether a request comes from our own page. Another site in the same browser can reach our
// address too: by a name of its own that points here (then the Host is not ours), or by a
// WebSocket (then the Origin is not ours).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/addresses.h"

namespace matside::server {

class WhoAsks {
 public:
  WhoAsks() = default;
  WhoAsks(const OwnNames& names, std::uint16_t port, bool tls);

  /// Whether `host` is this computer's own name and our port.
  [[nodiscard]] bool is_our_host(std::string_view host) const;
  /// Whether `origin` is our own page.
  [[nodiscard]] bool is_our_origin(std::string_view origin) const;

 private:
  std::string scheme_;
  std::vector<std::string> hosts_;
};

}  // namespace matside::server
