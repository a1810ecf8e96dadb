#include "server/wire.h"

#include <array>

namespace matside::server {
namespace {

using boost::system::error_code;

class Ending : public std::enable_shared_from_this<Ending> {
 public:
  Ending(Wire wire, std::shared_ptr<void> held)
      : held_(std::move(held)), wire_(std::move(wire)) {}

  void begin(std::chrono::milliseconds patience) {
    wire_.tcp().expires_after(patience);
    wire_.async_end([self = shared_from_this()](const error_code& failed) {
      if (!failed) self->read_on();
    });
  }

 private:
  void read_on() {
    wire_.tcp().async_read_some(
        boost::asio::buffer(forgotten_),
        [self = shared_from_this()](const error_code& failed, std::size_t) {
          if (!failed) self->read_on();
        });
  }

  std::shared_ptr<void> held_;
  Wire wire_;
  std::array<char, 16 * 1024> forgotten_{};
};

}  // namespace

void Wire::async_begin(Ended done) {
  if (auto* tls = std::get_if<Tls>(&stream_)) {
    return tls->async_handshake(boost::asio::ssl::stream_base::server, std::move(done));
  }
  done(error_code());
}

void Wire::async_end(Ended done) {
  if (auto* tls = std::get_if<Tls>(&stream_)) return tls->async_shutdown(std::move(done));
  error_code failed;
  tcp().socket().shutdown(Socket::shutdown_send, failed);
  done(failed);
}

void Wire::read_tls(boost::asio::mutable_buffer into, Moved done) {
  std::get<Tls>(stream_).async_read_some(into, std::move(done));
}

void Wire::write_tls(boost::asio::const_buffer from, Moved done) {
  std::get<Tls>(stream_).async_write_some(from, std::move(done));
}

void Wire::tear_down(boost::beast::role_type role, Ended done) {
  using boost::beast::websocket::async_teardown;
  if (auto* tls = std::get_if<Tls>(&stream_)) {
    return async_teardown(role, *tls, std::move(done));
  }
  async_teardown(role, tcp(), std::move(done));
}

void let_go_in_time(boost::asio::steady_timer& timer, std::chrono::milliseconds patience,
                    std::weak_ptr<WebSocket> socket) {
  timer.expires_after(patience);
  timer.async_wait([&timer, patience, socket](const error_code& cancelled) {
    const auto closing = socket.lock();
    if (cancelled || !closing) return;
    (*closing)->next_layer().tcp().close();
    // Whatever waits for the network ends now, and may use the stream once more to do so.
    timer.expires_after(patience);
    timer.async_wait([socket](const error_code& stopped) {
      const auto stuck = socket.lock();
      if (!stopped && stuck) stuck->reset();
    });
  });
}

void end_gently(Wire wire, std::chrono::milliseconds patience, std::shared_ptr<void> held) {
  std::make_shared<Ending>(std::move(wire), std::move(held))->begin(patience);
}

}  // namespace matside::server
