#include "records/sqlite/database.h"

#include <sqlite3.h>

#include <utility>

#include "core/base/printable_text.h"
#include "records/limits.h"
#include "records/sqlite/durable_file.h"

namespace matside::records::sqlite {
namespace {

using base::Error;
using base::ErrorKind;

constexpr int kBusyTimeout_ms = 5000;
constexpr int kReaderTimeout_ms = 500;

/// The file as a URI of SQLite.
std::string uri_of(const std::string& file, const char* parameters) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string uri = "file://";
  for (const char c : absolute_name(file)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = c != '%' && c != '?' && c != '#' && byte > 0x20 && byte < 0x7F;
    if (plain) {
      uri += c;
    } else {
      uri += {'%', kDigits[byte >> 4U], kDigits[byte & 0xFU]};
    }
  }
  return uri + parameters;
}

/// Whether there is a write-ahead log with something in it.
bool has_log(const std::string& file) { return size_of(file + "-wal") > 0; }

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}
void Database::Close::operator()(sqlite3* connection) const { sqlite3_close(connection); }

Statement& Statement::bind(std::int64_t value) {
  if (failed_ == SQLITE_OK) failed_ = sqlite3_bind_int64(statement_.get(), ++bound_, value);
  return *this;
}
Statement& Statement::bind(double value) {
  if (failed_ == SQLITE_OK) failed_ = sqlite3_bind_double(statement_.get(), ++bound_, value);
  return *this;
}
Statement& Statement::bind(std::string_view text) {
  if (failed_ != SQLITE_OK) return *this;
  failed_ = sqlite3_bind_text64(statement_.get(), ++bound_, text.data(), text.size(),
                                SQLITE_TRANSIENT, SQLITE_UTF8);  // NOLINT
  return *this;
}
Statement& Statement::bind_blob(std::string_view bytes) {
  if (failed_ != SQLITE_OK) return *this;
  failed_ = sqlite3_bind_blob64(statement_.get(), ++bound_, bytes.data(), bytes.size(),
                                SQLITE_TRANSIENT);  // NOLINT
  return *this;
}
Statement& Statement::bind_null() {
  if (failed_ == SQLITE_OK) failed_ = sqlite3_bind_null(statement_.get(), ++bound_);
  return *this;
}

base::Result<bool> Statement::next() {
  column_ = 0;
  if (failed_ != SQLITE_OK) return database_->error(failed_);
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_->error(code);
}

base::Result<void> Statement::run() {
  const auto row = next();
  if (!row) return row.error();
  return {};
}

std::int64_t Statement::integer() { return sqlite3_column_int64(statement_.get(), column_++); }
double Statement::real() { return sqlite3_column_double(statement_.get(), column_++); }
std::string Statement::text() { return bytes(); }
std::string Statement::bytes() {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column_));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column_));
  ++column_;
  return data == nullptr ? std::string() : std::string(data, size);
}
bool Statement::next_is_null() const {
  return sqlite3_column_type(statement_.get(), column_) == SQLITE_NULL;
}
std::optional<std::int64_t> Statement::optional_integer() {
  const bool null = next_is_null();
  const std::int64_t value = integer();
  return null ? std::nullopt : std::optional(value);
}
std::optional<double> Statement::optional_real() {
  const bool null = next_is_null();
  const double value = real();
  return null ? std::nullopt : std::optional(value);
}
std::optional<std::string> Statement::optional_text() {
  const bool null = next_is_null();
  std::string value = text();
  if (null) return std::nullopt;
  return value;
}

