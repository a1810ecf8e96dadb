#include "protocol/pose_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "formats/pose_message.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace matside::protocol {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

const std::string kHello =
    R"({"type":"hello","level":1,"repetitions":10,"guided":false,"camera":true,"breath":"off"})";

class Message {
 public:
  Message(std::uint32_t index, double time_s, std::uint16_t width_px, std::uint16_t height_px) {
    add(index);
    add(time_s);
    add(width_px);
    add(height_px);
  }
  Message& with_pose(float x_px, float y_px, float score) {
    for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) with_landmark(x_px, y_px, score);
    return *this;
  }
  void with_landmark(float x_px, float y_px, float score) {
    add(x_px);
    add(y_px);
    add(score);
  }
  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  template <class Number>
  void add(Number number) {
    const auto* first = reinterpret_cast<const std::uint8_t*>(&number);
    bytes_.insert(bytes_.end(), first, first + sizeof number);
  }
  std::vector<std::uint8_t> bytes_;
};

std::vector<pose::PoseFrame> practised() {
  support::Practice practice;
  practice.noise_px = 0.8;
  practice.steps = support::alternating(2);
  auto frames = support::perform(practice).frames;
  frames[20].pose.reset();  // Somebody was in the way.
  return frames;
}

std::vector<std::uint8_t> single(std::uint32_t index, const pose::PoseFrame& unrounded) {
  const pose::PoseFrame frame = pose::rounded(unrounded);
  Message message(index, frame.time.value(),
                  static_cast<std::uint16_t>(frame.image_size.width_px),
                  static_cast<std::uint16_t>(frame.image_size.height_px));
  if (!frame.pose) return message.bytes();
  for (const pose::Keypoint& k : frame.pose->keypoints) {
    message.with_landmark(static_cast<float>(k.position.x_px),
                          static_cast<float>(k.position.y_px), static_cast<float>(k.score));
  }
  return message.bytes();
}

std::vector<std::uint8_t> several(std::uint32_t first,
                                  std::span<const pose::PoseFrame> frames) {
  formats::PoseMessageWriter writer(first);
  for (const pose::PoseFrame& frame : frames) EXPECT_TRUE(writer.add(frame).ok());
  return {writer.bytes().begin(), writer.bytes().end()};
}

/// A frame with nobody at each of these times.
std::vector<std::uint8_t> several_at(std::uint32_t first,
                                     std::initializer_list<double> times_s) {
  std::vector<pose::PoseFrame> frames;
  for (const double time_s : times_s) {
    frames.emplace_back().time = base::Seconds(time_s);
    frames.back().image_size = {640, 360};
  }
  return several(first, frames);
}

/// The messages of a stream: `pieces` binary ones, the person's pause between them, and stop.
std::vector<std::string> conversation(FrameForm form,
                                      const std::vector<std::vector<std::uint8_t>>& pieces,
                                      std::size_t pause_before) {
  PoseStream stream(support::single_leg_kick(), 1, form);
  std::vector<std::string> all;
  const auto take = [&all](PoseStream::Reply reply) {
    std::ranges::move(reply.messages, std::back_inserter(all));
  };
  take(stream.handle_text(kHello));
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i == pause_before) take(stream.handle_text(R"({"type":"pause"})"));
    if (i == pause_before) take(stream.handle_text(R"({"type":"resume"})"));
    take(stream.handle_binary(pieces[i]));
  }
  take(stream.handle_text(R"({"type":"stop"})"));
  return all;
}

std::string failure_id(const PoseStream::Reply& reply) {
  EXPECT_TRUE(reply.ended);
  return reply.messages.empty() ? "" : json::parse(reply.messages.back()).value("id", "");
}

TEST(PosesFrame, holds_an_index_a_time_a_size_and_a_pose) {
  const auto frame =
      parse_poses_frame(Message(7, 1.5, 640, 360).with_pose(320.0F, 90.0F, 0.5F).bytes());
  ASSERT_TRUE(frame.ok()) << frame.error().message;
  EXPECT_EQ(frame.value().index, 7U);
  EXPECT_EQ(frame.value().seen.time.value(), 1.5);
  EXPECT_EQ(frame.value().seen.image_size.width_px, 640);
  EXPECT_EQ(frame.value().seen.image_size.height_px, 360);
  ASSERT_TRUE(frame.value().seen.pose.has_value());
  EXPECT_EQ(frame.value().seen.pose->keypoints[32].position.x_px, 320.0);
  EXPECT_EQ(frame.value().seen.pose->keypoints[32].position.y_px, 90.0);
  EXPECT_NEAR(frame.value().seen.pose->score, 0.5, 1e-12);
}

