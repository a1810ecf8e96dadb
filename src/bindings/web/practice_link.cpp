#include "bindings/web/practice_link.h"

#include <utility>
#include <variant>

#include "core/engine/analysis.h"
#include "protocol/lesson_start.h"
#include "protocol/practice_recorder.h"

namespace matside::web {
namespace {

using protocol::FailureKind;

PracticeLink::Reply failed(FailureKind kind, std::string_view message) {
  return {{protocol::failure_message(kind, message)}, true};
}

PracticeLink::Reply bad_message(std::string_view what) {
  return failed(FailureKind::bad_message, what);
}

PracticeLink::Reply reply_of(protocol::LessonStream::Reply reply) {
  return {std::move(reply.messages), reply.ended};
}

}  // namespace

PracticeLink::Reply PracticeLink::handle_text(std::string_view text) {
  const auto message = protocol::parse_message(text, exercises_);
  if (!message) return bad_message(message.error().message);
  return std::visit([this](const auto& each) { return handle(each); }, message.value());
}

void PracticeLink::look_ahead(const image::View& picture) {
  if (lesson_) estimator_.look_ahead(picture);
}

PracticeLink::Reply PracticeLink::handle_frame(std::uint32_t index, base::Seconds time,
                                               const image::View& picture) {
  if (!lesson_) return bad_message("message: send no frames before the practice is ready");
  auto reply = lesson_->push(index, time, picture, estimator_.estimate);
  if (reply) return reply_of(std::move(reply).value());
  const bool bad_frame = reply.error().kind == base::ErrorKind::input;
  return failed(bad_frame ? FailureKind::bad_frame : FailureKind::broken,
                reply.error().message);
}

PracticeLink::Reply PracticeLink::handle(const protocol::ClientHello& hello) {
  if (lesson_ || audio_only_) return bad_message("message: send only one hello");
  if (!hello.camera) {
    auto practice = protocol::AudioOnlyPractice::create(exercises_, hello);
    if (!practice) return bad_message(practice.error().message);
    audio_only_.emplace(std::move(practice).value());
    return {audio_only_->start(), false};
  }
  auto estimator = create_estimator_();
  if (!estimator) return failed(FailureKind::broken, estimator.error().message);
  estimator_ = std::move(estimator).value();
  auto started = protocol::start_lesson(*records_, exercises_, *pin_tokens_, hello);
  if (!started) return failed(FailureKind::broken, started.error().message);
  lesson_.emplace(std::move(started.value().stream));
  Reply reply = reply_of(lesson_->start());
  if (const auto& error = started.value().save_error)
    reply.messages.push_back(not_saved(*error, *exercises_.find(hello.exercise).value()));
  return reply;
}

PracticeLink::Reply PracticeLink::handle(const protocol::Comfort& comfort) {
  if (!audio_only_) return forward(comfort);
  audio_only_->handle(comfort);
  return {};
}

PracticeLink::Reply PracticeLink::handle(const protocol::SelfReported& reported) {
  if (!audio_only_) {
    return bad_message("message: self_reported is only for practices without a camera");
  }
  const exercise::Definition& exercise = audio_only_->exercise();
  protocol::PracticeSummary summary = audio_only_->summary(reported);
  auto practice = protocol::PracticeRecorder::save_self_reported(
      *records_, exercise, *pin_tokens_, audio_only_->hello(), reported, summary.by);
  Reply reply{{}, true};
  if (practice) {
    summary.practice = practice.value();
  } else {
    reply.messages.push_back(not_saved(practice.error(), exercise));
  }
  reply.messages.push_back(protocol::summary_message(summary, exercise));
  return reply;
}

template <class Message>
PracticeLink::Reply PracticeLink::handle(const Message& message) {
  // Without a camera the page pauses its own clock.
  if (audio_only_) return {};
  return forward(message);
}

PracticeLink::Reply PracticeLink::forward(const auto& message) {
  if (!lesson_) return bad_message("message: send a hello first");
  return reply_of(lesson_->handle(message));
}

std::string PracticeLink::not_saved(const base::Error& error,
                                    const exercise::Definition& exercise) {
  return protocol::event_message(engine::Warned{protocol::not_saved_warning(error)}, exercise);
}

}  // namespace matside::web
