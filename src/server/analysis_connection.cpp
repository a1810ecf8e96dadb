#include "server/analysis_connection.h"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/analysis_protocol.h"
#include "server/http_response.h"
#include "server/temporary_file.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::size_t kUploadChunk_bytes = 256 * 1024;  // The time limit holds for each chunk.
constexpr double kProgressStep = 0.01;                  // Share of the recording.

class AnalysisConnection : public std::enable_shared_from_this<AnalysisConnection> {
 public:
  AnalysisConnection(ServerContext& context, Transport transport,
                     std::unique_ptr<RequestParser> parser, boost::beast::flat_buffer buffer,
                     protocol::AnalysisQuery as, ConnectionSlot slot)
      : context_(context),
        slot_(std::move(slot)),
        transport_(std::move(transport)),
        parser_(std::move(parser)),
        buffer_(std::move(buffer)),
        as_(std::move(as)) {
    context_.activity.receiving = true;
  }
  AnalysisConnection(const AnalysisConnection&) = delete;
  AnalysisConnection& operator=(const AnalysisConnection&) = delete;
  ~AnalysisConnection() {
    if (receiving_) context_.activity.receiving = false;
  }

  void begin() {
    slot_->on_drop([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->abort();
    });
    auto file = TemporaryFile::create(context_.setup.recordings);
    if (!file) return refuse(http::status::insufficient_storage, file.error().message);
    file_.emplace(std::move(file).value());
    if (parser_->is_done()) return analyse();
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
    if (failed == http::error::body_limit) {
      return refuse(http::status::payload_too_large, "The recording is too large.");
    }
    if (failed && failed != http::error::need_buffer) return;  // Gone, or too slow.
    const std::size_t got = chunk_.size() - parser_->get().body().size;
    if (auto written = file_->write({chunk_.data(), got}); !written) {
      return refuse(http::status::insufficient_storage, written.error().message);
    }
    if (parser_->is_done()) return analyse();
    read_chunk();
  }

  void analyse() {
    stop_receiving();
    chunk_ = {};
    if (std::string refusal = recording_refusal(context_); !refusal.empty()) {
      return refuse(http::status::conflict, refusal);
    }
    context_.activity.analysing = true;
    context_.stop_analysing = false;
    begin_response();
    detect_disconnect();
    asio::post(context_.vision_pool, [self = shared_from_this()]() mutable {
      auto analysed = self->run_analysis();
      ServerContext& context = self->context_;
      asio::post(context.io,
                 [self = std::move(self), analysed = std::move(analysed)]() mutable {
                   self->on_analysed(std::move(analysed));
                 });
    });
  }

  /// On the vision thread.
  base::Result<protocol::AnalysisResult> run_analysis() {
    try {
      return context_.setup.analyse(
          {file_->path(), as_, &context_.stop_analysing,
           [self = shared_from_this(), reported = 0.0](double share) mutable {
             if (share < reported + kProgressStep) return;
             reported = share;
             asio::post(self->context_.io, [self, share] { self->on_progress(share); });
           }});
    } catch (const std::bad_alloc&) {
      return base::Error{
          base::ErrorKind::output,
          "there is not enough memory to analyse this recording; close other programs"};
    }
  }

  /// The response is sent while the analysis runs.
  void begin_response() {
    HttpResponse head = make_response(http::status::ok, protocol::kLinesType, "");
    head.erase(http::field::content_length);
    head.keep_alive(false);
    head.chunked(true);
    head_ = std::move(head);
    writing_ = true;
    transport_.tcp().expires_after(context_.setup.limits.request);
    serializer_.emplace(head_);
    http::async_write_header(
        transport_, *serializer_,
        [self = shared_from_this()](const error_code& failed, std::size_t) {
          self->on_written(failed);
        });
  }

  /// Stops when the page goes away, or sends more than it announced.
  void detect_disconnect() {
    transport_.tcp().expires_never();
    transport_.async_read_some(asio::buffer(more_),
                               [self = shared_from_this()](const error_code&, std::size_t) {
                                 if (!self->complete_) self->abort();
                               });
  }

