// Foreign text, such as a file name or a person's name, made safe to print.
#pragma once

#include <string>
#include <string_view>

namespace matside::base {

/// Whether every character of `text` is shown as itself. Not shown: control characters (C0,
/// DEL, C1), which a terminal obeys, and the Unicode characters that reorder the text around
/// them or have no width. Nor are bytes that aren't UTF-8.
bool is_visible(std::string_view text);

/// @returns `text` with what is_visible() excludes as escapes: `\u001b`, `\u202e`, `\x9b`
std::string printable_line(std::string_view text);

/// As printable_line(), for more than one line: keeps tabs and line ends (LF and CR LF). JSON
/// has the same meaning afterwards, because it has such characters only within strings.
std::string printable_text(std::string_view text);

}  // namespace matside::base
