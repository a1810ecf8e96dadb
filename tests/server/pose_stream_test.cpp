// Pose streams over the network.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <future>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/engine/session.h"
#include "formats/pose_message.h"
#include "protocol/pose_stream.h"
#include "tests/server/server_fixture.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace matside::server {
namespace {

using nlohmann::json;

std::string poses_message(std::uint32_t index, const pose::PoseFrame& frame) {
  std::string text;
  const auto add = [&](auto value) {
    text.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  add(index);
  add(frame.time.value());
  add(static_cast<std::uint16_t>(frame.image_size.width_px));
  add(static_cast<std::uint16_t>(frame.image_size.height_px));
  if (!frame.pose) return text;
  for (const pose::Keypoint& keypoint : frame.pose->keypoints) {
    add(static_cast<float>(keypoint.position.x_px));
    add(static_cast<float>(keypoint.position.y_px));
    add(static_cast<float>(keypoint.score));
  }
  return text;
}

const std::string kSeveral(formats::kPoseMessageProtocol);

std::string several(std::uint32_t first, std::span<const pose::PoseFrame> frames) {
  formats::PoseMessageWriter writer(first);
  for (const pose::PoseFrame& frame : frames) EXPECT_TRUE(writer.add(frame).ok());
  return {writer.bytes().begin(), writer.bytes().end()};
}

/// A WebSocket frame that begins with this byte, with a mask of zeros.
std::string masked(std::uint8_t first, const std::string& body) {
  std::string size = {static_cast<char>(0x80 | body.size())};
  if (body.size() >= 126) {
    size = {static_cast<char>(0x80 | 126), static_cast<char>(body.size() >> 8U),
            static_cast<char>(body.size() & 255U)};
  }
  return std::string(1, static_cast<char>(first)) + size + std::string(4, '\0') + body;
}

std::span<const std::uint8_t> bytes(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::vector<pose::PoseFrame> practised() {
  support::Practice practice;
  practice.steps = support::alternating(2);
  return support::perform(practice).frames;
}

pose::PoseFrame nobody(double time_s) {
  pose::PoseFrame frame;
  frame.time = base::Seconds(time_s);
  frame.image_size = {640, 360};
  return frame;
}

/// The next acknowledgement, skipping events; null when the stream has ended.
json next_acknowledged(PageClient& tab) {
  json event = tab.next();
  while (event.is_object()) event = tab.next();
  return event;
}

class PoseStreamTest : public ServerTest {
 protected:
  void serve(int streams, Limits limits = {}) {
    limits.pose_streams = streams;
    limits.messages_per_second = 1'000'000;
    start(limits);
  }
  std::unique_ptr<PageClient> stream() {
    auto tab = std::make_unique<PageClient>(port(), PageClient::Options{.target = "/poses"});
    tab->send(kHello);
    EXPECT_EQ(tab->next("ready")["level"], 1);
    return tab;
  }
  /// With several frames in a message.
  std::unique_ptr<PageClient> batch_stream() {
    auto tab = std::make_unique<PageClient>(
        port(), PageClient::Options{.target = "/poses", .subprotocols = kSeveral});
    EXPECT_EQ(tab->subprotocol(), kSeveral);
    tab->send(kHello);
    EXPECT_EQ(tab->next("ready")["level"], 1);
    return tab;
  }
  /// A request for a stream of several frames in a message.
  [[nodiscard]] std::string upgrade() const {
    return "GET /poses HTTP/1.1\r\nHost: " + host_and_cookie() + "\r\nOrigin: http://" +
           host() +
           "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
           "Sec-WebSocket-Protocol: " +
           kSeveral + "\r\n\r\n";
  }
  /// All text messages of a stream that sends these binary ones, then stop.
  static std::vector<json> events(PageClient& tab, const std::vector<std::string>& messages) {
    for (const std::string& message : messages) tab.send_frame(message);
    tab.send(kStop);
    std::vector<json> all;
    for (json event = tab.next(); !event.is_null(); event = tab.next())
      if (event.is_object()) all.push_back(event);
    return all;
  }
};

TEST_F(PoseStreamTest, streams_are_off_by_default) {
  start();
  EXPECT_TRUE(PageClient(port(), {.target = "/poses"}).refused());
}

TEST_F(PoseStreamTest, poses_are_scored_as_by_the_engine) {
  serve(1);
  const auto frames = practised();
  auto session = engine::Session::create(support::single_leg_kick(), 1);
  ASSERT_TRUE(session.ok());
  const auto tab = stream();
  std::vector<json> repetitions;
  std::uint32_t index = 0;
  for (const pose::PoseFrame& frame : frames) {
    const std::string message = poses_message(index, frame);
    const auto parsed = protocol::parse_poses_frame(bytes(message));
    ASSERT_TRUE(parsed.ok());
    session.value().push(pose::rounded(parsed.value().seen));
    tab->send_frame(message);
    for (json event = tab->next(); event != index; event = tab->next()) {
      ASSERT_TRUE(event.is_object());
      if (event["type"] == "repetition") repetitions.push_back(event);
    }
    ++index;
  }
  session.value().finish();
  const engine::Analysis analysis = session.value().analysis();
  ASSERT_EQ(repetitions.size(), 2U);
  ASSERT_EQ(analysis.repetitions.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(repetitions[i]["side"], name(analysis.repetitions[i].side));
    EXPECT_EQ(repetitions[i]["kicks"], analysis.repetitions[i].kicks.size());
    EXPECT_EQ(repetitions[i]["status"], name(analysis.repetitions[i].status));
  }
  tab->send(kStop);
  const json summary = tab->next("summary");
  EXPECT_EQ(summary["frames"], frames.size());
  EXPECT_EQ(summary["repetitions"].size(), 2U);
  EXPECT_TRUE(tab->next().is_null());
}

TEST_F(PoseStreamTest, several_streams_and_a_practice_stay_separate) {
  serve(2);
  const auto practice = start_practice(port());
  const auto first = stream();
  const auto second = stream();
  for (std::uint32_t i = 0; i < 3; ++i) first->send_frame(poses_message(i, nobody(i)));
  second->send_frame(poses_message(9, nobody(0.0)));
  for (json event = first->next(); event != 2U; event = first->next())
    ASSERT_FALSE(event.is_null());
  EXPECT_EQ(next_acknowledged(*second), 9U);
  EXPECT_TRUE(answers_frames(*practice));
}

TEST_F(PoseStreamTest, streams_over_the_limit_are_refused_until_one_ends) {
  Limits limits;
  limits.connections = 2;
  serve(2, limits);
  {
    const auto first = stream();
    const auto second = stream();
    // They are counted separately, so the page is still served.
    EXPECT_TRUE(PageClient(port(), {.target = "/poses"}).refused());
    const auto practice = start_practice(port());
    EXPECT_TRUE(answers_frames(*practice));
  }
  while (PageClient(port(), {.target = "/poses"}).refused()) {
  }
}

TEST_F(PoseStreamTest, invalid_poses_end_their_stream_only) {
  serve(2);
  const auto other = stream();
  const std::string good = poses_message(0, practised().front());
  pose::PoseFrame flat = nobody(0.0);
  flat.image_size = {0, 360};
  for (const std::string& wrong :
       {std::string("short"), good + "x", good.substr(0, 100), poses_message(0, flat),
        poses_message(0, nobody(-1.0)),
        poses_message(0, nobody(std::numeric_limits<double>::quiet_NaN()))}) {
    const auto tab = stream();
    tab->send_frame(wrong);
    EXPECT_EQ(tab->failure(), "bad_frame") << wrong.size();
  }
  for (const std::string& wrong :
       {kHello, std::string("{}"),
        std::string(R"({"type":"self_reported","left":1,"right":1})")}) {
    const auto tab = stream();
    tab->send(wrong);
    EXPECT_EQ(tab->failure(), "bad_message") << wrong;
  }
  other->send_frame(good);
  EXPECT_EQ(next_acknowledged(*other), 0U);
}

TEST_F(PoseStreamTest, poses_need_a_hello_first) {
  Limits limits;
  limits.hello = std::chrono::milliseconds(300);
  serve(2, limits);
  PageClient early(port(), {.target = "/poses"});
  early.send_frame(poses_message(0, nobody(0.0)));
  EXPECT_EQ(early.failure(), "bad_message");
  PageClient silent(port(), {.target = "/poses"});
  EXPECT_EQ(silent.failure(), "bad_message");
}

TEST_F(PoseStreamTest, too_many_or_too_large_messages_end_the_stream) {
  Limits limits;
  limits.pose_streams = 1;
  limits.messages_per_second = 2;
  start(limits);
  {
    const auto tab = stream();
    tab->send_frame(poses_message(0, nobody(0.0)));
    tab->send_frame(poses_message(1, nobody(1.0)));
    EXPECT_EQ(tab->failure(), "too_many");
  }
  PageClient large(port(), {.target = "/poses"});
  large.send_frame(std::string(Limits().text_bytes + 1, 'x'));
  EXPECT_TRUE(large.next().is_null());
}

TEST_F(PoseStreamTest, a_client_that_does_not_read_ends_its_stream_only) {
  Limits limits;
  limits.unsent_messages = 8;
  serve(2, limits);
  const auto other = stream();
  PageClient deaf(port(), {.target = "/poses", .reads_slowly = true});
  deaf.send(kHello);
  EXPECT_EQ(deaf.next("ready")["type"], "ready");
  for (int sent = 0; deaf.open() && sent < 1'000'000; ++sent) {
    deaf.send(R"({"type":"pause"})");
    deaf.send(R"({"type":"resume"})");
  }
  EXPECT_FALSE(deaf.open());
  other->send_frame(poses_message(0, nobody(0.0)));
  EXPECT_EQ(next_acknowledged(*other), 0U);
}

TEST_F(PoseStreamTest, a_client_that_answers_no_ping_is_disconnected) {
  Limits limits;
  limits.silence = std::chrono::milliseconds(500);
  serve(2, limits);
  RawClient dead(port());
  dead.send(upgrade());
  dead.read_until("\r\n\r\n");
  dead.send(masked(0x81, kHello));
  PageClient alive(port(), {.target = "/poses", .subprotocols = kSeveral});
  alive.send(kHello);
  alive.next("ready");
  auto ended = std::async(std::launch::async, [&] { return dead.read_to_end(); });
  // A client that only reads answers the pings.
  auto reads = std::async(std::launch::async, [&] { return alive.next("summary"); });
  EXPECT_THAT(ended.get(), ::testing::HasSubstr("ready"));
  EXPECT_EQ(reads.wait_for(2 * limits.silence), std::future_status::timeout);
  stop();
  server_.reset();
  EXPECT_TRUE(reads.get().is_null());
}

TEST_F(PoseStreamTest, one_acknowledgement_may_stand_for_several_frames) {
  serve(1);
  PageClient tab(port(), {.target = "/poses?every=3"});
  tab.send(kHello);
  tab.next("ready");
  for (std::uint32_t i = 0; i < 6; ++i) tab.send_frame(poses_message(i, nobody(i)));
  EXPECT_EQ(next_acknowledged(tab), 2U);
  EXPECT_EQ(next_acknowledged(tab), 5U);
  for (const char* wrong :
       {"?every=0", "?every=61", "?every=-1", "?every=3x", "?every=", "?"}) {
    EXPECT_FALSE(protocol::ack_interval(wrong).has_value()) << wrong;
    EXPECT_FALSE(PageClient(port(), {.target = std::string("/poses") + wrong}).open()) << wrong;
  }
}

TEST_F(PoseStreamTest, several_frames_in_a_message_give_the_same_events) {
  serve(2);
  std::vector<pose::PoseFrame> frames = practised();
  for (pose::PoseFrame& frame : frames) frame = pose::rounded(frame);
  std::vector<std::string> one_by_one;
  std::vector<std::string> tens;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto index = static_cast<std::uint32_t>(i);
    one_by_one.push_back(poses_message(index, frames[i]));
    if (i % 10 == 0) {
      const std::size_t count = std::min<std::size_t>(10, frames.size() - i);
      tens.push_back(several(index, std::span(frames).subspan(i, count)));
    }
  }
  const auto expected = events(*stream(), one_by_one);
  ASSERT_FALSE(expected.empty());
  EXPECT_EQ(expected.back()["type"], "summary");
  EXPECT_EQ(expected.back()["repetitions"].size(), 2U);
  EXPECT_EQ(events(*batch_stream(), tens), expected);
}

TEST_F(PoseStreamTest, the_subprotocol_is_chosen_among_those_offered) {
  serve(3);
  const auto chosen = [this](const std::string& offered) {
    PageClient tab(port(), {.target = "/poses", .subprotocols = offered});
    EXPECT_TRUE(tab.open());
    return tab.subprotocol();
  };
  EXPECT_EQ(chosen("matside.poses.9, " + kSeveral), kSeveral);
  EXPECT_EQ(chosen("matside.poses.9"), "");
  EXPECT_EQ(chosen(""), "");
}

TEST_F(PoseStreamTest, invalid_messages_of_several_frames_end_their_stream_only) {
  serve(2);
  const auto other = batch_stream();
  const std::vector<pose::PoseFrame> frames = practised();
  const std::string good = several(0, std::span(frames).first(3));
  std::string version = good;
  version[4] = 2;
  std::string many = good;
  many[6] = 61;
  std::string not_finite = good;
  not_finite.replace(16 + 12, 4, std::string("\0\0\xC0\x7F", 4));
  std::string back = good;
  back.replace(16, 8, back.substr(16 + 408, 8));
  for (const std::string& wrong :
       {std::string(), good.substr(0, 500), good + "x", version, many, not_finite, back,
        poses_message(0, frames.front()), std::string(424, 'M')}) {
    const auto tab = batch_stream();
    tab->send_frame(wrong);
    EXPECT_EQ(tab->failure(), "bad_frame") << wrong.size();
  }
  const auto twice = batch_stream();
  twice->send_frame(good);
  twice->send_frame(good);
  EXPECT_EQ(twice->failure(), "bad_frame");
  const auto text = batch_stream();
  text->send_frame(good);
  text->send("MPOS");
  EXPECT_EQ(text->failure(), "bad_message");
  const auto large = batch_stream();
  large->send_frame(std::string(formats::pose_message_bytes(60) + 1, 'M'));
  EXPECT_TRUE(large->next("failure").is_null());
  other->send_frame(good);
  EXPECT_EQ(next_acknowledged(*other), 2U);
}

TEST_F(PoseStreamTest, a_text_within_a_fragmented_message_ends_its_stream_only) {
  serve(2);
  const auto other = batch_stream();
  const std::vector<pose::PoseFrame> frames = practised();
  const std::string good = several(0, std::span(frames).first(1));
  RawClient client(port());
  client.send(upgrade());
  EXPECT_THAT(client.read_until("\r\n\r\n"),
              ::testing::HasSubstr("Sec-WebSocket-Protocol: matside.poses.1"));
  client.send(masked(0x81, kHello));
  client.read_until("\"ready\"");
  client.send(masked(0x02, good.substr(0, 200)) + masked(0x81, kStop));
  EXPECT_THAT(client.read_to_end(), ::testing::Not(::testing::HasSubstr("summary")));
  other->send_frame(good);
  EXPECT_EQ(next_acknowledged(*other), 0U);
}

TEST_F(PoseStreamTest, each_frame_of_a_message_counts_against_the_rate) {
  Limits limits;
  limits.pose_streams = 1;
  limits.messages_per_second = 30;
  start(limits);
  const std::vector<pose::PoseFrame> frames = practised();
  const auto tab = batch_stream();
  tab->send_frame(several(0, std::span(frames).first(20)));
  tab->send_frame(several(20, std::span(frames).subspan(20, 20)));
  EXPECT_EQ(tab->failure(), "too_many");
}

}  // namespace
}  // namespace matside::server
