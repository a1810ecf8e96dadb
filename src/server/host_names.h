// The names and addresses under which browsers can reach this computer.
//
// Any thread.
#pragma once

#include <string>
#include <vector>

namespace matside::server {

/// Names and addresses, most useful first.
struct HostNames {
  std::vector<std::string> addresses;  ///< Without brackets or zones: "192.168.0.7", "fd00::2".
  std::vector<std::string> hosts;      ///< "laptop", "laptop.local", "localhost"
};

/// The names of a server that listens at the IP address `bound`; for 0.0.0.0 and :: those of
/// all interfaces, without link-local ones. IPv4 comes first, loopback last. Empty when `bound`
/// is not an address.
HostNames host_names(const std::string& bound);

}  // namespace matside::server
