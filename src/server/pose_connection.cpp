#include "server/pose_connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/pose_stream.h"
#include "server/rate.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;
using Upgrade = beast::http::request<beast::http::empty_body>;

/// There may be thousands: each small, and with nothing to allocate for a frame.
class PoseConnection : public std::enable_shared_from_this<PoseConnection> {
 public:
  PoseConnection(House& house, Wire wire, int answered_every, Upgrade request)
      : house_(house),
        stream_(std::in_place, std::move(wire)),
        timer_(house.io),
        request_(std::move(request)),
        rate_(house.setup.limits.messages_per_second),
        poses_(house.setup.exercise, answered_every) {
    ++house_.pose_streams;
  }
  PoseConnection(const PoseConnection&) = delete;
  PoseConnection& operator=(const PoseConnection&) = delete;
  ~PoseConnection() { --house_.pose_streams; }

  void accept() {
    const Limits& limits = house_.setup.limits;
    stream_->set_option(
        websocket::stream_base::timeout{limits.request, limits.silence, /*pings*/ true});
    stream_->read_message_max(std::max(limits.text_bytes, kPosesFrame_bytes));
    error_code ignored;
    // An answer waits for nothing.
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
    timer_.expires_after(house_.setup.limits.hello);
    timer_.async_wait([self = weak_from_this()](const error_code& cancelled) {
      const auto here = self.lock();
      if (cancelled || !here) return;
      here->give({{failure_message(FailureKind::bad_message, "no hello came")}, {}, true});
    });
  }

  void read() {
    stream_->async_read(buffer_,
                        [self = shared_from_this()](const error_code& failed, std::size_t) {
                          self->have_read(failed);
                        });
  }

  void have_read(const error_code& failed) {
    if (failed) return drop();
    if (!ending_) give(answer());
    buffer_.consume(buffer_.size());
    // Whoever closes reads what still comes.
    if (!ending_) read();
  }

  PoseStream::Answer answer() {
    if (!rate_.admits_another()) {
      return {{failure_message(FailureKind::too_many, "too many messages a second")}, {}, true};
    }
    const auto* first = static_cast<const std::uint8_t*>(buffer_.cdata().data());
    if (stream_->got_binary()) return poses_.take_frame({first, buffer_.size()});
    PoseStream::Answer answer =
        poses_.take_text({static_cast<const char*>(buffer_.cdata().data()), buffer_.size()});
    if (poses_.greeted()) timer_.cancel();
    return answer;
  }

  void give(PoseStream::Answer answer) {
    if (unsent_.size() + answer.messages.size() > house_.setup.limits.unsent_messages) {
      return drop();
    }
    for (std::string& message : answer.messages) unsent_.push_back(std::move(message));
    if (answer.done) done_ = answer.done;
    if (answer.ended && !ending_) begin_to_end();
    if (!writing_) write();
  }

  /// What was seen goes out before the answer to the frame it was seen in. An answer that has
  /// to wait gives way to the next one's.
  void write() {
    if (!unsent_.empty()) {
      being_sent_ = std::move(unsent_.front());
      unsent_.erase(unsent_.begin());
      stream_->text(true);
      return write(asio::buffer(being_sent_));
    }
    if (done_) {
      std::memcpy(done_being_sent_.data(), &*done_, sizeof *done_);
      done_.reset();
      stream_->binary(true);
      return write(asio::buffer(done_being_sent_));
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

  void begin_to_end() {
    ending_ = true;
    let_go_in_time(timer_, house_.setup.limits.request,
                   std::shared_ptr<WebSocket>(shared_from_this(), &stream_));
  }

  /// The other side is gone, or does not read.
  void drop() {
    if (!ending_) timer_.cancel();
    ending_ = true;
    if (stream_) stream_->next_layer().tcp().close();
  }

  House& house_;
  WebSocket stream_;          ///< Until it is let go.
  asio::steady_timer timer_;  ///< For a hello, then for the end.
  Upgrade request_;
  beast::flat_buffer buffer_;
  Rate rate_;
  PoseStream poses_;
  std::vector<std::string> unsent_;
  std::string being_sent_;
  std::optional<std::uint32_t> done_;  ///< The newest frame that is not answered.
  std::array<char, sizeof(std::uint32_t)> done_being_sent_{};
  bool writing_ = false;
  bool ending_ = false;
};

}  // namespace

void serve_poses(House& house, Wire wire, int answered_every, Upgrade request) {
  std::make_shared<PoseConnection>(house, std::move(wire), answered_every, std::move(request))
      ->accept();
}

}  // namespace matside::server
