// Under which names and addresses this computer is reached.
#pragma once

#include <string>
#include <vector>

namespace matside::server {

struct OwnNames {
  std::vector<std::string> addresses;  ///< Without brackets or zones: "192.168.0.7", "fd00::2".
  std::vector<std::string> hosts;      ///< "laptop", "laptop.local", "localhost"
};

/// The names for whoever connects to `address`; for 0.0.0.0 and :: those of all interfaces.
/// IPv4 comes first, loopback last.
OwnNames own_names(const std::string& address);

}  // namespace matside::server
