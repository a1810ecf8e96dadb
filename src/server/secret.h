// Secrets that browsers present: how they are made, compared and found in a request.
//
// Pure functions: any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace matside::server {

/// Random bytes as hexadecimal digits, two for each. Empty when the system gives no random
/// numbers.
std::string random_secret(std::size_t bytes);

/// Compares in a time that depends on the lengths only. Empty texts are never the same.
bool same_secret(std::string_view a, std::string_view b);

/// The value of the first cookie of that name in a Cookie header; empty without one.
std::string_view cookie_value(std::string_view cookies, std::string_view name);

}  // namespace matside::server
