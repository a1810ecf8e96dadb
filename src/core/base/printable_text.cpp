#include "core/base/printable_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace matside::base {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// @source Unicode 15: general categories Cc and Cf, Zl, Zp, and the tags
constexpr std::array kHidden{
    Range{0x0000, 0x001F},    // C0
    Range{0x007F, 0x009F},    // DEL, C1
    Range{0x00AD, 0x00AD},    // soft hyphen
    Range{0x061C, 0x061C},    // Arabic letter mark
    Range{0x180E, 0x180E},    // Mongolian vowel separator
    Range{0x200B, 0x200F},    // zero width, left-to-right and right-to-left marks
    Range{0x2028, 0x202E},    // line and paragraph separators, embeddings, overrides
    Range{0x2060, 0x206F},    // word joiner, invisible operators, isolates
    Range{0xFEFF, 0xFEFF},    // byte-order mark
    Range{0xFFF9, 0xFFFB},    // interlinear annotation
    Range{0xE0000, 0xE007F},  // tags
};

/// The first character of a text.
struct Character {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;  ///< False: one byte that isn't UTF-8.
};

Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t bytes = lead >= 0xF0 ? 4U : lead >= 0xE0 ? 3U : 2U;
  if (lead < 0xC2 || lead > 0xF4 || bytes > text.size()) return {};
  char32_t code = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    code = code << 6U | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast.at(bytes) || surrogate || code > 0x10FFFF) return {};
  return {code, bytes, true};
}

bool is_shown(const Character& character) {
  return character.valid && std::ranges::none_of(kHidden, [&](const Range& range) {
           return character.code >= range.first && character.code <= range.last;
         });
}

void append_hexadecimal(std::uint32_t value, int digits, std::string& text) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    text += "0123456789abcdef"[value >> static_cast<unsigned>(shift) & 15U];
  }
}

void append_escape(const Character& character, std::uint8_t byte, std::string& text) {
  constexpr std::uint32_t kSupplementary = 0x10000;
  if (!character.valid) {
    text += "\\x";
    append_hexadecimal(byte, 2, text);
  } else if (character.code < kSupplementary) {
    text += "\\u";
    append_hexadecimal(character.code, 4, text);
  } else {  // A surrogate pair, as in JSON.
    const std::uint32_t above = character.code - kSupplementary;
    text += "\\u";
    append_hexadecimal(0xD800U + (above >> 10U), 4, text);
    text += "\\u";
    append_hexadecimal(0xDC00U + (above & 0x3FFU), 4, text);
  }
}

std::string escaped(std::string_view text, bool lines) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const Character character = first_character(text);
    const bool layout =
        lines && (text.front() == '\n' || text.front() == '\t' || text.starts_with("\r\n"));
    if (layout || is_shown(character)) {
      shown += text.substr(0, character.bytes);
    } else {
      append_escape(character, static_cast<std::uint8_t>(text.front()), shown);
    }
    text.remove_prefix(character.bytes);
  }
  return shown;
}

}  // namespace

bool is_visible(std::string_view text) {
  while (!text.empty()) {
    const Character character = first_character(text);
    if (!is_shown(character)) return false;
    text.remove_prefix(character.bytes);
  }
  return true;
}

std::string printable_line(std::string_view text) { return escaped(text, false); }

std::string printable_text(std::string_view text) { return escaped(text, true); }

}  // namespace matside::base
