#include "records/sqlite/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>

#include "generated/migrations.h"
#include "records/sqlite/backup.h"
#include "records/sqlite/database_file.h"
#include "records/sqlite/durable_file.h"
#include "records/sqlite/repository.h"

namespace matside::records::sqlite {
namespace {

using ::testing::HasSubstr;

class DatabaseTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              (std::string("database_") +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string file() const { return (folder_ / "matside.db").string(); }

  /// Runs SQL with SQLite itself.
  void raw(const std::string& sql) const {
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &connection), SQLITE_OK);
    char* why = nullptr;
    ASSERT_EQ(sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, &why), SQLITE_OK) << why;
    sqlite3_close(connection);
  }
  std::string bytes() const {
    std::ifstream in(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(const std::string& content) const { std::ofstream(file()) << content; }

  std::filesystem::path folder_;
};

// Valid in every version of the schema.
constexpr const char* kSomething =
    "INSERT INTO person (name, since_unix_s) VALUES ('Ada', 1);"
    "INSERT INTO practice (person_id, start_unix_s, utc_offset_min, origin, level, wished)"
    " VALUES (1, 2, 60, 'camera', 1, 5);"
    "INSERT INTO result (practice_id, engine, settings, made_unix_s, repetitions_left)"
    " VALUES (1, 'matside', '{}', 3, 4);";

TEST_F(DatabaseTest, MigratesEveryEarlierVersionAfterABackup) {
  for (std::size_t version = 0; version < kMigrations.size(); ++version) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    std::string sql;
    for (std::size_t i = 0; i < version; ++i) sql += kMigrations[i];
    if (version > 0) {
      sql += kSomething;
      sql += "PRAGMA application_id = 1835103347; PRAGMA user_version = " +
             std::to_string(version) + ";";
    }
    raw(sql);
    {
      const auto opened = open(file());
      ASSERT_TRUE(opened) << version << ": " << opened.error().message;
      const auto practices = opened.value()->practices(1);
      ASSERT_TRUE(practices);
      ASSERT_EQ(practices.value().size(), version > 0 ? 1U : 0U);
      if (version > 0) {
        EXPECT_EQ(practices.value()[0].counts.left, 4);
      }
    }
    EXPECT_TRUE(check(file()));
    const std::string copy = file() + ".before-version-" + std::to_string(kMigrations.size());
    EXPECT_EQ(std::filesystem::exists(copy), version > 0);
  }
}

TEST_F(DatabaseTest, DoesNotChangeANewerVersion) {
  { ASSERT_TRUE(open(file())); }
  raw("PRAGMA user_version = 99");
  const std::string before = bytes();
  EXPECT_THAT(open(file()).error().message, HasSubstr("newer version of Matside"));
  EXPECT_EQ(bytes(), before);
}

TEST_F(DatabaseTest, DoesNotChangeAnotherProgramsDatabase) {
  raw("CREATE TABLE song (name TEXT); INSERT INTO song VALUES ('Kick')");
  const std::string before = bytes();
  EXPECT_THAT(open(file()).error().message, HasSubstr("this is not a Matside database"));
  EXPECT_EQ(bytes(), before);
}

TEST_F(DatabaseTest, DoesNotChangeADamagedFile) {
  { ASSERT_TRUE(open(file())); }
  std::string damaged = bytes();
  for (std::size_t i = 100; i < damaged.size(); ++i) damaged[i] = 'x';
  write(damaged);
  EXPECT_THAT(open(file()).error().message, HasSubstr("damaged"));
  EXPECT_EQ(bytes(), damaged);
  const std::string no_database(5000, 'x');
  write(no_database);
  EXPECT_THAT(open(file()).error().message, HasSubstr("damaged"));
  EXPECT_EQ(bytes(), no_database);
  EXPECT_FALSE(check(file()));
}

TEST_F(DatabaseTest, IsReadableByItsOwnerOnly) {
  ASSERT_TRUE(open((folder_ / "new" / "matside.db").string()));
  struct stat at {};
  ASSERT_EQ(stat((folder_ / "new").c_str(), &at), 0);
  EXPECT_EQ(at.st_mode & 0777U, 0700U);
  ASSERT_EQ(stat((folder_ / "new" / "matside.db").c_str(), &at), 0);
  EXPECT_EQ(at.st_mode & 0777U, 0600U);
}

TEST_F(DatabaseTest, MakesFoldersForTheirOwnerOnly) {
  const mode_t before = ::umask(0);
  for (const char* name : {"a", "b/", "deep/er", "deep/est/"}) {
    const std::string made = (folder_ / name).string();
    ASSERT_TRUE(create_private_folder(made)) << name;
    struct stat at {};
    ASSERT_EQ(stat(made.c_str(), &at), 0);
    EXPECT_EQ(at.st_mode & 0777U, 0700U) << name;
  }
  ::umask(before);
  write("a file");
  EXPECT_FALSE(create_private_folder(file()));
}

TEST_F(DatabaseTest, CanBeReadWhereItMayNotBeWritten) {
  namespace fs = std::filesystem;
  constexpr unsigned kNobody = 65534;
  { ASSERT_TRUE(open(file()).value()->add_person("Ada", {1})); }
  const auto as_somebody_else = [&](const std::function<void()>& work) {
    fs::permissions(folder_, fs::perms(0555));
    fs::permissions(file(), fs::perms(0444));
    // Root may write anywhere.
    if (::geteuid() == 0) {
      ASSERT_EQ(::seteuid(kNobody), 0);
    }
    work();
    ASSERT_EQ(::seteuid(::getuid()), 0);
    fs::permissions(folder_, fs::perms(0700));
    fs::permissions(file(), fs::perms(0600));
  };
  as_somebody_else([&] {
    const auto records = open(file());
    ASSERT_TRUE(records) << records.error().message;
    EXPECT_EQ(records.value()->persons().value().at(0).name, "Ada");
    const auto added = records.value()->add_person("Bo", {1});
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().kind, base::ErrorKind::output);
    EXPECT_FALSE(records.value()->erase_all());
  });
  raw("PRAGMA user_version = -5");
  as_somebody_else([&] { EXPECT_FALSE(open(file())); });
}

TEST_F(DatabaseTest, ReportsAFullDiskAndKeepsWhatWasSaved) {
  const auto opened = open_database(file());
  ASSERT_TRUE(opened) << opened.error().message;
  const Database& database = opened.value();
  ASSERT_TRUE(database.execute(kSomething));
  ASSERT_TRUE(database.execute("PRAGMA max_page_count = 30"));
  const std::string stream(1'000'000, 'x');
  const auto full = database.prepare("INSERT INTO poses VALUES (1, 1, 1, NULL, 1, ?)")
                        .bind_blob(stream)
                        .run();
  ASSERT_FALSE(full);
  EXPECT_THAT(full.error().message, HasSubstr("disk is full"));
  EXPECT_TRUE(database.execute("INSERT INTO person (name, since_unix_s) VALUES ('Bo', 1)"));
  EXPECT_TRUE(check(file()));
}

TEST_F(DatabaseTest, ReportsAFolderThatCanNotBeCreated) {
  write("a file");
  EXPECT_THAT(open(file() + "/below/matside.db").error().message, HasSubstr("--data DIR"));
}

}  // namespace
}  // namespace matside::records::sqlite
