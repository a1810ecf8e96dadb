#include "records/sqlite/database.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "generated/migrations.h"

namespace matside::records::sqlite {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

// "mats" in ASCII.
constexpr int kApplicationId = 0x6d617473;
constexpr int kSchemaVersion = static_cast<int>(kMigrations.size());
constexpr int kBusyTimeout_ms = 5000;

Error no_folder(const fs::path& folder, const std::error_code& why) {
  return {ErrorKind::output, folder.string() + ": the folder can't be created (" +
                                 why.message() + "); name another with --data DIR"};
}

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
std::optional<std::int64_t> Statement::optional_integer() {
  const bool null = sqlite3_column_type(statement_.get(), column_) == SQLITE_NULL;
  const std::int64_t value = integer();
  return null ? std::nullopt : std::optional(value);
}
std::optional<double> Statement::optional_real() {
  const bool null = sqlite3_column_type(statement_.get(), column_) == SQLITE_NULL;
  const double value = real();
  return null ? std::nullopt : std::optional(value);
}
std::optional<std::string> Statement::optional_text() {
  const bool null = sqlite3_column_type(statement_.get(), column_) == SQLITE_NULL;
  std::string value = text();
  if (null) return std::nullopt;
  return value;
}

base::Error Database::error(int code) const {
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return {ErrorKind::output, file_ + ": the disk is full; what was saved before is safe"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorKind::input,
              file_ +
                  ": the database is damaged and was not changed; move it away, then "
                  "restore a backup with matside restore FILE"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::output,
              file_ + ": another program is using the database; try again later"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH:
      return {ErrorKind::output, file_ +
                                     ": can't be written; check its permissions, or name "
                                     "another folder with --data DIR"};
    default:
      break;
  }
  const std::string said =
      connection_ ? sqlite3_errmsg(connection_.get()) : sqlite3_errstr(code);
  return {ErrorKind::output, file_ + ": " + said};
}

base::Result<Database> Database::connect(const std::string& file, int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(file, std::unique_ptr<sqlite3, Close>(raw));
  if (code != SQLITE_OK) return database.error(code);
  sqlite3_busy_timeout(raw, kBusyTimeout_ms);
  sqlite3_extended_result_codes(raw, 1);
  return database;
}

base::Result<int> Database::version() const {
  const auto number = [this](const char* sql) -> base::Result<int> {
    Statement statement = prepare(sql);
    const auto row = statement.next();
    if (!row) return row.error();
    return static_cast<int>(statement.integer());
  };
  const auto application = number("PRAGMA application_id");
  if (!application) return application.error();
  const auto tables = number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables.error();
  const auto version = number("PRAGMA user_version");
  if (!version) return version.error();
  const bool empty = tables.value() == 0 && application.value() == 0;
  if (!empty && application.value() != kApplicationId) {
    return Error{ErrorKind::input, file_ + ": this is not a Matside database"};
  }
  if (version.value() > kSchemaVersion) {
    return Error{ErrorKind::input,
                 file_ + ": a newer version of Matside wrote this (records version " +
                     std::to_string(version.value()) + "; this program knows version " +
                     std::to_string(kSchemaVersion) +
                     "). Use the newer program. Nothing was changed"};
  }
  return version;
}

base::Result<void> Database::migrate() const {
  const auto from = version();
  if (!from) return from.error();
  if (from.value() == kSchemaVersion) return {};
  if (from.value() > 0) {
    const std::string copy = file_ + ".before-version-" + std::to_string(kSchemaVersion);
    std::error_code missing;
    if (!fs::exists(copy, missing)) {
      if (auto copied = copy_to(copy); !copied) return copied;
    }
  }
  Transaction transaction(*this);
  if (!transaction.began()) return transaction.began();
  // Another program may have migrated it meanwhile.
  const auto now = version();
  if (!now) return now.error();
  for (int done = now.value(); done < kSchemaVersion; ++done) {
    auto migrated = execute(kMigrations[static_cast<std::size_t>(done)]);
    if (!migrated) return migrated;
  }
  const std::string mark = "PRAGMA application_id = " + std::to_string(kApplicationId) +
                           "; PRAGMA user_version = " + std::to_string(kSchemaVersion);
  if (auto marked = execute(mark.c_str()); !marked) return marked;
  return transaction.commit();
}

base::Result<Database> Database::open(const std::string& file) {
  const fs::path folder = fs::path(file).parent_path();
  std::error_code why;
  if (!folder.empty() && fs::create_directories(folder, why)) {
    fs::permissions(folder, fs::perms::owner_all, why);
  }
  if (why) return no_folder(folder, why);
  const bool there = fs::exists(file, why);
  auto database = connect(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!database) return database;
  if (!there) chmod(file.c_str(), S_IRUSR | S_IWUSR);
  const Database& opened = database.value();
  // Check first: another program's file must not even be put into WAL mode.
  if (const auto known = opened.version(); !known) return known.error();
  const auto set = opened.execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
      "PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF");
  if (!set) return set.error();
  if (const auto migrated = opened.migrate(); !migrated) return migrated.error();
  return database;
}

base::Result<void> Database::check(const std::string& file) {
  std::error_code missing;
  if (!fs::exists(file, missing))
    return Error{ErrorKind::input, file + ": this file does not exist"};
  const auto database = connect(file, SQLITE_OPEN_READONLY);
  if (!database) return database.error();
  const auto version = database.value().version();
  if (!version) return version.error();
  if (version.value() == 0) {
    return Error{ErrorKind::input, file + ": this is not a Matside database"};
  }
  Statement check = database.value().prepare("PRAGMA integrity_check(1)");
  const auto row = check.next();
  if (!row) return row.error();
  if (check.text() != "ok") return database.value().error(SQLITE_CORRUPT);
  return {};
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

base::Result<void> Database::execute(const char* sql) const {
  const int code = sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error(code);
  return {};
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(connection_.get()); }
bool Database::changed() const { return sqlite3_changes(connection_.get()) > 0; }

base::Result<void> Database::copy_to(const std::string& file) const {
  std::error_code unknown;
  if (fs::exists(file, unknown)) {
    return Error{ErrorKind::output, file + ": already exists; choose another file"};
  }
  const std::string unfinished = file + ".unfinished";
  fs::remove(unfinished, unknown);
  auto copied = [&]() -> base::Result<void> {
    const auto copy = connect(unfinished, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!copy) return copy.error();
    chmod(unfinished.c_str(), S_IRUSR | S_IWUSR);
    sqlite3* const to = copy.value().connection_.get();
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", connection_.get(), "main");
    if (backup == nullptr) return copy.value().error(sqlite3_errcode(to));
    const int stepped = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (stepped != SQLITE_DONE) return copy.value().error(stepped);
    if (finished != SQLITE_OK) return copy.value().error(finished);
    return copy.value().execute("PRAGMA journal_mode = DELETE");
  }();
  if (copied) {
    fs::rename(unfinished, file, unknown);
    if (unknown) copied = Error{ErrorKind::output, file + ": " + unknown.message()};
  }
  if (!copied) fs::remove(unfinished, unknown);
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
