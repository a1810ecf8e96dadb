// Bytes as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace matside::formats {

/// @returns the bytes in base64, padded
/// @source RFC 4648, section 4
std::string base64(std::string_view bytes);

/// @returns the bytes; nothing if the text has other characters, padding that is wrong, or
///   bits that base64() would not write
std::optional<std::string> from_base64(std::string_view text);

}  // namespace matside::formats
