#include "records/sqlite/backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "records/progress.h"
#include "records/sqlite/repository.h"
#include "tests/records/old_databases.h"
#include "tests/support/exercise.h"

namespace matside::records::sqlite {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr Instant kNow{1'767'600'000};

class BackupTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("backup_") +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    const auto records = open(live());
    ASSERT_TRUE(records) << records.error().message;
    ASSERT_TRUE(records.value()->add_person("Ada", kNow));
    const auto other = open((folder_ / "other.db").string());
    add_practice(*other.value());
    ASSERT_TRUE(other.value()->backup(backup()));
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string live() const { return (folder_ / "data/matside.db").string(); }
  [[nodiscard]] std::string backup() const { return (folder_ / "backup.db").string(); }

  static void add_practice(Repository& records) {
    PracticeStart start;
    start.person = records.add_person("Bo", kNow).value();
    start.start = kNow;
    start.exercise = "single-leg-kick";
    start.scoring = {"matside test", "{}", kNow};
    SavedRepetition repetition;
    repetition.index = 1;
    repetition.faults = {{"drop", 0.25, 0.3, "s"}};
    repetition.peaks = {{base::Seconds(1.0), 90.0, "deg"}};
    PoseChunk poses;
    poses.stream = "poses";
    ASSERT_TRUE(records.add_practice(start, {}, {}, {repetition}, {}, {poses}));
  }

  /// Changes the backup directly through SQLite, with its checks of untrusted schemas off.
  void change(const std::string& sql) const {
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(backup().c_str(), &raw), SQLITE_OK);
    char* why = nullptr;
    EXPECT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, &why), SQLITE_OK) << why;
    sqlite3_close(raw);
  }

  /// The backup is refused, and the records stay as they are.
  void expect_refused(const std::string& saying, ErrorKind kind = ErrorKind::input) const {
    const auto restored = restore(backup(), live(), kNow);
    ASSERT_FALSE(restored) << saying;
    EXPECT_EQ(restored.error().kind, kind) << restored.error().message;
    EXPECT_THAT(restored.error().message, HasSubstr(saying));
    EXPECT_EQ(open(live()).value()->persons().value().at(0).name, "Ada");
    EXPECT_FALSE(fs::exists(live() + ".restoring"));
    EXPECT_FALSE(fs::exists(live() + ".replaced-20260105T080000Z"));
  }
  /// After this change the backup is refused.
  void expect_refused_after(const std::string& sql, const std::string& saying) {
    const fs::path kept = folder_ / "kept.db";
    fs::copy_file(backup(), kept, fs::copy_options::overwrite_existing);
    change(sql);
    SCOPED_TRACE(sql);
    expect_refused(saying);
    fs::copy_file(kept, backup(), fs::copy_options::overwrite_existing);
  }

  fs::path folder_;
};

TEST_F(BackupTest, ReplacesTheRecordsAndKeepsTheOldOnes) {
  const auto restored = restore(backup(), live(), kNow);
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(open(live()).value()->persons().value().at(0).name, "Bo");
  EXPECT_THAT(restored.value(), HasSubstr("matside.db.replaced-20260105T080000Z"));
  EXPECT_EQ(open(restored.value()).value()->persons().value().at(0).name, "Ada");
  struct stat at {};
  ASSERT_EQ(stat(restored.value().c_str(), &at), 0);
  EXPECT_EQ(at.st_mode & 0777U, 0600U);
  EXPECT_TRUE(check(live()));
}

TEST_F(BackupTest, RestoresWhereThereWereNoRecords) {
  const std::string fresh = (folder_ / "fresh/matside.db").string();
  const auto restored = restore(backup(), fresh, kNow);
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(restored.value(), "");
  EXPECT_THAT(open(fresh).value()->practices(1).value(), SizeIs(1));
}

TEST_F(BackupTest, RestoresAnOlderVersionAndOtherPages) {
  for (int version = 1; version <= records_test::kLastOldVersion; ++version) {
    SCOPED_TRACE(version);
    fs::remove(backup());
    change("PRAGMA page_size = 1024; PRAGMA auto_vacuum = FULL;" +
           records_test::old_database(version, "Bo", "poses") + "; PRAGMA journal_mode = WAL");
    const auto restored = restore(backup(), live(), {kNow.unix_s + version});
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_THAT(open(live()).value()->practices(1).value(), SizeIs(2));
  }
}

TEST_F(BackupTest, RefusesVersionsThatNobodyWrote) {
  for (const char* version : {"-5", "-1", "-2147483648", "0"}) {
    expect_refused_after(std::string("PRAGMA user_version = ") + version, "records version");
  }
  for (const char* version : {"5", "2147483647"}) {
    expect_refused_after(std::string("PRAGMA user_version = ") + version, "newer version");
  }
  expect_refused_after("PRAGMA user_version = 1", "another program changed");
  expect_refused_after("PRAGMA application_id = 7", "not a Matside database");
}

TEST_F(BackupTest, AFileOfAnImpossibleVersionThatIsThereAlreadyCrashesNothing) {
  fs::copy_file(backup(), live(), fs::copy_options::overwrite_existing);
  std::fstream bytes(live(), std::ios::binary | std::ios::in | std::ios::out);
  bytes.seekp(60);
  bytes.write("\xFF\xFF\xFF\xFB", 4);
  bytes.close();
  const auto opened = open(live());
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("records version -5"));
  EXPECT_FALSE(check(live()));
}

