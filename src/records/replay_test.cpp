#include "records/replay.h"

#include <gmock/gmock.h>

#include <vector>

#include "core/engine/session.h"
#include "formats/pose_codec.h"
#include "formats/xz.h"
#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"

namespace matside::records {
namespace {

using base::ErrorKind;
using base::Seconds;
using records_test::simulated_poses;
using support::single_leg_kick;
using ::testing::HasSubstr;
using ::testing::SizeIs;

PoseChunk chunk(const std::vector<pose::PoseFrame>& frames, int session = 1) {
  PoseChunk made;
  made.session = session;
  made.frames = static_cast<std::int64_t>(frames.size());
  made.stream = formats::encode_poses(frames);
  return made;
}

std::vector<PoseChunk> in_parts(const std::vector<pose::PoseFrame>& frames, std::size_t size) {
  std::vector<PoseChunk> parts;
  for (std::size_t i = 0; i < frames.size(); i += size) {
    const auto begin = frames.begin() + static_cast<std::ptrdiff_t>(i);
    const auto left = static_cast<std::size_t>(frames.end() - begin);
    parts.push_back(chunk({begin, begin + static_cast<std::ptrdiff_t>(std::min(size, left))}));
  }
  return parts;
}

ReplayResult replay(const SavedPoses& poses) {
  auto replayed = replay_poses(poses, single_leg_kick());
  EXPECT_TRUE(replayed) << replayed.error().message;
  return std::move(replayed).value();
}

TEST(Replay, GivesWhatASessionGives) {
  const auto frames = simulated_poses(1, 1);
  auto session = engine::Session::create(single_leg_kick(), 1);
  for (const pose::PoseFrame& frame : frames) session.value().push(frame);
  session.value().finish();
  const auto expected = session.value().analysis().repetitions;
  const ReplayResult result = replay({1, true, {chunk(frames)}});
  ASSERT_THAT(result.analysis.repetitions, SizeIs(expected.size()));
  ASSERT_FALSE(expected.empty());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(result.analysis.repetitions[i].side, expected[i].side);
    EXPECT_EQ(result.analysis.repetitions[i].start, expected[i].start);
    EXPECT_EQ(result.analysis.repetitions[i].status, expected[i].status);
  }
  EXPECT_EQ(result.analysis.counts.kicks, session.value().analysis().counts.kicks);
  EXPECT_EQ(result.duration, frames.back().time);
  EXPECT_EQ(result.sha256.size(), 64U);
  EXPECT_GT(result.lengthening, Seconds(0.0));
}

TEST(Replay, DoesNotDependOnHowThePosesAreDivided) {
  const auto frames = simulated_poses(2, 1);
  const ReplayResult whole = replay({1, true, {chunk(frames)}});
  const ReplayResult parts = replay({1, true, in_parts(frames, 100)});
  EXPECT_EQ(parts.analysis.repetitions.size(), whole.analysis.repetitions.size());
  EXPECT_EQ(parts.analysis.counts.clean, whole.analysis.counts.clean);
  EXPECT_EQ(parts.lengthening, whole.lengthening);
  EXPECT_EQ(parts.duration, whole.duration);
}

TEST(Replay, AddsUpSessionsOneAfterTheOther) {
  const auto first = simulated_poses(1, 1);
  const auto second = simulated_poses(2, 1);
  const ReplayResult one = replay({1, false, {chunk(first)}});
  const ReplayResult both = replay({1, true, {chunk(first, 1), chunk(second, 2)}});
  const std::size_t n = one.analysis.repetitions.size();
  ASSERT_GT(both.analysis.repetitions.size(), n);
  EXPECT_EQ(both.analysis.repetitions[n].index, static_cast<int>(n) + 1);
  EXPECT_GT(both.analysis.repetitions[n].start, first.back().time + kSessionGap);
  EXPECT_EQ(both.duration, first.back().time + kSessionGap + second.back().time);
  EXPECT_EQ(both.analysis.frames, static_cast<std::int64_t>(first.size() + second.size()));
}

TEST(Replay, KeepsTheTimesOfASessionThatGoesOnFromTheLastOne) {
  const auto first = simulated_poses(1, 1);
  auto second = simulated_poses(2, 1);
  const Seconds later = first.back().time + Seconds(20.0);
  const ReplayResult alone = replay({1, true, {chunk(second)}});
  for (pose::PoseFrame& frame : second) frame.time += later;
  const std::vector<PoseChunk> chunks{chunk(first, 1), chunk(second, 2)};
  const ReplayResult both = replay({1, true, chunks});
  ASSERT_FALSE(alone.analysis.repetitions.empty());
  EXPECT_NEAR(both.analysis.repetitions.back().start.value(),
              (alone.analysis.repetitions.back().start + later).value(), 0.01);
  EXPECT_EQ(both.duration, second.back().time);
  EXPECT_EQ(time_of_last_frame(chunks).value(), second.back().time);
}

TEST(Replay, ReportsEachFrameAtItsTimeInThePractice) {
  const auto frames = simulated_poses(1, 0);
  std::vector<Seconds> times;
  ASSERT_TRUE(replay_poses({0, true, {chunk(frames, 1), chunk(frames, 2)}}, single_leg_kick(),
                           [&](Seconds time, const pose::PoseFrame&,
                               const engine::FrameState&) { times.push_back(time); }));
  ASSERT_THAT(times, SizeIs(2 * frames.size()));
  EXPECT_EQ(times[frames.size() - 1], frames.back().time);
  EXPECT_EQ(times.back(), frames.back().time + kSessionGap + frames.back().time);
}

TEST(Replay, OfNoPosesIsEmpty) {
  const ReplayResult nothing = replay({1, true, {}});
  EXPECT_THAT(nothing.analysis.repetitions, SizeIs(0));
  EXPECT_EQ(nothing.duration, Seconds(0.0));
}

TEST(Replay, RefusesDamagedPosesAndUnknownLevels) {
  PoseChunk damaged = chunk(simulated_poses(1, 0));
  damaged.stream.resize(damaged.stream.size() / 2);
  const auto refused = replay_poses({0, true, {damaged}}, single_leg_kick());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::input);
  EXPECT_THAT(refused.error().message, HasSubstr("the saved poses"));
  const auto level = replay_poses({9, true, {chunk(simulated_poses(1, 0))}}, single_leg_kick());
  ASSERT_FALSE(level);
  EXPECT_EQ(level.error().kind, ErrorKind::usage);
}

