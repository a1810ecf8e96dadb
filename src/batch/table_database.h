// The tables of a dataset as one SQLite file.
#pragma once

#include <filesystem>
#include <memory>

#include "batch/tables.h"
#include "core/base/result.h"

namespace matside::batch {

/// Writes the tables into a new database, in one transaction. The same rows in the same order
/// give the same file. One thread at a time.
class TableDatabase {
 public:
  /// @param file  an empty file
  /// @returns ErrorKind::output if it can't be written
  static base::Result<TableDatabase> create(const std::filesystem::path& file);

  TableDatabase(TableDatabase&&) noexcept;
  TableDatabase& operator=(TableDatabase&&) = delete;
  ~TableDatabase();

  /// Adds a row. Fails likewise.
  base::Result<void> add(const Table& table, const Row& row);
  /// Ends the transaction and closes the file. Fails likewise.
  base::Result<void> finish();

 private:
  class Impl;
  explicit TableDatabase(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace matside::batch
