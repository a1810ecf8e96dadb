#include "core/base/decimal_text.h"

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

namespace matside::base {
namespace {

bool decimal_character(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

}  // namespace

std::optional<double> decimal_in(std::string_view text) {
  if (text.empty() || text.front() == '+') return std::nullopt;
  for (const char c : text) {
    if (!decimal_character(c)) return std::nullopt;
  }
  double value = 0.0;
#ifdef __cpp_lib_to_chars
  const char* const end = text.data() + text.size();
  const auto [stopped, failed] = std::from_chars(text.data(), end, value);
  if (failed != std::errc() || stopped != end) return std::nullopt;
#else
  // The C library of WebAssembly rounds correctly, too, and knows one locale only.
  const std::string terminated(text);
  char* stopped = nullptr;
  errno = 0;
  value = std::strtod(terminated.c_str(), &stopped);
  if (stopped != terminated.c_str() + terminated.size()) return std::nullopt;
  if (errno == ERANGE && (value == 0.0 || !std::isfinite(value))) return std::nullopt;
#endif
  return value;
}

}  // namespace matside::base
