// Reads decimal numbers, in the same way in every build.
#pragma once

#include <optional>
#include <string_view>

namespace matside::base {

/// The number that the whole of `text` is, such as "-1.5e3", rounded to the nearest double.
/// There may be no blank, no "+" in front and no hexadecimal digits; the locale has no
/// influence.
/// @returns nothing for other text, for "inf" and "nan", and beyond the range of a double
std::optional<double> decimal_in(std::string_view text);

}  // namespace matside::base
