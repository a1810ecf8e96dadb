#include "tests/records/records_fixture.h"

#include <fstream>
#include <iterator>
#include <map>
#include <span>
#include <utility>
#include <variant>

#include "formats/pose_csv.h"
#include "formats/xz.h"
#include "records/sqlite/repository.h"
#include "tests/support/exercise.h"
#include "tests/support/random_practice.h"

namespace matside::records_test {
namespace {

constexpr double kHoursADay = 24.0;

}  // namespace

const records::EngineInfo kEngine{"matside test", "blazepose-full", true};

TemporaryFolder::TemporaryFolder() {
  const ::testing::TestInfo& test = *::testing::UnitTest::GetInstance()->current_test_info();
  path_ = std::filesystem::path(::testing::TempDir()) /
          (std::string(test.test_suite_name()) + "_" + test.name());
  std::filesystem::remove_all(path_);
}
TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::unique_ptr<records::Repository> TemporaryFolder::open() const {
  auto opened = records::sqlite::open((path_ / "matside.db").string());
  EXPECT_TRUE(opened) << opened.error().message;
  return opened ? std::move(opened).value() : nullptr;
}

records::LocalTime on_day(double day) {
  return {plan::after_hours(kMonday, kHoursADay * day), kUtcOffset_min};
}

void RecordsTest::SetUp() {
  records_ = folder_.open();
  ASSERT_NE(records_, nullptr);
  person_ = records_->add_person("Ada", kMonday).value();
}

records::PracticeStart RecordsTest::start(double day, int level, int repetitions) const {
  records::PracticeStart start;
  start.person = person_;
  start.start = on_day(day).instant;
  start.utc_offset_min = kUtcOffset_min;
  start.exercise = support::single_leg_kick().id;
  start.level = level;
  start.goal_repetitions = repetitions;
  start.scoring = {"matside test", R"({"pose_model":"blazepose-full"})", start.start};
  return start;
}

records::Id RecordsTest::add_practice(const records::PracticeStart& start,
                                      const records::Comfort& comfort, double knee_deg) {
  const int each_side = start.goal_repetitions;
  records::PracticeResult result;
  result.counts = {each_side, each_side, 0, 2 * each_side, 2 * each_side};
  result.means.knee_flexion_deg = exercise::Measured{knee_deg, 1.0, 5.0};
  result.means.lengthening_s = 60.0;
  return records_
      ->add_practice(start, {records::EndReason::goal, base::Seconds(100.0)}, comfort, {},
                     result, {})
      .value();
}

std::vector<pose::PoseFrame> simulated_poses(std::uint64_t seed, int level) {
  support::Practice practice = support::random_practice(seed);
  practice.level = level;
  std::vector<pose::PoseFrame> frames;
  for (const pose::PoseFrame& frame : support::perform(practice).frames) {
    frames.push_back(pose::rounded(frame));
  }
  return frames;
}

const std::vector<pose::PoseFrame>& poses_of_move(const std::string& move) {
  static std::map<std::string, std::vector<pose::PoseFrame>> read;
  constexpr std::size_t kLargest = 4U << 20U;
  constexpr base::ImageSize kSize{640, 360};
  if (!read.contains(move)) {
    const std::string file = MATSIDE_SOURCE_DIR "/tests/data/poses/moves/" + move + ".csv.xz";
    std::ifstream packed(file, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(packed), {});
    const auto text = formats::xz_decompressed(bytes, kLargest, file);
    auto poses = text ? formats::read_pose_csv(text.value(), file, kSize)
                      : base::Result<std::vector<pose::PoseFrame>>(text.error());
    EXPECT_TRUE(poses) << poses.error().message;
    if (poses) read[move] = std::move(poses).value();
  }
  return read[move];
}

std::vector<exercise::Repetition> record(const std::vector<pose::PoseFrame>& frames,
                                         coaching::Lesson& lesson,
                                         records::PracticeDraft& draft) {
  std::vector<exercise::Repetition> reported;
  const auto handle = [&](std::span<const coaching::LessonEvent> events) {
    for (const coaching::LessonEvent& each : events) {
      const auto* finished = std::get_if<engine::RepetitionFinished>(&each);
      if (finished == nullptr) continue;
      reported.push_back(finished->repetition);
      exercise::RepetitionCounts counts = lesson.analysis().counts;
      const exercise::RepetitionCounts& before = draft.counts_before();
      counts.left += before.left;
      counts.right += before.right;
      counts.unsure += before.unsure;
      counts.kicks += before.kicks;
      counts.clean += before.clean;
      const auto saved = draft.add_repetition(finished->repetition, counts);
      EXPECT_TRUE(saved) << saved.error().message;
    }
  };
  for (const pose::PoseFrame& frame : frames) {
    const auto events = lesson.push(frame);
    draft.add_frame(frame, lesson.scoring_context());
    handle(events);
  }
  handle(lesson.finish());
  return reported;
}

coaching::Lesson lesson_of(int level, bool guided) {
  coaching::PracticeRequest request;
  request.level = level;
  request.repetitions = 10;
  request.guided = guided;
  return coaching::Lesson::create(support::single_leg_kick(), request).value();
}

}  // namespace matside::records_test
