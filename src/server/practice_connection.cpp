#include "server/practice_connection.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/from_page.h"
#include "server/messages.h"
#include "server/practice.h"
#include "server/rate.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;
using Upgrade = beast::http::request<beast::http::empty_body>;
using Bytes = std::vector<std::uint8_t>;

struct Begun {
  Practice practice;
  std::optional<base::Error> not_filed;  ///< why it is not kept, where it should be
};

base::Result<Begun> begin(House& house, const Hello& hello) {
  const Setup& setup = house.setup;
  auto look = setup.begin_looking();
  if (!look) return look.error();
  auto filing = Filing::begin(setup.records, setup.exercise, house.unlocked, hello);
  coaching::Wish wish = hello.wish;
  // What is on disk is what was counted.
  if (filing && filing.value() && hello.resume) wish.carried = filing.value()->before();
  std::optional<base::Error> not_filed;
  if (!filing) not_filed = filing.error();
  auto practice = Practice::begin(setup.exercise, wish, std::move(look).value(),
                                  filing ? std::move(filing).value() : nullptr);
  if (!practice) return practice.error();
  return Begun{std::move(practice).value(), std::move(not_filed)};
}

class PracticeConnection : public std::enable_shared_from_this<PracticeConnection> {
 public:
  PracticeConnection(House& house, Wire wire, Upgrade request, Ticket ticket)
      : house_(house),
        ticket_(std::move(ticket)),
        stream_(std::in_place, std::move(wire)),
        timer_(house.io),
        request_(std::move(request)),
        rate_(house.setup.limits.messages_per_second) {}
  PracticeConnection(const PracticeConnection&) = delete;
  PracticeConnection& operator=(const PracticeConnection&) = delete;
  ~PracticeConnection() { leave_floor(); }

  void accept() {
    const Limits& limits = house_.setup.limits;
    stream_->set_option(
        websocket::stream_base::timeout{limits.request, limits.silence, /*pings*/ true});
    stream_->read_message_max(limits.frame_bytes);
    stream_->async_accept(request_, [self = shared_from_this()](const error_code& failed) {
      if (failed) return;
      self->wait_for_hello();
      self->read();
    });
  }

 private:
  enum class State : std::uint8_t {
    new_here,
    preparing,
    practising,
    by_ear,  ///< without a camera: the page plays a script
    ending,
  };

  void wait_for_hello() {
    timer_.expires_after(house_.setup.limits.hello);
    timer_.async_wait([self = weak_from_this()](const error_code& cancelled) {
      const auto here = self.lock();
      if (!cancelled && here) here->fail(FailureKind::bad_message, "no hello came");
    });
  }

  void read() {
    buffer_.clear();
    stream_->async_read(buffer_,
                        [self = shared_from_this()](const error_code& failed, std::size_t) {
                          self->have_read(failed);
                        });
  }

  void have_read(const error_code& failed) {
    if (failed) return drop();
    if (state_ == State::ending) return;  // Whoever closes reads what still comes.
    if (!rate_.admits_another()) {
      fail(FailureKind::too_many, "too many messages a second");
    } else if (stream_->got_text()) {
      take_text();
    } else {
      take_frame();
    }
    if (state_ != State::ending) read();
  }

  void take_text() {
    const std::string_view text(static_cast<const char*>(buffer_.cdata().data()),
                                buffer_.size());
    if (text.size() > house_.setup.limits.text_bytes) {
      return fail(FailureKind::bad_message, "message: is too long");
    }
    const auto message = parse_message(text);
    if (!message) return fail(FailureKind::bad_message, message.error().message);
    std::visit([this](const auto& said) { take(said); }, message.value());
  }

  void take(const Hello& hello) {
    if (state_ != State::new_here) {
      return fail(FailureKind::bad_message, "message: a second hello");
    }
    timer_.cancel();
    if (!hello.camera) return play_script(hello);
    if (house_.practising || house_.analysing) {
      return fail(FailureKind::busy,
                  house_.practising
                      ? "A practice is under way in another window. Stop it there first."
                      : "A recording is being looked at in another window. Wait for it, or "
                        "close that window.");
    }
    house_.practising = true;
    on_floor_ = true;
    state_ = State::preparing;
    in_vision([hello](PracticeConnection& here) {
      auto begun = begin(here.house_, hello);
      return [begun = std::move(begun)](PracticeConnection& self) mutable {
        self.have_begun(std::move(begun));
      };
    });
  }

