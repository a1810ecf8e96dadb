#include "server/http_connection.h"

#include <algorithm>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "formats/pose_message.h"
#include "protocol/analysis_protocol.h"
#include "protocol/pose_stream.h"
#include "protocol/records_api.h"
#include "server/analysis_connection.h"
#include "server/devices_api.h"
#include "server/http_response.h"
#include "server/pair_page.h"
#include "server/peer_user.h"
#include "server/pose_connection.h"
#include "server/practice_connection.h"
#include "server/records_connection.h"

namespace matside::server {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using Head = http::request_header<>;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kAnalyze = "/analyze";
constexpr std::size_t kForm_bytes = 256;

/// The address of the other side; for IPv6 its network, of which one device may have all
/// addresses.
std::string network_of(Transport& transport) {
  error_code failed;
  const auto address = transport.tcp().socket().remote_endpoint(failed).address();
  if (failed || address.is_v4()) return address.to_string();
  constexpr std::size_t kNetwork_bytes = 8;
  const auto bytes = address.to_v6().to_bytes();
  return {bytes.begin(), bytes.begin() + kNetwork_bytes};
}

template <class Text>
std::string_view view(const Text& text) {
  return {text.data(), text.size()};
}

/// How a pose stream's client offers to send its frames.
protocol::FrameForm frame_form(const Head& head) {
  const http::token_list offered(head[http::field::sec_websocket_protocol]);
  const bool several = std::any_of(offered.begin(), offered.end(), [](const auto& name) {
    return view(name) == formats::kPoseMessageProtocol;
  });
  return several ? protocol::FrameForm::several : protocol::FrameForm::single;
}

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(ServerContext& context, Transport transport)
      : context_(context), transport_(std::move(transport)) {}

  void begin() {
    slot_ = context_.slots.enter(network_of(transport_), [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->transport_.tcp().close();
    });
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
    device_ = known_device();
    if (!device_) return serve_stranger(view(head.target()));
    if (!slot_->admit(*device_)) return refuse(http::status::service_unavailable);
    route(view(head.target()));
  }

  /// The device that the cookie belongs to; nothing for a stranger.
  [[nodiscard]] std::optional<int> known_device() const {
    const std::string_view cookies = view(parser_->get()[http::field::cookie]);
    if (context_.pairing) return paired_device(*context_.pairing, cookies);
    if (context_.key && holds_key(*context_.key, context_.port, cookies))
      return protocol::kThisComputer;
    return std::nullopt;
  }

  void serve_stranger(std::string_view target) {
    if (context_.pairing) return serve_unpaired(target);
    if (parser_->is_done() && exchanges_key(target)) {
      return respond(exchange_key(*context_.key, context_.port, context_.tls.has_value()));
    }
    keep_alive_ = false;
    respond(key_needed());
  }

  /// Whether the request exchanges the printed address for the cookie. Other users can see the
  /// address in the list of processes while a browser is opened with it.
  [[nodiscard]] bool exchanges_key(std::string_view target) {
    if (parser_->get().method() != http::verb::get || !context_.key) return false;
    if (!has_key(target, *context_.key)) return false;
    error_code failed;
    const auto& socket = transport_.tcp().socket();
    return is_same_user(socket.local_endpoint(failed), socket.remote_endpoint(failed));
  }

  void route(std::string_view target) {
    const std::string_view path = target.substr(0, target.find('?'));
    if (path == kAnalyze) return analyze(target.substr(path.size()));
    if (path == "/api/devices") return list_devices();
    if (path == "/api/unpair") return read_small([this] { unpair(); });
    if (protocol::is_records_route(path)) return records();
    if (!parser_->is_done()) return refuse(http::status::payload_too_large);
    if (target == "/practice") return upgrade(std::nullopt);
    if (path == "/poses") {
      return upgrade(protocol::ack_interval(target.substr(path.size())).value_or(0));
    }
    if (context_.pairing && target == kPairPath) return respond(redirect("/"));
    if (context_.key && has_key(target)) return exchange_again(target);
    serve_file(target);
  }

  /// The printed address in a browser that has the cookie.
  void exchange_again(std::string_view target) {
    if (!exchanges_key(target)) return respond(key_needed());
    respond(exchange_key(*context_.key, context_.port, context_.tls.has_value()));
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
    if (target == kPairPath && method == http::verb::post) {
      return read_small([this] { pair(); });
    }
    if (method != http::verb::get) return refuse(http::status::unauthorized);
    if (!parser_->is_done()) return refuse(http::status::payload_too_large);
    if (target == "/") return respond(redirect(kPairPath));
    if (target == "/pair.css") return respond(pair_style());
    if (target != kPairPath) return refuse(http::status::unauthorized);
    context_.pairing->issue_code(Clock::now());
    respond(pair_page(http::status::ok, ""));
  }

