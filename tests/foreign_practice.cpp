#include "tests/foreign_practice.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/engine/session.h"
#include "tests/support/exercise.h"

namespace matside::tests {
namespace {

constexpr int kRepetitions = 6;

}  // namespace

const support::SimulatedSession& practice() {
  static const support::SimulatedSession kPerformed = [] {
    support::Practice practice;
    practice.camera.size = {1280, 720};
    practice.noise_px = 0.5;
    practice.steps = support::alternating(kRepetitions);
    return support::perform(practice);
  }();
  return kPerformed;
}

/// Side and kicks of each repetition, as counted and as performed.
std::string counted(const std::vector<pose::PoseFrame>& frames) {
  auto session = engine::Session::create(support::single_leg_kick(), 1);
  for (const auto& frame : frames) session.value().push(frame);
  session.value().finish();
  std::string text;
  for (const auto& r : session.value().analysis().repetitions) {
    text += fmt::format("{} {}, ", exercise::name(r.side), r.kicks.size());
  }
  return text;
}
std::string truth() {
  std::string text;
  for (const auto& r : practice().repetitions) {
    text += fmt::format("{} {}, ", pose::name(r.side), r.kicks.size());
  }
  return text;
}

formats::PoseFileHints pictures() { return {{base::ImageSize{1280, 720}, kFps}, {}}; }

void expect_counted(const base::Result<formats::ImportedPoses>& read,
                    const std::string& skeleton) {
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read.value().skeleton, skeleton);
  EXPECT_EQ(read.value().frames.size(), practice().frames.size());
  EXPECT_EQ(counted(read.value().frames), truth());
}

}  // namespace matside::tests
