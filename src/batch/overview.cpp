#include "batch/overview.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <optional>
#include <sstream>
#include <utility>

#include "core/base/printable_text.h"
#include "formats/html.h"

namespace matside::batch {
namespace {

// A browser shows this many rows quickly; the tables have all.
constexpr std::size_t kMaxLines = 5000;
constexpr std::size_t kMostBins = 20;

/// The address of a file below the page. @source RFC 3986, percent-encoding
std::string relative_url(const std::string& path) {
  std::string url;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = std::isalnum(byte) != 0 || c == '/' || c == '-' || c == '_' || c == '.';
    url += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return url;
}

const Cell* cell_of(const Table& table, const Row& row, std::string_view column) {
  const auto found = std::ranges::find(table.columns, column, &Column::name);
  if (found == table.columns.end()) return nullptr;
  return &row[static_cast<std::size_t>(found - table.columns.begin())];
}

std::string text_in(const Table& table, const Row& row, std::string_view column) {
  const Cell* cell = cell_of(table, row, column);
  if (cell == nullptr) return {};
  if (const auto* text = std::get_if<std::string>(cell)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(cell)) return std::to_string(*whole);
  return {};
}

std::optional<double> number_in(const Table& table, const Row& row, std::string_view column) {
  const Cell* cell = cell_of(table, row, column);
  if (cell == nullptr) return std::nullopt;
  if (const auto* real = std::get_if<double>(cell)) return *real;
  if (const auto* whole = std::get_if<std::int64_t>(cell)) return static_cast<double>(*whole);
  return std::nullopt;
}

void append_number(const Table& table, const Row& row, std::string_view column,
                   std::vector<double>& to) {
  if (const auto number = number_in(table, row, column)) to.push_back(*number);
}

/// A width of 1, 2 or 5 times a power of ten, so that the values need at most kMostBins.
double bin_width(double span) {
  if (!(span > 0.0)) return 1.0;
  const double least = span / static_cast<double>(kMostBins - 1);
  double power = 1e-3;
  while (power * 5.0 < least) power *= 10.0;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= least) return factor * power;
  }
  return power * 10.0;
}

double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// Bars of how often values fall into equal bins, with their median and quartiles.
std::string histogram(std::string_view title, std::string_view unit,
                      std::vector<double> values) {
  std::string html =
      fmt::format("<figure><figcaption>{}</figcaption>", formats::html_escaped(title));
  if (values.empty()) return html + "<p>Not measured.</p></figure>\n";
  std::ranges::sort(values);
  const std::string after = unit.empty() ? "" : fmt::format(" {}", unit);
  const double width = bin_width(values.back() - values.front());
  const double begin = std::floor(values.front() / width) * width;
  std::vector<std::size_t> bins(std::min<std::size_t>(
      static_cast<std::size_t>((values.back() - begin) / width) + 1, kMostBins + 1));
  for (const double value : values) {
    const auto bin = static_cast<std::size_t>((value - begin) / width);
    ++bins[std::min(bin, bins.size() - 1)];
  }
  constexpr double kBar_px = 24.0;
  constexpr double kHigh_px = 120.0;
  const auto most = static_cast<double>(*std::ranges::max_element(bins));
  html += fmt::format("<svg width=\"{}\" height=\"150\" role=\"img\" aria-label=\"{}\">",
                      static_cast<double>(bins.size()) * kBar_px + 60.0,
                      formats::html_escaped(title));
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const double height = kHigh_px * static_cast<double>(bins[i]) / most;
    const double x = 4.0 + static_cast<double>(i) * kBar_px;
    html += fmt::format(
        "<rect x=\"{:.0f}\" y=\"{:.1f}\" width=\"{:.0f}\" height=\"{:.1f}\"><title>{:g} to "
        "{:g}{}: {}</title></rect>",
        x, kHigh_px + 5.0 - height, kBar_px - 2.0, height,
        begin + static_cast<double>(i) * width, begin + static_cast<double>(i + 1) * width,
        after, bins[i]);
  }
  html += fmt::format(
      "<text x=\"4\" y=\"142\">{:g}</text><text x=\"{:.0f}\" y=\"142\">{:g}"
      "{}</text></svg>",
      begin, std::max(kBar_px, static_cast<double>(bins.size()) * kBar_px - 16.0),
      begin + static_cast<double>(bins.size()) * width, after);
  html +=
      fmt::format("<p>n = {}, median {:.1f}{}, half between {:.1f} and {:.1f}</p></figure>\n",
                  values.size(), quantile(values, 0.5), after, quantile(values, 0.25),
                  quantile(values, 0.75));
  return html;
}

/// How often each word occurred, most often first.
std::string frequencies(std::string_view title,
                        const std::map<std::string, std::size_t>& counts) {
  if (counts.empty()) return {};
  std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted,
                           [](const auto& a, const auto& b) { return a.second > b.second; });
  const auto most = static_cast<double>(sorted.front().second);
  std::string html = fmt::format("<h2>{}</h2>\n<table>", title);
  for (const auto& [word, count] : sorted) {
    html += fmt::format(
        "<tr><td>{}</td><td class=\"n\">{}</td><td><svg width=\"204\" height=\"12\">"
        "<rect width=\"{:.0f}\" height=\"12\"/></svg></td></tr>\n",
        formats::html_escaped(word), count, 2.0 + 200.0 * static_cast<double>(count) / most);
  }
  return html + "</table>\n";
}

}  // namespace

