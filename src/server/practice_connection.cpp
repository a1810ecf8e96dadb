#include "server/practice_connection.h"

#include <boost/asio/post.hpp>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "protocol/audio_only_practice.h"
#include "protocol/client_messages.h"
#include "protocol/practice_recorder.h"
#include "server/practice_start.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
using boost::beast::websocket::close_code;
using Bytes = std::vector<std::uint8_t>;

class PracticeConnection final : public WebSocketSession {
 public:
  PracticeConnection(ServerContext& context, Transport transport, Upgrade request,
                     ConnectionSlot slot)
      : WebSocketSession(context, std::move(transport), std::move(request),
                         {.max_message_bytes = context.setup.limits.frame_bytes}),
        slot_(std::move(slot)) {}
  PracticeConnection(const PracticeConnection&) = delete;
  PracticeConnection& operator=(const PracticeConnection&) = delete;
  ~PracticeConnection() override { release_practice_slot(); }

  void begin() {
    slot_->on_drop([weak = weak_from_this()] {
      const auto self = weak.lock();
      if (self) static_cast<PracticeConnection&>(*self).disconnect();
    });
    accept();
  }

 private:
  enum class State : std::uint8_t { awaiting_hello, preparing, practising, audio_only, saving };

  void on_text(std::string_view text) override {
    const auto message = protocol::parse_message(text, exercises());
    if (!message) return fail(protocol::FailureKind::bad_message, message.error().message);
    std::visit([this](const auto& each) { handle(each); }, message.value());
  }

  void on_binary(std::span<const std::uint8_t> bytes) override {
    if (state_ != State::practising) {
      return fail(protocol::FailureKind::bad_message,
                  "message: send no frames before the server is ready");
    }
    if (const auto frame = protocol::parse_frame(bytes); !frame) {
      return fail(protocol::FailureKind::bad_frame, frame.error().message);
    }
    Bytes copy(bytes.begin(), bytes.end());
    if (!processing_) return process_frame(std::move(copy));
    if (waiting_) drop_waiting();
    waiting_ = std::move(copy);
  }

  void on_end() override { release_practice_slot(); }

  [[nodiscard]] records::Exercises exercises() { return context().setup.exercises(); }

  void handle(const protocol::ClientHello& hello) {
    if (state_ != State::awaiting_hello) {
      return fail(protocol::FailureKind::bad_message, "message: send only one hello");
    }
    hello_received();
    if (!hello.camera) return start_audio_only(hello);
    Activity& activity = context().activity;
    if (const std::string refusal = activity.practice_refusal(); !refusal.empty()) {
      return fail(protocol::FailureKind::busy, refusal);
    }
    activity.practising = true;
    holds_practice_slot_ = true;
    state_ = State::preparing;
    run_on_vision_pool([hello](PracticeConnection& self) {
      auto started = start_practice(self.context(), hello);
      return [started = std::move(started)](PracticeConnection& here) mutable {
        here.on_started(std::move(started));
      };
    });
  }

  void on_started(base::Result<StartedPractice> started) {
    if (is_ending()) return;
    if (!started) return fail(protocol::FailureKind::broken, started.error().message);
    practice_ = std::make_shared<CameraPractice>(std::move(started.value().practice));
    state_ = State::practising;
    send_all(practice_->start().messages);
    if (started.value().save_error) send_warning(*started.value().save_error);
  }

  void start_audio_only(const protocol::ClientHello& hello) {
    auto practice = protocol::AudioOnlyPractice::create(exercises(), hello);
    if (!practice) return fail(protocol::FailureKind::bad_message, practice.error().message);
    state_ = State::audio_only;
    audio_only_.emplace(std::move(practice).value());
    send_all(audio_only_->start());
  }

  void handle(const protocol::Pause& pause) { forward(pause); }
  void handle(const protocol::Resume& resume) { forward(resume); }
  void handle(const protocol::CameraBack& camera_back) { forward(camera_back); }
  void handle(const protocol::PageSays& says) { forward(says); }
  void handle(const protocol::Stop& stop) { forward(stop); }
  void handle(const protocol::Comfort& comfort) {
    if (audio_only_) return audio_only_->handle(comfort);
    forward(comfort);
  }

