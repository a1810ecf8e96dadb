// The key of a server that listens on loopback only. Every user of this computer can reach such
// a server; only its owner's browsers may use it.
//
// The address that the program prints has a first secret. It is exchanged for a cookie with a
// second one, so that the address alone opens nothing once it is seen in a list of processes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "server/http_response.h"

namespace matside::server {

/// Two secrets of 128 random bits, as hexadecimal digits.
struct LoopbackKey {
  std::string address;  ///< In the printed address: "/?key=...".
  std::string cookie;

  /// A new key. @returns ErrorKind::output without random numbers from the system
  static base::Result<LoopbackKey> random();
  /// The key in `folder`, so that open pages work again after a restart. A file that is
  /// missing, damaged, a link, somebody else's or readable by others is replaced by a new key.
  /// Only the program that holds the folder's lock may call it.
  /// @returns ErrorKind::output when it can't be saved
  static base::Result<LoopbackKey> load_or_create(const std::filesystem::path& folder);
};

/// Path and query of the page, with the key.
std::string path_with_key(const LoopbackKey& key);
/// Whether the target is the page with any key.
bool has_key(std::string_view target);
/// Whether the target is the page with this key. Takes the same time for any key.
bool has_key(std::string_view target, const LoopbackKey& key);

/// Sets the cookie and redirects to the page without the key.
HttpResponse exchange_key(const LoopbackKey& key, std::uint16_t port, bool tls);
/// Whether a Cookie header holds the key's cookie. Browsers send a host's cookies to all of its
/// ports, so that the port is part of the cookie's name.
bool holds_key(const LoopbackKey& key, std::uint16_t port, std::string_view cookies);
/// What a browser without the cookie gets: status 401 and what to do.
HttpResponse key_needed();

}  // namespace matside::server
