#include "server/records_connection.h"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "server/answer.h"
#include "server/records_api.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::size_t kPiece_bytes = 64 * 1024;

class RecordsConnection : public std::enable_shared_from_this<RecordsConnection> {
 public:
  RecordsConnection(House& house, Wire wire, std::unique_ptr<RequestParser> parser,
                    boost::beast::flat_buffer buffer, Ticket ticket)
      : house_(house),
        ticket_(std::move(ticket)),
        wire_(std::move(wire)),
        parser_(std::move(parser)),
        buffer_(std::move(buffer)) {}

  void begin() {
    const auto& head = parser_->get();
    request_.post = head.method() == http::verb::post;
    request_.target = std::string(head.target());
    request_.token = std::string(head["Matside-Unlocked"]);
    const Limits& limits = house_.setup.limits;
    most_bytes_ =
        request_.target.starts_with("/api/import") ? limits.import_bytes : limits.request_bytes;
    if (!house_.records) return answer(refused(kNotFound, "This server keeps no records."));
    if (parser_->is_done()) return ask();
    read_piece();
  }

 private:
  static constexpr unsigned kNotFound = 404;
  static constexpr unsigned kTooLarge = 413;

  void read_piece() {
    parser_->get().body() = {piece_.data(), piece_.size(), true};
    wire_.tcp().expires_after(house_.setup.limits.request);
    http::async_read(wire_, buffer_, *parser_,
                     [self = shared_from_this()](const error_code& failed, std::size_t) {
                       self->have_piece(failed);
                     });
  }

  void have_piece(const error_code& failed) {
    if (failed && failed != http::error::need_buffer) return;  // Gone, or too slow.
    request_.body.append(piece_.data(), piece_.size() - parser_->get().body().size);
    if (request_.body.size() > most_bytes_) {
      return answer(refused(kTooLarge, "That is too large to be taken."));
    }
    if (parser_->is_done()) return ask();
    read_piece();
  }

  /// Where nothing else waits: a disk may be slow.
  void ask() {
    wire_.tcp().expires_never();
    asio::post(house_.filing, [self = shared_from_this()]() mutable {
      RecordsAnswer found = self->house_.records->answer(self->request_);
      House& house = self->house_;
      asio::post(house.io, [self = std::move(self), found = std::move(found)]() mutable {
        self->answer(std::move(found));
      });
    });
  }

  void answer(RecordsAnswer found) {
    response_ = make_answer(static_cast<http::status>(found.status), found.type, found.body);
    if (!found.file_name.empty()) {
      response_.set(http::field::content_disposition,
                    "attachment; filename=\"" + found.file_name + "\"");
    }
    response_.keep_alive(false);
    wire_.tcp().expires_after(house_.setup.limits.request);
    http::async_write(wire_, response_,
                      [self = shared_from_this()](const error_code& failed, std::size_t) {
                        if (failed) return;
                        end_gently(std::move(self->wire_), self->house_.setup.limits.request,
                                   std::move(self->ticket_));
                      });
  }

  House& house_;
  Ticket ticket_;
  Wire wire_;
  std::unique_ptr<RequestParser> parser_;
  boost::beast::flat_buffer buffer_;
  std::array<char, kPiece_bytes> piece_{};
  std::size_t most_bytes_ = 0;
  RecordsRequest request_;
  Answer response_;
};

}  // namespace

void serve_records(House& house, Wire wire, std::unique_ptr<RequestParser> parser,
                   boost::beast::flat_buffer buffer, Ticket ticket) {
  std::make_shared<RecordsConnection>(house, std::move(wire), std::move(parser),
                                      std::move(buffer), std::move(ticket))
      ->begin();
}

}  // namespace matside::server
