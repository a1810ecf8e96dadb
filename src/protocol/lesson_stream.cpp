#include "protocol/lesson_stream.h"

#include <algorithm>
#include <cassert>
#include <span>
#include <variant>

namespace matside::protocol {

base::Result<LessonStream> LessonStream::create(std::vector<Part> parts,
                                                std::unique_ptr<PracticeRecorder> recorder,
                                                BeginRecorder begin_recorder) {
  assert(!parts.empty());
  for (const Part& later : std::span(parts).subspan(1)) {
    const auto possible = practice::LivePractice::create(*later.exercise, later.request);
    if (!possible) return possible.error();
  }
  auto practice =
      practice::LivePractice::create(*parts.front().exercise, parts.front().request);
  if (!practice) return practice.error();
  return LessonStream(std::move(parts), std::move(practice).value(), std::move(recorder),
                      std::move(begin_recorder));
}

LessonStream::Reply LessonStream::start() {
  const coaching::PracticeRequest& request = practice_.request();
  Reply reply;
  reply.messages.push_back(
      ready_message(*exercise().level(request.level), request.repetitions, saved_id(),
                    recorder_ ? recorder_->begin_time() : base::Seconds()));
  reply.messages.push_back(exercise_message());
  add_events(practice_.begin(), reply);
  return reply;
}

std::string LessonStream::exercise_message() const {
  return protocol::exercise_message({.exercise = parts_[part_].exercise,
                                     .request = &practice_.request(),
                                     .number = static_cast<int>(part_) + 1,
                                     .of = static_cast<int>(parts_.size()),
                                     .practice = saved_id(),
                                     .begin = begin_});
}

LessonStream::Reply LessonStream::push(const pose::PoseFrame& frame) {
  const base::Seconds now = frame.time;
  pose::PoseFrame of_part = frame;
  of_part.time = now - begin_;
  Reply reply;
  add_events(practice_.push(of_part), reply);
  end_if_over(reply, now);
  return reply;
}

base::Result<LessonStream::Reply> LessonStream::push(std::uint32_t index, base::Seconds time,
                                                     const image::View& picture,
                                                     const practice::PoseEstimator& estimator) {
  const auto events = practice_.push(picture, time - begin_, estimator);
  if (!events) return events.error();
  const pose::PoseFrame& frame = practice_.last_frame();
  const coaching::Lesson& lesson = practice_.lesson();
  if (recorder_) recorder_->add_frame(frame, lesson.scoring_context());
  Reply reply;
  add_events(events.value(), reply);
  reply.messages.push_back(frame_done_message(index, frame, lesson.frame_state()));
  end_if_over(reply, time);
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
  practice_.voice_taken(says.id, says.text, std::max(base::Seconds(), says.time - begin_));
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
    reply.messages.push_back(event_message(event, exercise()));
    const auto* finished = std::get_if<engine::RepetitionFinished>(&event);
    if (finished == nullptr || !recorder_) continue;
    warn(recorder_->add_repetition(finished->repetition, practice_.lesson().counts()), reply);
  }
}

void LessonStream::warn(const std::optional<engine::Warning>& warning, Reply& reply) const {
  if (!warning) return;
  reply.messages.push_back(event_message(engine::Warned{*warning}, exercise()));
}

void LessonStream::end_if_over(Reply& reply, std::optional<base::Seconds> now) {
  if (!practice_.ended()) return;
  const coaching::EndReason by = practice_.lesson().ended_by();
  if (recorder_) warn(recorder_->end(by), reply);
  const bool goes_on = now && by == coaching::EndReason::goal && part_ + 1 < parts_.size();
  if (goes_on) return begin_next(*now, reply);
  reply.ended = true;
  reply.messages.push_back(summary_message(summary(), exercise()));
}

PracticeSummary LessonStream::summary() const {
  const coaching::Lesson& lesson = practice_.lesson();
  return {practice_.frames(), lesson.ended_by(), false,
          lesson.analysis(),  practice_.knees(), saved_id()};
}

void LessonStream::begin_next(base::Seconds now, Reply& reply) {
  reply.messages.push_back(exercise_done_message(summary(), exercise()));
  frames_before_ += practice_.frames();
  const Part& next = parts_[++part_];
  practice_ = practice::LivePractice::create(*next.exercise, next.request).value();
  begin_ = now;
  recorder_.reset();
  std::optional<engine::Warning> warning;
  if (begin_recorder_) {
    auto begun = begin_recorder_(next);
    if (begun) {
      recorder_ = std::move(begun).value();
    } else {
      warning = not_saved_warning(begun.error());
    }
  }
  reply.messages.push_back(exercise_message());
  warn(warning, reply);
  add_events(practice_.begin(), reply);
}

std::optional<records::Id> LessonStream::saved_id() const {
  return recorder_ ? std::optional(recorder_->practice()) : std::nullopt;
}

}  // namespace matside::protocol