base::Error Database::error(int code) const {
  const bool full = code == SQLITE_IOERR_SHMSIZE;
  switch (full ? SQLITE_FULL : code & 0xFF) {
    case SQLITE_FULL:
      return {ErrorKind::output, file_ + ": the disk is full; what was saved before is safe"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_TOOBIG:
      return {ErrorKind::input,
              file_ + ": the database is damaged and was not changed; " + kHowToRepair};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::output,
              file_ + ": another program is using the database; try again later"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH:
      return {ErrorKind::output, file_ + ": can't be written; " + kHowToWrite};
    case SQLITE_CONSTRAINT:
      return {ErrorKind::conflict,
              file_ + ": a value is outside its limits or already exists; nothing was changed"};
    default:
      break;
  }
  const std::string said =
      connection_ ? sqlite3_errmsg(connection_.get()) : sqlite3_errstr(code);
  return {ErrorKind::output, file_ + ": " + base::printable_line(said)};
}

base::Result<Database> Database::open(const std::string& name, const std::string& uri,
                                      int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(uri.c_str(), &raw,
                                   flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, nullptr);
  Database database(name, std::unique_ptr<sqlite3, Close>(raw));
  if (code != SQLITE_OK) return database.error(code);
  sqlite3_busy_timeout(raw, kBusyTimeout_ms);
  sqlite3_extended_result_codes(raw, 1);
  // A database may come from elsewhere: nothing that is stored in it runs.
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_limit(raw, SQLITE_LIMIT_LENGTH, static_cast<int>(kMaxBlob_bytes));
  return database;
}

base::Result<Database> Database::in_memory() {
  auto opened = open("memory", ":memory:", SQLITE_OPEN_READWRITE);
  if (!opened) return opened;
  if (auto set = opened.value().execute("PRAGMA foreign_keys = ON"); !set) return set.error();
  return opened;
}

base::Result<Database> Database::connect(const std::string& file, Access access,
                                         const std::string& name) {
  const bool read = access == Access::read;
  // SQLite can't share a log on a read-only disk, but needs none where there is no log.
  const bool unchanging = read && !is_writable(file) && !has_log(file);
  auto opened = open(name, uri_of(file, unchanging ? "?immutable=1" : ""),
                     read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
  if (!opened) return opened;
  const Database& database = opened.value();
  std::string settings =
      "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON";
  // A log that is shared needs shared memory.
  if (access == Access::exclusive || !are_files_shared()) {
    settings += "; PRAGMA locking_mode = EXCLUSIVE";
  }
  if (auto set = database.execute(settings); !set) return set.error();
  return opened;
}

Statement Database::prepare(std::string_view sql) const {
  Statement statement;
  statement.database_ = this;
  sqlite3_stmt* raw = nullptr;
  statement.failed_ = sqlite3_prepare_v2(connection_.get(), sql.data(),
                                         static_cast<int>(sql.size()), &raw, nullptr);
  statement.statement_.reset(raw);
  return statement;
}

base::Result<void> Database::execute(const std::string& sql) const {
  const int code = sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error(code);
  return {};
}

base::Result<std::int64_t> Database::integer(std::string_view sql) const {
  Statement statement = prepare(sql);
  const auto row = statement.next();
  if (!row) return row.error();
  return statement.integer();
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(connection_.get()); }
bool Database::changed() const { return sqlite3_changes(connection_.get()) > 0; }
bool Database::in_transaction() const { return sqlite3_get_autocommit(connection_.get()) == 0; }
bool Database::disk_is_full() const {
  const int code = sqlite3_extended_errcode(connection_.get());
  return code == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE;
}

// SQLite does not wait by itself here: the change upgrades a lock that it has already.
base::Result<void> Database::use_log() const {
  constexpr int kPause_ms = 20;
  for (int waited_ms = 0;; waited_ms += kPause_ms) {
    auto changed = execute("PRAGMA journal_mode = WAL");
    const bool busy = (sqlite3_errcode(connection_.get()) & 0xFF) == SQLITE_BUSY;
    if (changed || !busy || waited_ms >= kBusyTimeout_ms) return changed;
    sqlite3_sleep(kPause_ms);
  }
}

base::Result<bool> Database::empty_log() const {
  sqlite3_busy_timeout(connection_.get(), kReaderTimeout_ms);
  const int code = sqlite3_wal_checkpoint_v2(connection_.get(), nullptr,
                                             SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(connection_.get(), kBusyTimeout_ms);
  if (code == SQLITE_OK) return true;
  if ((code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED) return false;
  return error(code);
}

base::Result<void> Database::copy_into(const Database& target) const {
  sqlite3* const to = target.connection_.get();
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", connection_.get(), "main");
  if (backup == nullptr) return target.error(sqlite3_errcode(to));
  const int stepped = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (finished != SQLITE_OK) return target.error(finished);
  if (stepped != SQLITE_DONE) return target.error(stepped);
  return {};
}

base::Result<void> Database::copy_to(const std::string& file) const {
  if (is_name_taken(file)) {
    return Error{ErrorKind::output, file + ": already exists; choose another file"};
  }
  const std::string unfinished = file + ".unfinished";
  if (auto created = create_new_private_file(unfinished); !created) return created;
  auto copied = [&]() -> base::Result<void> {
    const auto copy = connect(unfinished, Access::write, file);
    if (!copy) return copy.error();
    if (auto filled = copy_into(copy.value()); !filled) return filled;
    return copy.value().execute("PRAGMA journal_mode = DELETE");
  }();
  if (copied) copied = rename_durably(unfinished, file);
  if (!copied) (void)remove_durably(unfinished);
  return copied;
}

Transaction::~Transaction() {
  if (!done_ && began_) (void)database_->execute("ROLLBACK");
}

base::Result<void> Transaction::commit() {
  auto committed = database_->execute("COMMIT");
  done_ = committed.ok();
  return committed;
}

}  // namespace matside::records::sqlite
