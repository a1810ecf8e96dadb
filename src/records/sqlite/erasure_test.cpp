#include "records/sqlite/erasure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "records/sqlite/database_file.h"
#include "records/sqlite/schema.h"

namespace matside::records::sqlite {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kMarker = "Marker-Person-7391";
constexpr const char* kEraseAll = "DELETE FROM person";

/// An open database with one person.
class ErasureTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("erasure_") +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    auto opened = open_database(file());
    ASSERT_TRUE(opened) << opened.error().message;
    database_.emplace(std::move(opened).value());
    ASSERT_TRUE(database_->execute("INSERT INTO person (name, since_unix_s) VALUES ('" +
                                   kMarker + "', 1)"));
  }
  void TearDown() override {
    database_.reset();
    fs::remove_all(folder_);
  }

  [[nodiscard]] std::string file() const { return (folder_ / "matside.db").string(); }
  [[nodiscard]] std::string mark() const { return file() + ".erasing"; }
  [[nodiscard]] std::int64_t persons() const {
    return database_->integer("SELECT count(*) FROM person").value();
  }
  /// The files that still contain the person's name.
  [[nodiscard]] std::string files_with_the_person() const {
    std::string found;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      if (bytes.find(kMarker) != std::string::npos) found += entry.path().filename().string();
    }
    return found;
  }
  /// A folder that isn't empty can't be removed as a file, not even by root.
  static void make_irremovable(const std::string& name) {
    fs::create_directories(fs::path(name) / "inside");
  }

  fs::path folder_;
  std::optional<Database> database_;
};

TEST_F(ErasureTest, LeavesNothingInTheDatabaseNorInItsCopies) {
  for (const std::string& copy :
       {copy_before_restore(file(), "20260105T080000Z"), restoring_file(file()),
        copy_before_migration(file()), file() + ".arriving", restoring_file(file()) + "-wal"}) {
    std::ofstream(copy) << kMarker;
  }
  std::ofstream(folder_ / "matside.db.mine") << "not a copy";
  ASSERT_TRUE(erase_rows(*database_, kEraseAll));
  EXPECT_EQ(persons(), 0);
  EXPECT_FALSE(erasure_pending(file()));
  EXPECT_EQ(files_with_the_person(), "");
  EXPECT_TRUE(fs::exists(folder_ / "matside.db.mine"));
}

TEST_F(ErasureTest, OfNothingIsNotPending) {
  const auto erased = erase_rows(*database_, "DELETE FROM nobody");
  ASSERT_FALSE(erased);
  EXPECT_EQ(erased.error().kind, ErrorKind::output);
  EXPECT_THAT(erased.error().message, HasSubstr("no such table: nobody"));
  EXPECT_FALSE(erasure_pending(file()));
  EXPECT_EQ(persons(), 1);
}

TEST_F(ErasureTest, DoesNotBeginWithoutItsMark) {
  make_irremovable(mark());
  const auto erased = erase_rows(*database_, kEraseAll);
  ASSERT_FALSE(erased);
  EXPECT_EQ(erased.error().kind, ErrorKind::output);
  EXPECT_THAT(erased.error().message, StartsWith(mark() + ": can't be created ("));
  EXPECT_EQ(persons(), 1);
}

TEST_F(ErasureTest, StaysPendingWhileACopyRemains) {
  const std::string copy = copy_before_restore(file(), "20260105T080000Z");
  make_irremovable(copy);
  const auto erased = erase_rows(*database_, kEraseAll);
  ASSERT_FALSE(erased);
  EXPECT_EQ(erased.error().kind, ErrorKind::output);
  EXPECT_THAT(erased.error().message, StartsWith(copy + ": can't be removed ("));
  EXPECT_EQ(persons(), 0) << "the rows are erased all the same";
  EXPECT_TRUE(erasure_pending(file()));
  fs::remove_all(copy);
  const auto finished = finish_erasure(*database_);
  ASSERT_TRUE(finished) << finished.error().message;
  EXPECT_TRUE(finished.value());
  EXPECT_FALSE(erasure_pending(file()));
  EXPECT_EQ(files_with_the_person(), "");
}

TEST_F(ErasureTest, StaysPendingWhileAnotherProgramReadsAnOlderState) {
  sqlite3* reader = nullptr;
  ASSERT_EQ(sqlite3_open(file().c_str(), &reader), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(reader, "BEGIN; SELECT * FROM person", nullptr, nullptr, nullptr),
            SQLITE_OK);
  ASSERT_TRUE(erase_rows(*database_, kEraseAll));
  EXPECT_TRUE(erasure_pending(file()));
  EXPECT_NE(files_with_the_person(), "");
  ASSERT_EQ(sqlite3_close(reader), SQLITE_OK);
  EXPECT_TRUE(finish_erasure(*database_).value());
  EXPECT_FALSE(erasure_pending(file()));
  EXPECT_EQ(files_with_the_person(), "");
}

TEST_F(ErasureTest, FailsWhereTheFolderCanNotBeListed) {
  constexpr unsigned kNobody = 65534;
  fs::permissions(folder_, fs::perms(0311));
  // Root may list any folder.
  const bool root = ::geteuid() == 0;
  ASSERT_EQ(root ? ::seteuid(kNobody) : 0, 0);
  const auto finished = finish_erasure(*database_);
  const auto removed = remove_database(file());
  ASSERT_EQ(root ? ::seteuid(0) : 0, 0);
  fs::permissions(folder_, fs::perms(0700));
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().kind, ErrorKind::output);
  EXPECT_EQ(finished.error().message, file() + ": Permission denied");
  EXPECT_FALSE(removed);
  EXPECT_EQ(persons(), 1);
}

TEST_F(ErasureTest, RemovesADatabaseWithItsLogAndCopies) {
  database_.reset();
  for (const char* part : {"-wal", "-shm", ".arriving", ".restoring-journal"}) {
    std::ofstream(file() + part) << kMarker;
  }
  std::ofstream(folder_ / "other.db") << "not ours";
  ASSERT_TRUE(remove_database(file()));
  for (const auto& entry : fs::directory_iterator(folder_)) {
    EXPECT_EQ(entry.path().filename(), "other.db");
  }
  EXPECT_TRUE(remove_database(file())) << "what is gone needs no removing";
}

TEST_F(ErasureTest, SaysWhichPartOfADatabaseCanNotBeRemoved) {
  database_.reset();
  make_irremovable(file() + ".arriving");
  const auto copy = remove_database(file());
  ASSERT_FALSE(copy);
  EXPECT_EQ(copy.error().kind, ErrorKind::output);
  EXPECT_THAT(copy.error().message, StartsWith(file() + ".arriving: can't be removed ("));
  EXPECT_TRUE(fs::exists(file())) << "the copies go first";
  fs::remove_all(file() + ".arriving");
  make_irremovable(file() + "-shm");
  const auto part = remove_database(file());
  ASSERT_FALSE(part);
  EXPECT_THAT(part.error().message, StartsWith(file() + "-shm: can't be removed ("));
}

}  // namespace
}  // namespace matside::records::sqlite