TEST_F(BackupTest, RefusesWhatIsNotOurSchema) {
  for (const char* sql :
       {"CREATE TRIGGER evil BEFORE DELETE ON person BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TRIGGER spy AFTER INSERT ON practice BEGIN UPDATE person SET pin = ''; END",
        "CREATE VIEW all_persons AS SELECT * FROM person", "CREATE TABLE copies (name TEXT)",
        "CREATE INDEX more ON person (pin)", "DROP INDEX practice_of_person",
        "DROP TABLE fault", "ALTER TABLE person ADD COLUMN note TEXT",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql ="
        " replace(sql, 'NOT NULL UNIQUE', 'UNIQUE') WHERE name = 'person'",
        "ALTER TABLE person RENAME TO people; CREATE VIEW person AS SELECT * FROM people"}) {
    expect_refused_after(sql, "another program changed this database");
  }
  expect_refused_after("CREATE TABLE \"a\nb\" (name TEXT)", R"((table a\u000ab))");
}

TEST_F(BackupTest, RefusesValuesBeyondTheirLimits) {
  for (const char* sql :
       {"UPDATE practice SET start_unix_s = 9223372036854775807",
        "UPDATE practice SET start_unix_s = -9223372036854775808",
        "UPDATE practice SET start_unix_s = -1", "UPDATE practice SET level = 99",
        "UPDATE practice SET duration_s = 9e999", "UPDATE practice SET wished = -1",
        "UPDATE person SET since_unix_s = 4611686018427387904",
        "INSERT INTO teacher_level VALUES (1, 'swan', -3)",
        "UPDATE person SET settings = zeroblob(20000) || ''",
        "UPDATE result SET made_unix_s = 99999999999",
        "UPDATE result SET repetitions_left = 2000000000",
        "UPDATE result SET knee_flexion_deg = -9e999", "UPDATE repetition SET start_s = 5.0",
        "UPDATE peak SET time_s = 9e999", "UPDATE peak SET value = 1e9",
        "UPDATE fault SET value = 1e300", "UPDATE poses SET frames = -1",
        "UPDATE poses SET session = 0"}) {
    expect_refused_after(sql, "outside its limits");
  }
}

TEST_F(BackupTest, RefusesTextThatIsNoLine) {
  for (const char* sql :
       {"UPDATE person SET name = char(27) || '[2J'",
        "UPDATE person SET name = CAST(x'41FF' AS TEXT)",
        "UPDATE result SET engine = 'a' || char(10)", "UPDATE fault SET id = char(127)",
        "UPDATE peak SET unit = char(10)"}) {
    expect_refused_after(sql, "isn't one line of text");
  }
}

TEST_F(BackupTest, RefusesADamagedDatabase) {
  expect_refused_after("PRAGMA foreign_keys = OFF; DELETE FROM person", "damaged");
  expect_refused_after(
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage ="
      " (SELECT rootpage FROM sqlite_schema WHERE name = 'person') WHERE name = 'practice'",
      "damaged");
  expect_refused_after(
      "PRAGMA ignore_check_constraints = ON; UPDATE practice SET next_day = ''", "damaged");
  expect_refused_after(
      "PRAGMA ignore_check_constraints = ON; UPDATE practice SET exercise = 'Swan'", "damaged");
  fs::resize_file(backup(), fs::file_size(backup()) / 2);
  expect_refused("damaged");
}

TEST_F(BackupTest, RefusesWhatIsNoDatabase) {
  fs::remove(backup());
  expect_refused("does not exist");
  std::ofstream(backup()) << std::string(5000, 'x');
  expect_refused("damaged");
  std::ofstream(backup(), std::ios::trunc).close();
  expect_refused("not a Matside database");
  fs::remove(backup());
  fs::create_directory(backup());
  expect_refused("isn't a file");
  fs::remove(backup());
  ASSERT_EQ(mkfifo(backup().c_str(), 0600), 0);
  expect_refused("isn't a file");
}

TEST_F(BackupTest, RefusesWhileAnotherProgramUsesTheRecords) {
  const auto other = open(live());
  const Id cy = other.value()->add_person("Cy", kNow).value();
  expect_refused("another program is using the database", ErrorKind::output);
  EXPECT_TRUE(other.value()->person(cy)) << "its rows stay";
}

TEST_F(BackupTest, ReplacesALinkInItsWayAndNotWhatItPointsTo) {
  const std::string victim = (folder_ / "victim").string();
  std::ofstream(victim) << "mine";
  fs::create_symlink(victim, live() + ".restoring");
  ASSERT_TRUE(restore(backup(), live(), kNow));
  std::string kept;
  std::ifstream(victim) >> kept;
  EXPECT_EQ(kept, "mine");
}

TEST_F(BackupTest, AStartBeyondAllTimeThatIsThereAlreadyStopsNothing) {
  change("UPDATE practice SET start_unix_s = 9223372036854775000");
  const auto records = open(backup());
  ASSERT_TRUE(records) << records.error().message;
  const auto progress =
      records::progress(*records.value(), 1, {kNow, 0}, support::plan_rules());
  ASSERT_TRUE(progress);
  EXPECT_LT(progress.value().weeks.size(), 10'000U);
}

}  // namespace
}  // namespace matside::records::sqlite
