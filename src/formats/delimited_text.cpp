#include "formats/delimited_text.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>

#include "core/base/decimal_text.h"
#include "core/base/printable_text.h"

namespace matside::formats {
namespace {

constexpr std::size_t kShownCharacters = 40;

bool is_space(char c) { return c == ' ' || c == '\t'; }

bool is_missing_value(std::string_view field) {
  constexpr std::array<std::string_view, 4> kNone{"nan", "na", "null", "none"};
  std::string lower(field);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return lower.empty() || std::ranges::find(kNone, lower) != kNone.end();
}

std::string shown(std::string_view field) {
  return fmt::format("\"{}\"", field.substr(0, kShownCharacters));
}

/// The callbacks of libcsv.
struct Reading {
  const std::string& name;
  const std::function<base::Result<void>(const TableRow&)>& on_row;
  TableRow row{name, 1};
  std::size_t line = 1;
  std::optional<base::Error> error;

  void end_row() {
    const auto& fields = row.fields();
    const bool blank = std::ranges::all_of(
        fields, [](const std::string& f) { return std::ranges::all_of(f, is_space); });
    if (!blank && !error) {
      if (auto taken = on_row(row); !taken) error = taken.error();
    }
    row = TableRow(name, line);
  }
};

void take_field(void* bytes, std::size_t size, void* reading) {
  auto& r = *static_cast<Reading*>(reading);
  if (!r.error) r.row.fields().emplace_back(static_cast<const char*>(bytes), size);
}

void take_end(int character, void* reading) {
  auto& r = *static_cast<Reading*>(reading);
  if (character == '\n') ++r.line;
  r.end_row();
}

// Keep tabs and spaces in fields; libcsv would remove them.
int never_space(unsigned char /*c*/) { return 0; }

struct FreeParser {
  void operator()(csv_parser* parser) const {
    csv_free(parser);
    delete parser;
  }
};

}  // namespace

std::string_view TableRow::at(std::size_t column) const {
  if (column >= fields_.size()) return {};
  std::string_view field = fields_[column];
  while (!field.empty() && is_space(field.front())) field.remove_prefix(1);
  while (!field.empty() && is_space(field.back())) field.remove_suffix(1);
  return field;
}

base::Error TableRow::error(const std::string& what) const {
  return {base::ErrorKind::input,
          base::printable_line(fmt::format("{}: line {}: {}", *table_, line_, what))};
}

base::Error TableRow::error(std::size_t column, const std::string& what) const {
  return {base::ErrorKind::input,
          base::printable_line(
              fmt::format("{}: line {}, column {}: {}", *table_, line_, column + 1, what))};
}

base::Result<std::optional<double>> TableRow::number(std::size_t column,
                                                     std::string_view what) const {
  std::string_view field = at(column);
  if (is_missing_value(field)) return std::optional<double>();
  if (field.starts_with('+')) field.remove_prefix(1);
  if (const auto value = base::decimal_in(field)) return value;
  const char* const hint =
      field.find(',') != std::string_view::npos ? "; decimals need a point, not a comma" : "";
  return error(column, fmt::format("{}: {} is not a number{}", what, shown(field), hint));
}

base::Result<void> read_rows(std::string_view text, char delimiter, const std::string& name,
                             const std::function<base::Result<void>(const TableRow&)>& on_row) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::unique_ptr<csv_parser, FreeParser> parser(new csv_parser());
  (void)csv_init(parser.get(), CSV_REPALL_NL);
  csv_set_delim(parser.get(), static_cast<unsigned char>(delimiter));
  csv_set_space_func(parser.get(), never_space);
  Reading reading{.name = name, .on_row = on_row, .error = {}};
  constexpr std::size_t kPiece = 1 << 16;
  while (!text.empty() && !reading.error) {
    const std::string_view piece = text.substr(0, kPiece);
    if (csv_parse(parser.get(), piece.data(), piece.size(), take_field, take_end, &reading) !=
        piece.size()) {
      return reading.row.error(csv_strerror(csv_error(parser.get())));
    }
    text.remove_prefix(piece.size());
  }
  if (!reading.error) {
    csv_fini(parser.get(), take_field, nullptr, &reading);
    reading.end_row();
  }
  if (reading.error) return *reading.error;
  return {};
}

char delimiter_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  constexpr std::array kDelimiters{',', ';', '\t'};
  return *std::ranges::max_element(
      kDelimiters, {}, [&](char delimiter) { return std::ranges::count(line, delimiter); });
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string normalised_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalnum(letter) != 0) plain += static_cast<char>(std::tolower(letter));
  }
  return plain;
}

}  // namespace matside::formats
