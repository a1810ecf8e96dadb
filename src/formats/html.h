// Pages that other people's text is shown on.
#pragma once

#include <string>
#include <string_view>

namespace matside::formats {

/// Text for HTML: what would be markup becomes characters.
std::string html_escaped(std::string_view text);

/// A self-contained page, which loads nothing and runs no script.
/// @param title  plain text
/// @param more_style  CSS beyond that of all our pages of tables and figures
/// @param body  HTML
std::string html_page(std::string_view title, std::string_view more_style,
                      std::string_view body);

}  // namespace matside::formats