  void handle(const protocol::SelfReported& reported) {
    if (!audio_only_) {
      return fail(protocol::FailureKind::bad_message,
                  "message: self_reported is only for practices without a camera");
    }
    if (state_ == State::saving) {
      return fail(protocol::FailureKind::bad_message, "message: send self_reported only once");
    }
    state_ = State::saving;
    const protocol::PracticeSummary summary = audio_only_->summary(reported);
    run_on_vision_pool([summary, reported, exercise = &audio_only_->exercise(),
                        hello = audio_only_->hello()](PracticeConnection& self) {
      auto saved = protocol::PracticeRecorder::save_self_reported(
          self.context().setup.records, *exercise, self.context().pin_tokens, hello, reported,
          summary.by);
      return [summary, saved = std::move(saved)](PracticeConnection& here) {
        here.on_saved(summary, saved);
      };
    });
  }

  void on_saved(protocol::PracticeSummary summary,
                const base::Result<std::optional<records::Id>>& saved) {
    if (is_ending()) return;
    if (saved) {
      summary.practice = saved.value();
    } else {
      send_warning(saved.error());
    }
    send(protocol::summary_message(summary, audio_only_->exercise()));
    close(close_code::normal);
  }

  void send_warning(const base::Error& error) {
    send(protocol::event_message(engine::Warned{protocol::not_saved_warning(error)},
                                 context().setup.exercise));
  }

  /// Hands a message to the practice. Without a camera there is nothing to do: the page pauses
  /// its own clock.
  template <class Message>
  void forward(const Message& message) {
    if (audio_only_) return;
    if (state_ != State::practising) {
      return fail(protocol::FailureKind::bad_message,
                  "message: send a hello first, and wait until the server is ready");
    }
    run_on_vision_pool([message, practice = practice_](PracticeConnection&) {
      return [reply = practice->handle(message)](PracticeConnection& here) mutable {
        here.on_reply(std::move(reply));
      };
    });
  }

  void on_reply(CameraPractice::Reply reply) {
    if (is_ending()) return;
    send_all(std::move(reply.messages));
    if (!reply.ended) return;
    if (waiting_) drop_waiting();
    close(close_code::normal);
  }

  void process_frame(Bytes bytes) {
    processing_ = true;
    run_on_vision_pool([bytes = std::move(bytes), practice = practice_](PracticeConnection&) {
      auto reply = practice->process_frame(protocol::parse_frame(bytes).value());
      return [reply = std::move(reply)](PracticeConnection& here) mutable {
        here.on_frame_processed(std::move(reply));
      };
    });
  }

  void on_frame_processed(base::Result<CameraPractice::Reply> reply) {
    processing_ = false;
    if (is_ending()) return;
    if (!reply) {
      const bool bad_frame = reply.error().kind == base::ErrorKind::input;
      return fail(bad_frame ? protocol::FailureKind::bad_frame : protocol::FailureKind::broken,
                  reply.error().message);
    }
    on_reply(std::move(reply).value());
    if (is_ending() || !waiting_) return;
    Bytes next = std::move(*waiting_);
    waiting_.reset();
    process_frame(std::move(next));
  }

  void drop_waiting() {
    send(protocol::frame_dropped_message(protocol::parse_frame(*waiting_).value().index));
    waiting_.reset();
  }

  /// Runs `work` on the vision thread, then what it returns on the answering thread. Keeps the
  /// connection alive for both.
  template <class Work>
  void run_on_vision_pool(Work work) {
    auto self = std::static_pointer_cast<PracticeConnection>(shared_from_this());
    asio::post(
        context().vision_pool, [self = std::move(self), work = std::move(work)]() mutable {
          asio::io_context& io = self->context().io;
          // Moved, so that the last owner is never the vision thread.
          try {
            auto then = work(*self);
            asio::post(io, [self = std::move(self), then = std::move(then)]() mutable {
              then(*self);
            });
          } catch (const std::bad_alloc&) {
            if (!self) return;
            asio::post(io, [self = std::move(self)] {
              self->fail(protocol::FailureKind::broken,
                         "there is not enough memory for this practice; close other programs");
            });
          }
        });
  }

  void release_practice_slot() {
    if (holds_practice_slot_) context().activity.practising = false;
    holds_practice_slot_ = false;
  }

  ConnectionSlot slot_;
  State state_ = State::awaiting_hello;
  bool holds_practice_slot_ = false;
  bool processing_ = false;                   ///< A frame is on the vision thread.
  std::optional<Bytes> waiting_;              ///< The newest frame that is not processed.
  std::shared_ptr<CameraPractice> practice_;  ///< Used by the vision thread.
  std::optional<protocol::AudioOnlyPractice> audio_only_;  ///< Instead of `practice_`.
};

}  // namespace

void serve_practice(ServerContext& context, Transport transport,
                    WebSocketSession::Upgrade request, ConnectionSlot slot) {
  std::make_shared<PracticeConnection>(context, std::move(transport), std::move(request),
                                       std::move(slot))
      ->begin();
}

}  // namespace matside::server
