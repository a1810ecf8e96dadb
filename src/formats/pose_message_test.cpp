#include "formats/pose_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "formats/pose_csv.h"
#include "tests/support/practice.h"

namespace matside::formats {
namespace {

using ::testing::HasSubstr;
using MessageBytes = std::vector<std::uint8_t>;

pose::PoseFrame seen_at(double time_s) {
  pose::PoseFrame frame;
  frame.time = base::Seconds(time_s);
  frame.image_size = {640, 360};
  pose::Pose& pose = frame.pose.emplace();
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    pose.keypoints[i] = {{static_cast<double>(i) + 0.25, 100.5}, 0.75};
    pose.score += 0.75 / static_cast<double>(pose::kLandmarkCount);
  }
  return frame;
}

MessageBytes message_of(const std::vector<pose::PoseFrame>& frames, std::uint32_t first = 0) {
  PoseMessageWriter writer(first);
  for (const pose::PoseFrame& frame : frames) {
    const auto added = writer.add(frame);
    EXPECT_TRUE(added.ok()) << added.error().message;
  }
  return {writer.bytes().begin(), writer.bytes().end()};
}

template <class T>
MessageBytes with(MessageBytes bytes, std::size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
  return bytes;
}

std::string refusal_of(const MessageBytes& bytes) {
  const auto read = PoseMessage::read(bytes);
  if (read) return "";
  EXPECT_EQ(read.error().kind, base::ErrorKind::input);
  EXPECT_EQ(read.error().message.find("pose message: "), 0U);
  return read.error().message;
}

void expect_same(const pose::PoseFrame& read, const pose::PoseFrame& written) {
  EXPECT_EQ(read.time, written.time);
  EXPECT_EQ(read.image_size, written.image_size);
  ASSERT_EQ(read.pose.has_value(), written.pose.has_value());
  if (!read.pose) return;
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const pose::Keypoint& a = read.pose->keypoints[i];
    const pose::Keypoint& b = written.pose->keypoints[i];
    EXPECT_EQ(a.position.x_px, b.position.x_px);
    EXPECT_EQ(a.position.y_px, b.position.y_px);
    EXPECT_EQ(a.score, b.score);
  }
}

