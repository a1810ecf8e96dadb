#include "server/http_connection.h"

#include <array>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/analysis_connection.h"
#include "server/answer.h"
#include "server/pair_page.h"
#include "server/pose_connection.h"
#include "server/pose_stream.h"
#include "server/practice_connection.h"
#include "server/recording.h"
#include "server/records_api.h"
#include "server/records_connection.h"

namespace matside::server {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using Head = http::request_header<>;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kAnalyze = "/analyze";

template <class Text>
std::string_view view(const Text& text) {
  return {text.data(), text.size()};
}

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(House& house, Wire wire)
      : house_(house), ticket_(take_ticket(house)), wire_(std::move(wire)) {}

  void begin() {
    wire_.tcp().expires_after(house_.setup.limits.request);
    wire_.async_begin([self = shared_from_this()](const error_code& failed) {
      if (!failed) self->read();
    });
  }

 private:
  void read() {
    parser_ = std::make_unique<RequestParser>();
    parser_->header_limit(static_cast<std::uint32_t>(house_.setup.limits.head_bytes));
    parser_->body_limit(house_.setup.limits.recording_bytes);
    wire_.tcp().expires_after(house_.setup.limits.request);
    http::async_read_header(wire_, buffer_, *parser_,
                            [self = shared_from_this()](const error_code& failed, std::size_t) {
                              self->have_read(failed);
                            });
  }

  void have_read(const error_code& failed) {
    if (failed == http::error::end_of_stream) return end();
    if (failed == http::error::header_limit) {
      return refuse(http::status::request_header_fields_too_large);
    }
    if (failed == http::error::body_limit) {
      return refuse(http::status::payload_too_large, "The recording is too large.");
    }
    if (failed.category() == http::make_error_code(http::error::bad_target).category()) {
      return refuse(http::status::bad_request);
    }
    if (failed) return;  // Gone, or too slow.
    const Head& head = parser_->get();
    if (head.count(http::field::host) != 1 ||
        !house_.who.is_our_host(view(head[http::field::host]))) {
      return refuse(http::status::forbidden);
    }
    const std::string_view target = view(head.target());
    if (house_.pairing && !is_paired(*house_.pairing, view(head[http::field::cookie]))) {
      return greet_stranger(target);
    }
    const std::string_view path = target.substr(0, target.find('?'));
    if (path == kAnalyze) return analyze(target.substr(path.size()));
    if (is_records_route(path)) return records();
    if (!parser_->is_done()) return refuse(http::status::payload_too_large);
    if (target == "/practice") return upgrade(std::nullopt);
    if (path == "/poses")
      return upgrade(answered_every(target.substr(path.size())).value_or(0));
    if (house_.pairing && target == kPairPath) return answer(redirect("/"));
    if (head.method() != http::verb::get && head.method() != http::verb::head) {
      return refuse(http::status::method_not_allowed);
    }
    const PageFile* file = house_.setup.page.find(target);
    if (file == nullptr) {
      return answer(make_answer(http::status::not_found, "text/plain", "not found\n"));
    }
    answer(make_answer(http::status::ok, file->type, file->body));
  }

  /// A device that is not paired sees the page to pair it, and no more.
  void greet_stranger(std::string_view target) {
    const http::verb method = parser_->get().method();
    if (target == kPairPath && method == http::verb::post) return read_code();
    if (!parser_->is_done()) return refuse(http::status::payload_too_large);
    if (method != http::verb::get) return refuse(http::status::unauthorized);
    if (target == "/") return answer(redirect(kPairPath));
    if (target == "/pair.css") return answer(pair_style());
    if (target != kPairPath) return refuse(http::status::unauthorized);
    house_.pairing->invite(Clock::now());
    answer(pair_page(http::status::ok, ""));
  }

  void read_code() {
    if (!from_our_page()) return refuse(http::status::forbidden);
    parser_->get().body() = {form_.data(), form_.size(), true};
    wire_.tcp().expires_after(house_.setup.limits.request);
    http::async_read(wire_, buffer_, *parser_,
                     [self = shared_from_this()](const error_code& failed, std::size_t) {
                       self->have_code(failed);
                     });
  }