  void abort() {
    disconnected_ = true;
    if (analysis_running()) context_.stop_analysing = true;
    transport_.tcp().close();
  }

  [[nodiscard]] bool analysis_running() const { return !receiving_ && !done_; }

  void on_progress(double share) {
    progress_ = share;
    write_more();
  }

  void on_analysed(base::Result<protocol::AnalysisResult> analysed) {
    done_ = true;
    context_.activity.analysing = false;
    file_.reset();
    if (analysed) {
      std::string name;
      if (context_.records) {
        name = context_.last_recording.hold(std::move(analysed.value().recording));
      }
      text_.emplace(std::move(analysed).value(), std::move(name));
    } else {
      failure_ = protocol::failure_line(analysed.error().message);
    }
    write_more();
  }

  /// The next part to send; empty where there is none yet.
  std::string next_line() {
    if (progress_) return protocol::progress_line(*std::exchange(progress_, std::nullopt));
    if (!failure_.empty()) return std::exchange(failure_, {});
    return text_ ? text_->next() : std::string();
  }

  void write_more() {
    if (writing_ || disconnected_ || complete_) return;
    line_ = next_line();
    if (line_.empty() && !done_) return;
    writing_ = true;
    transport_.tcp().expires_after(context_.setup.limits.request);
    const auto written = [self = shared_from_this()](const error_code& failed, std::size_t) {
      self->on_written(failed);
    };
    if (line_.empty()) {
      complete_ = true;
      asio::async_write(transport_, http::make_chunk_last(), written);
    } else {
      asio::async_write(transport_, http::make_chunk(asio::buffer(line_)), written);
    }
  }

  void on_written(const error_code& failed) {
    writing_ = false;
    if (failed) return abort();
    if (complete_) return transport_.tcp().close();
    write_more();
  }

  /// Sends an error in place of an analysis.
  void refuse(http::status status, const std::string& message) {
    stop_receiving();
    head_ = make_response(status, protocol::kLinesType, protocol::failure_line(message));
    head_.keep_alive(false);
    transport_.tcp().expires_after(context_.setup.limits.request);
    http::async_write(
        transport_, head_, [self = shared_from_this()](const error_code& failed, std::size_t) {
          if (failed) return;
          shut_down_gracefully(std::move(self->transport_), self->context_.setup.limits.request,
                               std::move(self->slot_));
        });
  }

  void stop_receiving() {
    context_.activity.receiving = false;
    receiving_ = false;
  }

  ServerContext& context_;
  ConnectionSlot slot_;
  Transport transport_;
  std::unique_ptr<RequestParser> parser_;
  boost::beast::flat_buffer buffer_;
  protocol::AnalysisQuery as_;
  std::vector<char> chunk_ = std::vector<char>(kUploadChunk_bytes);
  std::optional<TemporaryFile> file_;
  HttpResponse head_;
  std::optional<http::response_serializer<http::string_body>> serializer_;
  std::array<char, 1> more_{};
  std::optional<double> progress_;  ///< Not sent yet.
  std::string failure_;             ///< Not sent yet.
  std::optional<protocol::AnalysisWriter> text_;
  std::string line_;  ///< Being sent.
  bool receiving_ = true;
  bool done_ = false;  ///< The analysis has ended.
  bool writing_ = false;
  bool complete_ = false;  ///< The last part is being sent.
  bool disconnected_ = false;
};

}  // namespace

std::string recording_refusal(const ServerContext& context) {
  if (!context.setup.analyse) return "This server does not analyse recordings.";
  return context.activity.recording_refusal();
}

void serve_analysis(ServerContext& context, Transport transport,
                    std::unique_ptr<RequestParser> parser, boost::beast::flat_buffer buffer,
                    protocol::AnalysisQuery as, ConnectionSlot slot) {
  std::make_shared<AnalysisConnection>(context, std::move(transport), std::move(parser),
                                       std::move(buffer), std::move(as), std::move(slot))
      ->begin();
}

}  // namespace matside::server
