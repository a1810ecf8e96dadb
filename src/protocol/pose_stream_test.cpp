#include "protocol/pose_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/exercise.h"

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
    for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
      add(x_px);
      add(y_px);
      add(score);
    }
    return *this;
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
  EXPECT_EQ(stream.handle_frame(Message(10, 0.0, 640, 360).bytes()).done, std::nullopt);
  EXPECT_EQ(stream.handle_frame(Message(11, 0.1, 640, 360).bytes()).done, 11U);
}

TEST(PoseStream, ends_with_a_summary_of_all_frames) {
  PoseStream stream(support::single_leg_kick(), 1);
  stream.handle_text(kHello);
  stream.handle_frame(Message(0, 0.0, 640, 360).bytes());
  stream.handle_frame(Message(1, 0.1, 640, 360).bytes());
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
  EXPECT_EQ(failure_id(frame.handle_frame(Message(0, 0.0, 640, 360).bytes())), "bad_message");
  PoseStream broken(support::single_leg_kick(), 1);
  broken.handle_text(kHello);
  EXPECT_EQ(failure_id(broken.handle_frame({})), "bad_frame");
}

}  // namespace
}  // namespace matside::protocol
