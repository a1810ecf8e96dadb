#include "server/peer_user.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <utility>

namespace matside::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr uid_t kNobody = 65534;

class PeerUserTest : public ::testing::Test {
 protected:
  /// Both ends of a connection: the server's, then the client's.
  std::pair<tcp::socket, tcp::socket> connected(const char* listening, const char* reached) {
    tcp::acceptor acceptor(io_, {asio::ip::make_address(listening), 0});
    tcp::socket client(io_);
    client.connect({asio::ip::make_address(reached), acceptor.local_endpoint().port()});
    return {acceptor.accept(), std::move(client)};
  }

  asio::io_context io_;
};

TEST_F(PeerUserTest, a_program_of_this_user_is_recognised) {
  for (const auto& [listening, reached] :
       {std::pair("127.0.0.1", "127.0.0.1"), std::pair("127.0.0.1", "::ffff:127.0.0.1")}) {
    const auto [server, client] = connected(listening, reached);
    EXPECT_TRUE(is_same_user(server.local_endpoint(), server.remote_endpoint())) << reached;
  }
}

TEST_F(PeerUserTest, a_connection_that_is_not_there_belongs_to_nobody) {
  const auto [server, client] = connected("127.0.0.1", "127.0.0.1");
  const tcp::endpoint elsewhere(asio::ip::make_address("127.0.0.1"), 1);
  EXPECT_FALSE(is_same_user(server.local_endpoint(), elsewhere));
  EXPECT_FALSE(is_same_user(elsewhere, server.remote_endpoint()));
}

// Only root can make a socket of another user; for anybody else the test is of the user's own.
TEST_F(PeerUserTest, a_program_of_another_user_is_refused) {
  const bool root = ::geteuid() == 0;
  if (root) {
    ASSERT_EQ(::seteuid(kNobody), 0);
  }
  tcp::socket client(io_, tcp::v4());
  if (root) {
    ASSERT_EQ(::seteuid(0), 0);
  }
  tcp::acceptor acceptor(io_, {asio::ip::make_address("127.0.0.1"), 0});
  client.connect(acceptor.local_endpoint());
  const tcp::socket server = acceptor.accept();
  EXPECT_EQ(is_same_user(server.local_endpoint(), server.remote_endpoint()), !root);
}

}  // namespace
}  // namespace matside::server
