#include "server/http_connection.h"

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/practice_connection.h"
#include "server/who_asks.h"

namespace matside::server {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using Request = http::request<http::empty_body>;
using Response = http::response<http::string_body>;

constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

template <class Text>
std::string_view view(const Text& text) {
  return {text.data(), text.size()};
}

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(House& house, boost::asio::ip::tcp::socket socket)
      : house_(house), ticket_(take_ticket(house)), stream_(std::move(socket)) {}

  void read() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(house_.setup.limits.head_bytes));
    parser_->body_limit(0);
    stream_.expires_after(house_.setup.limits.request);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](const error_code& failed, std::size_t) {
                       self->have_read(failed);
                     });
  }

 private:
  void have_read(const error_code& failed) {
    if (failed == http::error::end_of_stream) return close();
    if (failed == http::error::header_limit) {
      return refuse(http::status::request_header_fields_too_large);
    }
    if (failed == http::error::body_limit) return refuse(http::status::payload_too_large);
    if (failed.category() == http::make_error_code(http::error::bad_target).category()) {
      return refuse(http::status::bad_request);
    }
    if (failed) return;  // Gone, or too slow.
    const Request& request = parser_->get();
    if (request.count(http::field::host) != 1 ||
        !is_our_host(view(request[http::field::host]), house_.port)) {
      return refuse(http::status::forbidden);
    }
    if (view(request.target()) == "/practice") return practise();
    if (request.method() != http::verb::get && request.method() != http::verb::head) {
      return refuse(http::status::method_not_allowed);
    }
    const PageFile* file = house_.setup.page.find(view(request.target()));
    if (file == nullptr) return answer(http::status::not_found, "text/plain", "not found\n");
    answer(http::status::ok, file->type, file->body);
  }

  void practise() {
    Request request = parser_->release();
    if (!beast::websocket::is_upgrade(request)) return refuse(http::status::upgrade_required);
    if (request.count(http::field::origin) != 1 ||
        !is_our_origin(view(request[http::field::origin]), house_.port)) {
      return refuse(http::status::forbidden);
    }
    stream_.expires_never();
    serve_practice(house_, stream_.release_socket(), std::move(request), std::move(ticket_));
  }

  /// Says no, and ends the connection.
  void refuse(http::status status) {
    keep_alive_ = false;
    answer(status, "text/plain", std::string(view(http::obsolete_reason(status))) + "\n");
  }

  void answer(http::status status, std::string_view type, std::string_view body) {
    const Request& request = parser_->get();
    keep_alive_ = keep_alive_ && request.keep_alive();
    response_ = Response(status, 11);
    response_.set(http::field::content_type, std::string(type));
    response_.set(http::field::cache_control, "no-store");
    response_.set("Content-Security-Policy", kPolicy);
    response_.set("X-Content-Type-Options", "nosniff");
    response_.set("Referrer-Policy", "no-referrer");
    response_.set("Cross-Origin-Opener-Policy", "same-origin");
    response_.set("Cross-Origin-Resource-Policy", "same-origin");
    response_.set("Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
    response_.keep_alive(keep_alive_);
    response_.content_length(body.size());
    if (request.method() != http::verb::head) response_.body() = std::string(body);
    stream_.expires_after(house_.setup.limits.request);
    http::async_write(stream_, response_,
                      [self = shared_from_this()](const error_code& failed, std::size_t) {
                        if (failed || !self->keep_alive_) return self->close();
                        self->read();
                      });
  }

  void close() {
    error_code ignored;
    stream_.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
  }

  House& house_;
  Ticket ticket_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::empty_body>> parser_;
  Response response_;
  bool keep_alive_ = true;
};

}  // namespace

void serve_http(House& house, boost::asio::ip::tcp::socket socket) {
  std::make_shared<HttpConnection>(house, std::move(socket))->read();
}

}  // namespace matside::server
