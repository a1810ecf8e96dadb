// Every writer's file is restored by its reader: COCO, OpenPose, MediaPipe, TRC, C3D.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "formats/c3d.h"
#include "formats/c3d_file.h"
#include "formats/coco.h"
#include "formats/mediapipe.h"
#include "formats/openpose.h"
#include "formats/pose_file.h"
#include "formats/trc.h"
#include "tests/support/practice.h"

namespace matside::formats {
namespace {

using pose::Landmark;
using ::testing::SizeIs;

/// A simulated practice, with one frame without a person and one measured knee.
std::vector<pose::PoseFrame> frames() {
  support::Practice practice;
  practice.steps = support::alternating(1);
  auto frames = support::perform(practice).frames;
  frames.resize(30);
  for (pose::PoseFrame& frame : frames) frame = pose::rounded(frame);
  frames[10].pose.reset();
  frames[5].pose->knees[0] = {base::Degrees(91.5), base::Degrees(4.5)};
  frames[6].pose->legs_in_space[1] = {base::Degrees(91.25), base::Degrees(-8.5),
                                      base::Degrees(0.75)};
  return frames;
}

void expect_restored(const std::vector<pose::PoseFrame>& read,
                     const std::vector<pose::PoseFrame>& written, double within_px) {
  ASSERT_THAT(read, SizeIs(written.size()));
  for (std::size_t i = 0; i < read.size(); ++i) {
    EXPECT_EQ(read[i].frame_index, written[i].frame_index);
    EXPECT_NEAR(read[i].time.value(), written[i].time.value(), 2e-6);
    EXPECT_EQ(read[i].image_size.width_px, written[i].image_size.width_px);
    ASSERT_EQ(read[i].pose.has_value(), written[i].pose.has_value()) << i;
    if (!read[i].pose) continue;
    for (const Landmark joint : {Landmark::left_shoulder, Landmark::right_hip,
                                 Landmark::left_knee, Landmark::right_ankle}) {
      const pose::Keypoint& a = (*read[i].pose)[joint];
      const pose::Keypoint& b = (*written[i].pose)[joint];
      EXPECT_NEAR(a.position.x_px, b.position.x_px, within_px) << i;
      EXPECT_NEAR(a.position.y_px, b.position.y_px, within_px) << i;
    }
  }
}

void expect_knee(const std::vector<pose::PoseFrame>& read) {
  ASSERT_TRUE(read.at(5).pose->knees[0]);
  EXPECT_EQ(read[5].pose->knees[0]->flexion, base::Degrees(91.5));
  EXPECT_EQ(read[5].pose->knees[0]->deviation, base::Degrees(4.5));
  EXPECT_FALSE(read[5].pose->in_space());
  const auto& leg = read.at(6).pose->legs_in_space[1];
  ASSERT_TRUE(leg);
  EXPECT_EQ(leg->knee_flexion, base::Degrees(91.25));
  EXPECT_EQ(leg->hip_flexion, base::Degrees(-8.5));
  EXPECT_EQ(leg->thigh, base::Degrees(0.75));
}

TEST(RoundTrip, OfCoco) {
  const auto written = frames();
  const auto read = read_coco(coco_json(written), "c.json", {});
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read.value().skeleton, "coco-17");
  expect_restored(read.value().frames, written, 0.011);
  expect_knee(read.value().frames);
}

TEST(RoundTrip, OfOpenPose) {
  const auto written = frames();
  OpenPoseReader reader({});
  for (const pose::PoseFrame& frame : written) {
    const std::string name = openpose_file_name("clip", frame.frame_index);
    EXPECT_EQ(openpose_frame(name), frame.frame_index);
    const auto taken = reader.take(frame.frame_index, openpose_json(frame), name);
    ASSERT_TRUE(taken) << taken.error().message;
  }
  expect_restored(reader.poses().frames, written, 0.011);
  expect_knee(reader.poses().frames);
}

TEST(RoundTrip, OfMediaPipe) {
  const auto written = frames();
  const auto read = read_mediapipe(mediapipe_json(written), "m.json", {});
  ASSERT_TRUE(read) << read.error().message;
  expect_restored(read.value().frames, written, 0.011);
  expect_knee(read.value().frames);
}

TEST(RoundTrip, OfTrc) {
  auto written = frames();
  const auto scale = metres_per_px(written, 1.70);
  ASSERT_TRUE(scale) << scale.error().message;
  EXPECT_GT(scale.value(), 0.0005);
  EXPECT_LT(scale.value(), 0.02);
  const std::string text = trc_text(written, scale.value(), "a.trc");
  const auto read = read_trc(text, "a.trc", {});
  ASSERT_TRUE(read) << read.error().message;
  expect_restored(read.value().frames, written, 0.011);
}

TEST(RoundTrip, OfC3d) {
  const auto written = frames();
  const auto scale = metres_per_px(written, 1.70);
  ASSERT_TRUE(scale) << scale.error().message;
  const auto read = read_c3d(c3d_bytes(written, {}, scale.value()), "a.c3d", {});
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read.value().skeleton, "markers");
  EXPECT_THAT(read.value().notes, ::testing::IsEmpty());
  expect_restored(read.value().frames, written, 0.011);
  EXPECT_EQ((*read.value().frames[0].pose)[Landmark::left_knee].score, 1.0);
}

