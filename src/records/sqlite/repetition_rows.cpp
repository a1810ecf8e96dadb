#include "records/sqlite/repetition_rows.h"

#include <cstdint>
#include <string>
#include <utility>

#include "records/sqlite/rows.h"

namespace matside::records::sqlite {
namespace {

using base::Result;

/// Numbers the parts of a repetition from 1.
template <class Part>
Result<void> insert_parts(const Database& database, const std::string& into, Id result,
                          int index, const std::vector<Part>& parts) {
  Result<void> inserted;
  for (std::size_t i = 0; inserted && i < parts.size(); ++i) {
    Statement row = database.prepare("INSERT INTO " + into);
    row.bind(result).bind(index).bind(static_cast<std::int64_t>(i + 1));
    bind(row, parts[i]);
    inserted = row.run();
  }
  return inserted;
}

Result<void> insert_repetition(const Database& database, Id result, const SavedRepetition& r) {
  Statement row = database.prepare(
      "INSERT INTO repetition (result_id, \"index\", side, corrected_side, status, start_s,"
      " end_s, knee_flexion_deg, lowering_s, transit_70_20_s, hip_rise_thigh_lengths,"
      " thigh_lift_deg) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  row.bind(result);
  bind(row, r);
  auto done = row.run();
  if (!done) return done;
  done = insert_parts(database, "peak VALUES (?, ?, ?, ?, ?, ?, ?)", result, r.index, r.peaks);
  if (!done) return done;
  done =
      insert_parts(database, "reading VALUES (?, ?, ?, ?, ?, ?)", result, r.index, r.readings);
  if (!done) return done;
  return insert_parts(database, "fault VALUES (?, ?, ?, ?, ?, ?, ?)", result, r.index,
                      r.faults);
}

/// @param rows  with its parameters
template <class T>
Result<std::vector<T>> read_all(Statement& rows, T (*read)(Statement&)) {
  std::vector<T> found;
  for (;;) {
    const auto row = rows.next();
    if (!row) return row.error();
    if (!row.value()) return found;
    found.push_back(read(rows));
  }
}

/// Reads what insert_parts() inserted.
/// @param number  the column that orders them
template <class Part>
Result<void> read_parts(const Database& database, const std::string& columns_from,
                        const std::string& number, Id result, int index,
                        Part (*read)(Statement&), std::vector<Part>& parts) {
  Statement rows = database.prepare(
      "SELECT " + columns_from + " WHERE result_id = ? AND \"index\" = ? ORDER BY " + number);
  rows.bind(result).bind(index);
  auto found = read_all(rows, read);
  if (!found) return found.error();
  parts = std::move(found).value();
  return {};
}

Result<void> read_all_parts(const Database& database, Id result, SavedRepetition& r) {
  auto done = read_parts(database, "time_s, value, unit, leg FROM peak", "number", result,
                         r.index, read_peak, r.peaks);
  if (!done) return done;
  done = read_parts(database, "id, value, unit FROM reading", "number", result, r.index,
                    read_reading, r.readings);
  if (!done) return done;
  return read_parts(database, "id, value, threshold, unit FROM fault", "rank", result, r.index,
                    read_fault, r.faults);
}

}  // namespace

Result<void> insert_repetitions(const Database& database, Id result,
                                const std::vector<SavedRepetition>& repetitions) {
  for (const SavedRepetition& each : repetitions) {
    if (auto inserted = insert_repetition(database, result, each); !inserted) return inserted;
  }
  return {};
}

Result<std::vector<SavedRepetition>> repetitions_of(const Database& database, Id result) {
  Statement rows = database.prepare(
      "SELECT \"index\", side, corrected_side, status, start_s, end_s, knee_flexion_deg,"
      " lowering_s, transit_70_20_s, hip_rise_thigh_lengths, thigh_lift_deg FROM repetition"
      " WHERE result_id = ? ORDER BY \"index\"");
  rows.bind(result);
  auto found = read_all(rows, read_repetition);
  if (!found) return found;
  for (SavedRepetition& each : found.value()) {
    if (auto read = read_all_parts(database, result, each); !read) return read.error();
  }
  return found;
}

}  // namespace matside::records::sqlite
