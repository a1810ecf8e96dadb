// The tables of a dataset: their columns, and the rows that one analysed recording adds.
// docs/batch.md describes them for users; names, order and units are stable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "batch/recording_list.h"
#include "core/base/result.h"

namespace matside::batch {

enum class ColumnType : std::uint8_t { text, integer, real };

struct Column {
  std::string name;
  ColumnType type = ColumnType::text;
};

struct Table {
  std::string name;  ///< Of the CSV file without .csv, and in SQLite.
  std::vector<Column> columns;
};

/// The value of one cell; std::monostate where it wasn't measured or isn't known.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double>;
using Row = std::vector<Cell>;

const Table& practices_table();
const Table& repetitions_table();
const Table& faults_table();
const Table& readings_table();
const Table& knee_angles_table();
const Table& failures_table();

/// What is known of one analysed recording.
struct AnalysedRecording {
  ListedRecording listed;
  std::string practice;     ///< practice_id()
  std::string report;       ///< Path of its page within the dataset; empty: none.
  std::string analysis;     ///< Its result file, matside.analysis/1.
  std::string knee_angles;  ///< knee_angles_text() of its frames.
};

/// The rows that one recording adds to each table.
struct RecordingRows {
  Row practice;
  std::vector<Row> repetitions;
  std::vector<Row> faults;
  std::vector<Row> readings;
  std::vector<Row> knee_angles;
};

/// @returns ErrorKind::input if the result file or the angles are damaged
base::Result<RecordingRows> rows_of(const AnalysedRecording& recording);

/// Why a recording is in no other table.
struct Failure {
  std::filesystem::path path;
  std::string person;
  std::string kind;  ///< input, usage, model, output, duplicate or crash
  std::string reason;
};
Row failure_row(const Failure& failure);

/// The header of a table as CSV. @source RFC 4180, with LF line ends
std::string csv_header(const Table& table);
/// A row as CSV: absent cells are empty, numbers have the fewest digits that restore them.
std::string csv_row(const Row& row);

}  // namespace matside::batch
