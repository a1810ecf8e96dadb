#include "server/web_socket_session.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <utility>

namespace matside::server {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

WebSocketSession::WebSocketSession(ServerContext& context, Transport transport, Upgrade request)
    : context_(context),
      stream_(std::in_place, std::move(transport)),
      timer_(context.io),
      request_(std::move(request)),
      rate_(context.setup.limits.messages_per_second) {}

void WebSocketSession::accept() {
  const Limits& limits = context_.setup.limits;
  stream_->set_option(
      websocket::stream_base::timeout{limits.request, limits.silence, /*pings*/ true});
  stream_->read_message_max(limits.frame_bytes);
  stream_->async_accept(request_, [self = shared_from_this()](const error_code& failed) {
    if (failed) return;
    self->wait_for_hello();
    self->read();
  });
}

void WebSocketSession::wait_for_hello() {
  timer_.expires_after(context_.setup.limits.hello);
  timer_.async_wait([self = weak_from_this()](const error_code& cancelled) {
    const auto here = self.lock();
    if (!cancelled && here) here->fail(FailureKind::bad_message, "no hello came");
  });
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
  dispatch();
  if (!ending_) read();
}

void WebSocketSession::dispatch() {
  if (!rate_.allow(std::chrono::steady_clock::now())) {
    return fail(FailureKind::too_many, "too many messages a second");
  }
  const auto bytes = buffer_.cdata();
  if (!stream_->got_text()) {
    return on_binary({static_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  }
  if (bytes.size() > context_.setup.limits.text_bytes) {
    return fail(FailureKind::bad_message, "message: is too long");
  }
  on_text({static_cast<const char*>(bytes.data()), bytes.size()});
}

void WebSocketSession::send_all(std::vector<std::string> messages) {
  for (std::string& message : messages) send(std::move(message));
}

void WebSocketSession::send(std::string message) {
  if (ending_) return;
  if (unsent_.size() >= context_.setup.limits.unsent_messages) return drop();
  unsent_.push_back(std::move(message));
  if (unsent_.size() == 1) write();
}

void WebSocketSession::write() {
  stream_->text(true);
  stream_->async_write(
      asio::buffer(unsent_.front()),
      [self = shared_from_this()](const error_code& failed, std::size_t /*bytes*/) {
        self->on_written(failed);
      });
}

void WebSocketSession::on_written(const error_code& failed) {
  if (failed) return drop();
  unsent_.pop_front();
  if (!unsent_.empty()) return write();
  if (ending_) close_handshake();
}

void WebSocketSession::fail(FailureKind kind, std::string_view message) {
  if (ending_) return;
  send(failure_message(kind, message));
  close(websocket::close_code::policy_error);
}

void WebSocketSession::close(websocket::close_code code) {
  ending_ = true;
  close_code_ = code;
  on_end();
  force_close_after(timer_, context_.setup.limits.request,
                    std::shared_ptr<WebSocket>(shared_from_this(), &stream_));
  if (unsent_.empty()) close_handshake();
}

void WebSocketSession::close_handshake() {
  stream_->async_close(close_code_, [self = shared_from_this()](const error_code&) {});
}

/// The page is gone, or does not read.
void WebSocketSession::drop() {
  if (!ending_) timer_.cancel();
  ending_ = true;
  on_end();
  if (stream_) stream_->next_layer().tcp().close();
}

}  // namespace matside::server
