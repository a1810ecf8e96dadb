// Every older version of the records is upgraded without losing anything.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "generated/migrations.h"
#include "records/import_export.h"
#include "records/sqlite/backup.h"
#include "records/sqlite/repository.h"
#include "records/sqlite/schema.h"
#include "records/today.h"
#include "tests/records/old_databases.h"
#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"

namespace matside::records::sqlite {
namespace {

using records_test::kLastOldVersion;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class MigrationTest : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(folder_.path());
    const std::string sql = records_test::old_database(GetParam(), "Ada", "poses of Ada");
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &raw), SQLITE_OK);
    char* why = nullptr;
    ASSERT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, &why), SQLITE_OK) << why;
    sqlite3_close(raw);
    auto opened = open(file());
    ASSERT_TRUE(opened) << opened.error().message;
    records_ = std::move(opened).value();
  }
  [[nodiscard]] std::string file() const { return (folder_.path() / "matside.db").string(); }

  records_test::TemporaryFolder folder_;
  std::unique_ptr<Repository> records_;
};

INSTANTIATE_TEST_SUITE_P(FromVersion, MigrationTest, ::testing::Range(1, kLastOldVersion + 1));

TEST(Migrations, AreAllTested) { EXPECT_EQ(kMigrations.size(), kLastOldVersion + 1U); }

