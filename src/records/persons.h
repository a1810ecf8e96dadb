// Persons on one machine: names, and a PIN that keeps a grandchild out and encrypts nothing.
#pragma once

#include <string>

#include "core/base/result.h"
#include "records/repository.h"
#include "records/wall_clock.h"

namespace matside::records {

/// The name as it is kept: without spaces around it.
/// @returns ErrorKind::usage for none, one over 100 bytes, or one that is no line of UTF-8 text
base::Result<std::string> proper_name(const std::string& name);

/// Argon2id, interactive. Empty for an empty PIN.
/// @returns ErrorKind::usage for a PIN shorter than 4 or longer than 64 bytes
base::Result<std::string> hidden_pin(const std::string& pin);
/// Takes a tenth of a second, so that guessing is slow.
bool pin_fits(const records::Person& person, const std::string& pin);

/// 32 random bytes as hexadecimal digits.
std::string random_token();

/// The person of that name; without a name the only one there is, made as "Me" where there is
/// none. @returns ErrorKind::usage where it must be said who.
base::Result<records::Person> person_called(records::Repository& records,
                                            const std::string& name, const Now& now);

}  // namespace matside::records
