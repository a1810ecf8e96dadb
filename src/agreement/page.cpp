#include "agreement/page.h"

#include <fmt/format.h>

#include "agreement/plots.h"
#include "core/base/printable_text.h"
#include "formats/html.h"

namespace matside::agreement {
namespace {

using formats::html_escaped;

std::string escaped_line(const std::string& text) {
  return html_escaped(base::printable_line(text));
}

/// @param left_columns  the others are numbers
std::string table_html(const TextTable& table, std::size_t left_columns) {
  std::string html = "<table>\n";
  for (std::size_t i = 0; i < table.size(); ++i) {
    html += "<tr>";
    for (std::size_t j = 0; j < table[i].size(); ++j) {
      html += fmt::format("<{0}{1}>{2}</{0}>", i == 0 ? "th" : "td",
                          j < left_columns ? "" : " class=\"n\"", escaped_line(table[i][j]));
    }
    html += "</tr>\n";
  }
  return html + "</table>\n";
}

std::string figure(std::string_view caption, const std::string& svg) {
  if (svg.empty()) return {};
  return fmt::format("<figure><figcaption>{}</figcaption>\n{}</figure>\n", caption, svg);
}

std::string part_of(const Comparison& comparison, PairKind kind) {
  const StudyRow* first = nullptr;
  for (const StudyRow& row : comparison.rows) {
    if (row.kind == kind && first == nullptr) first = &row;
  }
  if (first == nullptr) return {};
  return fmt::format("<h2>{}</h2>\n", heading(kind, comparison.zero)) +
         figure("Bland-Altman",
                bland_altman_svg(comparison.practices, kind, first->agreement)) +
         figure("Measured and reference", scatter_svg(comparison.practices, kind)) +
         table_html(error_table(comparison.rows, kind), 2) + "<p></p>\n" +
         table_html(agreement_table(comparison.rows, kind), 2);
}

}  // namespace

std::string comparison_page(const Comparison& comparison) {
  const std::string title =
      fmt::format("{} compared with {}", comparison.measured, comparison.reference);
  std::string html = fmt::format(
      "<h1>{}</h1>\n<p>Left knee: filled circles. Right knee: open circles. Bands are 95% "
      "confidence intervals. All angles are estimates.</p>\n",
      escaped_line(title));
  html += part_of(comparison, PairKind::repetition);
  html += part_of(comparison, PairKind::time);
  if (comparison.practices.size() == 1) {
    for (const pose::Side side : pose::kSides) {
      html += figure(fmt::format("{} knee: measured (solid) and reference (dashed)",
                                 side == pose::Side::left ? "Left" : "Right"),
                     curves_svg(comparison.practices.front(), side));
    }
  }
  html += "<h2>Practices</h2>\n" + table_html(practice_table(comparison), 1);
  html += "<h2>Notes</h2>\n<ul>\n";
  for (const std::string& line : comparison.left_out) {
    html += fmt::format("<li>{}</li>\n", escaped_line(line));
  }
  for (const std::string& line : notes(comparison)) {
    html += fmt::format("<li>{}</li>\n", escaped_line(line));
  }
  html += "</ul>\n<p>Formulas and their sources: docs/agree.md of Matside.</p>\n";
  return formats::html_page(base::printable_line(title), kPlotStyle, html);
}

}  // namespace matside::agreement
