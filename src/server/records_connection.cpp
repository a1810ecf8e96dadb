#include "server/records_connection.h"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "server/http_response.h"
#include "server/records_api.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::size_t kRead_bytes = 64 * 1024;

class RecordsConnection : public std::enable_shared_from_this<RecordsConnection> {
 public:
  RecordsConnection(ServerContext& context, Transport transport,
                    std::unique_ptr<RequestParser> parser, boost::beast::flat_buffer buffer,
                    ConnectionSlot slot)
      : context_(context),
        slot_(std::move(slot)),
        transport_(std::move(transport)),
        parser_(std::move(parser)),
        buffer_(std::move(buffer)) {}

  void begin() {
    const auto& head = parser_->get();
    request_.post = head.method() == http::verb::post;
    request_.target = std::string(head.target());
    request_.token = std::string(head["Matside-Unlocked"]);
    const Limits& limits = context_.setup.limits;
    max_bytes_ =
        request_.target.starts_with("/api/import") ? limits.import_bytes : limits.request_bytes;
    if (!context_.records) {
      const Setup& setup = context_.setup;
      return respond(response_without_records(request_, setup.exercise, setup.records));
    }
    if (parser_->is_done()) return handle();
    read_chunk();
  }

 private:
  void read_chunk() {
    parser_->get().body() = {chunk_.data(), chunk_.size(), true};
    transport_.tcp().expires_after(context_.setup.limits.request);
    http::async_read(transport_, buffer_, *parser_,
                     [self = shared_from_this()](const error_code& failed, std::size_t) {
                       self->on_chunk(failed);
                     });
  }

  void on_chunk(const error_code& failed) {
    if (failed && failed != http::error::need_buffer) return;  // Gone, or too slow.
    request_.body.append(chunk_.data(), chunk_.size() - parser_->get().body().size);
    if (request_.body.size() > max_bytes_) {
      return respond(error_response(RecordsStatus::too_large, "The file is too large."));
    }
    if (parser_->is_done()) return handle();
    read_chunk();
  }

  /// On a thread of its own, because a disk may be slow.
  void handle() {
    transport_.tcp().expires_never();
    asio::post(context_.records_pool, [self = shared_from_this()]() mutable {
      RecordsResponse response = self->context_.records->handle(self->request_);
      ServerContext& context = self->context_;
      asio::post(context.io, [self = std::move(self), response = std::move(response)]() {
        self->respond(response);
      });
    });
  }

  void respond(const RecordsResponse& found) {
    response_ = make_response(static_cast<http::status>(found.status), found.type, found.body);
    if (!found.file_name.empty()) {
      response_.set(http::field::content_disposition,
                    "attachment; filename=\"" + found.file_name + "\"");
    }
    response_.keep_alive(false);
    transport_.tcp().expires_after(context_.setup.limits.request);
    http::async_write(transport_, response_,
                      [self = shared_from_this()](const error_code& failed, std::size_t) {
                        if (failed) return;
                        shut_down_gracefully(std::move(self->transport_),
                                             self->context_.setup.limits.request,
                                             std::move(self->slot_));
                      });
  }

  ServerContext& context_;
  ConnectionSlot slot_;
  Transport transport_;
  std::unique_ptr<RequestParser> parser_;
  boost::beast::flat_buffer buffer_;
  std::array<char, kRead_bytes> chunk_{};
  std::size_t max_bytes_ = 0;
  RecordsRequest request_;
  HttpResponse response_;
};

}  // namespace

void serve_records(ServerContext& context, Transport transport,
                   std::unique_ptr<RequestParser> parser, boost::beast::flat_buffer buffer,
                   ConnectionSlot slot) {
  std::make_shared<RecordsConnection>(context, std::move(transport), std::move(parser),
                                      std::move(buffer), std::move(slot))
      ->begin();
}

}  // namespace matside::server
