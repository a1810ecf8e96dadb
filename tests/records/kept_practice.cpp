#include "tests/records/kept_practice.h"

#include <gtest/gtest.h>

#include <variant>

#include "records/sqlite/repository.h"
#include "tests/support/random_practice.h"

namespace matside::records_test {

const records::Engine kEngine{"matside test", "blazepose-full", true};

Folder::Folder() {
  const ::testing::TestInfo& test = *::testing::UnitTest::GetInstance()->current_test_info();
  path_ = std::filesystem::path(::testing::TempDir()) /
          (std::string(test.test_suite_name()) + "_" + test.name());
  std::filesystem::remove_all(path_);
}
Folder::~Folder() {
  std::error_code gone;
  std::filesystem::remove_all(path_, gone);
}

std::unique_ptr<records::Repository> Folder::open() const {
  auto opened = records::sqlite::open(file());
  EXPECT_TRUE(opened) << opened.error().message;
  return opened ? std::move(opened).value() : nullptr;
}

records::Now on_day(double day) { return {plan::after_hours(kMonday, kHoursADay * day), 60}; }

std::vector<pose::PoseFrame> some_practice(std::uint64_t seed, int level) {
  support::Practice practice = support::random_practice(seed);
  practice.level = level;
  std::vector<pose::PoseFrame> frames;
  for (const pose::PoseFrame& frame : support::perform(practice).frames) {
    frames.push_back(pose::rounded(frame));
  }
  return frames;
}

std::vector<exercise::Repetition> watch(const std::vector<pose::PoseFrame>& frames,
                                        coaching::Lesson& lesson, records::Ongoing& ongoing) {
  std::vector<exercise::Repetition> told_of;
  const auto take = [&](std::span<const coaching::Told> told) {
    for (const coaching::Told& each : told) {
      const auto* finished = std::get_if<engine::RepetitionFinished>(&each);
      if (finished == nullptr) continue;
      told_of.push_back(finished->repetition);
      const engine::Counts counts = lesson.analysis().counts;
      const records::Counts& before = ongoing.before();
      const auto kept = ongoing.finished(
          finished->repetition, {before.left + counts.left, before.right + counts.right,
                                 before.unsure + counts.unsure, before.kicks + counts.kicks,
                                 before.clean + counts.clean});
      EXPECT_TRUE(kept) << kept.error().message;
    }
  };
  for (const pose::PoseFrame& frame : frames) {
    const auto told = lesson.push(frame);
    ongoing.saw(frame, lesson.judging());
    take(told);
  }
  take(lesson.finish());
  return told_of;
}

}  // namespace matside::records_test
