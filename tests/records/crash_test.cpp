// The program is killed at every system call by which it changes the records: they are as
// before or as after, and can be opened.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "cli/output_file.h"
#include "formats/pose_codec.h"
#include "records/import_export.h"
#include "records/persons.h"
#include "records/sqlite/backup.h"
#include "records/sqlite/repository.h"
#include "tests/records/old_databases.h"
#include "tests/records/records_fixture.h"
#include "tests/records/system_calls.h"
#include "tests/support/exercise.h"

namespace matside::records_test {
namespace {

namespace fs = std::filesystem;
using records::Id;
using records::Repository;

constexpr int kMostCalls = 2000;
constexpr std::size_t kFrames = 30;
const std::string kMarker = "Marker-Person-7391";

class KilledTest : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder_.path() / "before");
    const auto ada = opened(folder_.path() / "before");
    add_person(*ada, "Ada " + kMarker, 0, kMarker + std::string(20'000, 'x'));
    ASSERT_TRUE(ada->backup(beside("ada.db")));
    const auto bo = opened(folder_.path() / "other");
    std::vector<pose::PoseFrame> frames = simulated_poses(1, 1);
    frames.resize(kFrames);
    add_person(*bo, "Bo", 4, formats::encode_poses(frames));
    ASSERT_TRUE(bo->backup(beside("bo.db")));
    std::ofstream(beside("bo.json")) << records::export_json(*bo, 1).value();
  }
  void TearDown() override { inject(Fault::none); }

  [[nodiscard]] std::string beside(const std::string& name) const {
    return (folder_.path() / name).string();
  }
  [[nodiscard]] fs::path data() const { return folder_.path() / "data"; }
  [[nodiscard]] std::string file() const { return (data() / "matside.db").string(); }

  static std::unique_ptr<Repository> opened(const fs::path& folder) {
    auto records = records::sqlite::open((folder / "matside.db").string());
    EXPECT_TRUE(records) << records.error().message;
    return records ? std::move(records).value() : nullptr;
  }

  /// Adds a person with a practice on each of three days.
  static void add_person(Repository& records, const std::string& name, int first_day,
                         const std::string& poses) {
    const Id person = records.add_person(name, kMonday).value();
    for (int i = first_day; i < first_day + 3; ++i) {
      records::PracticeStart start;
      start.person = person;
      start.start = on_day(i).instant;
      start.exercise = "single-leg-kick";
      start.scoring = {"matside test", "{}", start.start};
      records::SavedRepetition repetition;
      repetition.index = 1;
      repetition.start = base::Seconds(0.5);
      repetition.end = base::Seconds(2.0);
      repetition.peaks = {{base::Seconds(1.0), std::nullopt, "deg"}};
      records::PracticeResult result;
      result.counts.left = i;
      records::PoseChunk chunk;
      chunk.stream = poses;
      ASSERT_TRUE(records.add_practice(start, {}, {}, {repetition}, result, {chunk}));
    }
  }

  /// Everything in the records, as text.
  static std::string content(Repository& records) {
    std::string all;
    const std::vector<records::Person> persons = records.persons().value();
    for (const records::Person& each : persons) {
      const auto text = records::export_json(records, each.id);
      EXPECT_TRUE(text) << text.error().message;
      if (text) all += text.value();
    }
    return all;
  }
  [[nodiscard]] std::string content_now() const {
    const auto records = opened(data());
    return records ? content(*records) : "";
  }

  void start_anew() const {
    fs::remove_all(data());
    fs::copy(folder_.path() / "before", data(), fs::copy_options::recursive);
  }

  /// Runs the work in a process of its own. @returns the status as of waitpid()
  static int in_child(Fault fault, int at, const std::function<bool()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
      inject(fault, at);
      ::_exit(work() ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
  }

  /// Kills the work at each call. @param accept  checks the records after each kill
  void kill_everywhere(const std::function<bool()>& work, const std::function<void()>& accept) {
    for (const Fault fault : {Fault::kill, Fault::kill_inside}) {
      int at = 1;
      for (; at < kMostCalls; ++at) {
        start_anew();
        const int status = in_child(fault, at, work);
        SCOPED_TRACE("call " + std::to_string(at));
        accept();
        if (HasFatalFailure() || HasNonfatalFailure()) return;
        if (WIFEXITED(status)) {
          EXPECT_EQ(WEXITSTATUS(status), 0);
          break;
        }
        EXPECT_EQ(WTERMSIG(status), SIGKILL);
      }
      EXPECT_GT(at, 5);
      EXPECT_LT(at, kMostCalls);
    }
  }

  /// The work leaves the old or the new content, and the new one when it isn't killed.
  void expect_old_or_new(const std::function<bool()>& work) {
    start_anew();
    const std::string before = content_now();
    ASSERT_EQ(in_child(Fault::none, 0, work), 0);
    const std::string after = content_now();
    ASSERT_NE(before, after);
    std::string last;
    kill_everywhere(work, [&] {
      last = content_now();
      EXPECT_TRUE(last == before || last == after) << last.size();
      EXPECT_TRUE(records::sqlite::check(file()));
    });
    EXPECT_EQ(last, after);
  }

  /// The files in the data folder that contain the text.
  [[nodiscard]] std::string files_with(const std::string& text) const {
    std::string found;
    for (const auto& entry : fs::recursive_directory_iterator(data())) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      if (bytes.find(text) != std::string::npos)
        found += entry.path().filename().string() + " ";
    }
    return found;
  }

  bool restore(const std::string& backup) const {
    return records::sqlite::restore(beside(backup), file(), kMonday).ok();
  }

  TemporaryFolder folder_;
};

TEST_F(KilledTest, WhileRestoring) {
  expect_old_or_new([&] { return restore("bo.db"); });
}

TEST_F(KilledTest, WhileImporting) {
  std::ifstream in(beside("bo.json"));
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  expect_old_or_new([&] {
    const auto records = records::sqlite::open(file());
    return records && records::import_json(*records.value(), 1, text, "bo.json",
                                           {on_day(9.0), {}}, support::single_leg_kick());
  });
}

TEST_F(KilledTest, WhileErasingOrRightAfterIt) {
  expect_old_or_new([&] {
    const auto records = records::sqlite::open(file());
    return records && records.value()->erase_all();
  });
  kill_everywhere(
      [&] {
        const auto records = records::sqlite::open(file());
        return records && records.value()->erase_person(1);
      },
      [&] {
        if (content_now().empty()) {
          EXPECT_EQ(files_with(kMarker), "");
        }
      });
}

TEST_F(KilledTest, WhileSavingABackup) {
  kill_everywhere(
      [&] {
        const auto records = records::sqlite::open(file());
        return records && records.value()->backup(file() + ".mine");
      },
      [&] {
        EXPECT_NE(content_now(), "");
        if (fs::exists(file() + ".mine")) {
          EXPECT_TRUE(records::sqlite::check(file() + ".mine"));
        }
      });
}

TEST_F(KilledTest, WhileExporting) {
  start_anew();
  const std::string exported = records::export_json(*opened(data()), 1).value();
  const std::string old = "an earlier export";
  const std::string path = beside("export.json");
  const auto work = [&] {
    const auto records = records::sqlite::open(file());
    auto output = cli::OutputFile::open(path, {.forced = true});
    if (!records || !output) return false;
    const auto text = records::export_json(*records.value(), 1);
    return text && output.value().write(text.value()) && output.value().commit();
  };
  for (const bool overwrites : {false, true}) {
    std::string found;
    const auto reset = [&] {
      fs::remove(path);
      if (overwrites) std::ofstream(path) << old;
    };
    reset();
    kill_everywhere(work, [&] {
      std::ifstream in(path, std::ios::binary);
      found.assign(std::istreambuf_iterator<char>(in), {});
      EXPECT_TRUE(found == (overwrites ? old : "") || found == exported) << found.size();
      EXPECT_EQ(fs::exists(path), overwrites || found == exported);
      reset();
    });
    EXPECT_EQ(found, exported);
  }
}

TEST_F(KilledTest, WhileARepetitionIsSaved) {
  const auto count = [&](Repository& records) {
    const auto all = records.practices(1).value();
    const auto& last = all.back();
    EXPECT_EQ(
        records.repetitions(last.id).value().size(),
        static_cast<std::size_t>(last.counts.left + last.counts.right + last.counts.unsure));
    EXPECT_EQ(records.poses(last.id).value().size(),
              records.repetitions(last.id).value().size());
    return records.repetitions(last.id).value().size();
  };
  const std::vector<pose::PoseFrame> frames = simulated_poses(1, 1);
  const exercise::Definition& exercise = support::single_leg_kick();
  kill_everywhere(
      [&] {
        const auto records = records::sqlite::open(file());
        if (!records) return false;
        records::PracticeDraft::Plan plan;
        plan.person = 1;
        plan.level = 1;
        auto draft = records::PracticeDraft::begin(*records.value(), plan, on_day(9.0), kEngine,
                                                   exercise);
        if (!draft) return false;
        exercise::Repetition repetition;
        repetition.side = exercise::KickingSide::left;
        exercise::RepetitionCounts counts;
        for (int i = 0; i < 3; ++i) {
          coaching::ScoringContext scoring;
          scoring.scored = true;
          scoring.session = 1;
          draft.value().add_frame(frames[static_cast<std::size_t>(i)], scoring);
          ++counts.left;
          if (!draft.value().add_repetition(repetition, counts)) return false;
        }
        return true;
      },
      [&] {
        const auto records = opened(data());
        ASSERT_NE(records, nullptr);
        if (records->practices(1).value().size() > 3) (void)count(*records);
      });
}

TEST_F(KilledTest, WhileUpgrading) {
  for (int version = 1; version <= kLastOldVersion; ++version) {
    SCOPED_TRACE("version " + std::to_string(version));
    const std::string old = (folder_.path() / "before" / "matside.db").string();
    for (const char* part : {"", "-wal", "-shm"}) fs::remove(old + part);
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(old.c_str(), &raw), SQLITE_OK);
    const std::string sql = old_database(version, "Ada " + kMarker, kMarker);
    ASSERT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(raw);
    sqlite3_close(raw);
    start_anew();
    const std::string after = content_now();
    ASSERT_NE(after, "");
    kill_everywhere([&] { return records::sqlite::open(file()).ok(); },
                    [&] {
                      EXPECT_EQ(content_now(), after);
                      EXPECT_TRUE(records::sqlite::check(file()));
                    });
  }
  // The copy from before the upgrade goes with what is erased.
  ASSERT_NE(files_with(kMarker), "");
  ASSERT_TRUE(opened(data())->erase_person(1));
  EXPECT_EQ(files_with(kMarker), "");
}

