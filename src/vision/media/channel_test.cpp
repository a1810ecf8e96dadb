#include "vision/media/channel.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <thread>
#include <vector>

namespace matside::media {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Outcome = Channel::Outcome;
constexpr std::chrono::milliseconds kNow{0};

std::array<int, 2> connected() {
  std::array<int, 2> ends{};
  EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  return ends;
}

void write_all(int socket, const Bytes& bytes) {
  ASSERT_EQ(::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(bytes.size()));
}

Bytes head(std::uint32_t kind, std::uint32_t size) {
  Bytes bytes(8);
  std::memcpy(bytes.data(), &kind, 4);
  std::memcpy(bytes.data() + 4, &size, 4);
  return bytes;
}

TEST(Channel, messages_arrive_in_order_and_whole) {
  const auto ends = connected();
  Channel here(ends[0]);
  Channel there(ends[1]);
  Message message;
  EXPECT_EQ(there.receive(message, kNow), Outcome::none);
  ASSERT_TRUE(here.send_struct(7, std::uint64_t{42}, Channel::WhenFull::fail));
  ASSERT_TRUE(here.send(8, Bytes(), Channel::WhenFull::fail));
  ASSERT_EQ(there.receive(message, kNow), Outcome::message);
  EXPECT_EQ(message.kind, 7U);
  EXPECT_EQ(message.as<std::uint64_t>(), 42U);
  EXPECT_EQ(message.as<std::uint32_t>(), std::nullopt);
  ASSERT_EQ(there.receive(message, kNow), Outcome::message);
  EXPECT_EQ(message.kind, 8U);
  EXPECT_EQ(there.receive(message, kNow), Outcome::none);
}

TEST(Channel, a_message_larger_than_the_sockets_buffer_arrives) {
  const auto ends = connected();
  Channel here(ends[0]);
  Bytes large(3'000'000);
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<std::uint8_t>(i * 7);
  std::thread other([&large, end = ends[1]] {
    Channel there(end);
    EXPECT_TRUE(there.send(1, large, Channel::WhenFull::wait));
  });
  Message message;
  EXPECT_EQ(here.receive(message, std::nullopt), Outcome::message);
  EXPECT_EQ(message.bytes, large);
  other.join();
  EXPECT_EQ(here.receive(message, std::nullopt), Outcome::closed);
}

TEST(Channel, what_the_other_end_sent_before_it_closed_is_still_received) {
  const auto ends = connected();
  Channel here(ends[0]);
  write_all(ends[1], head(5, 0));
  ::close(ends[1]);
  Message message;
  EXPECT_EQ(here.receive(message, std::nullopt), Outcome::message);
  EXPECT_EQ(message.kind, 5U);
  EXPECT_EQ(here.receive(message, std::nullopt), Outcome::closed);
  EXPECT_FALSE(here.send(1, Bytes(), Channel::WhenFull::wait));
}

TEST(Channel, half_a_message_is_none) {
  const auto ends = connected();
  Channel here(ends[0]);
  Message message;
  write_all(ends[1], head(5, 2));
  EXPECT_EQ(here.receive(message, kNow), Outcome::none);
  write_all(ends[1], {1});
  EXPECT_EQ(here.receive(message, kNow), Outcome::none);
  write_all(ends[1], {2});
  EXPECT_EQ(here.receive(message, kNow), Outcome::message);
  EXPECT_EQ(message.bytes, (Bytes{1, 2}));
  ::close(ends[1]);
}

TEST(Channel, a_message_beyond_the_limit_closes_it) {
  for (const std::uint32_t size :
       {static_cast<std::uint32_t>(kMaxMessage_bytes) + 1, 0x80000000U, 0xFFFFFFFFU}) {
    const auto ends = connected();
    Channel here(ends[0]);
    write_all(ends[1], head(5, size));
    Message message;
    EXPECT_EQ(here.receive(message, kNow), Outcome::closed) << size;
    ::close(ends[1]);
  }
}

TEST(Channel, sending_to_an_end_that_never_reads_fails_where_it_must_not_wait) {
  const auto ends = connected();
  Channel here(ends[0]);
  const Bytes some(10'000);
  int sent = 0;
  while (sent < 10'000 && here.send(1, some, Channel::WhenFull::fail)) ++sent;
  EXPECT_LT(sent, 10'000);
  ::close(ends[1]);
}

}  // namespace
}  // namespace matside::media
