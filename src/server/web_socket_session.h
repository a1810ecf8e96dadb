// One client's WebSocket: opening, reading message by message, a queue of messages to send, the
// limits, and an end that always comes.
//
// Belongs to the answering thread.
#pragma once

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/server_messages.h"
#include "server/rate_limiter.h"
#include "server/server_context.h"
#include "server/transport.h"

namespace matside::server {

/// Derived classes handle the messages. A session keeps itself alive, by shared_from_this,
/// while it reads, writes or closes.
class WebSocketSession : public std::enable_shared_from_this<WebSocketSession> {
 public:
  using Upgrade = boost::beast::http::request<boost::beast::http::empty_body>;

  WebSocketSession(const WebSocketSession&) = delete;
  WebSocketSession& operator=(const WebSocketSession&) = delete;
  virtual ~WebSocketSession() = default;

  /// Accepts the upgrade, then reads until either side ends the session. A client that sends no
  /// hello within Limits::hello fails with bad_message.
  void accept();

 protected:
  struct Options {
    std::size_t max_message_bytes;  ///< A larger message of either type ends the session.
    /// For thousands of small messages a second: sends each at once (TCP_NODELAY), and tells
    /// silence by whole messages, which spares Beast's timer at each of them.
    bool small_messages = false;
    /// Accepted from those that the client offers; a literal. Empty: none.
    std::string_view subprotocol = {};
  };
  WebSocketSession(ServerContext& context, Transport transport, Upgrade request,
                   const Options& options);

  /// A text message of at most Limits::text_bytes. Valid during the call.
  virtual void on_text(std::string_view text) = 0;
  /// A binary message. Valid during the call.
  virtual void on_binary(std::span<const std::uint8_t> bytes) = 0;
  /// No message is handed on from now on. May be called more than once.
  virtual void on_end() = 0;

  /// Ends the connection at once, as if the client were gone.
  void disconnect();
  /// Stops waiting for a hello. Later calls do nothing.
  void hello_received();
  /// Counts further messages that came within the present one against the limit a second. Fails
  /// with too_many if they exceed it.
  void count_more(int messages);
  /// Queues a message. Drops a client that has left Limits::unsent_messages unread. Does
  /// nothing once the session is ending.
  void send(std::string message);
  void send_all(std::vector<std::string> messages);
  /// Sends the number as four bytes, little-endian, after all queued messages. Replaces one
  /// that still waits.
  void acknowledge(std::uint32_t number);
  /// Sends none that still waits: what follows is the last message.
  void forget_acknowledgement() { unsent_ack_.reset(); }
  /// Sends a failure and closes. Does nothing once the session is ending.
  void fail(protocol::FailureKind kind, std::string_view message);
  /// Closes after everything queued is sent, within Limits::request. Does nothing once the
  /// session is ending.
  void close(boost::beast::websocket::close_code code);
  [[nodiscard]] bool is_ending() const { return ending_; }
  [[nodiscard]] ServerContext& context() const { return context_; }

 private:
  void wait_for_hello();
  void watch_for_silence();
  void on_half_silence();
  void read();
  void on_read(const boost::system::error_code& failed);
  void dispatch();
  void fail_for_rate();
  void write();
  template <class Buffer>
  void write(const Buffer& buffer);
  void on_written(const boost::system::error_code& failed);
  void close_handshake();
  void drop();

  ServerContext& context_;
  WebSocket stream_;                 ///< Empty once it has been forced to close.
  boost::asio::steady_timer timer_;  ///< For the hello, then for silence, then for the end.
  Upgrade request_;
  boost::beast::flat_buffer buffer_;
  RateLimiter rate_;
  Options options_;
  std::vector<std::string> unsent_;
  std::optional<std::uint32_t> unsent_ack_;
  std::string sending_;  ///< Until it is written.
  std::array<char, sizeof(std::uint32_t)> sending_ack_{};
  bool writing_ = false;
  bool said_hello_ = false;
  bool heard_ = false;    ///< A message or a pong, since the last look for silence.
  bool pinged_ = false;   ///< At that look, because there was silence.
  bool pinging_ = false;  ///< The ping is being written.
  boost::beast::websocket::close_code close_code_ = boost::beast::websocket::close_code::normal;
  bool ending_ = false;
};

}  // namespace matside::server
