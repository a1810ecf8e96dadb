#include "records/sqlite/repository.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

#include "records/sqlite/backup.h"

namespace matside::records::sqlite {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr Instant kNow{1'767'600'000};

/// A folder of its own for each test.
class RepositoryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              (std::string("store_") +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    reopen();
    person_ = records_->add_person("Ada", kNow).value();
  }
  void TearDown() override {
    records_.reset();
    std::filesystem::remove_all(folder_);
  }
  void reopen() {
    records_.reset();
    auto opened = open(file());
    ASSERT_TRUE(opened) << opened.error().message;
    records_ = std::move(opened).value();
  }
  std::string file() const { return (folder_ / "matside.db").string(); }

  PracticeStart start() const {
    PracticeStart b;
    b.person = person_;
    b.start = kNow;
    b.utc_offset_min = 60;
    b.exercise = "single-leg-kick";
    b.level = 1;
    b.goal_repetitions = 5;
    b.comfort_before = 2;
    b.scoring = {"matside 0.1.0", R"({"model":"full"})", kNow};
    return b;
  }
  static SavedRepetition repetition(int index) {
    SavedRepetition r;
    r.index = index;
    r.side = exercise::KickingSide::left;
    r.status = exercise::RepetitionStatus::faulty;
    r.start = base::Seconds(10.25);
    r.end = base::Seconds(14.5);
    r.knee_flexion = base::Degrees(104.5);
    r.lowering = base::Seconds(2.25);
    r.hip_rise_thigh_lengths = 0.03;
    r.peaks = {{base::Seconds(11.0), 104.5, "deg"}, {base::Seconds(11.7), std::nullopt, "deg"}};
    r.faults = {{"drop", 0.25, 0.3, "s"}};
    return r;
  }

