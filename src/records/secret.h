// What makes a PIN slow to guess, and a token impossible to guess: libsodium, and in a browser
// the reference code of Argon2 and the browser's randomness.
#pragma once

#include <optional>
#include <span>
#include <string>

namespace matside::records {

/// Hashes a text with Argon2id and libsodium's interactive limits, and a random salt.
/// @returns the hash in libsodium's format; nothing if memory or randomness is missing
std::optional<std::string> argon2id(const std::string& text);

/// @param hash  of argon2id()
/// @returns whether it is the hash of the text
bool argon2id_matches(const std::string& hash, const std::string& text);

/// @returns whether the bytes were replaced by random ones
bool randomize(std::span<unsigned char> bytes);

}  // namespace matside::records
