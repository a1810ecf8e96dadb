#include "server/transport.h"

#include <gtest/gtest.h>

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/websocket.hpp>
#include <memory>
#include <string>

namespace matside::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;

/// Both ends of a connection over loopback; `peer_` blocks.
class TransportTest : public ::testing::Test {
 protected:
  Transport connect() {
    asio::basic_socket_acceptor<tcp, Transport::Executor> acceptor(
        io_, tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0));
    peer_.connect(
        tcp::endpoint(asio::ip::make_address("127.0.0.1"), acceptor.local_endpoint().port()));
    return Transport(acceptor.accept());
  }
  void run() {
    io_.restart();
    io_.run();
  }
  std::string read_to_end() {
    std::string text;
    error_code end;
    asio::read(peer_, asio::dynamic_buffer(text), end);
    EXPECT_EQ(end, asio::error::eof);
    return text;
  }

  asio::io_context io_{1};
  asio::io_context peer_io_;
  tcp::socket peer_{peer_io_};
};

TEST_F(TransportTest, a_plain_one_needs_no_handshake_and_carries_bytes_both_ways) {
  Transport transport = connect();
  bool begun = false;
  transport.async_begin([&](const error_code& failed) { begun = !failed; });
  EXPECT_TRUE(begun);
  asio::async_write(transport, asio::buffer("hello", 5),
                    [](const error_code& failed, std::size_t) { EXPECT_FALSE(failed); });
  run();
  std::array<char, 5> got{};
  asio::read(peer_, asio::buffer(got));
  EXPECT_EQ(std::string(got.data(), got.size()), "hello");
  asio::write(peer_, asio::buffer("back", 4));
  std::array<char, 4> back{};
  asio::async_read(transport, asio::buffer(back),
                   [](const error_code& failed, std::size_t) { EXPECT_FALSE(failed); });
  run();
  EXPECT_EQ(std::string(back.data(), back.size()), "back");
}

TEST_F(TransportTest, ends_its_sending_direction_only) {
  Transport transport = connect();
  bool ended = false;
  transport.async_end([&](const error_code& failed) { ended = !failed; });
  EXPECT_TRUE(ended);
  EXPECT_EQ(read_to_end(), "");
  asio::write(peer_, asio::buffer("x", 1));
  std::array<char, 1> got{};
  asio::async_read(transport, asio::buffer(got),
                   [](const error_code& failed, std::size_t) { EXPECT_FALSE(failed); });
  run();
  EXPECT_EQ(got[0], 'x');
}

TEST_F(TransportTest, a_graceful_shutdown_delivers_all_and_waits_for_the_peer) {
  Transport transport = connect();
  asio::write(transport.tcp().socket(), asio::buffer("all of it", 9));
  auto held = std::make_shared<int>(0);
  const std::weak_ptr<int> released = held;
  shut_down_gracefully(std::move(transport), std::chrono::minutes(1), std::move(held));
  EXPECT_EQ(read_to_end(), "all of it");
  asio::write(peer_, asio::buffer("discarded", 9));
  io_.poll();
  EXPECT_FALSE(released.expired());
  peer_.close();
  run();
  EXPECT_TRUE(released.expired());
}

TEST_F(TransportTest, a_graceful_shutdown_ends_at_its_timeout) {
  auto held = std::make_shared<int>(0);
  const std::weak_ptr<int> released = held;
  shut_down_gracefully(connect(), milliseconds(20), std::move(held));
  run();  // Returns although the peer stays connected.
  EXPECT_TRUE(released.expired());
}

TEST_F(TransportTest, a_websocket_is_closed_and_then_destroyed_by_force) {
  auto socket = std::make_shared<WebSocket>(std::in_place, connect());
  asio::steady_timer timer(io_);
  force_close_after(timer, milliseconds(20), socket);
  run();
  EXPECT_FALSE(socket->has_value());
  EXPECT_EQ(read_to_end(), "");
}

TEST_F(TransportTest, a_websocket_that_is_gone_is_not_closed_by_force) {
  auto socket = std::make_shared<WebSocket>(std::in_place, connect());
  asio::steady_timer timer(io_);
  force_close_after(timer, milliseconds(20), socket);
  socket.reset();
  run();
  EXPECT_EQ(read_to_end(), "");
}

}  // namespace
}  // namespace matside::server