namespace {

/// Such as "4 left, 4 right, 7 clean"; "8 repetitions, 7 clean" where no leg moves alone.
std::string counted(const auto& of) {
  const std::string both = of("both");
  if (both.empty() || both == "0") {
    return fmt::format("{} left, {} right, {} clean", of("left"), of("right"), of("clean"));
  }
  return fmt::format("{} repetition{}, {} clean", both, both == "1" ? "" : "s", of("clean"));
}

}  // namespace

void Overview::add(const RecordingRows& rows) {
  const Table& practices = practices_table();
  const Table& repetitions = repetitions_table();
  ++practices_;
  ++exercises_[text_in(practices, rows.practice, "exercise")];
  append_number(practices, rows.practice, "repetitions", repetitions_);
  append_number(practices, rows.practice, "camera_yaw_deg", yaws_deg_);
  std::istringstream warnings(text_in(practices, rows.practice, "warnings"));
  for (std::string id; warnings >> id;) ++warnings_[id];
  for (const Row& row : rows.repetitions) {
    const std::string side = text_in(repetitions, row, "side");
    if (side == "left") append_number(repetitions, row, "greatest_bend_deg", left_bends_deg_);
    if (side == "right") append_number(repetitions, row, "greatest_bend_deg", right_bends_deg_);
    append_number(repetitions, row, "lowering_s", lowerings_s_);
    ++statuses_[text_in(repetitions, row, "status")];
  }
  for (const Row& row : rows.faults) ++faults_[text_in(faults_table(), row, "fault")];
  if (lines_.size() >= kMaxLines) return;
  const auto of = [&](std::string_view column) {
    return text_in(practices, rows.practice, column);
  };
  lines_.push_back(
      {of("path"), of("person"), of("date"), of("exercise"), counted(of), of("report")});
}

void Overview::add(const Failure& failure) {
  ++failed_;
  if (failures_.size() < kMaxLines) failures_.push_back(failure);
}

std::string Overview::html() const {
  std::string html = fmt::format(
      "<h1>Matside dataset</h1>\n<p>Practices: {}. Recordings that could not be used: {}. "
      "Angles "
      "and times are estimates. The tables: <a href=\"practices.csv\">practices</a>, "
      "<a href=\"repetitions.csv\">repetitions</a>, <a href=\"faults.csv\">faults</a>, "
      "<a href=\"readings.csv\">readings</a>, "
      "<a href=\"knee_angles.csv\">knee angles</a>, <a href=\"failures.csv\">failures</a>, and "
      "all of them in <a href=\"dataset.sqlite\">dataset.sqlite</a>.</p>\n",
      practices_, failed_);
  html += histogram("Repetitions in a practice", "", repetitions_);
  html += histogram("Left knee: greatest bend", "degrees", left_bends_deg_);
  html += histogram("Right knee: greatest bend", "degrees", right_bends_deg_);
  html += histogram("Lowering the leg", "s", lowerings_s_);
  html += histogram("Camera: degrees off square", "degrees", yaws_deg_);
  html += frequencies("Exercises", exercises_);
  html += frequencies("Verdicts of the repetitions", statuses_);
  html += frequencies("Faults", faults_);
  html += frequencies("Warnings", warnings_);
  html += "<h2>Practices</h2>\n";
  if (practices_ > lines_.size()) {
    html += fmt::format("<p>The first {} of {}.</p>\n", lines_.size(), practices_);
  }
  html +=
      "<table><tr><th>Recording</th><th>Person</th><th>Date</th><th>Exercise</th>"
      "<th>Counted</th></tr>\n";
  for (const PracticeLine& line : lines_) {
    const std::string name =
        line.report.empty() ? formats::html_escaped(line.path)
                            : fmt::format("<a href=\"{}\">{}</a>", relative_url(line.report),
                                          formats::html_escaped(line.path));
    html +=
        fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", name,
                    formats::html_escaped(line.person), formats::html_escaped(line.date),
                    formats::html_escaped(line.exercise), formats::html_escaped(line.counts));
  }
  html += "</table>\n";
  if (failed_ > 0) {
    html += "<h2>Recordings that could not be used</h2>\n";
    if (failed_ > failures_.size()) {
      html += fmt::format("<p>The first {} of {}.</p>\n", failures_.size(), failed_);
    }
    html += "<table><tr><th>Recording</th><th>Reason</th></tr>\n";
    for (const Failure& failure : failures_) {
      html += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n",
                          formats::html_escaped(base::printable_line(failure.path.string())),
                          formats::html_escaped(base::printable_line(failure.reason)));
    }
    html += "</table>\n";
  }
  return formats::html_page("Matside dataset", "rect{fill:#2b7a78}", html);
}

}  // namespace matside::batch