TEST(PosesFrame, without_landmarks_has_no_person) {
  const auto frame = parse_poses_frame(Message(7, 0.0, 640, 360).bytes());
  ASSERT_TRUE(frame.ok());
  EXPECT_FALSE(frame.value().seen.pose.has_value());
}

TEST(PosesFrame, of_another_length_is_refused) {
  auto bytes = Message(7, 0.0, 640, 360).with_pose(0.0F, 0.0F, 0.0F).bytes();
  bytes.push_back(0);
  EXPECT_FALSE(parse_poses_frame(bytes).ok());
  bytes.resize(kPosesFrame_bytes - 1);
  EXPECT_FALSE(parse_poses_frame(bytes).ok());
  bytes.resize(kPosesFrameHead_bytes - 1);
  const auto refused = parse_poses_frame(bytes);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::input);
  EXPECT_FALSE(parse_poses_frame({}).ok());
}

TEST(PosesFrame, without_a_valid_time_or_size_is_refused) {
  for (const double time_s : {-1.0, std::numeric_limits<double>::quiet_NaN(),
                              std::numeric_limits<double>::infinity()}) {
    EXPECT_FALSE(parse_poses_frame(Message(0, time_s, 640, 360).bytes()).ok()) << time_s;
  }
  EXPECT_FALSE(parse_poses_frame(Message(0, 0.0, 0, 360).bytes()).ok());
  EXPECT_FALSE(parse_poses_frame(Message(0, 0.0, 640, 0).bytes()).ok());
}

TEST(AckInterval, is_from_1_to_60_and_1_by_default) {
  EXPECT_EQ(ack_interval(""), 1);
  EXPECT_EQ(ack_interval("?every=1"), 1);
  EXPECT_EQ(ack_interval("?every=60"), 60);
  for (const char* query :
       {"?every=0", "?every=61", "?every=-1", "?every=3x", "?every=", "?", "?other=1"}) {
    EXPECT_FALSE(ack_interval(query).has_value()) << query;
  }
}

TEST(PoseStream, starts_with_a_hello_and_acknowledges_every_nth_frame) {
  PoseStream stream(support::single_leg_kick(), 2);
  EXPECT_FALSE(stream.has_started());
  const auto started = stream.handle_text(kHello);
  EXPECT_TRUE(stream.has_started());
  EXPECT_FALSE(started.ended);
  ASSERT_FALSE(started.messages.empty());
  EXPECT_EQ(json::parse(started.messages.front())["type"], "ready");
  EXPECT_EQ(stream.handle_binary(Message(10, 0.0, 640, 360).bytes()).done, std::nullopt);
  EXPECT_EQ(stream.handle_binary(Message(11, 0.1, 640, 360).bytes()).done, 11U);
}

TEST(PoseStream, ends_with_a_summary_of_all_frames) {
  PoseStream stream(support::single_leg_kick(), 1);
  stream.handle_text(kHello);
  stream.handle_binary(Message(0, 0.0, 640, 360).bytes());
  stream.handle_binary(Message(1, 0.1, 640, 360).bytes());
  const auto ended = stream.handle_text(R"({"type":"stop"})");
  EXPECT_TRUE(ended.ended);
  ASSERT_FALSE(ended.messages.empty());
  const json summary = json::parse(ended.messages.back());
  EXPECT_EQ(summary["type"], "summary");
  EXPECT_EQ(summary["frames"], 2);
}

TEST(PoseStream, ends_at_any_discomfort) {
  PoseStream stream(support::single_leg_kick(), 1);
  stream.handle_text(kHello);
  const auto ended = stream.handle_text(R"({"type":"comfort","answer":"discomfort"})");
  EXPECT_TRUE(ended.ended);
  EXPECT_EQ(json::parse(ended.messages.back())["ended_by"], "discomfort");
}

TEST(PoseStream, fails_after_a_message_that_does_not_fit) {
  const auto after_hello = [](const std::string& text) {
    PoseStream stream(support::single_leg_kick(), 1);
    stream.handle_text(kHello);
    return failure_id(stream.handle_text(text));
  };
  EXPECT_EQ(after_hello(kHello), "bad_message");
  EXPECT_EQ(after_hello("{}"), "bad_message");
  EXPECT_EQ(after_hello(R"({"type":"self_reported","left":1,"right":1})"), "bad_message");
  PoseStream early(support::single_leg_kick(), 1);
  EXPECT_EQ(failure_id(early.handle_text(R"({"type":"stop"})")), "bad_message");
  PoseStream frame(support::single_leg_kick(), 1);
  EXPECT_EQ(failure_id(frame.handle_binary(Message(0, 0.0, 640, 360).bytes())), "bad_message");
  PoseStream broken(support::single_leg_kick(), 1);
  broken.handle_text(kHello);
  EXPECT_EQ(failure_id(broken.handle_binary({})), "bad_frame");
}