  /// Reads a POST of our own page into `form_`, then calls `done`.
  void read_small(std::function<void()> done) {
    if (parser_->get().method() != http::verb::post) {
      return refuse(http::status::method_not_allowed);
    }
    if (!from_our_page()) return refuse(http::status::forbidden);
    form_.resize(kForm_bytes);
    parser_->get().body() = {form_.data(), form_.size(), true};
    transport_.tcp().expires_after(context_.setup.limits.request);
    http::async_read(
        transport_, buffer_, *parser_,
        [self = shared_from_this(), done = std::move(done)](const error_code& failed,
                                                            std::size_t) {
          if (failed == http::error::need_buffer) {
            return self->refuse(http::status::payload_too_large);
          }
          if (failed) return;
          self->form_.resize(self->form_.size() - self->parser_->get().body().size);
          done();
        });
  }

  void pair() {
    const std::string_view browser = view(parser_->get()[http::field::user_agent]);
    respond(handle_pair_form(*context_.pairing, form_, browser, Clock::now()));
  }

  void list_devices() {
    if (!may_read_data()) return refuse(http::status::forbidden);
    if (!parser_->is_done()) return refuse(http::status::payload_too_large);
    if (parser_->get().method() != http::verb::get) {
      return refuse(http::status::method_not_allowed);
    }
    respond_json(devices_response(context_.pairing, *device_));
  }

  void unpair() {
    const UnpairResponse done = handle_unpair(context_.pairing, form_, *device_);
    if (done.unpaired) context_.slots.drop_device(*done.unpaired, slot_.get());
    respond_json(done.response);
  }

  void respond_json(const protocol::RecordsResponse& found) {
    respond(make_response(static_cast<http::status>(found.status), found.type, found.body));
  }

  /// Whether the request comes from our own page. Other sites' pages may not go beyond files.
  [[nodiscard]] bool from_our_page() const {
    const Head& head = parser_->get();
    return head.count(http::field::origin) == 1 &&
           context_.origin_check.is_our_origin(view(head[http::field::origin]));
  }

  /// Whether a GET may have personal data: a page of another site, or of another program on
  /// this computer, can send requests, too. Programs other than browsers send neither header.
  [[nodiscard]] bool may_read_data() const {
    const Head& head = parser_->get();
    const bool origin = head.count(http::field::origin) == 0 || from_our_page();
    const std::string_view site = view(head["Sec-Fetch-Site"]);
    return origin && (site.empty() || site == "same-origin" || site == "none");
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
    if (every) {
      const protocol::FrameForm form = frame_form(request);
      return serve_poses(context_, std::move(transport_), *every, form, std::move(request));
    }
    serve_practice(context_, std::move(transport_), std::move(request), std::move(slot_));
  }

  void analyze(std::string_view query) {
    const Head& head = parser_->get();
    if (head.method() != http::verb::post) return refuse(http::status::method_not_allowed);
    // Another site's page could send this field only after a preflight request, which fails.
    if (!from_our_page() || view(head["X-Matside"]) != "page") {
      return refuse(http::status::forbidden);
    }
    auto asked = protocol::analysis_query(query, context_.setup.exercises());
    if (!asked) return refuse(http::status::bad_request);
    if (const std::string refusal = recording_refusal(context_); !refusal.empty()) {
      return refuse(http::status::conflict, refusal);
    }
    serve_analysis(context_, std::move(transport_), std::move(parser_), std::move(buffer_),
                   *std::move(asked), std::move(slot_));
  }

  void records() {
    const http::verb method = parser_->get().method();
    if (method != http::verb::get && method != http::verb::post) {
      return refuse(http::status::method_not_allowed);
    }
    const bool ours = method == http::verb::post ? from_our_page() : may_read_data();
    if (!ours) return refuse(http::status::forbidden);
    serve_records(context_, std::move(transport_), std::move(parser_), std::move(buffer_),
                  *device_, std::move(slot_));
  }

  /// Sends an error and ends the connection.
  void refuse(http::status status) {
    refuse(status, std::string(view(http::obsolete_reason(status))));
  }
  void refuse(http::status status, const std::string& message) {
    keep_alive_ = false;
    const bool recording = view(parser_->get().target()).starts_with(kAnalyze);
    respond(recording
                ? make_response(status, protocol::kLinesType, protocol::failure_line(message))
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
    const ConnectionSlot slot = slot_;
    slot->on_drop(shut_down_gracefully(std::move(transport_), context_.setup.limits.request,
                                       std::move(slot_)));
  }

  ServerContext& context_;
  ConnectionSlot slot_;
  Transport transport_;
  beast::flat_buffer buffer_;
  std::unique_ptr<RequestParser> parser_;
  std::string form_;
  std::optional<int> device_;  ///< Of the present request; empty: a stranger's.
  HttpResponse response_;
  bool keep_alive_ = true;
};

}  // namespace

void serve_http(ServerContext& context, Transport transport) {
  std::make_shared<HttpConnection>(context, std::move(transport))->begin();
}

}  // namespace matside::server