  void play_script(const Hello& hello) {
    const coaching::Wish& wish = hello.wish;
    const exercise::Definition& exercise = house_.setup.exercise;
    const exercise::Level* level = exercise.level(wish.level);
    if (level == nullptr) return fail(FailureKind::bad_message, "message: no such level");
    state_ = State::by_ear;
    hello_ = hello;
    send(ready_message(*level, wish.repetitions, std::nullopt));
    send(script_message(coaching::script(exercise, wish)));
  }

  void have_begun(base::Result<Begun> begun) {
    if (state_ != State::preparing) return;
    if (!begun) return fail(FailureKind::broken, begun.error().message);
    practice_ = std::make_shared<Practice>(std::move(begun.value().practice));
    state_ = State::practising;
    send_all(practice_->greet().messages);
    if (begun.value().not_filed) warn_of(*begun.value().not_filed);
  }

  void warn_of(const base::Error& why) {
    send(told_message(engine::Warned{not_kept(why)}, house_.setup.exercise));
  }

  void take(const Pause& pause) { pass_on(pause); }
  void take(const Resume& resume) { pass_on(resume); }
  void take(const Stop& stop) { pass_on(stop); }
  void take(const Comfort& comfort) {
    if (!comfort.comfortable && state_ == State::by_ear) by_ear_ended_by_discomfort_ = true;
    pass_on(comfort);
  }

  void take(const SelfReported& reported) {
    if (state_ != State::by_ear) {
      return fail(FailureKind::bad_message, "message: this practice is counted by the camera");
    }
    Ending ending;
    const int wished = hello_.wish.repetitions;
    const bool all_done = reported.left >= wished && reported.right >= wished;
    ending.by = by_ear_ended_by_discomfort_ ? coaching::EndedBy::discomfort
                : all_done                  ? coaching::EndedBy::goal
                                            : coaching::EndedBy::person;
    ending.self_reported = true;
    ending.analysis.counts.left = reported.left;
    ending.analysis.counts.right = reported.right;
    in_vision([ending, reported](PracticeConnection& here) {
      auto filed = Filing::keep(here.house_.setup.records, here.house_.setup.exercise,
                                here.house_.unlocked, here.hello_, reported, ending.by);
      return [ending, filed = std::move(filed)](PracticeConnection& self) mutable {
        self.have_filed(std::move(ending), filed);
      };
    });
  }

  void have_filed(Ending ending, const base::Result<std::optional<records::Id>>& filed) {
    if (state_ != State::by_ear) return;
    if (filed) {
      ending.practice = filed.value();
    } else {
      warn_of(filed.error());
    }
    send(summary_message(ending, house_.setup.exercise));
    end(websocket::close_code::normal);
  }

  /// By ear, the page pauses its own clock.
  template <class Message>
  void pass_on(const Message& message) {
    if (state_ == State::by_ear || state_ == State::ending) return;
    if (state_ != State::practising) {
      return fail(FailureKind::bad_message, "message: there is no practice yet");
    }
    in_vision([message, practice = practice_](PracticeConnection&) {
      return [answer = practice->take(message)](PracticeConnection& self) mutable {
        self.have_answer(std::move(answer));
      };
    });
  }

  void have_answer(Practice::Answer answer) {
    if (state_ != State::practising) return;
    send_all(std::move(answer.messages));
    if (!answer.ended) return;
    if (waiting_) drop_waiting();
    end(websocket::close_code::normal);
  }

  void take_frame() {
    if (state_ != State::practising) {
      return fail(FailureKind::bad_message, "message: a picture before the server was ready");
    }
    const auto* first = static_cast<const std::uint8_t*>(buffer_.cdata().data());
    Bytes bytes(first, first + buffer_.size());
    if (const auto frame = parse_frame(bytes); !frame) {
      return fail(FailureKind::bad_frame, frame.error().message);
    }
    if (!looking_) return look(std::move(bytes));
    if (waiting_) drop_waiting();
    waiting_ = std::move(bytes);
  }