TEST(MergeChunks, MergesTheNeighboursOfOneSession) {
  const auto frames = simulated_poses(1, 0);
  std::vector<PoseChunk> parts = in_parts(frames, 50);
  parts.push_back(chunk(frames, 2));
  PoseChunk eased = chunk(frames, 2);
  eased.full_peak = base::Degrees(90.0);
  parts.push_back(eased);
  const auto merged = merge_chunks(parts);
  ASSERT_TRUE(merged) << merged.error().message;
  ASSERT_THAT(merged.value(), SizeIs(3));
  EXPECT_EQ(merged.value()[0].stream, chunk(frames).stream);
  EXPECT_EQ(merged.value()[0].frames, static_cast<std::int64_t>(frames.size()));
  EXPECT_EQ(merged.value()[2].full_peak, base::Degrees(90.0));
}

TEST(MergeChunks, RefusesADamagedPart) {
  PoseChunk damaged;
  damaged.stream = "not poses";
  EXPECT_EQ(merge_chunks({damaged}).error().kind, ErrorKind::input);
}

TEST(LengtheningTimer, CountsBothLegsButNoGap) {
  engine::FrameState state;
  state.posture = kinematics::BodyPosture::lying;
  state.knee_flexion = {base::Degrees(100.0), base::Degrees(100.0)};
  LengtheningTimer timer;
  for (const double time_s : {0.0, 0.1, 0.2}) {
    state.time = Seconds(time_s);
    timer.add_frame(state);
  }
  EXPECT_NEAR(timer.time().value(), 2 * 0.2, 1e-9);
  state.time = Seconds(10.0);
  timer.add_frame(state);
  EXPECT_NEAR(timer.time().value(), 2 * (0.2 + 0.25), 1e-9);
}

TEST(LengtheningTimer, NeedsALyingBodyAndABentKnee) {
  engine::FrameState state;
  LengtheningTimer timer;
  state.posture = kinematics::BodyPosture::upright;
  state.knee_flexion = {base::Degrees(100.0), std::nullopt};
  for (const double time_s : {0.0, 0.1}) {
    state.time = Seconds(time_s);
    timer.add_frame(state);
  }
  state.posture = kinematics::BodyPosture::lying;
  state.knee_flexion = {base::Degrees(20.0), std::nullopt};
  for (const double time_s : {0.2, 0.3}) {
    state.time = Seconds(time_s);
    timer.add_frame(state);
  }
  EXPECT_EQ(timer.time(), Seconds(0.0));
}

TEST(ToSaved, TakesTheBendAndTheLoweringAsMeasured) {
  exercise::Repetition repetition;
  repetition.index = 3;
  repetition.side = exercise::KickingSide::right;
  repetition.kicks = {{Seconds(1.0), base::Degrees(90.0)},
                      {Seconds(1.5), base::Degrees(110.0)}};
  repetition.lowering = Seconds(0.4);
  EXPECT_FALSE(to_saved(repetition).knee_flexion) << "not seen well enough to measure";
  EXPECT_FALSE(to_saved(repetition).lowering);
  repetition.measures.greatest_bend_deg = {110.0, 1.0, 4.0};
  repetition.measures.lowering_s = {1.5, 0.1, 0.0};
  repetition.faults = {{"drop", 0.25, 0.3, "s", "Lower slowly"}};
  const SavedRepetition saved = to_saved(repetition);
  EXPECT_EQ(saved.index, 3);
  EXPECT_EQ(saved.side, exercise::KickingSide::right);
  EXPECT_EQ(saved.knee_flexion, base::Degrees(110.0));
  EXPECT_EQ(saved.lowering, Seconds(1.5));
  ASSERT_THAT(saved.peaks, SizeIs(2));
  EXPECT_EQ(saved.peaks[1].time, Seconds(1.5));
  EXPECT_EQ(saved.peaks[1].value, 110.0);
  EXPECT_EQ(saved.peaks[1].unit, "deg");
  ASSERT_THAT(saved.faults, SizeIs(1));
  EXPECT_EQ(saved.faults[0].unit, "s");
}

TEST(ToResult, HasCountsMeansAndTheCompressedResultFile) {
  const ReplayResult replayed = replay({1, true, {chunk(simulated_poses(1, 1))}});
  const ScoringInfo scoring{
      "matside test", R"({"pose_model":"blazepose-lite","eye":true})", {}};
  const PracticeResult result = to_result(replayed, scoring, single_leg_kick());
  EXPECT_EQ(result.counts.kicks, replayed.analysis.counts.kicks);
  EXPECT_EQ(result.means.lengthening_s, replayed.lengthening.value());
  const auto text = formats::xz_decompressed(result.analysis, 1'000'000, "analysis");
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_THAT(text.value(), HasSubstr("\"model\": \"blazepose-lite\""));
  EXPECT_THAT(text.value(), HasSubstr(replayed.sha256));
}

}  // namespace
}  // namespace matside::records