TEST_F(KilledTest, ErasingReachesEveryCopy) {
  start_anew();
  ASSERT_TRUE(restore("ada.db"));  // keeps a copy of the records before it
  ASSERT_TRUE(opened(data())->backup(beside("elsewhere.db")));
  std::ofstream(file() + ".restoring") << kMarker;
  ASSERT_NE(files_with(kMarker).find(".replaced-"), std::string::npos);
  const auto records = opened(data());
  ASSERT_TRUE(records->erase_all());
  EXPECT_FALSE(records->erasure_pending());
  EXPECT_EQ(files_with(kMarker), "");
}

TEST_F(KilledTest, ErasesTheRestWhenAReaderHasGone) {
  start_anew();
  sqlite3* reader = nullptr;
  ASSERT_EQ(sqlite3_open(file().c_str(), &reader), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(reader, "BEGIN; SELECT * FROM person", nullptr, nullptr, nullptr),
            SQLITE_OK);
  {
    const auto records = opened(data());
    ASSERT_TRUE(records->erase_all());
    EXPECT_TRUE(records->erasure_pending());
    EXPECT_EQ(content(*records), "");
  }
  EXPECT_NE(files_with(kMarker), "");
  EXPECT_TRUE(opened(data())->erasure_pending());
  sqlite3_close(reader);
  EXPECT_FALSE(opened(data())->erasure_pending());
  EXPECT_EQ(files_with(kMarker), "");
}

TEST_F(KilledTest, SixImportsAtOnceSaveEachPracticeOnce) {
  start_anew();
  std::ifstream in(beside("bo.json"));
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  fs::remove_all(data());
  std::vector<pid_t> children;
  for (int i = 0; i < 6; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      const auto records = records::sqlite::open(file());
      const auto me = records
                          ? records::find_or_create_person(*records.value(), "", on_day(1.0))
                          : base::Result<records::Person>(records.error());
      const bool done =
          me && records::import_json(*records.value(), me.value().id, text, "bo.json",
                                     {on_day(9.0), {}}, support::single_leg_kick());
      ::_exit(done ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  const auto records = opened(data());
  ASSERT_EQ(records->persons().value().size(), 1U);
  EXPECT_EQ(records->practices(1).value().size(), 3U);
}

}  // namespace
}  // namespace matside::records_test