TEST(PoseMessage, has_the_documented_bytes) {
  pose::PoseFrame nobody = seen_at(2.5);
  nobody.pose.reset();
  const MessageBytes bytes = message_of({seen_at(0.5), nobody}, 0x0102'0304);
  ASSERT_EQ(bytes.size(), 16U + 2U * 408U);
  const MessageBytes head = {'M', 'P', 'O', 'S', 1,    0,    2,    0,
                             4,   3,   2,   1,   0x80, 0x02, 0x68, 0x01};
  EXPECT_EQ(MessageBytes(bytes.begin(), bytes.begin() + 16), head);
  const MessageBytes first = {
      0, 0, 0,    0,    0, 0, 0xE0, 0x3F, 1, 0, 0,    0,  // 0.5 s, a person
      0, 0, 0x80, 0x3E, 0, 0, 0xC9, 0x42, 0, 0, 0x40, 0x3F};
  EXPECT_EQ(MessageBytes(bytes.begin() + 16, bytes.begin() + 40), first);
  MessageBytes second(408, 0);
  second[6] = 0x04;  // 2.5 s
  second[7] = 0x40;
  EXPECT_EQ(MessageBytes(bytes.begin() + 16 + 408, bytes.end()), second);
}

TEST(PoseMessage, gives_the_frames_of_a_table_of_poses_exactly) {
  support::Practice practice;
  practice.noise_px = 0.8;
  practice.steps = support::alternating(1);
  const auto performed = support::perform(practice).frames;
  std::string table = pose_csv_header();
  for (const pose::PoseFrame& frame : performed) table += pose_csv_row(frame);
  const auto frames = read_pose_csv(table, "table", performed.front().image_size);
  ASSERT_TRUE(frames.ok()) << frames.error().message;
  const std::vector<pose::PoseFrame>& written = frames.value();
  ASSERT_GT(written.size(), kMaxPoseMessageFrames);
  std::size_t compared = 0;
  for (std::size_t at = 0; at + kMaxPoseMessageFrames <= written.size();
       at += kMaxPoseMessageFrames) {
    const auto bytes =
        message_of({written.begin() + static_cast<std::ptrdiff_t>(at),
                    written.begin() + static_cast<std::ptrdiff_t>(at + kMaxPoseMessageFrames)});
    const auto message = PoseMessage::read(bytes);
    ASSERT_TRUE(message.ok()) << message.error().message;
    for (std::size_t i = 0; i < kMaxPoseMessageFrames; ++i, ++compared)
      expect_same(pose::rounded(message.value().frame(i)), written[at + i]);
  }
  EXPECT_GT(compared, 0U);
}

TEST(PoseMessage, holds_hundredths_of_a_pixel_in_the_largest_picture) {
  for (double x_px = 65'535.0; x_px > 65'534.0; x_px -= 0.01) {
    pose::PoseFrame frame = seen_at(0.0);
    frame.pose->keypoints[0].position = {x_px, -x_px};
    const auto bytes = message_of({frame});
    const auto read = PoseMessage::read(bytes);
    ASSERT_TRUE(read.ok());
    expect_same(pose::rounded(read.value().frame(0)), pose::rounded(frame));
  }
}

TEST(PoseMessage, of_another_kind_version_count_or_length_is_refused) {
  const MessageBytes good = message_of({seen_at(0.0), seen_at(0.1)});
  EXPECT_EQ(refusal_of(good), "");
  EXPECT_THAT(refusal_of({}), HasSubstr("begin with MPOS"));
  EXPECT_THAT(refusal_of({good.begin(), good.begin() + 15}), HasSubstr("begin with MPOS"));
  EXPECT_THAT(refusal_of(with(good, 0, 'm')), HasSubstr("begin with MPOS"));
  EXPECT_THAT(refusal_of(with(good, 4, std::uint16_t{2})), HasSubstr("version 2 is not known"));
  EXPECT_THAT(refusal_of(with(good, 6, std::uint16_t{0})), HasSubstr("send 1 to 60"));
  EXPECT_THAT(refusal_of(with(good, 6, std::uint16_t{61})), HasSubstr("send 1 to 60"));
  EXPECT_THAT(refusal_of(with(good, 6, std::uint16_t{1})),
              HasSubstr("832 bytes instead of 424"));
  for (std::size_t cut = 16; cut < good.size(); ++cut)
    EXPECT_NE(refusal_of({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(cut)}), "");
  MessageBytes longer = good;
  longer.push_back(0);
  EXPECT_THAT(refusal_of(longer), HasSubstr("833 bytes instead of 832"));
  MessageBytes many(pose_message_bytes(61), 0);
  std::memcpy(many.data(), good.data(), good.size());
  EXPECT_THAT(refusal_of(with(many, 6, std::uint16_t{61})), HasSubstr("61 frames"));
  EXPECT_THAT(refusal_of(with(good, 12, std::uint16_t{0})), HasSubstr("at least 1 x 1"));
  EXPECT_THAT(refusal_of(with(good, 14, std::uint16_t{0})), HasSubstr("at least 1 x 1"));
}

TEST(PoseMessage, with_a_number_that_is_not_finite_is_refused) {
  const MessageBytes good = message_of({seen_at(0.0), seen_at(0.1)});
  constexpr auto kNan = std::numeric_limits<float>::quiet_NaN();
  constexpr auto kInfinite = std::numeric_limits<float>::infinity();
  for (std::size_t number = 0; number < 99; ++number) {
    for (const float wrong : {kNan, kInfinite, -kInfinite}) {
      EXPECT_THAT(refusal_of(with(good, 16 + 408 + 12 + 4 * number, wrong)),
                  HasSubstr("frame 2 of the message: a coordinate or visibility"));
    }
  }
}

TEST(PoseMessage, needs_times_that_rise) {
  const MessageBytes good = message_of({seen_at(0.0), seen_at(0.1)});
  constexpr auto kInfinite = std::numeric_limits<double>::infinity();
  for (const double wrong : {-0.1, std::numeric_limits<double>::quiet_NaN(), kInfinite, 1e300})
    EXPECT_THAT(refusal_of(with(good, 16, wrong)),
                HasSubstr("frame 1 of the message: the time"));
  EXPECT_THAT(refusal_of(with(good, 16, 0.1)),
              HasSubstr("later than that of the frame before"));
  EXPECT_THAT(refusal_of(with(good, 16, 0.2)),
              HasSubstr("later than that of the frame before"));
}

TEST(PoseMessage, says_whether_there_is_a_person) {
  const MessageBytes good = message_of({seen_at(0.0)});
  EXPECT_THAT(refusal_of(with(good, 16 + 8, std::uint32_t{2})), HasSubstr("must be 0 or 1"));
  EXPECT_THAT(refusal_of(with(good, 16 + 8, std::uint32_t{0})), HasSubstr("without a person"));
}

TEST(PoseMessageWriter, writes_an_invalid_landmark_as_missing) {
  pose::PoseFrame frame = seen_at(0.0);
  frame.pose->keypoints[3].position.x_px = std::numeric_limits<double>::quiet_NaN();
  frame.pose->keypoints[4].position.y_px = 2e6;
  frame.pose->keypoints[5].score = 1.5;
  const auto bytes = message_of({frame});
  const auto read = PoseMessage::read(bytes);
  ASSERT_TRUE(read.ok()) << read.error().message;
  const pose::Pose pose = *read.value().frame(0).pose;
  for (const std::size_t i : {3, 4, 5}) EXPECT_FALSE(pose::is_present(pose.keypoints[i]));
  EXPECT_TRUE(pose::is_present(pose.keypoints[2]));
}

TEST(PoseMessageWriter, refuses_what_no_message_can_hold) {
  PoseMessageWriter writer(0);
  const auto refused = [&writer](const pose::PoseFrame& frame) {
    const auto added = writer.add(frame);
    return added ? "" : added.error().message;
  };
  pose::PoseFrame wide = seen_at(0.0);
  wide.image_size.width_px = 65'536;
  EXPECT_THAT(refused(wide), HasSubstr("65536 x 360"));
  EXPECT_THAT(refused(seen_at(-1.0)), HasSubstr("0 or more"));
  EXPECT_THAT(refused(seen_at(std::numeric_limits<double>::quiet_NaN())),
              HasSubstr("0 or more"));
  EXPECT_EQ(refused(seen_at(0.0)), "");
  EXPECT_THAT(refused(seen_at(0.0)), HasSubstr("later than"));
  pose::PoseFrame turned = seen_at(0.1);
  turned.image_size = {360, 640};
  EXPECT_THAT(refused(turned), HasSubstr("picture size changes"));
  for (int i = 1; i < 60; ++i) EXPECT_EQ(refused(seen_at(i / 30.0)), "");
  const auto full = writer.add(seen_at(9.0));
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(full.error().kind, base::ErrorKind::usage);
  EXPECT_TRUE(PoseMessage::read(writer.bytes()).ok());
}

}  // namespace
}  // namespace matside::formats
