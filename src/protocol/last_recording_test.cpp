#include "protocol/last_recording.h"

#include <gtest/gtest.h>

#include "formats/pose_codec.h"
#include "protocol/limits.h"

namespace matside::protocol {
namespace {

pose::PoseFrame moving_frame(int i) {
  pose::PoseFrame frame{i, base::Seconds(i / 30.0), {640, 360}, std::nullopt};
  if (i % 7 == 3) return frame;
  frame.pose.emplace();
  for (std::size_t k = 0; k < pose::kLandmarkCount; ++k) {
    frame.pose->keypoints[k] = {{10.0 * static_cast<double>(k) + 0.37 * (i % 50), 200.25}, 0.9};
  }
  return pose::rounded(frame);
}

std::vector<pose::PoseFrame> moving_frames(int count) {
  std::vector<pose::PoseFrame> frames;
  for (int i = 0; i < count; ++i) frames.push_back(moving_frame(i));
  return frames;
}

AnalysedRecording recording_of(const std::vector<pose::PoseFrame>& frames) {
  RecordingWriter writer;
  for (const pose::PoseFrame& frame : frames) writer.add_frame(frame);
  return {1, "blazepose-full", true, writer.finish(), "single-leg-kick"};
}

TEST(LastRecording, gives_the_frames_as_the_records_store_them) {
  const auto frames = moving_frames(2500);
  const AnalysedRecording recording = recording_of(frames);
  EXPECT_EQ(recording.poses.size(), 3U);
  const auto read = frames_of(recording);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(formats::encode_poses(read.value()), formats::encode_poses(frames))
      << "so that matside analyze --record recognises it";
  EXPECT_FALSE(frames_of({1, "", false, {"damaged"}, ""}));
}

TEST(LastRecording, is_found_by_its_name_alone_until_another_takes_its_place) {
  LastRecording last;
  EXPECT_EQ(last.find(""), nullptr);
  const std::string first = last.hold(recording_of(moving_frames(10)));
  EXPECT_EQ(first.size(), 32U);
  ASSERT_NE(last.find(first), nullptr);
  EXPECT_EQ(last.find(first)->pose_model, "blazepose-full");
  EXPECT_EQ(last.find(""), nullptr);
  EXPECT_EQ(last.find(first.substr(1) + "0"), nullptr);
  const std::string second = last.hold(recording_of(moving_frames(10)));
  EXPECT_NE(second, first);
  EXPECT_EQ(last.find(first), nullptr);
  EXPECT_NE(last.find(second), nullptr);
}

TEST(LastRecording, without_poses_is_not_held) {
  LastRecording last;
  const std::string first = last.hold(recording_of(moving_frames(10)));
  EXPECT_EQ(last.hold({}), "");
  EXPECT_EQ(last.find(first), nullptr);
  EXPECT_EQ(last.find(""), nullptr);
}

TEST(LastRecording, is_not_held_when_it_is_too_long_for_the_memory) {
  RecordingWriter writer;
  const pose::PoseFrame nobody{0, base::Seconds(0.0), {640, 360}, std::nullopt};
  for (std::size_t i = 0; i < kMaxKeptFrames; ++i) writer.add_frame(nobody);
  RecordingWriter longer = writer;
  longer.add_frame(nobody);
  EXPECT_FALSE(writer.finish().empty());
  EXPECT_TRUE(longer.finish().empty());
}

}  // namespace
}  // namespace matside::protocol
