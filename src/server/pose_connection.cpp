#include "server/pose_connection.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "formats/pose_message.h"

namespace matside::server {
namespace {

using boost::beast::websocket::close_code;
using protocol::FrameForm;

/// There may be thousands, so a frame without events allocates nothing.
class PoseConnection final : public WebSocketSession {
 public:
  PoseConnection(ServerContext& context, Transport transport, int ack_interval, FrameForm form,
                 Upgrade request)
      : WebSocketSession(context, std::move(transport), std::move(request),
                         options(context.setup.limits, form)),
        poses_(context.setup.exercises(), ack_interval, form) {
    ++context.pose_streams;
  }
  PoseConnection(const PoseConnection&) = delete;
  PoseConnection& operator=(const PoseConnection&) = delete;
  ~PoseConnection() override { --context().pose_streams; }

 private:
  static Options options(const Limits& limits, FrameForm form) {
    if (form == FrameForm::single) {
      return {.max_message_bytes = std::max(limits.text_bytes, protocol::kPosesFrame_bytes),
              .small_messages = true};
    }
    return {.max_message_bytes = std::max(
                limits.text_bytes, formats::pose_message_bytes(formats::kMaxPoseMessageFrames)),
            .small_messages = true,
            .subprotocol = formats::kPoseMessageProtocol};
  }

  void on_text(std::string_view text) override {
    protocol::PoseStream::Reply reply = poses_.handle_text(text);
    if (poses_.has_started()) hello_received();
    respond(std::move(reply));
  }

  void on_binary(std::span<const std::uint8_t> bytes) override {
    protocol::PoseStream::Reply reply = poses_.handle_binary(bytes);
    if (reply.frames > 1) count_more(reply.frames - 1);
    respond(std::move(reply));
  }

  void on_end() override {}

  void respond(protocol::PoseStream::Reply reply) {
    if (reply.ended) forget_acknowledgement();
    send_all(std::move(reply.messages));
    if (reply.done) acknowledge(*reply.done);
    if (reply.ended) close(close_code::normal);
  }

  protocol::PoseStream poses_;
};

}  // namespace

void serve_poses(ServerContext& context, Transport transport, int ack_interval, FrameForm form,
                 WebSocketSession::Upgrade request) {
  std::make_shared<PoseConnection>(context, std::move(transport), ack_interval, form,
                                   std::move(request))
      ->accept();
}

}  // namespace matside::server
