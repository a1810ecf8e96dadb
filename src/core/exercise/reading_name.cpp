#include "core/exercise/reading_name.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace matside::exercise {

std::string reading_name(std::string_view id) {
  for (const std::string_view unit : {"_deg", "_s", "_thigh_lengths", "_thigh_length"}) {
    if (id.size() <= unit.size() || !id.ends_with(unit)) continue;
    id.remove_suffix(unit.size());
    break;
  }
  std::string words(id);
  std::ranges::replace(words, '_', ' ');
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') {
    words[0] = static_cast<char>(words[0] - 'a' + 'A');
  }
  return words;
}

std::string_view unit_words(std::string_view unit) {
  if (unit == "deg") return "degrees";
  if (unit == "thigh_length") return "thigh lengths";
  return unit == "count" ? std::string_view() : unit;
}

std::string reading_text(double value, std::string_view unit) {
  std::array<char, 400> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                                 std::chars_format::fixed, decimals_of(unit));
  std::string text(digits.data(), end.ptr);
  if (text.find_first_not_of("-0.") == std::string::npos && text[0] == '-') text.erase(0, 1);
  std::string words(unit_words(unit));
  if (words.empty()) return text;
  if (text == "1" && words.size() > 1) words.pop_back();  // 1 degree
  return text + " " + words;
}

int decimals_of(std::string_view unit) {
  if (unit == "deg") return 0;
  return unit == "thigh_length" ? 2 : 1;
}

}  // namespace matside::exercise
