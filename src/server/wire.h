// A connection's bytes, plain or through TLS, so that everything above is written once.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace matside::server {

/// Meets Boost's AsyncStream. Belongs to the thread that answers.
class Wire {
 public:
  // Bound to its loop by type, which a stream of many small messages feels.
  using Executor = boost::asio::io_context::executor_type;
  using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
  using Plain = boost::beast::basic_stream<boost::asio::ip::tcp, Executor>;
  using Tls = boost::beast::ssl_stream<Plain>;
  using executor_type = Plain::executor_type;

  explicit Wire(Socket socket) : stream_(std::in_place_type<Plain>, std::move(socket)) {}
  Wire(Socket socket, boost::asio::ssl::context& tls)
      : stream_(std::in_place_type<Tls>, std::move(socket), tls) {}

  executor_type get_executor() { return tcp().get_executor(); }
  /// Where time limits are set, and what is closed at once.
  Plain& tcp() {
    if (auto* tls = std::get_if<Tls>(&stream_)) return tls->next_layer();
    return std::get<Plain>(stream_);
  }

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    if (auto* plain = std::get_if<Plain>(&stream_)) {
      return plain->async_read_some(buffers, std::forward<Handler>(handler));
    }
    read_tls(first_of<boost::asio::mutable_buffer>(buffers), erased<Moved>(handler));
  }
  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    if (auto* plain = std::get_if<Plain>(&stream_)) {
      return plain->async_write_some(buffers, std::forward<Handler>(handler));
    }
    write_tls(first_of<boost::asio::const_buffer>(buffers), erased<Moved>(handler));
  }

  /// Agrees on keys where there is TLS. `done` gets what failed; a time limit set on tcp()
  /// holds for it.
  void async_begin(std::function<void(const boost::system::error_code&)> done);
  /// Says that nothing more will be sent.
  void async_end(std::function<void(const boost::system::error_code&)> done);
  /// Ends a WebSocket.
  template <class Handler>
  void async_tear_down(boost::beast::role_type role, Handler&& handler) {
    tear_down(role, erased<Ended>(handler));
  }

 private:
  using Moved = std::function<void(const boost::system::error_code&, std::size_t)>;
  using Ended = std::function<void(const boost::system::error_code&)>;

  // What goes through TLS has its type taken away, for the sake of whoever compiles it: each of
  // Beast's operations would bring all of OpenSSL's ones along.
  template <class Function, class Handler>
  static Function erased(Handler& handler) {
    return [held = std::make_shared<std::decay_t<Handler>>(std::move(handler))](
               const auto&... result) { (*held)(result...); };
  }
  /// The first part in which there is room, or something.
  template <class Buffer, class Buffers>
  static Buffer first_of(const Buffers& buffers) {
    const auto end = boost::asio::buffer_sequence_end(buffers);
    for (auto each = boost::asio::buffer_sequence_begin(buffers); each != end; ++each) {
      if (Buffer(*each).size() > 0) return *each;
    }
    return {};
  }
  void read_tls(boost::asio::mutable_buffer into, Moved done);
  void write_tls(boost::asio::const_buffer from, Moved done);
  void tear_down(boost::beast::role_type role, Ended done);

  std::variant<Plain, Tls> stream_;
};

/// What Beast's WebSocket asks of a stream: how to end it, and how to drop it.
template <class Handler>
void async_teardown(boost::beast::role_type role, Wire& wire, Handler&& handler) {
  wire.async_tear_down(role, std::forward<Handler>(handler));
}
inline void beast_close_socket(Wire& wire) { wire.tcp().close(); }

using WebSocket = std::optional<boost::beast::websocket::stream<Wire, false>>;

/// Lets go of a WebSocket that has had `patience` to close, and as long again for all that
/// waited for the network to end. Boost's may wait for ever, its reading for its closing and
/// its closing for its reading, where something that is no message comes meanwhile; each holds
/// whoever waits for it. `timer` belongs to whom `socket` belongs to, which they end with.
void let_go_in_time(boost::asio::steady_timer& timer, std::chrono::milliseconds patience,
                    std::weak_ptr<WebSocket> socket);

/// Ends the connection so that what was sent arrives: what still comes is read and forgotten,
/// for `patience` at most. `held` is given back at the end.
void end_gently(Wire wire, std::chrono::milliseconds patience, std::shared_ptr<void> held);

}  // namespace matside::server
