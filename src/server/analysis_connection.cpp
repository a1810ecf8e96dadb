#include "server/analysis_connection.h"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/answer.h"
#include "server/nameless_file.h"
#include "server/recording.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::size_t kPiece_bytes = 256 * 1024;
constexpr double kProgressStep = 0.01;

class AnalysisConnection : public std::enable_shared_from_this<AnalysisConnection> {
 public:
  AnalysisConnection(House& house, Wire wire, std::unique_ptr<RequestParser> parser,
                     boost::beast::flat_buffer buffer, int level, Ticket ticket)
      : house_(house),
        ticket_(std::move(ticket)),
        wire_(std::move(wire)),
        parser_(std::move(parser)),
        buffer_(std::move(buffer)),
        level_(level) {
    house_.receiving = true;
  }
  AnalysisConnection(const AnalysisConnection&) = delete;
  AnalysisConnection& operator=(const AnalysisConnection&) = delete;
  ~AnalysisConnection() {
    if (receiving_) house_.receiving = false;
  }

  void begin() {
    auto file = NamelessFile::create(house_.setup.recordings);
    if (!file) return refuse(http::status::insufficient_storage, file.error().message);
    file_.emplace(std::move(file).value());
    if (parser_->is_done()) return analyse();
    read_piece();
  }

 private:
  void read_piece() {
    parser_->get().body() = {piece_.data(), piece_.size(), true};
    wire_.tcp().expires_after(house_.setup.limits.request);
    http::async_read(wire_, buffer_, *parser_,
                     [self = shared_from_this()](const error_code& failed, std::size_t) {
                       self->have_piece(failed);
                     });
  }

  void have_piece(const error_code& failed) {
    if (failed == http::error::body_limit) {
      return refuse(http::status::payload_too_large, "The recording is too large.");
    }
    if (failed && failed != http::error::need_buffer) return;  // Gone, or too slow.
    const std::size_t got = piece_.size() - parser_->get().body().size;
    if (auto kept = file_->write({piece_.data(), got}); !kept) {
      return refuse(http::status::insufficient_storage, kept.error().message);
    }
    if (parser_->is_done()) return analyse();
    read_piece();
  }

  void analyse() {
    stop_receiving();
    piece_ = {};
    if (std::string why = why_no_recording(house_); !why.empty()) {
      return refuse(http::status::conflict, why);
    }
    house_.analysing = true;
    house_.stop_analysing = false;
    begin_answer();
    watch();
    asio::post(house_.vision, [self = shared_from_this()]() mutable {
      auto analysed = self->house_.setup.analyse(
          {self->file_->path(), self->level_, &self->house_.stop_analysing,
           [self, told = 0.0](double share) mutable {
             if (share < told + kProgressStep) return;
             told = share;
             asio::post(self->house_.io, [self, share] { self->have_progress(share); });
           }});
      House& house = self->house_;
      asio::post(house.io, [self = std::move(self), analysed = std::move(analysed)]() mutable {
        self->have_analysed(std::move(analysed));
      });
    });
  }

  /// The answer goes out as it comes to be.
  void begin_answer() {
    Answer answer = make_answer(http::status::ok, kLinesType, "");
    answer.erase(http::field::content_length);
    answer.keep_alive(false);
    answer.chunked(true);
    head_ = std::move(answer);
    writing_ = true;
    wire_.tcp().expires_after(house_.setup.limits.request);
    serializer_.emplace(head_);
    http::async_write_header(
        wire_, *serializer_,
        [self = shared_from_this()](const error_code& failed, std::size_t) {
          self->have_written(failed);
        });
  }

  /// A page that goes away, or sends more than it should, wants no answer.
  void watch() {
    wire_.tcp().expires_never();
    wire_.async_read_some(asio::buffer(more_),
                          [self = shared_from_this()](const error_code&, std::size_t) {
                            if (!self->over_) self->give_up();
                          });
  }

  void give_up() {
    gone_ = true;
    if (working_on_it()) house_.stop_analysing = true;
    wire_.tcp().close();
  }

  [[nodiscard]] bool working_on_it() const { return !receiving_ && !done_; }

  void have_progress(double share) {
    progress_ = share;
    write_more();
  }

  void have_analysed(base::Result<Analysed> analysed) {
    done_ = true;
    house_.analysing = false;
    file_.reset();
    if (analysed) {
      text_.emplace(std::move(analysed).value());
    } else {
      failure_ = failure_line(analysed.error().message);
    }
    write_more();
  }

  /// What is to be said next; empty where there is nothing.
  std::string next_words() {
    if (progress_) return progress_line(*std::exchange(progress_, std::nullopt));
    if (!failure_.empty()) return std::exchange(failure_, {});
    return text_ ? text_->next() : std::string();
  }

  void write_more() {
    if (writing_ || gone_ || over_) return;
    words_ = next_words();
    if (words_.empty() && !done_) return;
    writing_ = true;
    wire_.tcp().expires_after(house_.setup.limits.request);
    const auto written = [self = shared_from_this()](const error_code& failed, std::size_t) {
      self->have_written(failed);
    };
    if (words_.empty()) {
      over_ = true;
      asio::async_write(wire_, http::make_chunk_last(), written);
    } else {
      asio::async_write(wire_, http::make_chunk(asio::buffer(words_)), written);
    }
  }

  void have_written(const error_code& failed) {
    writing_ = false;
    if (failed) return give_up();
    if (over_) return wire_.tcp().close();
    write_more();
  }

  /// Says no to what has not been received as a whole.
  void refuse(http::status status, const std::string& why) {
    stop_receiving();
    head_ = make_answer(status, kLinesType, failure_line(why));
    head_.keep_alive(false);
    wire_.tcp().expires_after(house_.setup.limits.request);
    http::async_write(wire_, head_,
                      [self = shared_from_this()](const error_code& failed, std::size_t) {
                        if (failed) return;
                        end_gently(std::move(self->wire_), self->house_.setup.limits.request,
                                   std::move(self->ticket_));
                      });
  }

  void stop_receiving() {
    house_.receiving = false;
    receiving_ = false;
  }

  House& house_;
  Ticket ticket_;
  Wire wire_;
  std::unique_ptr<RequestParser> parser_;
  boost::beast::flat_buffer buffer_;
  int level_;
  std::vector<char> piece_ = std::vector<char>(kPiece_bytes);
  std::optional<NamelessFile> file_;
  Answer head_;
  std::optional<http::response_serializer<http::string_body>> serializer_;
  std::array<char, 1> more_{};
  std::optional<double> progress_;  ///< Not yet told.
  std::string failure_;             ///< Not yet told.
  std::optional<AnalysisText> text_;
  std::string words_;  ///< Being sent.
  bool receiving_ = true;
  bool done_ = false;  ///< Nothing works on it any more.
  bool writing_ = false;
  bool over_ = false;  ///< The last has been said.
  bool gone_ = false;
};

}  // namespace

std::string why_no_recording(const House& house) {
  if (!house.setup.analyse) return "This server looks at no recordings.";
  if (house.practising) return "A practice is under way. Stop it first.";
  if (house.analysing || house.receiving) {
    return "Another recording is being looked at. Wait for it, or close its window.";
  }
  return "";
}

void serve_analysis(House& house, Wire wire, std::unique_ptr<RequestParser> parser,
                    boost::beast::flat_buffer buffer, int level, Ticket ticket) {
  std::make_shared<AnalysisConnection>(house, std::move(wire), std::move(parser),
                                       std::move(buffer), level, std::move(ticket))
      ->begin();
}

}  // namespace matside::server
