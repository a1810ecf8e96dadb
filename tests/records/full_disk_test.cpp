// A full disk: nothing that is saved is lost, and erasing still works, since it makes room.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "records/sqlite/backup.h"
#include "records/sqlite/repository.h"
#include "tests/records/old_databases.h"
#include "tests/records/records_fixture.h"
#include "tests/records/system_calls.h"

namespace matside::records_test {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using records::Repository;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const std::string kMarker = "Marker-Practice-7391";
constexpr std::uintmax_t kLarge_bytes = 400'000;
constexpr const char* kFull = "the disk is full; what was saved before is safe";

/// Ada with a small practice, which contains the marker, and a large one.
class FullDiskTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto records = opened();
    person_ = records->add_person("Ada", kMonday).value();
    for (const std::string& poses : {kMarker, std::string(kLarge_bytes, 'x')}) {
      records::PracticeStart start;
      start.person = person_;
      start.start = kMonday;
      start.exercise = "single-leg-kick";
      start.scoring = {"matside test", "{}", kMonday};
      records::PoseChunk chunk;
      chunk.stream = poses;
      ASSERT_TRUE(records->add_practice(start, {}, {}, {}, {}, {chunk}));
    }
  }

  [[nodiscard]] std::string data() const { return folder_.path().string(); }
  [[nodiscard]] std::string file() const { return (folder_.path() / "matside.db").string(); }
  [[nodiscard]] std::unique_ptr<Repository> opened() const { return folder_.open(); }
  [[nodiscard]] std::size_t practices(Repository& records) const {
    const auto all = records.practices(person_);
    EXPECT_TRUE(all) << all.error().message;
    return all ? all.value().size() : 0;
  }
  /// The files in the data folder that contain the marker.
  [[nodiscard]] std::string files_with_the_marker() const {
    std::string found;
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      if (bytes.find(kMarker) != std::string::npos)
        found += entry.path().filename().string() + " ";
    }
    return found;
  }
  void make_copy(std::size_t bytes) const {
    std::ofstream(file() + ".replaced-20260105T080000Z") << kMarker << std::string(bytes, 'x');
  }

  TemporaryFolder folder_;
  records::Id person_ = 0;
};

TEST_F(FullDiskTest, CanBeReadButNotWritten) {
  const LimitedDisk full(data(), 0);
  const auto records = opened();
  ASSERT_NE(records, nullptr);
  EXPECT_EQ(practices(*records), 2U);
  const auto added = records->add_person("Bo", kMonday);
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().kind, ErrorKind::output);
  EXPECT_THAT(added.error().message, HasSubstr(kFull));
  EXPECT_THAT(records->persons().value(), SizeIs(1));
}

TEST_F(FullDiskTest, HasNoRoomForNewRecordsAndLeavesNoneHalfMade) {
  const std::string fresh = (folder_.path() / "fresh.db").string();
  {
    const LimitedDisk full(data(), 0);
    const auto records = records::sqlite::open(fresh);
    ASSERT_FALSE(records);
    EXPECT_EQ(records.error().message, fresh + ": " + kFull);
  }
  EXPECT_TRUE(records::sqlite::open(fresh)) << "with room they are made";
}

TEST_F(FullDiskTest, HasNoRoomToEraseOnePracticeAndLeavesItWhole) {
  const LimitedDisk full(data(), 0);
  const auto records = opened();
  ASSERT_NE(records, nullptr);
  const auto erased = records->erase_practice(1);
  ASSERT_FALSE(erased);
  EXPECT_EQ(erased.error().kind, ErrorKind::output);
  EXPECT_THAT(erased.error().message, HasSubstr(kFull));
  EXPECT_FALSE(records->erasure_pending());
  EXPECT_EQ(practices(*records), 2U);
  EXPECT_EQ(records->poses(1).value().at(0).stream, kMarker);
}

