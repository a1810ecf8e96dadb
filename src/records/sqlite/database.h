// A thin wrapper of SQLite: connection, statements, transactions, and errors as base::Error.
// One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace matside::records::sqlite {

/// One run of one SQL statement: bind all parameters in order, then step through the rows. An
/// error of preparing or binding is reported by the first next() or run().
class Statement {
 public:
  Statement& bind(std::int64_t value);
  Statement& bind(int value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(double value);
  Statement& bind(std::string_view text);
  Statement& bind_blob(std::string_view bytes);
  template <class T>
  Statement& bind(const std::optional<T>& value) {
    return value ? bind(*value) : bind_null();
  }
  Statement& bind_null();

  /// Steps to the next row. @returns whether there is one
  base::Result<bool> next();
  /// Runs a statement that returns no rows.
  base::Result<void> run();

  // Each call reads the next column of the row. Read them in order.
  std::int64_t integer();
  double real();
  std::string text();
  std::string bytes();
  std::optional<std::int64_t> optional_integer();
  std::optional<double> optional_real();
  std::optional<std::string> optional_text();

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  const class Database* database_ = nullptr;
  int failed_ = 0;  ///< SQLite's code of a failed preparation or binding.
  int bound_ = 0;
  int column_ = 0;
};

class Database {
 public:
  /// Opens the file; creates it, with its folder, if it does not exist. An older version is
  /// migrated, after a backup as FILE.before-version-N.
  /// @returns ErrorKind::input if it isn't a Matside database, is damaged, or is of a newer
  ///   version; ErrorKind::output if it can't be written
  static base::Result<Database> open(const std::string& file);

  /// Checks, without changing it, that this program can read the file.
  /// @returns ErrorKind::input if it isn't an undamaged Matside database, or does not exist
  static base::Result<void> check(const std::string& file);

  [[nodiscard]] Statement prepare(std::string_view sql) const;
  /// Runs one or more statements without parameters.
  [[nodiscard]] base::Result<void> execute(const char* sql) const;
  /// @returns the id of the row that was inserted last
  [[nodiscard]] std::int64_t last_id() const;
  /// @returns whether the last statement changed a row
  [[nodiscard]] bool changed() const;
  /// Writes a consistent copy. @returns ErrorKind::output if the file exists
  [[nodiscard]] base::Result<void> copy_to(const std::string& file) const;
  /// @returns the error, in words, for a result code of SQLite
  [[nodiscard]] base::Error error(int code) const;

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  Database(std::string file, std::unique_ptr<sqlite3, Close> connection)
      : file_(std::move(file)), connection_(std::move(connection)) {}
  static base::Result<Database> connect(const std::string& file, int flags);
  [[nodiscard]] base::Result<int> version() const;
  [[nodiscard]] base::Result<void> migrate() const;

  std::string file_;
  std::unique_ptr<sqlite3, Close> connection_;
};

/// A transaction from construction to commit(). Without a commit, everything is undone.
class Transaction {
 public:
  explicit Transaction(const Database& database)
      : database_(&database), began_(database.execute("BEGIN IMMEDIATE")) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  [[nodiscard]] const base::Result<void>& began() const { return began_; }
  base::Result<void> commit();

 private:
  const Database* database_;
  base::Result<void> began_;
  bool done_ = false;
};

}  // namespace matside::records::sqlite
