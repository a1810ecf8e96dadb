#include "server/pose_connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/pose_stream.h"
#include "server/rate_limiter.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;
using Upgrade = beast::http::request<beast::http::empty_body>;

/// There may be thousands, so each is small and allocates nothing for a frame. That is why it
/// does not derive from WebSocketSession, whose queue allocates.
class PoseConnection : public std::enable_shared_from_this<PoseConnection> {
 public:
  PoseConnection(ServerContext& context, Transport transport, int ack_interval, Upgrade request)
      : context_(context),
        stream_(std::in_place, std::move(transport)),
        timer_(context.io),
        request_(std::move(request)),
        rate_(context.setup.limits.messages_per_second),
        poses_(context.setup.exercise, ack_interval) {
    ++context_.pose_streams;
  }
  PoseConnection(const PoseConnection&) = delete;
  PoseConnection& operator=(const PoseConnection&) = delete;
  ~PoseConnection() { --context_.pose_streams; }

  void accept() {
    const Limits& limits = context_.setup.limits;
    stream_->set_option(
        websocket::stream_base::timeout{limits.request, limits.silence, /*pings*/ true});
    stream_->read_message_max(std::max(limits.text_bytes, kPosesFrame_bytes));
    error_code ignored;
    // Small messages must not wait for more to send.
    stream_->next_layer().tcp().socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    stream_->async_accept(request_, [self = shared_from_this()](const error_code& failed) {
      if (failed) return;
      self->request_ = {};
      self->wait_for_hello();
      self->read();
    });
  }

 private:
  void wait_for_hello() {
    timer_.expires_after(context_.setup.limits.hello);
    timer_.async_wait([self = weak_from_this()](const error_code& cancelled) {
      const auto here = self.lock();
      if (cancelled || !here) return;
      here->send({{failure_message(FailureKind::bad_message, "no hello came")}, {}, true});
    });
  }

  void read() {
    stream_->async_read(buffer_,
                        [self = shared_from_this()](const error_code& failed, std::size_t) {
                          self->on_read(failed);
                        });
  }

  void on_read(const error_code& failed) {
    if (failed) return drop();
    if (!ending_) send(reply());
    buffer_.consume(buffer_.size());
    // The closing handshake reads what still arrives.
    if (!ending_) read();
  }

  PoseStream::Reply reply() {
    if (!rate_.allow(std::chrono::steady_clock::now())) {
      return {{failure_message(FailureKind::too_many, "too many messages a second")}, {}, true};
    }
    const auto* first = static_cast<const std::uint8_t*>(buffer_.cdata().data());
    if (stream_->got_binary()) return poses_.handle_frame({first, buffer_.size()});
    PoseStream::Reply reply =
        poses_.handle_text({static_cast<const char*>(buffer_.cdata().data()), buffer_.size()});
    if (poses_.has_started()) timer_.cancel();
    return reply;
  }

  void send(PoseStream::Reply reply) {
    if (unsent_.size() + reply.messages.size() > context_.setup.limits.unsent_messages) {
      return drop();
    }
    for (std::string& message : reply.messages) unsent_.push_back(std::move(message));
    if (reply.done) done_ = reply.done;
    if (reply.ended && !ending_) begin_close();
    if (!writing_) write();
  }

  /// Events go out before the acknowledgement of their frame. A newer acknowledgement replaces
  /// one that still waits.
  void write() {
    if (!unsent_.empty()) {
      sending_ = std::move(unsent_.front());
      unsent_.erase(unsent_.begin());
      stream_->text(true);
      return write(asio::buffer(sending_));
    }
    if (done_) {
      std::memcpy(sending_ack_.data(), &*done_, sizeof *done_);
      done_.reset();
      stream_->binary(true);
      return write(asio::buffer(sending_ack_));
    }
    if (ending_) {
      stream_->async_close(websocket::close_code::normal,
                           [self = shared_from_this()](const error_code&) {});
    }
  }

  template <class Buffer>
  void write(const Buffer& buffer) {
    writing_ = true;
    stream_->async_write(buffer,
                         [self = shared_from_this()](const error_code& failed, std::size_t) {
                           self->writing_ = false;
                           if (failed) return self->drop();
                           self->write();
                         });
  }

  void begin_close() {
    ending_ = true;
    force_close_after(timer_, context_.setup.limits.request,
                      std::shared_ptr<WebSocket>(shared_from_this(), &stream_));
  }

  /// The client is gone, or does not read.
  void drop() {
    if (!ending_) timer_.cancel();
    ending_ = true;
    if (stream_) stream_->next_layer().tcp().close();
  }

  ServerContext& context_;
  WebSocket stream_;          ///< Empty once it has been forced to close.
  asio::steady_timer timer_;  ///< For the hello, then for the end.
  Upgrade request_;
  beast::flat_buffer buffer_;
  RateLimiter rate_;
  PoseStream poses_;
  std::vector<std::string> unsent_;
  std::string sending_;
  std::optional<std::uint32_t> done_;  ///< Newest frame to acknowledge.
  std::array<char, sizeof(std::uint32_t)> sending_ack_{};
  bool writing_ = false;
  bool ending_ = false;
};

}  // namespace

void serve_poses(ServerContext& context, Transport transport, int ack_interval,
                 Upgrade request) {
  std::make_shared<PoseConnection>(context, std::move(transport), ack_interval,
                                   std::move(request))
      ->accept();
}

}  // namespace matside::server