TEST(RoundTrip, OfC3dHasTheEventsOfEachRepetition) {
  const auto written = frames();
  engine::Analysis analysis;
  exercise::Repetition left;
  left.side = exercise::KickingSide::left;
  left.start = base::Seconds(0.5);
  left.kicks = {{base::Seconds(1.25), base::Degrees(100.0)},
                {base::Seconds(61.5), base::Degrees(100.0)}};
  left.lowering_start = base::Seconds(61.5);
  left.end = base::Seconds(63.0);
  analysis.repetitions = {left};
  const std::string bytes = c3d_bytes(written, analysis, 0.002);
  const auto file = C3dFile::open(bytes, "a.c3d");
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file.value().number("EVENT:USED"), 5.0);
  EXPECT_THAT(file.value().texts("EVENT:LABELS", 9),
              ::testing::ElementsAre("repetition_start", "kick", "kick", "lowering_start",
                                     "repetition_end"));
  EXPECT_THAT(file.value().texts("EVENT:CONTEXTS", 9), ::testing::Each("Left"));
  const C3dParameter* const times = file.value().parameter("EVENT:TIMES");
  ASSERT_NE(times, nullptr);
  EXPECT_THAT(times->dimensions, ::testing::ElementsAre(2U, 5U));
  const auto time_of = [&](std::size_t event, std::size_t part) {
    return file.value().bytes().real(times->at + 4 * (2 * event + part));
  };
  EXPECT_EQ(time_of(1, 0), 0.0);
  EXPECT_EQ(time_of(1, 1), 1.25);
  EXPECT_EQ(time_of(2, 0), 1.0);
  EXPECT_EQ(time_of(2, 1), 1.5);
}

TEST(RoundTrip, OfC3dKeepsMoreFramesThan16BitsCanCount) {
  std::vector<pose::PoseFrame> written(70'000, frames().front());
  for (std::size_t i = 0; i < written.size(); ++i) {
    written[i].frame_index = static_cast<std::int64_t>(i);
    written[i].time = base::Seconds(0.02 * static_cast<double>(i));
  }
  const auto read = read_c3d(c3d_bytes(written, {}, 0.002), "a.c3d", {});
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_THAT(read.value().frames, SizeIs(written.size()));
  EXPECT_NEAR(read.value().frames.back().time.value(), written.back().time.value(), 1e-3);
}

TEST(RoundTrip, OfC3dHasAsManyEventsAsAParameterCanHold) {
  engine::Analysis analysis;
  analysis.repetitions.resize(300);
  const std::string bytes = c3d_bytes(frames(), analysis, 0.002);
  const auto file = C3dFile::open(bytes, "a.c3d");
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file.value().number("EVENT:USED"), 255.0);
  EXPECT_THAT(file.value().texts("EVENT:CONTEXTS", 300), SizeIs(255));
}

TEST(RoundTrip, IsRecognisedByItsBeginning) {
  const auto written = frames();
  EXPECT_EQ(pose_format_of(coco_json(written)), PoseFormat::coco);
  EXPECT_EQ(pose_format_of(mediapipe_json(written)), PoseFormat::mediapipe);
  EXPECT_EQ(pose_format_of(openpose_json(written[0])), PoseFormat::openpose);
  EXPECT_EQ(pose_format_of(trc_text(written, 0.002, "a.trc")), PoseFormat::trc);
  EXPECT_EQ(pose_format_of(c3d_bytes(written, {}, 0.002)), PoseFormat::c3d);
}

TEST(MetresPerPx, NeedsAVisibleLeg) {
  auto written = frames();
  for (pose::PoseFrame& frame : written) frame.pose.reset();
  const auto scale = metres_per_px(written, 1.70);
  ASSERT_FALSE(scale);
  EXPECT_EQ(scale.error().kind, base::ErrorKind::input);
}

}  // namespace
}  // namespace matside::formats
