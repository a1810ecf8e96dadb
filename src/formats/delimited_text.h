// Text in rows and fields, as other programs write tables; errors name line and column.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace matside::formats {

/// What a table says may stand on several lines, an error on one: control characters become
/// question marks.
std::string without_control_characters(std::string text);

/// One line of a table.
class TableRow {
 public:
  /// @param table what to call it in errors; outlives the row
  TableRow(const std::string& table, std::size_t line) : table_(&table), line_(line) {}

  [[nodiscard]] const std::vector<std::string>& fields() const { return fields_; }
  [[nodiscard]] std::vector<std::string>& fields() { return fields_; }
  [[nodiscard]] std::size_t line() const { return line_; }
  /// The field without spaces around it, or nothing beyond the last.
  [[nodiscard]] std::string_view at(std::size_t column) const;

  /// The number in a field; nothing where the field is empty or says that there is none (NaN,
  /// NA, null).
  /// @returns ErrorKind::input naming line, column and `what` the column holds: text, infinity,
  ///   a comma in place of the point
  [[nodiscard]] base::Result<std::optional<double>> number(std::size_t column,
                                                           std::string_view what) const;
  /// ErrorKind::input with the line.
  [[nodiscard]] base::Error error(const std::string& what) const;
  /// ... and the column, counted from 1.
  [[nodiscard]] base::Error error(std::size_t column, const std::string& what) const;

 private:
  const std::string* table_;
  std::size_t line_;
  std::vector<std::string> fields_;
};

/// Gives each line that is not blank to `on_row`, in order; an error from there ends it. Lines
/// end in LF or CRLF; fields may stand in double quotes.
/// @param name of the table, for errors
base::Result<void> read_rows(std::string_view text, char delimiter, const std::string& name,
                             const std::function<base::Result<void>(const TableRow&)>& on_row);

/// Comma, semicolon or tab: whichever the first line has most of.
char delimiter_of(std::string_view text);

/// Without letters' case, spaces, and the marks between words: "Left Knee" and "left_knee" are
/// one.
std::string normalised_name(std::string_view name);

}  // namespace matside::formats
