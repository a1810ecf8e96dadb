#include "digest/digest.h"

#include "digest/browser/portable_sha256.h"

namespace matside::digest {

std::string sha256_hex(std::span<const std::byte> bytes) { return portable_sha256_hex(bytes); }

}  // namespace matside::digest