  void drop_waiting() {
    send(frame_dropped_message(parse_frame(*waiting_).value().index));
    waiting_.reset();
  }

  void look(Bytes bytes) {
    looking_ = true;
    in_vision([bytes = std::move(bytes), practice = practice_](PracticeConnection&) {
      auto answer = practice->look(parse_frame(bytes).value());
      return [answer = std::move(answer)](PracticeConnection& self) mutable {
        self.have_looked(std::move(answer));
      };
    });
  }

  void have_looked(base::Result<Practice::Answer> answer) {
    looking_ = false;
    if (state_ != State::practising) return;
    if (!answer) {
      const bool theirs = answer.error().kind == base::ErrorKind::input;
      return fail(theirs ? FailureKind::bad_frame : FailureKind::broken,
                  answer.error().message);
    }
    have_answer(std::move(answer).value());
    if (state_ != State::practising || !waiting_) return;
    Bytes next = std::move(*waiting_);
    waiting_.reset();
    look(std::move(next));
  }

  /// Runs `work` where pictures are looked at, then what it returns here. The connection is
  /// there for both.
  template <class Work>
  void in_vision(Work work) {
    asio::post(house_.vision, [self = shared_from_this(), work = std::move(work)]() mutable {
      auto then = work(*self);
      House& house = self->house_;
      asio::post(house.io,
                 [self = std::move(self), then = std::move(then)]() mutable { then(*self); });
    });
  }

  void fail(FailureKind kind, std::string_view why) {
    if (state_ == State::ending) return;
    send(failure_message(kind, why));
    end(websocket::close_code::policy_error);
  }

  /// Closes once everything is sent.
  void end(websocket::close_code code) {
    state_ = State::ending;
    closing_code_ = code;
    leave_floor();
    let_go_in_time(timer_, house_.setup.limits.request,
                   std::shared_ptr<WebSocket>(shared_from_this(), &stream_));
    if (unsent_.empty()) close();
  }

  void close() {
    stream_->async_close(closing_code_, [self = shared_from_this()](const error_code&) {});
  }

  void send_all(std::vector<std::string> messages) {
    for (std::string& message : messages) send(std::move(message));
  }

  void send(std::string message) {
    if (unsent_.size() >= house_.setup.limits.unsent_messages) return drop();
    unsent_.push_back(std::move(message));
    if (unsent_.size() == 1) write();
  }

  void write() {
    stream_->text(true);
    stream_->async_write(asio::buffer(unsent_.front()),
                         [self = shared_from_this()](const error_code& failed, std::size_t) {
                           self->have_written(failed);
                         });
  }

  void have_written(const error_code& failed) {
    if (failed) return drop();
    unsent_.pop_front();
    if (!unsent_.empty()) return write();
    if (state_ == State::ending) close();
  }

  /// The other side is gone, or does not read.
  void drop() {
    if (state_ != State::ending) timer_.cancel();
    state_ = State::ending;
    leave_floor();
    if (stream_) stream_->next_layer().tcp().close();
  }

  void leave_floor() {
    if (on_floor_) house_.practising = false;
    on_floor_ = false;
  }

  House& house_;
  Ticket ticket_;
  WebSocket stream_;          ///< Until it is let go.
  asio::steady_timer timer_;  ///< For a hello, then for the end.
  Upgrade request_;
  beast::flat_buffer buffer_;
  Rate rate_;
  State state_ = State::new_here;
  bool on_floor_ = false;
  bool looking_ = false;
  bool by_ear_ended_by_discomfort_ = false;
  Hello hello_;                   ///< Of a practice by ear.
  std::optional<Bytes> waiting_;  ///< The newest picture nobody has looked at.
  std::shared_ptr<Practice> practice_;
  std::deque<std::string> unsent_;  ///< The first is being sent.
  websocket::close_code closing_code_ = websocket::close_code::normal;
};

}  // namespace

void serve_practice(House& house, Wire wire, Upgrade request, Ticket ticket) {
  std::make_shared<PracticeConnection>(house, std::move(wire), std::move(request),
                                       std::move(ticket))
      ->accept();
}

}  // namespace matside::server
