#include "server/transport.h"

#include <array>

namespace matside::server {
namespace {

using boost::system::error_code;

class GracefulShutdown : public std::enable_shared_from_this<GracefulShutdown> {
 public:
  GracefulShutdown(Transport transport, std::shared_ptr<void> held)
      : held_(std::move(held)), transport_(std::move(transport)) {}

  void end_now() { transport_.tcp().close(); }

  void begin(std::chrono::milliseconds timeout) {
    transport_.tcp().expires_after(timeout);
    transport_.async_end([self = shared_from_this()](const error_code& failed) {
      if (!failed) self->read_on();
    });
  }

 private:
  void read_on() {
    transport_.tcp().async_read_some(
        boost::asio::buffer(discarded_),
        [self = shared_from_this()](const error_code& failed, std::size_t) {
          if (!failed) self->read_on();
        });
  }

  std::shared_ptr<void> held_;
  Transport transport_;
  std::array<char, 16 * 1024> discarded_{};
};

}  // namespace

void Transport::async_begin(Ended done) {
  if (auto* tls = std::get_if<Tls>(&stream_)) {
    return tls->async_handshake(boost::asio::ssl::stream_base::server, std::move(done));
  }
  done(error_code());
}

void Transport::async_end(Ended done) {
  if (auto* tls = std::get_if<Tls>(&stream_)) return tls->async_shutdown(std::move(done));
  error_code failed;
  tcp().socket().shutdown(Socket::shutdown_send, failed);
  done(failed);
}

void Transport::read_tls(boost::asio::mutable_buffer into, Moved done) {
  std::get<Tls>(stream_).async_read_some(into, std::move(done));
}

void Transport::write_tls(boost::asio::const_buffer from, Moved done) {
  std::get<Tls>(stream_).async_write_some(from, std::move(done));
}

void Transport::tear_down(boost::beast::role_type role, Ended done) {
  using boost::beast::websocket::async_teardown;
  if (auto* tls = std::get_if<Tls>(&stream_)) {
    return async_teardown(role, *tls, std::move(done));
  }
  async_teardown(role, tcp(), std::move(done));
}

void force_close_after(boost::asio::steady_timer& timer, std::chrono::milliseconds timeout,
                       std::weak_ptr<WebSocket> socket) {
  timer.expires_after(timeout);
  timer.async_wait([&timer, timeout, socket](const error_code& cancelled) {
    const auto closing = socket.lock();
    if (cancelled || !closing) return;
    (*closing)->next_layer().tcp().close();
    // Pending operations fail now, and may still use the stream while they end.
    timer.expires_after(timeout);
    timer.async_wait([socket](const error_code& stopped) {
      const auto stuck = socket.lock();
      if (!stopped && stuck) stuck->reset();
    });
  });
}

std::function<void()> shut_down_gracefully(Transport transport,
                                           std::chrono::milliseconds timeout,
                                           std::shared_ptr<void> held) {
  const auto shutdown =
      std::make_shared<GracefulShutdown>(std::move(transport), std::move(held));
  shutdown->begin(timeout);
  return [weak = std::weak_ptr(shutdown)] {
    if (const auto ending = weak.lock()) ending->end_now();
  };
}

}  // namespace matside::server
