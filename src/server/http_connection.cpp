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
#include "server/analysis_protocol.h"
#include "server/http_response.h"
#include "server/pair_page.h"
#include "server/pose_connection.h"
#include "server/pose_stream.h"
#include "server/practice_connection.h"
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
  HttpConnection(ServerContext& context, Transport transport)
      : context_(context), slot_(acquire_slot(context)), transport_(std::move(transport)) {}

  void begin() {
    transport_.tcp().expires_after(context_.setup.limits.request);
    transport_.async_begin([self = shared_from_this()](const error_code& failed) {
      if (!failed) self->read();
    });
  }

 private:
  void read() {
    parser_ = std::make_unique<RequestParser>();
    parser_->header_limit(static_cast<std::uint32_t>(context_.setup.limits.head_bytes));
    parser_->body_limit(context_.setup.limits.recording_bytes);
    transport_.tcp().expires_after(context_.setup.limits.request);
    http::async_read_header(transport_, buffer_, *parser_,
                            [self = shared_from_this()](const error_code& failed, std::size_t) {
                              self->on_read(failed);
                            });
  }

  void on_read(const error_code& failed) {
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
        !context_.origin_check.is_our_host(view(head[http::field::host]))) {
      return refuse(http::status::forbidden);
    }
    if (context_.pairing && !is_paired(*context_.pairing, view(head[http::field::cookie]))) {
      return serve_unpaired(view(head.target()));
    }
    route(view(head.target()));
  }

  void route(std::string_view target) {
    const std::string_view path = target.substr(0, target.find('?'));
    if (path == kAnalyze) return analyze(target.substr(path.size()));
    if (is_records_route(path)) return records();
    if (!parser_->is_done()) return refuse(http::status::payload_too_large);
    if (target == "/practice") return upgrade(std::nullopt);
    if (path == "/poses") {
      return upgrade(ack_interval(target.substr(path.size())).value_or(0));
    }
    if (context_.pairing && target == kPairPath) return respond(redirect("/"));
    serve_file(target);
  }

  void serve_file(std::string_view target) {
    const http::verb method = parser_->get().method();
    if (method != http::verb::get && method != http::verb::head) {
      return refuse(http::status::method_not_allowed);
    }
    const PageFile* file = context_.setup.page.find(target);
    if (file == nullptr) {
      return respond(make_response(http::status::not_found, "text/plain", "not found\n"));
    }
    respond(make_response(http::status::ok, file->type, file->body));
  }

  /// A device that is not paired gets the pairing page and nothing else.
  void serve_unpaired(std::string_view target) {
    const http::verb method = parser_->get().method();
    if (target == kPairPath && method == http::verb::post) return read_code();
    if (!parser_->is_done()) return refuse(http::status::payload_too_large);
    if (method != http::verb::get) return refuse(http::status::unauthorized);
    if (target == "/") return respond(redirect(kPairPath));
    if (target == "/pair.css") return respond(pair_style());
    if (target != kPairPath) return refuse(http::status::unauthorized);
    context_.pairing->issue_code(Clock::now());
    respond(pair_page(http::status::ok, ""));
  }

  void read_code() {
    if (!from_our_page()) return refuse(http::status::forbidden);
    parser_->get().body() = {form_.data(), form_.size(), true};
    transport_.tcp().expires_after(context_.setup.limits.request);
    http::async_read(transport_, buffer_, *parser_,
                     [self = shared_from_this()](const error_code& failed, std::size_t) {
                       self->on_code(failed);
                     });
  }

  void on_code(const error_code& failed) {
    if (failed == http::error::need_buffer) return refuse(http::status::payload_too_large);
    if (failed) return;
    const std::size_t unused = parser_->get().body().size;
    respond(handle_pair_form(*context_.pairing, {form_.data(), form_.size() - unused},
                             Clock::now()));
  }

  /// Whether the request comes from our own page. Other sites' pages may not go beyond files.
  [[nodiscard]] bool from_our_page() const {
    const Head& head = parser_->get();
    return head.count(http::field::origin) == 1 &&
           context_.origin_check.is_our_origin(view(head[http::field::origin]));
  }

  /// @param every for a pose stream: one frame in so many is acknowledged; 0 is not valid
  void upgrade(std::optional<int> every) {
    http::request<http::empty_body> request(parser_->get().base());
    if (!beast::websocket::is_upgrade(request)) return refuse(http::status::upgrade_required);
    if (!from_our_page()) return refuse(http::status::forbidden);
    if (every == 0) return refuse(http::status::bad_request);
    if (every && context_.pose_streams >= context_.setup.limits.pose_streams) {
      return refuse(http::status::service_unavailable);
    }
    transport_.tcp().expires_never();
    if (every) return serve_poses(context_, std::move(transport_), *every, std::move(request));
    serve_practice(context_, std::move(transport_), std::move(request), std::move(slot_));
  }

  void analyze(std::string_view query) {
    const Head& head = parser_->get();
    if (head.method() != http::verb::post) return refuse(http::status::method_not_allowed);
    // Another site's page could send this field only after a preflight request, which fails.
    if (!from_our_page() || view(head["X-Matside"]) != "page") {
      return refuse(http::status::forbidden);
    }
    const auto level = level_in(query, context_.setup.exercise.highest_level());
    if (!level) return refuse(http::status::bad_request);
    if (const std::string refusal = recording_refusal(context_); !refusal.empty()) {
      return refuse(http::status::conflict, refusal);
    }
    serve_analysis(context_, std::move(transport_), std::move(parser_), std::move(buffer_),
                   *level, std::move(slot_));
  }

  void records() {
    const http::verb method = parser_->get().method();
    if (method != http::verb::get && method != http::verb::post) {
      return refuse(http::status::method_not_allowed);
    }
    if (method == http::verb::post && !from_our_page()) return refuse(http::status::forbidden);
    serve_records(context_, std::move(transport_), std::move(parser_), std::move(buffer_),
                  std::move(slot_));
  }

  /// Sends an error and ends the connection.
  void refuse(http::status status) {
    refuse(status, std::string(view(http::obsolete_reason(status))));
  }
  void refuse(http::status status, const std::string& message) {
    keep_alive_ = false;
    const bool recording = view(parser_->get().target()).starts_with(kAnalyze);
    respond(recording ? make_response(status, kLinesType, failure_line(message))
                      : make_response(status, "text/plain", message + "\n"));
  }

  void respond(HttpResponse response) {
    const Head& head = parser_->get();
    keep_alive_ = keep_alive_ && parser_->get().keep_alive();
    response_ = std::move(response);
    response_.keep_alive(keep_alive_);
    if (head.method() == http::verb::head) response_.body().clear();
    transport_.tcp().expires_after(context_.setup.limits.request);
    http::async_write(transport_, response_,
                      [self = shared_from_this()](const error_code& failed, std::size_t) {
                        if (failed) return;
                        if (!self->keep_alive_) return self->end();
                        self->read();
                      });
  }

  void end() {
    shut_down_gracefully(std::move(transport_), context_.setup.limits.request,
                         std::move(slot_));
  }

  ServerContext& context_;
  ConnectionSlot slot_;
  Transport transport_;
  beast::flat_buffer buffer_;
  std::unique_ptr<RequestParser> parser_;
  std::array<char, 256> form_{};
  HttpResponse response_;
  bool keep_alive_ = true;
};

}  // namespace

void serve_http(ServerContext& context, Transport transport) {
  std::make_shared<HttpConnection>(context, std::move(transport))->begin();
}

}  // namespace matside::server
