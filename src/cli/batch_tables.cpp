#include "cli/batch_tables.h"

#include <array>
#include <map>
#include <system_error>
#include <utility>

#include "batch/overview.h"
#include "batch/result_key.h"
#include "batch/table_database.h"
#include "cli/output_file.h"
#include "core/base/printable_text.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using base::Result;
using batch::Row;
using batch::Table;

constexpr const char* kUnfinishedDatabase = ".matside-dataset.sqlite";

/// One CSV file for each table, the database, and the page.
class TableFiles {
 public:
  static Result<TableFiles> open(const fs::path& folder);

  Result<void> add(const batch::RecordingRows& rows);
  Result<void> add(const batch::Failure& failure);
  Result<TableCounts> finish();

 private:
  TableFiles(fs::path folder, batch::TableDatabase database)
      : folder_(std::move(folder)), database_(std::move(database)) {}
  Result<void> add_row(const Table& table, const Row& row);
  Result<void> add_rows(const Table& table, const std::vector<Row>& rows);

  fs::path folder_;
  batch::TableDatabase database_;
  std::map<std::string, OutputFile> csv_;
  batch::Overview overview_;
  TableCounts counts_;
};

Result<OutputFile> replacing(const fs::path& path) {
  return OutputFile::open(path, {.forced = true});
}

Result<TableFiles> TableFiles::open(const fs::path& folder) {
  // SQLite opens files that exist.
  auto empty = replacing(folder / kUnfinishedDatabase);
  if (!empty) return empty.error();
  if (auto made = empty.value().commit(); !made) return made.error();
  auto database = batch::TableDatabase::create(folder / kUnfinishedDatabase);
  if (!database) return database.error();
  TableFiles files(folder, std::move(database).value());
  for (const Table* table :
       {&batch::practices_table(), &batch::repetitions_table(), &batch::faults_table(),
        &batch::readings_table(), &batch::knee_angles_table(), &batch::failures_table()}) {
    auto file = replacing(folder / (table->name + ".csv"));
    if (!file) return file.error();
    if (auto written = file.value().write(batch::csv_header(*table)); !written) {
      return written.error();
    }
    files.csv_.emplace(table->name, std::move(file).value());
  }
  return files;
}

Result<void> TableFiles::add_row(const Table& table, const Row& row) {
  if (auto written = csv_.at(table.name).write(batch::csv_row(row)); !written) return written;
  return database_.add(table, row);
}

Result<void> TableFiles::add_rows(const Table& table, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    if (auto added = add_row(table, row); !added) return added;
  }
  return {};
}

Result<void> TableFiles::add(const batch::RecordingRows& rows) {
  ++counts_.practices;
  overview_.add(rows);
  if (auto added = add_row(batch::practices_table(), rows.practice); !added) return added;
  if (auto added = add_rows(batch::repetitions_table(), rows.repetitions); !added) return added;
  if (auto added = add_rows(batch::faults_table(), rows.faults); !added) return added;
  if (auto added = add_rows(batch::readings_table(), rows.readings); !added) return added;
  return add_rows(batch::knee_angles_table(), rows.knee_angles);
}

Result<void> TableFiles::add(const batch::Failure& failure) {
  ++counts_.failures;
  overview_.add(failure);
  return add_row(batch::failures_table(), batch::failure_row(failure));
}

Result<TableCounts> TableFiles::finish() {
  if (auto finished = database_.finish(); !finished) return finished.error();
  for (auto& [name, file] : csv_) {
    if (auto committed = file.commit(); !committed) return committed.error();
  }
  std::error_code why;
  fs::rename(folder_ / kUnfinishedDatabase, folder_ / "dataset.sqlite", why);
  if (why) {
    return Error{ErrorKind::output, (folder_ / "dataset.sqlite").string() +
                                        ": cannot be written: " + why.message()};
  }
  auto page = replacing(folder_ / "index.html");
  if (!page) return page.error();
  if (auto written = page.value().write(overview_.html()); !written) return written.error();
  if (auto committed = page.value().commit(); !committed) return committed.error();
  return counts_;
}

/// Adds one recording to the tables. @param known  practices so far, with their paths
Result<void> add_recording(const BatchFolder& folder, const batch::ListedRecording& listed,
                           const BatchOutcome& outcome, std::map<std::string, fs::path>& known,
                           TableFiles& files) {
  const auto failed = [&](const std::string& kind, const std::string& reason) {
    return files.add(batch::Failure{listed.path, listed.person, kind, reason});
  };
  if (outcome.key.empty()) return failed(outcome.kind, outcome.reason);
  auto saved = folder.read(outcome.key);
  if (!saved) {
    return Error{ErrorKind::output, (folder.path() / "results" / outcome.key).string() +
                                        ": has disappeared; run the same command again"};
  }
  if (!saved->failure_kind.empty()) return failed(saved->failure_kind, saved->reason);
  const std::string practice = batch::practice_id(outcome.key, listed.person);
  const auto [first, is_new] = known.emplace(practice, listed.path);
  if (!is_new) {
    return failed("duplicate", "is the same recording as " + first->second.string());
  }
  const auto rows = batch::rows_of({listed, practice, folder.report_of(outcome.key),
                                    std::move(saved->analysis), std::move(saved->knee_angles)});
  if (!rows) return rows.error();
  return files.add(rows.value());
}

}  // namespace

base::Result<TableCounts> write_tables(const BatchFolder& folder,
                                       const std::vector<batch::ListedRecording>& recordings,
                                       const std::vector<BatchOutcome>& outcomes) {
  auto opened = TableFiles::open(folder.path());
  if (!opened) return opened.error();
  TableFiles files = std::move(opened).value();
  std::map<std::string, fs::path> known;
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    auto added = add_recording(folder, recordings[i], outcomes[i], known, files);
    if (!added) return added.error();
  }
  return files.finish();
}

}  // namespace matside::cli