  void have_code(const error_code& failed) {
    if (failed == http::error::need_buffer) return refuse(http::status::payload_too_large);
    if (failed) return;
    const std::size_t unused = parser_->get().body().size;
    answer(try_to_pair(*house_.pairing, {form_.data(), form_.size() - unused}, Clock::now()));
  }

  /// Whether our own page asks: no other may open a connection for more than files.
  [[nodiscard]] bool from_our_page() const {
    const Head& head = parser_->get();
    return head.count(http::field::origin) == 1 &&
           house_.who.is_our_origin(view(head[http::field::origin]));
  }

  /// @param every where poses are to be sent: how many of them have an answer
  void upgrade(std::optional<int> every) {
    http::request<http::empty_body> request(parser_->get().base());
    if (!beast::websocket::is_upgrade(request)) return refuse(http::status::upgrade_required);
    if (!from_our_page()) return refuse(http::status::forbidden);
    if (every == 0) return refuse(http::status::bad_request);
    if (every && house_.pose_streams >= house_.setup.limits.pose_streams) {
      return refuse(http::status::service_unavailable);
    }
    wire_.tcp().expires_never();
    if (every) return serve_poses(house_, std::move(wire_), *every, std::move(request));
    serve_practice(house_, std::move(wire_), std::move(request), std::move(ticket_));
  }

  void analyze(std::string_view query) {
    const Head& head = parser_->get();
    if (head.method() != http::verb::post) return refuse(http::status::method_not_allowed);
    // No other site's page may send this field without asking first, and nobody is let.
    if (!from_our_page() || view(head["X-Matside"]) != "page") {
      return refuse(http::status::forbidden);
    }
    const auto level = level_in(query);
    if (!level) return refuse(http::status::bad_request);
    if (const std::string why = why_no_recording(house_); !why.empty()) {
      return refuse(http::status::conflict, why);
    }
    serve_analysis(house_, std::move(wire_), std::move(parser_), std::move(buffer_), *level,
                   std::move(ticket_));
  }

  void records() {
    const http::verb method = parser_->get().method();
    if (method != http::verb::get && method != http::verb::post) {
      return refuse(http::status::method_not_allowed);
    }
    if (method == http::verb::post && !from_our_page()) return refuse(http::status::forbidden);
    serve_records(house_, std::move(wire_), std::move(parser_), std::move(buffer_),
                  std::move(ticket_));
  }

  /// Says no, and ends the connection.
  void refuse(http::status status) {
    refuse(status, std::string(view(http::obsolete_reason(status))));
  }
  void refuse(http::status status, const std::string& why) {
    keep_alive_ = false;
    const bool recording = view(parser_->get().target()).starts_with(kAnalyze);
    answer(recording ? make_answer(status, kLinesType, failure_line(why))
                     : make_answer(status, "text/plain", why + "\n"));
  }

  void answer(Answer answer) {
    const Head& head = parser_->get();
    keep_alive_ = keep_alive_ && parser_->get().keep_alive();
    response_ = std::move(answer);
    response_.keep_alive(keep_alive_);
    if (head.method() == http::verb::head) response_.body().clear();
    wire_.tcp().expires_after(house_.setup.limits.request);
    http::async_write(wire_, response_,
                      [self = shared_from_this()](const error_code& failed, std::size_t) {
                        if (failed) return;
                        if (!self->keep_alive_) return self->end();
                        self->read();
                      });
  }

  void end() { end_gently(std::move(wire_), house_.setup.limits.request, std::move(ticket_)); }

  House& house_;
  Ticket ticket_;
  Wire wire_;
  beast::flat_buffer buffer_;
  std::unique_ptr<RequestParser> parser_;
  std::array<char, 256> form_{};
  Answer response_;
  bool keep_alive_ = true;
};

}  // namespace

void serve_http(House& house, Wire wire) {
  std::make_shared<HttpConnection>(house, std::move(wire))->begin();
}

}  // namespace matside::server
