#include "server/records_connection.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "protocol/records_api.h"
#include "server/http_response.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::size_t kRead_bytes = 64 * 1024;

constexpr const char* kTransferring =
    "Another file is being imported or exported. Wait a moment, then try again.";
constexpr const char* kTooLarge =
    "The file is too large for the page. On the computer, use: matside import FILE";
constexpr const char* kOutOfMemory =
    "There is not enough memory for this. Close other programs, then try again.";

class RecordsConnection : public std::enable_shared_from_this<RecordsConnection> {
 public:
  RecordsConnection(ServerContext& context, Transport transport,
                    std::unique_ptr<RequestParser> parser, boost::beast::flat_buffer buffer,
                    int device, ConnectionSlot slot)
      : context_(context),
        slot_(std::move(slot)),
        transport_(std::move(transport)),
        parser_(std::move(parser)),
        buffer_(std::move(buffer)) {
    request_.device = device;
  }
  RecordsConnection(const RecordsConnection&) = delete;
  RecordsConnection& operator=(const RecordsConnection&) = delete;
  ~RecordsConnection() { stop_transferring(); }

  /// Everything that is known from the head alone is checked before the body is read.
  void begin() {
    const auto& head = parser_->get();
    request_.post = head.method() == http::verb::post;
    request_.target = std::string(head.target());
    request_.token = std::string(head["Matside-Unlocked"]);
    if (!context_.records) {
      const Setup& setup = context_.setup;
      return respond(
          protocol::response_without_records(request_, setup.exercises(), setup.records));
    }
    if (auto refusal = refused_size()) return respond(*std::move(refusal));
    if (protocol::is_import(request_) || protocol::is_export(request_)) {
      if (context_.activity.transferring) {
        return respond(
            protocol::error_response(protocol::RecordsStatus::unavailable, kTransferring));
      }
      context_.activity.transferring = transferring_ = true;
    }
    if (protocol::is_import(request_)) return check_import();
    read_body();
  }

 private:
  [[nodiscard]] std::size_t max_bytes() const {
    const Limits& limits = context_.setup.limits;
    if (!request_.post) return 0;
    return protocol::is_import(request_) ? limits.import_bytes : limits.request_bytes;
  }

  std::optional<protocol::RecordsResponse> refused_size() {
    const auto length = parser_->content_length();
    if (length && *length > max_bytes()) {
      return protocol::error_response(protocol::RecordsStatus::too_large, kTooLarge);
    }
    if (length || parser_->is_done()) return std::nullopt;
    return protocol::error_response(protocol::RecordsStatus::length_required,
                                    "The request must have a Content-Length.");
  }

  void check_import() {
    run_on_records_pool([](RecordsConnection& self) {
      auto refusal = self.context_.records->refusal_before_body(self.request_);
      return [refusal = std::move(refusal)](RecordsConnection& here) mutable {
        if (refusal) return here.respond(*std::move(refusal));
        here.read_body();
      };
    });
  }

  void read_body() {
    if (parser_->is_done()) return handle();
    try {
      request_.body.resize(parser_->content_length().value_or(0));
    } catch (const std::bad_alloc&) {
      return respond(
          protocol::error_response(protocol::RecordsStatus::unavailable, kOutOfMemory));
    }
    read_chunk(0);
  }

  /// The time limit holds for each chunk.
  void read_chunk(std::size_t begin) {
    const std::size_t size = std::min(kRead_bytes, request_.body.size() - begin);
    parser_->get().body() = {request_.body.data() + begin, size, true};
    transport_.tcp().expires_after(context_.setup.limits.request);
    http::async_read(
        transport_, buffer_, *parser_,
        [self = shared_from_this(), end = begin + size](const error_code& failed, std::size_t) {
          if (failed && failed != http::error::need_buffer) return;  // Gone, or too slow.
          if (self->parser_->is_done()) return self->handle();
          self->read_chunk(end);
        });
  }

  void handle() {
    run_on_records_pool([](RecordsConnection& self) {
      protocol::RecordsResponse response = self.context_.records->handle(self.request_);
      self.request_.body = std::string();
      return [response = std::move(response)](RecordsConnection& here) mutable {
        here.respond(std::move(response));
      };
    });
  }

  /// Runs `work` on a thread of its own, because a disk may be slow, then what it returns on
  /// the answering thread. Without memory for it, an error is sent.
  template <class Work>
  void run_on_records_pool(Work work) {
    transport_.tcp().expires_never();
    asio::post(context_.records_pool, [self = shared_from_this(), work]() mutable {
      asio::io_context& io = self->context_.io;
      try {
        auto then = work(*self);
        // Moved, so that the last owner is never the records thread.
        asio::post(io,
                   [self = std::move(self), then = std::move(then)]() mutable { then(*self); });
      } catch (const std::bad_alloc&) {
        if (!self) return;  // Not even memory to respond with: the connection has ended.
        asio::post(io, [self = std::move(self)] {
          self->request_.body = std::string();
          self->respond(
              protocol::error_response(protocol::RecordsStatus::unavailable, kOutOfMemory));
        });
      }
    });
  }

  void respond(protocol::RecordsResponse found) {
    response_ = make_response(static_cast<http::status>(found.status), found.type, "");
    response_.content_length(found.body.size());
    response_.body() = std::move(found.body);
    if (!found.file_name.empty()) {
      response_.set(http::field::content_disposition,
                    "attachment; filename=\"" + found.file_name + "\"");
    }
    response_.keep_alive(false);
    transport_.tcp().expires_after(context_.setup.limits.request);
    http::async_write(transport_, response_,
                      [self = shared_from_this()](const error_code& failed, std::size_t) {
                        self->stop_transferring();
                        if (failed) return;
                        shut_down_gracefully(std::move(self->transport_),
                                             self->context_.setup.limits.request,
                                             std::move(self->slot_));
                      });
  }

  void stop_transferring() {
    if (transferring_) context_.activity.transferring = false;
    transferring_ = false;
  }

  ServerContext& context_;
  ConnectionSlot slot_;
  Transport transport_;
  std::unique_ptr<RequestParser> parser_;
  boost::beast::flat_buffer buffer_;
  protocol::RecordsRequest request_;
  HttpResponse response_;
  bool transferring_ = false;  ///< Holds Activity::transferring.
};

}  // namespace

void serve_records(ServerContext& context, Transport transport,
                   std::unique_ptr<RequestParser> parser, boost::beast::flat_buffer buffer,
                   int device, ConnectionSlot slot) {
  std::make_shared<RecordsConnection>(context, std::move(transport), std::move(parser),
                                      std::move(buffer), device, std::move(slot))
      ->begin();
}

}  // namespace matside::server