TEST_P(MigrationTest, KeepsThePersonAndTheTeachersLevel) {
  const Person ada = records_->person(1).value();
  EXPECT_EQ(ada.name, "Ada");
  EXPECT_EQ(ada.settings, R"({"voice":false})");
  EXPECT_EQ(ada.safety_read_at->unix_s, 1'767'500'001);
  EXPECT_THAT(ada.teacher_levels, ElementsAre(std::pair("single-leg-kick", 2)));
  EXPECT_THAT(ada.uid, SizeIs(32));
  if (GetParam() >= 3) {
    EXPECT_EQ(ada.uid, "0123456789abcdef0123456789abcdef");
  }
}

TEST_P(MigrationTest, KeepsEveryPracticeAsOneOfTheSingleLegKick) {
  const auto practices = records_->practices(1).value();
  ASSERT_THAT(practices, SizeIs(2));
  for (const Practice& each : practices) EXPECT_EQ(each.exercise, "single-leg-kick");
  const Practice& first = practices[0];
  EXPECT_EQ(first.start.unix_s, 1'767'600'000);
  EXPECT_EQ(first.origin, Origin::camera);
  EXPECT_EQ(first.goal_repetitions, 4);
  EXPECT_EQ(first.ended_by, EndReason::goal);
  EXPECT_EQ(first.duration, base::Seconds(94.5));
  EXPECT_EQ(first.comfort.after, 1);
  EXPECT_EQ(first.comfort.next_day, plan::NextDay::same);
  EXPECT_EQ(first.counts.left, 4);
  EXPECT_EQ(first.counts.kicks, 4);
  EXPECT_EQ(first.counts.clean, 8);
  EXPECT_EQ(first.counts.both, 0);
  EXPECT_EQ(first.means.knee_flexion_deg->systematic, 5.0);
  EXPECT_EQ(first.means.lengthening_s, 61.5);
  EXPECT_EQ(first.scoring.engine, "matside 0.0.2");
  EXPECT_EQ(first.corrected.has_value(), GetParam() >= 2);
  EXPECT_EQ(practices[1].origin, Origin::sound);
  EXPECT_EQ(practices[1].counts.right, 5);
  EXPECT_THAT(records_->scorings(1).value(), SizeIs(2));
  EXPECT_THAT(records_->analysis(1).value(), AllOf(HasSubstr("7zXZ"), SizeIs(56)));
  const auto poses = records_->poses(1).value();
  ASSERT_THAT(poses, SizeIs(1));
  EXPECT_EQ(poses[0].stream, "poses of Ada");
  EXPECT_EQ(poses[0].full_peak, base::Degrees(95.5));
}

TEST_P(MigrationTest, KeepsKicksAsPeaks) {
  const auto repetitions = records_->repetitions(1).value();
  ASSERT_THAT(repetitions, SizeIs(3));
  const SavedRepetition& one = repetitions[0];
  EXPECT_EQ(one.knee_flexion, base::Degrees(101.5));
  EXPECT_EQ(one.lowering, base::Seconds(1.5));
  EXPECT_EQ(one.transit_70_20, base::Seconds(0.75));
  EXPECT_EQ(one.hip_rise_thigh_lengths, 0.125);
  EXPECT_EQ(one.thigh_lift, base::Degrees(3.5));
  ASSERT_THAT(one.faults, SizeIs(2));
  EXPECT_EQ(one.faults[1].id, "dropped_foot");
  ASSERT_THAT(one.peaks, SizeIs(1));
  EXPECT_EQ(one.peaks[0].time, base::Seconds(2.25));
  EXPECT_EQ(one.peaks[0].value, 101.5);
  EXPECT_EQ(one.peaks[0].unit, "deg");
  EXPECT_EQ(one.peaks[0].leg, std::nullopt);
  EXPECT_THAT(one.readings, SizeIs(0));
  const SavedRepetition& two = repetitions[1];
  ASSERT_THAT(two.peaks, SizeIs(2));
  EXPECT_EQ(two.peaks[1].time, base::Seconds(6.25));
  EXPECT_EQ(two.peaks[0].value, std::nullopt) << "only the larger one's bend was saved";
  EXPECT_EQ(two.peaks[1].value, std::nullopt);
  const SavedRepetition& unmeasured = repetitions[2];
  EXPECT_EQ(unmeasured.knee_flexion, std::nullopt);
  ASSERT_THAT(unmeasured.peaks, SizeIs(1));
  EXPECT_EQ(unmeasured.peaks[0].value, std::nullopt);
  EXPECT_EQ(unmeasured.corrected.has_value(), GetParam() >= 2);
}

TEST_P(MigrationTest, PlansOn) {
  const LocalTime now{{1'767'600'000 + 3 * kSecondsADay}, 60};
  const Today plan =
      today(*records_, 1, now, support::single_leg_kick(), support::plan_rules()).value();
  EXPECT_EQ(plan.next.level, 2) << "as the teacher set it";
  EXPECT_THAT(plan.next.reasons,
              ElementsAre(plan::DecisionReason::teacher, plan::DecisionReason::rest));
  Person ada = records_->person(1).value();
  ada.teacher_levels.clear();
  ASSERT_TRUE(records_->update_person(ada));
  const Today own =
      today(*records_, 1, now, support::single_leg_kick(), support::plan_rules()).value();
  EXPECT_EQ(own.next.level, 0);
  EXPECT_EQ(own.next.repetitions, support::single_leg_kick().level(0)->repetitions_start + 1);
  EXPECT_EQ(own.next.not_before.unix_s, 1'767'800'000 + 2 * kSecondsADay);
}

TEST_P(MigrationTest, LeavesASoundDatabaseAndACopyOfTheOldOne) {
  EXPECT_TRUE(check(file()));
  EXPECT_TRUE(export_json(*records_, 1));
  const std::string copy = copy_before_migration(file());
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(copy.c_str(), &raw), SQLITE_OK);
  std::string found;
  const auto append = [](void* to, int, char** values, char**) {
    static_cast<std::string*>(to)->append(values[0]).append(" ");
    return 0;
  };
  ASSERT_EQ(sqlite3_exec(raw, "PRAGMA user_version; SELECT count(*) FROM kick", append, &found,
                         nullptr),
            SQLITE_OK);
  sqlite3_close(raw);
  EXPECT_EQ(found, std::to_string(GetParam()) + " 5 ");
}

TEST_P(MigrationTest, EndsWithNothingHalfDoneWhereAValueDoesNotFit) {
  records_.reset();
  const std::string other = (folder_.path() / "other.db").string();
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(other.c_str(), &raw), SQLITE_OK);
  const std::string sql = records_test::old_database(GetParam(), "Ada", "poses") +
                          "; PRAGMA ignore_check_constraints = ON;"
                          "UPDATE repetition SET side = 'up'";
  ASSERT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(raw);
  EXPECT_FALSE(open(other));
  EXPECT_FALSE(open(other)) << "again";
  ASSERT_EQ(sqlite3_open(other.c_str(), &raw), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(raw, "UPDATE repetition SET side = 'left'", nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(raw);
  const auto mended = open(other);
  ASSERT_TRUE(mended) << mended.error().message;
  EXPECT_THAT(mended.value()->repetitions(1).value(), SizeIs(3));
}

}  // namespace
}  // namespace matside::records::sqlite