TEST(PoseStream, answers_several_frames_in_a_message_exactly_as_one_by_one) {
  const auto frames = practised();
  constexpr std::size_t kPauseBefore = 120;
  std::vector<std::vector<std::uint8_t>> one_by_one;
  for (std::size_t i = 0; i < frames.size(); ++i)
    one_by_one.push_back(single(static_cast<std::uint32_t>(i), frames[i]));
  const auto expected = conversation(FrameForm::single, one_by_one, kPauseBefore);
  EXPECT_THAT(expected, ::testing::Contains(HasSubstr(R"("type":"repetition")")));
  for (const std::size_t in_a_message : {1U, 2U, 12U, 60U}) {
    std::vector<std::vector<std::uint8_t>> pieces;
    for (std::size_t at = 0; at < frames.size(); at += in_a_message) {
      pieces.push_back(
          several(static_cast<std::uint32_t>(at),
                  std::span(frames).subspan(at, std::min(in_a_message, frames.size() - at))));
    }
    EXPECT_EQ(conversation(FrameForm::several, pieces, kPauseBefore / in_a_message), expected)
        << in_a_message << " frames in a message";
  }
}

TEST(PoseStream, acknowledges_a_message_once_by_its_last_frame) {
  PoseStream stream(support::single_leg_kick(), 4, FrameForm::several);
  stream.handle_text(kHello);
  const auto done = [&stream](const std::vector<std::uint8_t>& message) {
    const auto reply = stream.handle_binary(message);
    EXPECT_FALSE(reply.ended);
    return reply.done;
  };
  EXPECT_EQ(done(several_at(10, {0.0, 0.1, 0.2})), std::nullopt);
  EXPECT_EQ(done(several_at(13, {0.3, 0.4, 0.5})), 15U);
  EXPECT_EQ(done(several_at(16, {0.6})), std::nullopt);
  EXPECT_EQ(done(several_at(17, {0.7})), 17U);
  EXPECT_EQ(done(several_at(18, {0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6})), 26U);
}

TEST(PoseStream, counts_the_frames_of_a_message) {
  PoseStream stream(support::single_leg_kick(), 1, FrameForm::several);
  EXPECT_EQ(stream.handle_text(kHello).frames, 0);
  EXPECT_EQ(stream.handle_binary(several_at(0, {0.0, 0.1, 0.2})).frames, 3);
}

TEST(PoseStream, of_several_frames_in_a_message_ends_when_time_goes_back) {
  PoseStream stream(support::single_leg_kick(), 1, FrameForm::several);
  stream.handle_text(kHello);
  EXPECT_FALSE(stream.handle_binary(several_at(0, {0.0, 0.1})).ended);
  const auto back = stream.handle_binary(several_at(2, {0.1, 0.2}));
  EXPECT_EQ(failure_id(back), "bad_frame");
  EXPECT_THAT(back.messages.back(), HasSubstr("its first time must be later"));
}

TEST(PoseStream, of_several_frames_in_a_message_fails_after_any_other_message) {
  const auto after_hello = [](const std::vector<std::uint8_t>& message) {
    PoseStream stream(support::single_leg_kick(), 1, FrameForm::several);
    stream.handle_text(kHello);
    return failure_id(stream.handle_binary(message));
  };
  EXPECT_EQ(after_hello({}), "bad_frame");
  EXPECT_EQ(after_hello(Message(0, 0.0, 640, 360).bytes()), "bad_frame");
  EXPECT_EQ(after_hello(Message(0, 0.0, 640, 360).with_pose(1.0F, 1.0F, 1.0F).bytes()),
            "bad_frame");
  PoseStream early(support::single_leg_kick(), 1, FrameForm::several);
  EXPECT_EQ(failure_id(early.handle_binary(several_at(0, {0.0}))), "bad_message");
  PoseStream single_form(support::single_leg_kick(), 1);
  single_form.handle_text(kHello);
  EXPECT_EQ(failure_id(single_form.handle_binary(several_at(0, {0.0}))), "bad_frame");
}

}  // namespace
}  // namespace matside::protocol
