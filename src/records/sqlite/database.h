// SQLite with its results as errors of ours: a connection, statements, a transaction. One
// thread at a time.
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

/// One run of one statement: bound in order, then stepped through.
class Statement {
 public:
  Statement& with(std::int64_t value);
  Statement& with(int value) { return with(static_cast<std::int64_t>(value)); }
  Statement& with(double value);
  Statement& with(std::string_view text);
  Statement& with_bytes(std::string_view bytes);
  template <class T>
  Statement& with(const std::optional<T>& value) {
    return value ? with(*value) : with_nothing();
  }
  Statement& with_nothing();

  /// @returns whether there is a row to read
  base::Result<bool> next();
  /// To its end, for a statement without rows.
  base::Result<void> run();

  /// Columns of the row, from 0, read in their order.
  std::int64_t integer();
  double real();
  std::string text();
  std::string bytes();
  std::optional<std::int64_t> maybe_integer();
  std::optional<double> maybe_real();
  std::optional<std::string> maybe_text();

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  const class Database* database_ = nullptr;
  int failed_ = 0;  ///< what preparing or binding said
  int bound_ = 0;
  int column_ = 0;
};

class Database {
 public:
  /// Opens the file, or makes it with its folder, and brings it up to the version of this
  /// program; what was there is copied beside it first, as FILE.before-version-N.
  /// @returns ErrorKind::input when it is no database of Matside's, damaged, or of a newer
  ///   version, ErrorKind::output when it can't be written.
  static base::Result<Database> open(const std::string& file);

  /// Only looks: whether it is a sound database of Matside's that this program can read.
  static base::Result<void> check(const std::string& file);

  [[nodiscard]] Statement prepare(std::string_view sql) const;
  [[nodiscard]] base::Result<void> execute(const char* sql) const;
  [[nodiscard]] std::int64_t last_id() const;
  [[nodiscard]] bool changed() const;  ///< whether the last statement changed a row
  [[nodiscard]] base::Result<void> copy_to(const std::string& file) const;
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

/// All that is done until `commit` or nothing of it.
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
