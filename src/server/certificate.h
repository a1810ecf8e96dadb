// What the server shows so that a connection can be encrypted: a certificate with its key, the
// person's own or one made here.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "server/addresses.h"

namespace matside::server {

struct Certificate {
  std::string chain_pem;
  std::string key_pem;
  std::string fingerprint;  ///< SHA-256 of the first one: "AB:CD:...".
};

/// Reads the person's own. @returns ErrorKind::usage when a file can't be read, is no
///   certificate or no key, or the two do not belong together.
base::Result<Certificate> read_certificate(const std::filesystem::path& chain,
                                           const std::filesystem::path& key);

/// The one kept in `folder`, or a new one kept there from now on when there is none, it runs
/// out within a day, or was made for other names: an EC key on P-256, signed by itself, for 397
/// days. The folder is made for the owner alone, and so is the file.
/// @returns ErrorKind::output when the folder or the file can't be written, or the file there
///   is none of ours.
base::Result<Certificate> own_certificate(const std::filesystem::path& folder,
                                          const OwnNames& names,
                                          std::chrono::system_clock::time_point now);

}  // namespace matside::server
