// The persons on one computer: names and PINs. A PIN keeps other people in the household out;
// it encrypts nothing.
#pragma once

#include <string>

#include "core/base/result.h"
#include "records/local_time.h"
#include "records/repository.h"

namespace matside::records {

/// @returns whether a text is UTF-8 without line ends and other control characters
bool is_one_line(const std::string& text);

/// Checks a name and removes the spaces around it.
/// @returns ErrorKind::usage if it is empty, longer than 100 bytes, or not one line of
///   UTF-8, or has characters that a person can't see (base::is_visible)
base::Result<std::string> normalized_name(const std::string& name);

/// Hashes a PIN with Argon2id (libsodium's interactive limits).
/// @returns the hash, empty for an empty PIN; ErrorKind::usage if the PIN has fewer than 4 or
///   more than 64 bytes, ErrorKind::output if memory runs out
base::Result<std::string> hash_pin(const std::string& pin);

/// Takes about a tenth of a second, which makes guessing slow.
/// @returns whether the PIN is right; always true for a person without a PIN
bool verify_pin(const Person& person, const std::string& pin);

/// @returns 32 random bytes as 64 hexadecimal digits; empty if the system has no randomness
std::string random_token();

/// Finds a person by name. Without a name it is the only person; if there is none, "Me" is
/// added.
/// @returns ErrorKind::usage if the name is unknown, or is needed but missing
base::Result<Person> find_or_create_person(Repository& records, const std::string& name,
                                           const LocalTime& now);

}  // namespace matside::records
