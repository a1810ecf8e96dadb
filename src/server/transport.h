// A connection's bytes, plain or over TLS, behind one type.
//
// Everything here belongs to the answering thread.
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

/// A TCP stream, or TLS over one. Meets Boost's AsyncStream: one read and one write at a time,
/// and errors are passed to the handlers.
class Transport {
 public:
  // A concrete executor type saves a virtual call for each of many small messages.
  using Executor = boost::asio::io_context::executor_type;
  using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
  using Plain = boost::beast::basic_stream<boost::asio::ip::tcp, Executor>;
  using Tls = boost::beast::ssl_stream<Plain>;
  using executor_type = Plain::executor_type;

  explicit Transport(Socket socket) : stream_(std::in_place_type<Plain>, std::move(socket)) {}
  Transport(Socket socket, boost::asio::ssl::context& tls)
      : stream_(std::in_place_type<Tls>, std::move(socket), tls) {}

  executor_type get_executor() { return tcp().get_executor(); }
  /// The TCP stream: for time limits, and to close at once.
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

  /// Makes the TLS handshake, or nothing on a plain stream. `done` gets the error, if any. A
  /// time limit set on tcp() applies.
  void async_begin(std::function<void(const boost::system::error_code&)> done);
  /// Closes the sending direction. `done` gets the error, if any.
  void async_end(std::function<void(const boost::system::error_code&)> done);
  /// Ends the connection below a WebSocket, as Beast asks for it.
  template <class Handler>
  void async_tear_down(boost::beast::role_type role, Handler&& handler) {
    tear_down(role, erased<Ended>(handler));
  }

 private:
  using Moved = std::function<void(const boost::system::error_code&, std::size_t)>;
  using Ended = std::function<void(const boost::system::error_code&)>;

  // Type-erased handlers for TLS: otherwise each of Beast's operations would instantiate all of
  // Asio's TLS operations, which takes minutes to compile.
  template <class Function, class Handler>
  static Function erased(Handler& handler) {
    return [held = std::make_shared<std::decay_t<Handler>>(std::move(handler))](
               const auto&... result) { (*held)(result...); };
  }
  /// The first buffer that is not empty; an empty one when all are.
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

/// Customization points of Beast's WebSocket: how to end the stream, and how to drop it.
template <class Handler>
void async_teardown(boost::beast::role_type role, Transport& transport, Handler&& handler) {
  transport.async_tear_down(role, std::forward<Handler>(handler));
}
inline void beast_close_socket(Transport& transport) { transport.tcp().close(); }

/// A WebSocket over a Transport; empty once it has been forced to close.
using WebSocket = std::optional<boost::beast::websocket::stream<Transport, false>>;

/// Closes the connection of a WebSocket that is still there after `timeout`, and destroys the
/// WebSocket after as long again. Without this, Beast's reading and closing may wait for each
/// other for ever when bytes arrive that are not a message, and keep their owner alive. `timer`
/// must have the same owner as `socket`.
void force_close_after(boost::asio::steady_timer& timer, std::chrono::milliseconds timeout,
                       std::weak_ptr<WebSocket> socket);

/// Ends the connection so that everything sent arrives: closes the sending direction, then
/// reads and discards what still arrives, for at most `timeout`. Releases `held` at the end.
/// @returns what ends it at once; does nothing once it has ended
std::function<void()> shut_down_gracefully(Transport transport,
                                           std::chrono::milliseconds timeout,
                                           std::shared_ptr<void> held);

}  // namespace matside::server
