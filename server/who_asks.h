// Whether a request comes from our own page on this computer. Another site in the same browser
// can reach the loopback address too: by a name of its own that points here (then the Host is
// not ours), or by a WebSocket (then the Origin is not ours).
#pragma once

#include <cstdint>
#include <string_view>

namespace matside::server {

/// Whether `host` is this computer's own name and our port.
bool is_our_host(std::string_view host, std::uint16_t port);

/// Whether `origin` is our own page, served over plain HTTP from this computer.
bool is_our_origin(std::string_view origin, std::uint16_t port);

}  // namespace matside::server
