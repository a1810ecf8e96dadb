#include "records/sqlite/database_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <utility>

#include "generated/migrations.h"
#include "records/sqlite/erasure.h"
#include "records/sqlite/schema.h"

namespace matside::records::sqlite {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kAda = "INSERT INTO person (name, since_unix_s) VALUES ('Ada', 1)";

class DatabaseFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("database_file_") +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string file() const { return (folder_ / "matside.db").string(); }

  /// Runs SQL with SQLite itself.
  void raw(const std::string& sql) const {
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &connection), SQLITE_OK);
    char* why = nullptr;
    EXPECT_EQ(sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, &why), SQLITE_OK) << why;
    sqlite3_close(connection);
  }
  /// A database of the first version, with Ada.
  void make_first_version() const {
    raw(std::string(kMigrations[0]) + kAda +
        "; PRAGMA application_id = 1835103347; PRAGMA user_version = 1");
  }
  void make_current_version() const {
    const auto opened = open_database(file());
    ASSERT_TRUE(opened) << opened.error().message;
    ASSERT_TRUE(opened.value().execute(kAda));
  }
  /// Runs the work where neither the file nor its folder may be written.
  void without_permission(const std::function<void()>& work) const {
    constexpr unsigned kNobody = 65534;
    fs::permissions(folder_, fs::perms(0555));
    fs::permissions(file(), fs::perms(0444));
    // Root may write anywhere.
    const bool root = ::geteuid() == 0;
    ASSERT_EQ(root ? ::seteuid(kNobody) : 0, 0);
    work();
    ASSERT_EQ(root ? ::seteuid(0) : 0, 0);
    fs::permissions(folder_, fs::perms(0700));
    fs::permissions(file(), fs::perms(0600));
  }

  fs::path folder_;
};

std::int64_t persons_in(const base::Result<Database>& opened) {
  EXPECT_TRUE(opened) << opened.error().message;
  if (!opened) return -1;
  const auto count = opened.value().integer("SELECT count(*) FROM person");
  return count ? count.value() : -1;
}

TEST_F(DatabaseFileTest, InMemoryIsEmptyAndLeavesNoFile) {
  const fs::path before = fs::current_path();
  fs::current_path(folder_);
  EXPECT_EQ(persons_in(open_database(":memory:")), 0);
  fs::current_path(before);
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(DatabaseFileTest, OfAnOlderVersionCanNotBeUpgradedWhereItMayNotBeWritten) {
  make_first_version();
  without_permission([&] {
    const auto opened = open_database(file());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::output);
    EXPECT_EQ(opened.error().message,
              file() +
                  ": an older version of Matside wrote this, and it can't be upgraded here; "
                  "copy it to a folder that you can write to");
  });
  EXPECT_EQ(persons_in(open_database(file())), 1);
}

TEST_F(DatabaseFileTest, ThatAnotherProgramChangedIsNotReadEither) {
  make_current_version();
  raw("CREATE TABLE song (name TEXT)");
  without_permission([&] {
    const auto opened = open_database(file());
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().message, HasSubstr("another program changed this database"));
  });
}

TEST_F(DatabaseFileTest, ThatIsNoneIsNotReadEither) {
  std::ofstream(file()) << std::string(5000, 'x');
  without_permission([&] {
    const auto opened = open_database(file());
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().message, HasSubstr("damaged"));
  });
}

TEST_F(DatabaseFileTest, IsUpgradedOnlyAfterACopyOfIt) {
  make_first_version();
  const std::string copy = copy_before_migration(file());
  const std::string unfinished = copy + ".unfinished";
  fs::create_directories(fs::path(unfinished) / "in the way");
  const auto refused = open_database(file());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::output);
  EXPECT_THAT(refused.error().message, StartsWith(unfinished + ": can't be created ("));
  fs::remove_all(unfinished);
  raw("INSERT INTO person (name, since_unix_s) VALUES ('Bo', 1); PRAGMA user_version = 1");
  EXPECT_EQ(persons_in(open_database(file())), 2) << "it was of version 1 still";
  EXPECT_TRUE(fs::exists(copy));
}

TEST_F(DatabaseFileTest, KeepsTheCopyOfAnEarlierUpgrade) {
  make_first_version();
  const std::string copy = copy_before_migration(file());
  std::ofstream(copy) << "kept";
  EXPECT_EQ(persons_in(open_database(file())), 1);
  std::string text;
  std::ifstream(copy) >> text;
  EXPECT_EQ(text, "kept");
}

TEST_F(DatabaseFileTest, FinishesAnErasureWhenItIsOpened) {
  make_current_version();
  std::ofstream(file() + ".erasing").close();
  std::ofstream(file() + ".arriving") << "a copy";
  EXPECT_EQ(persons_in(open_database(file())), 1);
  EXPECT_FALSE(erasure_pending(file()));
  EXPECT_FALSE(fs::exists(file() + ".arriving"));
}

TEST_F(DatabaseFileTest, SaysWhyAnErasureCanNotBeFinishedWhenItIsOpened) {
  make_current_version();
  std::ofstream(file() + ".erasing").close();
  fs::create_directories(file() + ".arriving/inside");
  const auto opened = open_database(file());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::output);
  EXPECT_THAT(opened.error().message, StartsWith(file() + ".arriving: can't be removed ("));
  EXPECT_TRUE(erasure_pending(file()));
}

TEST_F(DatabaseFileTest, IsRecreatedEmptyWithoutItsCopies) {
  make_current_version();
  std::ofstream(file() + ".restoring") << "a copy";
  auto opened = open_database(file());
  ASSERT_TRUE(opened);
  const auto empty = recreate_database(std::move(opened).value());
  EXPECT_EQ(persons_in(empty), 0);
  EXPECT_FALSE(fs::exists(file() + ".restoring"));
  ASSERT_TRUE(empty.value().execute(kAda));
  EXPECT_EQ(persons_in(open_database(file())), 1) << "it is the file's, not a removed one's";
}

TEST_F(DatabaseFileTest, IsNotRecreatedWhereAFileCanNotBeRemoved) {
  make_current_version();
  fs::create_directories(file() + ".restoring/inside");
  auto opened = open_database(file());
  ASSERT_TRUE(opened);
  const auto empty = recreate_database(std::move(opened).value());
  ASSERT_FALSE(empty);
  EXPECT_THAT(empty.error().message, StartsWith(file() + ".restoring: can't be removed ("));
  EXPECT_EQ(persons_in(open_database(file())), 1);
}

TEST_F(DatabaseFileTest, IsNotRecreatedWhileAnotherProgramUsesIt) {
  make_current_version();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(file().c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN; SELECT * FROM person", nullptr, nullptr, nullptr),
            SQLITE_OK);
  auto opened = open_database(file());
  ASSERT_TRUE(opened);
  const auto empty = recreate_database(std::move(opened).value());
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().kind, ErrorKind::output);
  EXPECT_THAT(empty.error().message, HasSubstr("another program is using the database"));
  sqlite3_close(other);
  EXPECT_EQ(persons_in(open_database(file())), 1);
}

}  // namespace
}  // namespace matside::records::sqlite
