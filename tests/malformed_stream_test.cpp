// Streams from broken sources: they do no harm, and give a warning at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "core/engine/session.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace matside {
namespace {

using base::Seconds;
using engine::Analysis;
using engine::Event;
using pose::PoseFrame;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Pair;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr int kRepetitions = 4;
constexpr std::size_t kAtEnd = std::numeric_limits<std::size_t>::max();

support::Practice plain_practice() {
  support::Practice practice;
  practice.noise_px = 0.8;
  practice.steps = support::alternating(kRepetitions);
  return practice;
}

std::vector<PoseFrame> plain_frames() { return perform(plain_practice()).frames; }

struct SessionOutput {
  std::map<std::string, std::vector<std::size_t>> warned;  ///< by id: at which frames pushed
  Analysis analysis;
};

SessionOutput run_session(const std::vector<PoseFrame>& frames) {
  auto session = engine::Session::create(support::single_leg_kick(), 1);
  EXPECT_TRUE(session.ok());
  SessionOutput heard;
  const auto listen = [&](std::span<const Event> events, std::size_t at) {
    for (const Event& event : events) {
      const auto* warned = std::get_if<engine::Warned>(&event);
      if (warned == nullptr) continue;
      EXPECT_GT(warned->warning.message.size(), warned->warning.id.size());
      heard.warned[warned->warning.id].push_back(at);
    }
  };
  for (std::size_t i = 0; i < frames.size(); ++i) listen(session.value().push(frames[i]), i);
  listen(session.value().finish(), kAtEnd);
  heard.analysis = session.value().analysis();
  return heard;
}

std::vector<PoseFrame> changed(std::size_t from, std::size_t to,
                               const std::function<void(PoseFrame&)>& change) {
  auto frames = plain_frames();
  for (std::size_t i = from; i < std::min(to, frames.size()); ++i) change(frames[i]);
  return frames;
}

void set_joints(PoseFrame& frame, double x_px, double y_px) {
  for (pose::Keypoint& k : frame.pose->keypoints) k.position = {x_px, y_px};
}

std::size_t repetitions(const SessionOutput& heard) {
  return heard.analysis.repetitions.size();
}

// While both feet rest, before the first repetition.
constexpr std::size_t kRest = 110;
constexpr std::size_t kEver = kAtEnd;

TEST(MalformedStream, a_valid_stream_gives_no_warning) {
  const SessionOutput heard = run_session(plain_frames());
  EXPECT_THAT(heard.warned, IsEmpty());
  EXPECT_EQ(repetitions(heard), kRepetitions);
}

TEST(MalformedStream, that_is_empty_gives_a_warning_at_its_end) {
  const SessionOutput heard = run_session({});
  EXPECT_THAT(heard.warned, ElementsAre(Pair("no_person", ElementsAre(kAtEnd))));
  EXPECT_EQ(repetitions(heard), 0U);
}

TEST(MalformedStream, invalid_times_give_a_warning_at_once_and_are_skipped) {
  for (const double time_s : {kNan, kInfinity, -kInfinity}) {
    const SessionOutput heard =
        run_session(changed(kRest, kRest + 4, [&](PoseFrame& f) { f.time = Seconds(time_s); }));
    EXPECT_THAT(heard.warned, ElementsAre(Pair("disorder", ElementsAre(kRest)))) << time_s;
    EXPECT_EQ(repetitions(heard), kRepetitions) << time_s;
  }
}

TEST(MalformedStream, without_a_valid_time_gives_one_warning) {
  const SessionOutput heard =
      run_session(changed(0, kEver, [](PoseFrame& f) { f.time = Seconds(kNan); }));
  EXPECT_THAT(heard.warned.at("disorder"), ElementsAre(0U));
  EXPECT_EQ(repetitions(heard), 0U);
}

TEST(MalformedStream, invalid_joints_give_a_warning_at_once_and_are_ignored) {
  for (const double place_px : {kNan, kInfinity, -kInfinity}) {
    const SessionOutput heard = run_session(
        changed(kRest, kRest + 4, [&](PoseFrame& f) { set_joints(f, place_px, place_px); }));
    EXPECT_THAT(heard.warned, ElementsAre(Pair("broken_poses", ElementsAre(kRest))))
        << place_px;
    EXPECT_EQ(repetitions(heard), kRepetitions) << place_px;
  }
}

TEST(MalformedStream, invalid_scores_give_a_warning_at_once) {
  const SessionOutput heard = run_session(
      changed(kRest, kRest + 4, [](PoseFrame& f) { f.pose->keypoints[25].score = kNan; }));
  EXPECT_THAT(heard.warned, ElementsAre(Pair("broken_poses", ElementsAre(kRest))));
  EXPECT_EQ(repetitions(heard), kRepetitions);
}

TEST(MalformedStream, without_a_valid_joint_gives_a_warning_and_counts_nothing) {
  const SessionOutput heard =
      run_session(changed(0, kEver, [](PoseFrame& f) { set_joints(f, kNan, 1.0); }));
  EXPECT_THAT(heard.warned.at("broken_poses"), ElementsAre(0U));
  EXPECT_THAT(heard.warned, Contains(Key("legs_not_seen")));
  EXPECT_EQ(repetitions(heard), 0U);
}

TEST(MalformedStream, joints_far_outside_the_picture_do_no_harm) {
  for (const double place_px : {1e30, -1e300, 1e308}) {
    const SessionOutput heard = run_session(
        changed(0, kEver, [&](PoseFrame& f) { set_joints(f, place_px, -place_px); }));
    EXPECT_EQ(repetitions(heard), 0U) << place_px;
    EXPECT_THAT(heard.warned, Not(IsEmpty())) << place_px;
  }
}

TEST(MalformedStream, time_that_goes_backwards_gives_a_warning_and_counting_continues) {
  // The source jumps back a second and plays on from there.
  auto frames = plain_frames();
  const std::vector<PoseFrame> again(frames.begin() + kRest - 30, frames.begin() + kRest);
  frames.insert(frames.begin() + kRest, again.begin(), again.end());
  const SessionOutput heard = run_session(frames);
  EXPECT_THAT(heard.warned, ElementsAre(Pair("disorder", ElementsAre(kRest))));
  EXPECT_EQ(repetitions(heard), kRepetitions);
}

TEST(MalformedStream, played_backwards_gives_one_warning) {
  auto frames = plain_frames();
  std::reverse(frames.begin(), frames.end());
  const SessionOutput heard = run_session(frames);
  EXPECT_THAT(heard.warned.at("disorder"), ElementsAre(1U));
  EXPECT_EQ(repetitions(heard), 0U);
}

TEST(MalformedStream, doubled_frames_are_counted_once_with_one_warning) {
  std::vector<PoseFrame> doubled;
  for (const PoseFrame& frame : plain_frames()) doubled.insert(doubled.end(), 2, frame);
  const SessionOutput heard = run_session(doubled);
  EXPECT_THAT(heard.warned, ElementsAre(Pair("disorder", ElementsAre(1U))));
  EXPECT_EQ(repetitions(heard), kRepetitions);
}

TEST(MalformedStream, two_bursts_give_two_warnings) {
  auto frames = plain_frames();
  for (const std::size_t at : {kRest, kRest + 1, kRest + 200}) {
    frames[at].time = frames[at - 5].time;
  }
  EXPECT_THAT(run_session(frames).warned,
              ElementsAre(Pair("disorder", ElementsAre(kRest, kRest + 200))));
}

TEST(MalformedStream, times_of_10000_frames_a_second_give_a_warning_at_once) {
  double time_s = 0.0;
  const SessionOutput heard =
      run_session(changed(0, kEver, [&](PoseFrame& f) { f.time = Seconds(time_s += 1e-4); }));
  ASSERT_EQ(heard.warned.count("high_frame_rate"), 1U);
  EXPECT_EQ(heard.warned.at("high_frame_rate").size(), 1U);
  EXPECT_LT(heard.warned.at("high_frame_rate")[0], 100U);
  EXPECT_EQ(repetitions(heard), 0U);
}

TEST(MalformedStream, a_practice_at_10000_frames_a_second_is_counted_with_a_warning) {
  auto practice = plain_practice();
  practice.steps.resize(2);
  practice.fps = 10000.0;
  const SessionOutput heard = run_session(perform(practice).frames);
  EXPECT_THAT(heard.warned, ElementsAre(Pair("high_frame_rate", testing::SizeIs(1))));
  EXPECT_EQ(repetitions(heard), 2U);
  EXPECT_EQ(heard.analysis.counts.kicks, 4);
}

TEST(MalformedStream, with_one_joint_only_gives_a_warning_within_seconds) {
  for (std::size_t only = 0; only < pose::kLandmarkCount; ++only) {
    const SessionOutput heard = run_session(changed(0, kEver, [&](PoseFrame& f) {
      for (std::size_t k = 0; k < pose::kLandmarkCount; ++k) {
        if (k != only) f.pose->keypoints[k].score = 0.0;
      }
    }));
    ASSERT_EQ(heard.warned.count("legs_not_seen"), 1U) << only;
    EXPECT_LT(heard.warned.at("legs_not_seen")[0], 30U * 4U) << only;
    EXPECT_EQ(repetitions(heard), 0U) << only;
  }
}

TEST(MalformedStream,
     that_loses_the_person_is_told_while_it_runs_and_again_when_it_happens_again) {
  const std::size_t gone_for = 30 * 4;
  auto frames = changed(kRest, kRest + gone_for, [](PoseFrame& f) { f.pose.reset(); });
  const std::size_t again = kRest + gone_for + 60;
  for (std::size_t i = again; i < again + gone_for; ++i) frames[i].pose.reset();
  const SessionOutput heard = run_session(frames);
  EXPECT_THAT(heard.warned.at("no_person"), ElementsAre(kRest + 90, again + 90));
}

TEST(MalformedStream, one_time_far_ahead_gives_a_warning_for_the_frames_after_it) {
  const SessionOutput heard =
      run_session(changed(kRest, kRest + 1, [](PoseFrame& f) { f.time = Seconds(1e9); }));
  EXPECT_THAT(heard.warned.at("disorder"), ElementsAre(kRest + 1));
}

TEST(MalformedStream, every_warning_of_the_analysis_was_an_event) {
  const SessionOutput heard =
      run_session(changed(0, 400, [](PoseFrame& f) { f.pose.reset(); }));
  ASSERT_THAT(heard.analysis.warnings, Not(IsEmpty()));
  for (const auto& warning : heard.analysis.warnings) {
    EXPECT_EQ(heard.warned.count(warning.id), 1U) << warning.id;
  }
}

}  // namespace
}  // namespace matside
