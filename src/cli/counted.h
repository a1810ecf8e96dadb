// A number with its noun, in the singular or the plural.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace matside::cli {

/// "1 kick", "2 kicks": for nouns whose plural ends in s.
inline std::string counted(std::int64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace matside::cli