  std::filesystem::path folder_;
  std::unique_ptr<Repository> records_;
  Id person_ = 0;
};

PoseChunk chunk(const std::string& stream, int frames) {
  PoseChunk made;
  made.session = 2;
  made.full_peak = base::Degrees(95.0);
  made.frames = frames;
  made.stream = stream;
  return made;
}

std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_F(RepositoryTest, RestoresAPerson) {
  Person ada = records_->person(person_).value();
  ada.name = "Ada \xF0\x9F\x90\xB1 \xE6\x84\x9B'; DROP TABLE person; --";
  ada.settings = R"({"voice":true})";
  ada.pin = "$argon2id$";
  ada.teacher_levels = {{"single-leg-kick", 2}, {"swan-preparation", 0}};
  ada.safety_read_at = kNow;
  ASSERT_TRUE(records_->update_person(ada));
  reopen();
  const Person saved = records_->person(person_).value();
  EXPECT_EQ(saved.name, ada.name);
  EXPECT_EQ(saved.settings, ada.settings);
  EXPECT_EQ(saved.pin, ada.pin);
  EXPECT_EQ(saved.teacher_levels, ada.teacher_levels);
  EXPECT_EQ(saved.teacher_level("swan-preparation"), 0);
  EXPECT_EQ(saved.teacher_level("other"), std::nullopt);
  EXPECT_EQ(saved.safety_read_at, kNow);
  EXPECT_FALSE(saved.cleared_since);
}

TEST_F(RepositoryTest, RefusesASecondPersonOfAName) {
  const auto taken = records_->add_person("Ada", kNow);
  EXPECT_EQ(taken.error().kind, base::ErrorKind::conflict);
  EXPECT_THAT(taken.error().message, HasSubstr("another person is already called Ada"));
  const Id other = records_->add_person("Bo", kNow).value();
  Person bo = records_->person(other).value();
  bo.name = "Ada";
  EXPECT_EQ(records_->update_person(bo).error().kind, base::ErrorKind::conflict);
  bo.name = "Cy";
  bo.id = 77;
  EXPECT_EQ(records_->update_person(bo).error().kind, base::ErrorKind::not_found);
}

TEST_F(RepositoryTest, SavesEachRepetitionAtOnce) {
  const Id practice = records_->begin(start()).value();
  ASSERT_TRUE(records_->add(practice, repetition(1)));
  // Another program can read it while this one continues.
  const auto other = open(file());
  const auto seen = other.value()->repetitions(practice).value();
  ASSERT_THAT(seen, SizeIs(1));
  EXPECT_EQ(seen[0].side, exercise::KickingSide::left);
  EXPECT_EQ(seen[0].status, exercise::RepetitionStatus::faulty);
  EXPECT_EQ(seen[0].lowering, base::Seconds(2.25));
  EXPECT_FALSE(seen[0].transit_70_20);
  ASSERT_THAT(seen[0].peaks, SizeIs(2));
  EXPECT_EQ(seen[0].peaks[0].value, 104.5);
  EXPECT_EQ(seen[0].peaks[1].time, base::Seconds(11.7));
  EXPECT_EQ(seen[0].peaks[1].value, std::nullopt);
  EXPECT_EQ(seen[0].peaks[1].unit, "deg");
  ASSERT_THAT(seen[0].faults, SizeIs(1));
  EXPECT_EQ(seen[0].faults[0].id, "drop");
  EXPECT_FALSE(other.value()->practice(practice).value().ended_by);
}

TEST_F(RepositoryTest, SavesTheMeasurementsOfAnEndedPractice) {
  const Id practice = records_->begin(start()).value();
  ASSERT_TRUE(records_->add(practice, chunk("one", 10)));
  ASSERT_TRUE(records_->add(practice, chunk("two", 20)));
  EXPECT_THAT(records_->poses(practice).value(), SizeIs(2));
  PracticeResult result;
  result.counts = {5, 4, 1, 19, 8};
  result.means.knee_flexion_deg = exercise::Measured{101.0, 1.0, 5.0};
  result.analysis = std::string("\0packed", 7);
  ASSERT_TRUE(records_->end(practice, {EndReason::goal, base::Seconds(130.0)}, result,
                            {chunk("one and two", 30)}));
  reopen();
  const Practice saved = records_->practice(practice).value();
  EXPECT_EQ(saved.exercise, "single-leg-kick");
  EXPECT_EQ(saved.ended_by, EndReason::goal);
  EXPECT_EQ(saved.comfort.before, 2);
  EXPECT_EQ(saved.counts.unsure, 1);
  EXPECT_EQ(saved.counts.clean, 8);
  EXPECT_EQ(saved.means.knee_flexion_deg->systematic, 5.0);
  EXPECT_FALSE(saved.means.lowering_s);
  EXPECT_EQ(saved.scoring.engine, "matside 0.1.0");
  EXPECT_EQ(records_->analysis(practice).value(), result.analysis);
  ASSERT_THAT(records_->poses(practice).value(), SizeIs(1));
  const PoseChunk poses = records_->poses(practice).value()[0];
  EXPECT_EQ(poses.stream, "one and two");
  EXPECT_EQ(poses.session, 2);
  EXPECT_EQ(poses.full_peak, base::Degrees(95.0));
}

TEST_F(RepositoryTest, KeepsEveryScoringAndUsesTheNewest) {
  const Id practice = records_->begin(start()).value();
  ASSERT_TRUE(records_->add(practice, repetition(1)));
  PracticeResult result;
  result.counts.left = 1;
  ASSERT_TRUE(records_->end(practice, {}, result, {}));
  result.counts.left = 2;
  ASSERT_TRUE(records_->rescore(practice, {"matside 0.2.0", "{}", kNow},
                                {repetition(1), repetition(2)}, result));
  EXPECT_EQ(records_->practice(practice).value().counts.left, 2);
  EXPECT_THAT(records_->repetitions(practice).value(), SizeIs(2));
  const auto scorings = records_->scorings(practice).value();
  ASSERT_THAT(scorings, SizeIs(2));
  EXPECT_EQ(scorings[0].first.engine, "matside 0.1.0");
  EXPECT_EQ(scorings[0].second.left, 1);
}

TEST_F(RepositoryTest, SavesCorrectionsBesideTheCounts) {
  const Id practice = records_->begin(start()).value();
  ASSERT_TRUE(records_->add(practice, repetition(1)));
  ASSERT_TRUE(records_->correct(practice, SideCounts{6, 6}));
  ASSERT_TRUE(records_->correct_side(practice, 1, exercise::KickingSide::right));
  EXPECT_EQ(records_->practice(practice).value().corrected->right, 6);
  const auto saved = records_->repetitions(practice).value();
  EXPECT_EQ(saved[0].side, exercise::KickingSide::left);
  EXPECT_EQ(saved[0].corrected, exercise::KickingSide::right);
  ASSERT_TRUE(records_->correct(practice, std::nullopt));
  EXPECT_FALSE(records_->practice(practice).value().corrected);
  EXPECT_FALSE(records_->correct_side(practice, 2, std::nullopt));
}

TEST_F(RepositoryTest, SavesAWholePracticeOrNothing) {
  std::vector<SavedRepetition> twice{repetition(1), repetition(1)};
  EXPECT_FALSE(records_->add_practice(start(), {}, {}, twice, {}, {}));
  EXPECT_THAT(records_->practices(person_).value(), SizeIs(0));
  twice[1].index = 2;
  EXPECT_TRUE(records_->add_practice(start(), {}, {}, twice, {}, {chunk("p", 1)}));
  EXPECT_THAT(records_->practices(person_).value(), SizeIs(1));
}

TEST_F(RepositoryTest, LeavesNothingOfErasedDataInTheFile) {
  const Id practice = records_->begin(start()).value();
  ASSERT_TRUE(records_->add(practice, chunk("a stream nobody else has", 10)));
  const Id other = records_->begin(start()).value();
  ASSERT_TRUE(records_->erase_practice(practice));
  EXPECT_FALSE(records_->practice(practice));
  EXPECT_TRUE(records_->practice(other));
  ASSERT_TRUE(records_->erase_person(person_));
  EXPECT_THAT(records_->persons().value(), SizeIs(0));
  EXPECT_FALSE(records_->practice(other));
  records_.reset();
  const std::string left = bytes_of(file()) + bytes_of(file() + "-wal");
  EXPECT_EQ(left.find("a stream nobody else has"), std::string::npos);
  EXPECT_EQ(left.find("Ada"), std::string::npos);
}

TEST_F(RepositoryTest, BacksUpWithoutOverwriting) {
  const Id practice = records_->begin(start()).value();
  const std::string copy = (folder_ / "copy.db").string();
  ASSERT_TRUE(records_->backup(copy));
  EXPECT_TRUE(check(copy));
  EXPECT_TRUE(open(copy).value()->practice(practice));
  EXPECT_THAT(records_->backup(copy).error().message, HasSubstr("already exists"));
}

TEST_F(RepositoryTest, RefusesInvalidValues) {
  PracticeStart nobody = start();
  nobody.person = 77;
  EXPECT_FALSE(records_->begin(nobody));
  for (const char* exercise : {"", "Swan", "swan preparation", "swan\n"}) {
    PracticeStart unnamed = start();
    unnamed.exercise = exercise;
    EXPECT_FALSE(records_->begin(unnamed)) << exercise;
  }
  EXPECT_FALSE(records_->add_person("", kNow));
  EXPECT_EQ(records_->repetitions(4).error().kind, base::ErrorKind::not_found);
  EXPECT_THAT(records_->practice(4).error().message, HasSubstr("no practice 4"));
  EXPECT_EQ(records_->set_comfort(4, {}).error().kind, base::ErrorKind::not_found);
  const Id practice = records_->begin(start()).value();
  Comfort beyond;
  beyond.before = 11;
  EXPECT_FALSE(records_->set_comfort(practice, beyond));
}

}  // namespace
}  // namespace matside::records::sqlite
