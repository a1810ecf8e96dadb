// The server's TLS certificate and its key: the person's own, or one made here.
//
// Any thread, but not two at once in the same folder.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "server/host_names.h"

namespace matside::server {

/// A certificate chain with the key of its first certificate.
struct Certificate {
  std::string chain_pem;
  std::string key_pem;
  std::string fingerprint;  ///< SHA-256 of the first certificate: "AB:CD:...".
};

/// Reads the person's own certificate.
/// @returns ErrorKind::usage when a file can't be read, holds no certificate or no key, the key
///   has a password, or the two do not belong together
base::Result<Certificate> read_certificate(const std::filesystem::path& chain,
                                           const std::filesystem::path& key);

/// The self-signed certificate stored in `folder`. Makes and stores a new one when there is
/// none, it expires within a day, or it lacks one of these names: an EC key on P-256, valid for
/// 397 days. Only the owner can read the folder and the file.
/// @returns ErrorKind::output when the folder or the file can't be written, or the file there
///   was not made by Matside
base::Result<Certificate> self_signed_certificate(const std::filesystem::path& folder,
                                                  const HostNames& names,
                                                  std::chrono::system_clock::time_point now);

}  // namespace matside::server
