#include "protocol/lesson_stream.h"

#include <variant>

#include "protocol/server_messages.h"

namespace matside::protocol {

base::Result<LessonStream> LessonStream::create(const exercise::Definition& exercise,
                                                const coaching::PracticeRequest& request,
                                                std::unique_ptr<PracticeRecorder> recorder) {
  auto practice = practice::LivePractice::create(exercise, request);
  if (!practice) return practice.error();
  return LessonStream(exercise, std::move(practice).value(), std::move(recorder));
}

LessonStream::Reply LessonStream::start() {
  const coaching::PracticeRequest& request = practice_.request();
  Reply reply;
  reply.messages.push_back(
      ready_message(*exercise_->level(request.level), request.repetitions, saved_id(),
                    recorder_ ? recorder_->begin_time() : base::Seconds()));
  add_events(practice_.begin(), reply);
  return reply;
}

LessonStream::Reply LessonStream::push(const pose::PoseFrame& frame) {
  return reply_to(practice_.push(frame));
}

base::Result<LessonStream::Reply> LessonStream::push(std::uint32_t index, base::Seconds time,
                                                     const image::View& picture,
                                                     const practice::PoseEstimator& estimator) {
  const auto events = practice_.push(picture, time, estimator);
  if (!events) return events.error();
  const pose::PoseFrame& frame = practice_.last_frame();
  const coaching::Lesson& lesson = practice_.lesson();
  if (recorder_) recorder_->add_frame(frame, lesson.scoring_context());
  Reply reply;
  add_events(events.value(), reply);
  reply.messages.push_back(frame_done_message(index, frame, lesson.frame_state()));
  end_if_over(reply);
  return reply;
}

LessonStream::Reply LessonStream::handle(const Pause& /*pause*/) {
  return reply_to(practice_.pause());
}
LessonStream::Reply LessonStream::handle(const Resume& /*resume*/) {
  return reply_to(practice_.resume());
}
LessonStream::Reply LessonStream::handle(const CameraBack& /*camera_back*/) {
  return reply_to(practice_.continue_after_gap());
}
LessonStream::Reply LessonStream::handle(const PageSays& says) {
  practice_.voice_taken(says.id, says.text, says.time);
  return {};
}
LessonStream::Reply LessonStream::handle(const Comfort& comfort) {
  return reply_to(practice_.answer(comfort.comfortable));
}
LessonStream::Reply LessonStream::handle(const Stop& /*stop*/) {
  return reply_to(practice_.finish());
}

LessonStream::Reply LessonStream::reply_to(std::span<const coaching::LessonEvent> events) {
  Reply reply;
  add_events(events, reply);
  end_if_over(reply);
  return reply;
}

void LessonStream::add_events(std::span<const coaching::LessonEvent> events, Reply& reply) {
  for (const coaching::LessonEvent& event : events) {
    reply.messages.push_back(event_message(event, *exercise_));
    const auto* finished = std::get_if<engine::RepetitionFinished>(&event);
    if (finished == nullptr || !recorder_) continue;
    warn(recorder_->add_repetition(finished->repetition, practice_.lesson().counts()), reply);
  }
}

void LessonStream::warn(const std::optional<engine::Warning>& warning, Reply& reply) const {
  if (!warning) return;
  reply.messages.push_back(event_message(engine::Warned{*warning}, *exercise_));
}

void LessonStream::end_if_over(Reply& reply) {
  reply.ended = practice_.ended();
  if (!reply.ended) return;
  const coaching::Lesson& lesson = practice_.lesson();
  if (recorder_) warn(recorder_->end(lesson.ended_by()), reply);
  reply.messages.push_back(summary_message({practice_.frames(), lesson.ended_by(), false,
                                            lesson.analysis(), practice_.knees(), saved_id()},
                                           *exercise_));
}

std::optional<records::Id> LessonStream::saved_id() const {
  return recorder_ ? std::optional(recorder_->practice()) : std::nullopt;
}

}  // namespace matside::protocol
