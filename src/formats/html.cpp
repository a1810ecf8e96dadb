#include "formats/html.h"

#include <fmt/format.h>

namespace matside::formats {

std::string html_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string html_page(std::string_view title, std::string_view more_style,
                      std::string_view body) {
  constexpr std::string_view kStyle =
      "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 "
      "1rem;color:#1b2a2f}figure{display:inline-block;margin:0 2rem 1.5rem "
      "0;vertical-align:top}"
      "figcaption{font-weight:600}text{font-size:12px;fill:#1b2a2f}"
      "table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left;"
      "vertical-align:top}.n{text-align:right}";
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<title>{}</title>\n<style>{}{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
      html_escaped(title), kStyle, more_style, body);
}

}  // namespace matside::formats
