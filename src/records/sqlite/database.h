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
  /// Whether the next column has no value.
  [[nodiscard]] bool next_is_null() const;
  /// Leaves out the next column.
  void skip() { ++column_; }
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

/// How a database file is opened.
enum class Access {
  read,       ///< Nothing is changed, not even on a read-only disk.
  write,      ///< Other programs may use it at the same time.
  exclusive,  ///< Refused while another program has it open; needs no room on the disk.
};

class Database {
 public:
  /// Connects to a file that exists. Its triggers and views never run.
  /// @param name  of the file, for errors
  /// @returns ErrorKind::output if it can't be opened
  static base::Result<Database> connect(const std::string& file, Access access,
                                        const std::string& name);
  /// A new, empty database that is never written to a file.
  static base::Result<Database> in_memory();

  [[nodiscard]] Statement prepare(std::string_view sql) const;
  /// Runs one or more statements without parameters.
  [[nodiscard]] base::Result<void> execute(const std::string& sql) const;
  /// @returns the first column of the first row of a query
  [[nodiscard]] base::Result<std::int64_t> integer(std::string_view sql) const;
  /// @returns the id of the row that was inserted last
  [[nodiscard]] std::int64_t last_id() const;
  /// @returns whether the last statement changed a row
  [[nodiscard]] bool changed() const;
  /// @returns whether a transaction has begun
  [[nodiscard]] bool in_transaction() const;
  /// @returns whether the last call failed because the disk is full
  [[nodiscard]] bool disk_is_full() const;
  /// Puts the database into write-ahead mode. Waits while others use it, as every call does.
  [[nodiscard]] base::Result<void> use_log() const;
  /// Replaces everything in another database with this one's content, in one transaction.
  [[nodiscard]] base::Result<void> copy_into(const Database& target) const;
  /// Writes a consistent copy. @returns ErrorKind::output if the file exists
  [[nodiscard]] base::Result<void> copy_to(const std::string& file) const;
  /// Moves the write-ahead log into the database and empties it.
  /// @returns false while another program reads an older state
  [[nodiscard]] base::Result<bool> empty_log() const;
  /// @returns the error, in words, for a result code of SQLite
  [[nodiscard]] base::Error error(int code) const;
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  Database(std::string file, std::unique_ptr<sqlite3, Close> connection)
      : file_(std::move(file)), connection_(std::move(connection)) {}
  static base::Result<Database> open(const std::string& name, const std::string& uri,
                                     int flags);

  std::string file_;  ///< As errors name it.
  std::unique_ptr<sqlite3, Close> connection_;
};

enum class Locking { read, write };

/// A transaction from construction to commit(). Without a commit, everything is undone.
class Transaction {
 public:
  explicit Transaction(const Database& database, Locking locking = Locking::write)
      : database_(&database),
        began_(database.execute(locking == Locking::read ? "BEGIN" : "BEGIN IMMEDIATE")) {}
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
