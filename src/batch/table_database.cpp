#include "batch/table_database.h"

#include <optional>
#include <string>
#include <utility>

#include "records/sqlite/database.h"

namespace matside::batch {
namespace {

using base::Result;
using records::sqlite::Database;
using records::sqlite::Statement;
using records::sqlite::Transaction;

std::string_view sql_type(ColumnType type) {
  switch (type) {
    case ColumnType::integer:
      return "INTEGER";
    case ColumnType::real:
      return "REAL";
    case ColumnType::text:
      break;
  }
  return "TEXT";
}

/// Names of tables and columns are our own words, without quotes.
std::string create_table(const Table& table) {
  std::string sql;
  for (const Column& column : table.columns) {
    sql += sql.empty() ? "" : ", ";
    sql += "\"" + column.name + "\" ";
    sql += sql_type(column.type);
  }
  return "CREATE TABLE \"" + table.name + "\" (" + sql + ") STRICT;";
}

std::string insert_into(const Table& table) {
  std::string marks;
  for (std::size_t i = 0; i < table.columns.size(); ++i) marks += i == 0 ? "?" : ", ?";
  return "INSERT INTO \"" + table.name + "\" VALUES (" + marks + ")";
}

void bind_cell(Statement& statement, const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    statement.bind(std::string_view(*text));
  } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
    statement.bind(*whole);
  } else if (const auto* real = std::get_if<double>(&cell)) {
    statement.bind(*real);
  } else {
    statement.bind_null();
  }
}

}  // namespace

class TableDatabase::Impl {
 public:
  explicit Impl(Database opened) : database(std::move(opened)), transaction(database) {}

  Database database;
  Transaction transaction;
};

TableDatabase::TableDatabase(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TableDatabase::TableDatabase(TableDatabase&&) noexcept = default;
TableDatabase::~TableDatabase() = default;

base::Result<TableDatabase> TableDatabase::create(const std::filesystem::path& file) {
  auto database =
      Database::connect(file.string(), records::sqlite::Access::write, file.string());
  if (!database) return database.error();
  auto impl = std::make_unique<Impl>(std::move(database).value());
  if (!impl->transaction.began()) return impl->transaction.began().error();
  for (const Table* table : {&practices_table(), &repetitions_table(), &faults_table(),
                             &readings_table(), &knee_angles_table(), &failures_table()}) {
    if (auto made = impl->database.execute(create_table(*table)); !made) return made.error();
  }
  return TableDatabase(std::move(impl));
}

base::Result<void> TableDatabase::add(const Table& table, const Row& row) {
  Statement statement = impl_->database.prepare(insert_into(table));
  for (const Cell& cell : row) bind_cell(statement, cell);
  return statement.run();
}

base::Result<void> TableDatabase::finish() {
  auto committed = impl_->transaction.commit();
  if (!committed) return committed;
  const auto indexed = impl_->database.execute(
      "CREATE INDEX repetitions_of_practice ON repetitions (practice);"
      "CREATE INDEX faults_of_practice ON faults (practice);"
      "CREATE INDEX knee_angles_of_practice ON knee_angles (practice);");
  impl_.reset();
  return indexed;
}

}  // namespace matside::batch
