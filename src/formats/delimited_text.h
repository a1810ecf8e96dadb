// Tables as text: rows of fields. Errors name the line and column.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace matside::formats {

/// U+FEFF in UTF-8, with which some programs begin a text file.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// One line of a table.
class TableRow {
 public:
  /// @param table  name for errors; must outlive the row
  /// @param line  from 1
  TableRow(const std::string& table, std::size_t line) : table_(&table), line_(line) {}

  [[nodiscard]] const std::vector<std::string>& fields() const { return fields_; }
  [[nodiscard]] std::vector<std::string>& fields() { return fields_; }
  [[nodiscard]] std::size_t line() const { return line_; }
  /// @returns the field without spaces around it; empty beyond the last field
  [[nodiscard]] std::string_view at(std::size_t column) const;

  /// @param what  the column's content, for errors
  /// @returns the number in a field; none if it is empty or a mark such as NaN, NA or null;
  ///   ErrorKind::input for text, infinity or a decimal comma
  [[nodiscard]] base::Result<std::optional<double>> number(std::size_t column,
                                                           std::string_view what) const;
  /// ErrorKind::input with table and line; what can't be shown is escaped.
  [[nodiscard]] base::Error error(const std::string& what) const;
  /// ErrorKind::input with table, line and column. @param column  from 0; shown from 1
  [[nodiscard]] base::Error error(std::size_t column, const std::string& what) const;

 private:
  const std::string* table_;
  std::size_t line_;
  std::vector<std::string> fields_;
};

/// Calls `on_row` for each line that is not blank, until it returns an error. Lines end in LF
/// or CRLF; fields may be in double quotes.
/// @param name  of the table, for errors
/// @returns the error of `on_row`; ErrorKind::input for text that isn't a table
base::Result<void> read_rows(std::string_view text, char delimiter, const std::string& name,
                             const std::function<base::Result<void>(const TableRow&)>& on_row);

/// @returns the comma, semicolon or tab: whichever is most frequent in the first line
char delimiter_of(std::string_view text);

/// A field of a table with commas, in quotes where it needs them. @source RFC 4180
std::string csv_field(std::string_view text);

/// A name in lower case without spaces and marks, so that "Left Knee" equals "left_knee".
std::string normalised_name(std::string_view name);

}  // namespace matside::formats
