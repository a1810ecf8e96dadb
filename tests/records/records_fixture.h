// What the tests of the records share: a database in a temporary folder with one person, and
// simulated practices.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/coaching/lesson.h"
#include "core/pose/pose_frame.h"
#include "records/local_time.h"
#include "records/practice_draft.h"
#include "records/repository.h"

namespace matside::records_test {

/// A folder for one test; removed afterwards.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Opens the folder's database; again, as after a crash.
  [[nodiscard]] std::unique_ptr<records::Repository> open() const;

 private:
  std::filesystem::path path_;
};

inline constexpr records::Instant kMonday{1'767'600'000};  // 5 January 2026, 8:00 UTC
inline constexpr int kUtcOffset_min = 60;
/// @param day  days after kMonday
records::LocalTime on_day(double day);
extern const records::EngineInfo kEngine;

/// A test with an empty database and one person, Ada.
class RecordsTest : public ::testing::Test {
 protected:
  void SetUp() override;

  /// A practice of that day, with every repetition clean.
  /// @returns its start; the test may change it before saving
  [[nodiscard]] records::PracticeStart start(double day, int level = 0,
                                             int repetitions = 4) const;
  /// Saves a practice of which every repetition of the goal was done, clean.
  records::Id add_practice(const records::PracticeStart& start,
                           const records::Comfort& comfort = {}, double knee_deg = 100.0);

  TemporaryFolder folder_;
  std::unique_ptr<records::Repository> records_;
  records::Id person_ = 0;
};

/// The poses of a simulated practice, at 24 to 60 frames a second, some repetitions with
/// faults.
std::vector<pose::PoseFrame> simulated_poses(std::uint64_t seed, int level);

/// The poses of a clip of a sister move: swan_preparation, double_leg_kick or prone_leg_lift,
/// in tests/data/poses/moves.
const std::vector<pose::PoseFrame>& poses_of_move(const std::string& move);

/// Runs the frames through the lesson and records them in the draft, as the server does.
/// @returns the repetitions that the lesson reported
std::vector<exercise::Repetition> record(const std::vector<pose::PoseFrame>& frames,
                                         coaching::Lesson& lesson,
                                         records::PracticeDraft& draft);

/// A lesson of ten repetitions on each side.
coaching::Lesson lesson_of(int level, bool guided = false);

}  // namespace matside::records_test
