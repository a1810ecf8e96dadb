#include "server/peer_user.h"

#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace matside::server {
namespace {

using boost::asio::ip::tcp;

/// As the kernel's lists have it: words in the computer's byte order, a colon, the port.
template <class Bytes>
std::string listed(const Bytes& address, unsigned port) {
  std::string text;
  std::array<char, 16> part{};
  for (std::size_t i = 0; i < address.size(); i += sizeof(std::uint32_t)) {
    std::uint32_t word = 0;
    std::memcpy(&word, &address.at(i), sizeof word);
    std::snprintf(part.data(), part.size(), "%08X", word);
    text += part.data();
  }
  std::snprintf(part.data(), part.size(), ":%04X", port);
  return text + part.data();
}

std::string listed_v6(const tcp::endpoint& end) {
  using boost::asio::ip::make_address_v6;
  using boost::asio::ip::v4_mapped;
  const auto address = end.address();
  const auto v6 =
      address.is_v6() ? address.to_v6() : make_address_v6(v4_mapped, address.to_v4());
  return listed(v6.to_bytes(), end.port());
}

/// The owner of the socket with these two ends.
std::optional<unsigned> owner(std::istream& list, const std::string& local,
                              const std::string& remote) {
  for (std::string line; std::getline(list, line);) {
    std::istringstream fields(line);
    std::string skipped;
    std::string from;
    std::string to;
    unsigned user = 0;
    fields >> skipped >> from >> to >> skipped >> skipped >> skipped >> skipped >> user;
    if (fields && from == local && to == remote) return user;
  }
  return std::nullopt;
}

}  // namespace

bool is_same_user(const tcp::endpoint& ours, const tcp::endpoint& theirs) {
  std::ifstream v4("/proc/net/tcp");
  std::ifstream v6("/proc/net/tcp6");
  if (!v4 && !v6) return true;
  std::optional<unsigned> user;
  if (theirs.address().is_v4() && ours.address().is_v4()) {
    user = owner(v4, listed(theirs.address().to_v4().to_bytes(), theirs.port()),
                 listed(ours.address().to_v4().to_bytes(), ours.port()));
  }
  // A program may reach an IPv4 address through an IPv6 socket.
  if (!user) user = owner(v6, listed_v6(theirs), listed_v6(ours));
  return user && (*user == ::geteuid() || *user == 0);
}

}  // namespace matside::server