TEST_F(FullDiskTest, HasRoomToEraseOnePracticeOnceTheCopiesAreGone) {
  make_copy(3 * kLarge_bytes);
  const auto records = opened();
  const LimitedDisk full(data(), 0);
  const auto erased = records->erase_practice(1);
  ASSERT_TRUE(erased) << erased.error().message;
  EXPECT_FALSE(records->erasure_pending());
  EXPECT_EQ(practices(*records), 1U);
  EXPECT_EQ(files_with_the_marker(), "");
}

TEST_F(FullDiskTest, SaysWhichCopyCanNotBeRemovedToMakeRoom) {
  const std::string copy = file() + ".replaced-20260105T080000Z";
  fs::create_directories(copy + "/inside");
  const auto records = opened();
  const LimitedDisk full(data(), 0);
  const auto erased = records->erase_practice(1);
  ASSERT_FALSE(erased);
  EXPECT_THAT(erased.error().message, ::testing::StartsWith(copy + ": can't be removed ("));
  EXPECT_EQ(practices(*records), 2U);
}

TEST_F(FullDiskTest, OverwritesWhatWasErasedOnceThereIsRoom) {
  {
    const auto records = opened();
    const LimitedDisk nearly_full(data(), kLarge_bytes / 2);
    const auto erased = records->erase_practice(1);
    ASSERT_TRUE(erased) << erased.error().message;
    EXPECT_TRUE(records->erasure_pending());
    EXPECT_EQ(practices(*records), 1U);
  }
  EXPECT_FALSE(opened()->erasure_pending());
  EXPECT_EQ(files_with_the_marker(), "");
}

TEST_F(FullDiskTest, HasRoomToEraseEverything) {
  const LimitedDisk full(data(), 0);
  const auto records = opened();
  ASSERT_NE(records, nullptr);
  const auto erased = records->erase_all();
  ASSERT_TRUE(erased) << erased.error().message;
  EXPECT_THAT(records->persons().value(), SizeIs(0));
  EXPECT_EQ(files_with_the_marker(), "");
  EXPECT_TRUE(records->add_person("Bo", kMonday)) << "and the records can be used again";
}

TEST_F(FullDiskTest, HasNoRoomForABackupAndLeavesNoPartOfOne) {
  const auto records = opened();
  const LimitedDisk full(data(), kLarge_bytes / 2);
  const auto saved = records->backup(file() + ".mine");
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().message, file() + ".mine: " + kFull);
  EXPECT_FALSE(fs::exists(file() + ".mine"));
  EXPECT_FALSE(fs::exists(file() + ".mine.unfinished"));
}

TEST_F(FullDiskTest, HasNoRoomToRestoreABackupAndKeepsTheRecords) {
  const fs::path elsewhere = folder_.path() / "elsewhere";
  fs::create_directory(elsewhere);
  const std::string backup = (elsewhere / "backup.db").string();
  ASSERT_TRUE(opened()->backup(backup));
  {
    const LimitedDisk full(data(), kLarge_bytes / 2);
    const auto restored = records::sqlite::restore(backup, file(), kMonday);
    ASSERT_FALSE(restored);
    EXPECT_EQ(restored.error().kind, ErrorKind::output);
    EXPECT_THAT(restored.error().message, HasSubstr(kFull));
  }
  EXPECT_FALSE(fs::exists(file() + ".restoring"));
  EXPECT_EQ(practices(*opened()), 2U);
  EXPECT_TRUE(records::sqlite::check(file()));
}

TEST_F(FullDiskTest, HasNoRoomToUpgradeTheRecordsAndLeavesThemAsTheyAre) {
  for (const char* part : {"", "-wal", "-shm"}) fs::remove(file() + part);
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(file().c_str(), &raw), SQLITE_OK);
  const std::string sql = old_database(1, "Ada", std::string(kLarge_bytes, 'x'));
  ASSERT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(raw);
  sqlite3_close(raw);
  {
    const LimitedDisk full(data(), kLarge_bytes / 2);
    const auto refused = records::sqlite::open(file());
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr(kFull));
  }
  EXPECT_EQ(practices(*opened()), 2U);
}

}  // namespace
}  // namespace matside::records_test
