// Each of server::Limits: a connection beyond it ends, and a practice elsewhere continues.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <string>

#include "tests/server/server_fixture.h"

namespace matside::server {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// Fewer frames a second than a page may send.
constexpr milliseconds kFramePause(20);

class LimitsTest : public ServerTest {
 protected:
  /// What a connection sends to become a WebSocket.
  [[nodiscard]] std::string upgrade(const std::string& target = "/practice") const {
    return "GET " + target + " HTTP/1.1\r\nHost: " + host_and_cookie() + "\r\nOrigin: http://" +
           host() +
           "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  }
};

TEST_F(LimitsTest, connections_over_the_limit_are_refused) {
  Limits limits;
  limits.connections = 2;
  start(limits);
  const auto practice = start_practice(port());
  const PageClient second(port());
  EXPECT_TRUE(second.open());
  EXPECT_FALSE(PageClient(port()).open());
  EXPECT_TRUE(answers_frames(*practice));
}

TEST_F(LimitsTest, a_longer_request_head_is_refused) {
  start();
  const auto practice = start_practice(port());
  const std::string head = "GET / HTTP/1.1\r\nHost: " + host_and_cookie() + "\r\nLong: ";
  EXPECT_THAT(raw(head + std::string(Limits().head_bytes, 'x') + "\r\n\r\n"),
              HasSubstr(" 431 "));
  EXPECT_THAT(raw(head + std::string(100 * Limits().head_bytes, 'x')), HasSubstr(" 431 "));
  EXPECT_TRUE(answers_frames(*practice));
}

TEST_F(LimitsTest, a_longer_message_ends_the_connection) {
  Limits limits;
  limits.text_bytes = 100;
  start(limits);
  const auto practice = start_practice(port());
  PageClient tab(port());
  tab.send(std::string(100, ' ') + kHello);
  EXPECT_EQ(tab.failure(), "bad_message");
  EXPECT_TRUE(answers_frames(*practice));
}

TEST_F(LimitsTest, a_larger_frame_ends_the_practice_and_another_may_begin) {
  start();
  {
    const auto practice = start_practice(port());
    practice->send_frame(frame(0, 0.0, std::string(Limits().frame_bytes, 'x')));
    EXPECT_TRUE(practice->next().is_null());
  }
  EXPECT_TRUE(answers_frames(*start_practice(port())));
}

TEST_F(LimitsTest, a_larger_frame_of_another_connection_disturbs_no_practice) {
  start();
  const auto practice = start_practice(port());
  PageClient tab(port());
  tab.send_frame(std::string(Limits().frame_bytes + 1, 'x'));
  EXPECT_TRUE(tab.next().is_null());
  EXPECT_TRUE(answers_frames(*practice));
}

TEST_F(LimitsTest, more_messages_a_second_end_their_connection_only) {
  Limits limits;
  limits.messages_per_second = 2;
  start(limits);
  const auto practice = start_practice(port());
  PageClient tab(port());
  for (int i = 0; i < 3; ++i) tab.send_frame("short");
  EXPECT_NE(tab.failure(), "none");
  EXPECT_TRUE(answers_frames(*practice));
}

TEST_F(LimitsTest, a_connection_with_too_many_messages_fails_with_too_many) {
  Limits limits;
  limits.messages_per_second = 0;
  start(limits);
  PageClient tab(port());
  tab.send(kHello);
  EXPECT_EQ(tab.failure(), "too_many");
}

TEST_F(LimitsTest, a_page_that_does_not_read_is_dropped) {
  Limits limits;
  limits.messages_per_second = 1'000'000;
  limits.unsent_messages = 8;
  start(limits);
  {
    PageClient deaf(port(), {.reads_slowly = true});
    deaf.send(kHello);
    EXPECT_EQ(deaf.next("ready")["type"], "ready");
    const std::string picture = grey_jpeg(64, 48);
    std::uint32_t sent = 0;
    while (deaf.open() && sent < 1'000'000) {
      deaf.send_frame(frame(sent, sent / 30.0, picture));
      ++sent;
    }
    EXPECT_FALSE(deaf.open());
  }
  EXPECT_TRUE(answers_frames(*start_practice(port())));
}

TEST_F(LimitsTest, a_slow_request_is_dropped) {
  Limits limits;
  limits.request = milliseconds(300);
  start(limits);
  const auto practice = start_practice(port());
  RawClient slow(port());
  auto ended = std::async(std::launch::async, [&] { return slow.read_to_end(); });
  const std::string request = "GET / HTTP/1.1\r\nHost: " + host_and_cookie() + "\r\n";
  // One byte at a time does not extend the time for the whole request.
  std::uint32_t i = 0;
  while (ended.wait_for(kFramePause) != std::future_status::ready) {
    slow.send(i < request.size() ? request.substr(i, 1) : "x");
    ASSERT_TRUE(answers_frames(*practice, i++));
  }
  EXPECT_EQ(ended.get(), "");
  EXPECT_TRUE(answers_frames(*practice, i));
}

TEST_F(LimitsTest, a_page_without_a_hello_is_disconnected) {
  Limits limits;
  limits.hello = milliseconds(300);
  start(limits);
  const auto practice = start_practice(port());
  PageClient silent(port());
  EXPECT_EQ(silent.failure(), "bad_message");
  EXPECT_TRUE(answers_frames(*practice));
}

TEST_F(LimitsTest, rubbish_during_the_closing_handshake_keeps_no_connection_open) {
  Limits limits;
  limits.hello = milliseconds(300);
  limits.request = milliseconds(400);
  limits.connections = 2;
  limits.pose_streams = 1;
  start(limits);
  for (const char* target : {"/practice", "/poses"}) {
    const auto practice = start_practice(port());
    RawClient rude(port());
    rude.send(upgrade(target));
    const std::string close = "\x88\x02";
    EXPECT_THAT(rude.read_until(close), HasSubstr("no hello was received"));
    rude.send("\xff\xff\xff\xff");
    // Its slot is free again.
    while (!PageClient(port(), {.target = target}).open()) ASSERT_TRUE(practice->open());
  }
}

TEST_F(LimitsTest, a_page_that_answers_no_ping_is_disconnected) {
  Limits limits;
  limits.silence = milliseconds(1000);
  start(limits);
  const auto practice = start_practice(port());
  RawClient dead(port());
  dead.send(upgrade());
  auto ended = std::async(std::launch::async, [&] { return dead.read_to_end(); });
  std::uint32_t i = 0;
  while (ended.wait_for(kFramePause) != std::future_status::ready) {
    ASSERT_TRUE(answers_frames(*practice, i++));
  }
  EXPECT_THAT(ended.get(), StartsWith("HTTP/1.1 101"));
  EXPECT_TRUE(answers_frames(*practice, i));
}

}  // namespace
}  // namespace matside::server
