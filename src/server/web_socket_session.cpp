#include "server/web_socket_session.h"

#include <bit>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <cstring>
#include <utility>

namespace matside::server {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

WebSocketSession::WebSocketSession(ServerContext& context, Transport transport, Upgrade request,
                                   const Options& options)
    : context_(context),
      stream_(std::in_place, std::move(transport)),
      timer_(context.io),
      request_(std::move(request)),
      rate_(context.setup.limits.messages_per_second),
      options_(options) {}

void WebSocketSession::accept() {
  const Limits& limits = context_.setup.limits;
  stream_->set_option(
      options_.small_messages
          ? websocket::stream_base::timeout{limits.request, websocket::stream_base::none(),
                                            false}
          : websocket::stream_base::timeout{limits.request, limits.silence, /*pings*/ true});
  stream_->read_message_max(options_.max_message_bytes);
  if (options_.small_messages) {
    stream_->control_callback(
        [this](websocket::frame_type, boost::beast::string_view) { heard_ = true; });
    error_code ignored;
    stream_->next_layer().tcp().socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  }
  if (!options_.subprotocol.empty()) {
    stream_->set_option(websocket::stream_base::decorator(
        [name = options_.subprotocol](websocket::response_type& response) {
          response.set(boost::beast::http::field::sec_websocket_protocol,
                       boost::beast::string_view(name.data(), name.size()));
        }));
  }
  stream_->async_accept(request_, [self = shared_from_this()](const error_code& failed) {
    if (failed) return;
    self->request_ = {};
    self->wait_for_hello();
    self->read();
  });
}

void WebSocketSession::wait_for_hello() {
  timer_.expires_after(context_.setup.limits.hello);
  timer_.async_wait([self = weak_from_this()](const error_code& cancelled) {
    const auto here = self.lock();
    if (!cancelled && here)
      here->fail(protocol::FailureKind::bad_message, "message: no hello was received in time");
  });
}

void WebSocketSession::hello_received() {
  if (std::exchange(said_hello_, true) || ending_) return;
  if (options_.small_messages) return watch_for_silence();
  timer_.cancel();
}

void WebSocketSession::watch_for_silence() {
  timer_.expires_after(context_.setup.limits.silence / 2);
  timer_.async_wait([self = weak_from_this()](const error_code& cancelled) {
    const auto here = self.lock();
    if (!cancelled && here && !here->ending_) here->on_half_silence();
  });
}

/// Pings a silent client, and drops it when it is still silent at the next call.
void WebSocketSession::on_half_silence() {
  const bool silent = !std::exchange(heard_, false);
  if (silent && (pinged_ || pinging_)) return drop();
  pinged_ = silent;
  if (silent) {
    pinging_ = true;
    stream_->async_ping({}, [self = shared_from_this()](const error_code& failed) {
      self->pinging_ = false;
      if (failed) self->drop();
    });
  }
  watch_for_silence();
}

void WebSocketSession::read() {
  buffer_.clear();
  stream_->async_read(
      buffer_, [self = shared_from_this()](const error_code& failed, std::size_t /*bytes*/) {
        self->on_read(failed);
      });
}

void WebSocketSession::on_read(const error_code& failed) {
  if (failed) return drop();
  // The closing handshake reads what still arrives.
  if (ending_) return;
  heard_ = true;
  dispatch();
  if (!ending_) read();
}

void WebSocketSession::dispatch() {
  if (!rate_.allow(std::chrono::steady_clock::now())) return fail_for_rate();
  const auto bytes = buffer_.cdata();
  if (!stream_->got_text()) {
    return on_binary({static_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  }
  if (bytes.size() > context_.setup.limits.text_bytes) {
    return fail(protocol::FailureKind::bad_message, "message: it is too long");
  }
  on_text({static_cast<const char*>(bytes.data()), bytes.size()});
}

void WebSocketSession::count_more(int messages) {
  if (!rate_.allow(std::chrono::steady_clock::now(), messages)) fail_for_rate();
}

void WebSocketSession::fail_for_rate() {
  fail(protocol::FailureKind::too_many, "too many messages per second");
}

void WebSocketSession::send_all(std::vector<std::string> messages) {
  for (std::string& message : messages) send(std::move(message));
}

void WebSocketSession::send(std::string message) {
  if (ending_) return;
  if (unsent_.size() >= context_.setup.limits.unsent_messages) return drop();
  unsent_.push_back(std::move(message));
  if (!writing_) write();
}

void WebSocketSession::acknowledge(std::uint32_t number) {
  if (ending_) return;
  unsent_ack_ = number;
  if (!writing_) write();
}

void WebSocketSession::write() {
  if (!unsent_.empty()) {
    sending_ = std::move(unsent_.front());
    unsent_.erase(unsent_.begin());
    stream_->text(true);
    return write(asio::buffer(sending_));
  }
  if (unsent_ack_) {
    static_assert(std::endian::native == std::endian::little);
    std::memcpy(sending_ack_.data(), &*unsent_ack_, sizeof *unsent_ack_);
    unsent_ack_.reset();
    stream_->binary(true);
    return write(asio::buffer(sending_ack_));
  }
  if (ending_) close_handshake();
}

template <class Buffer>
void WebSocketSession::write(const Buffer& buffer) {
  writing_ = true;
  stream_->async_write(
      buffer, [self = shared_from_this()](const error_code& failed, std::size_t /*bytes*/) {
        self->on_written(failed);
      });
}

void WebSocketSession::on_written(const error_code& failed) {
  writing_ = false;
  if (failed) return drop();
  write();
}

void WebSocketSession::fail(protocol::FailureKind kind, std::string_view message) {
  if (ending_) return;
  forget_acknowledgement();
  send(protocol::failure_message(kind, message));
  close(websocket::close_code::policy_error);
}

void WebSocketSession::close(websocket::close_code code) {
  if (ending_) return;
  ending_ = true;
  close_code_ = code;
  on_end();
  force_close_after(timer_, context_.setup.limits.request,
                    std::shared_ptr<WebSocket>(shared_from_this(), &stream_));
  if (!writing_) write();
}

void WebSocketSession::close_handshake() {
  stream_->async_close(close_code_, [self = shared_from_this()](const error_code&) {});
}

void WebSocketSession::disconnect() {
  if (stream_) stream_->next_layer().tcp().close();
}

/// The client is gone, or does not read.
void WebSocketSession::drop() {
  if (!ending_) timer_.cancel();
  ending_ = true;
  on_end();
  if (stream_) stream_->next_layer().tcp().close();
}

}  // namespace matside::server
