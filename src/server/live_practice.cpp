#include "server/live_practice.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>

#include "server/jpeg.h"

namespace matside::server {
namespace {

using base::Seconds;

// Close enough to draw a kick, for the last ten minutes.
constexpr Seconds kKneeSampleInterval(0.06);
constexpr std::size_t kMaxKneeSamples = 10'000;
// One pixel in so many tells how bright a picture is.
constexpr std::size_t kBrightnessStride = 17;

/// Mean of the picture's green, 0 to 1.
double brightness_of(const image::Image& picture) {
  std::uint64_t sum = 0;
  std::uint64_t count = 0;
  for (std::size_t i = 1; i < picture.rgb.size(); i += 3 * kBrightnessStride) {
    sum += picture.rgb[i];
    ++count;
  }
  return count > 0 ? static_cast<double>(sum) / (255.0 * static_cast<double>(count)) : 0.0;
}

}  // namespace

base::Result<LivePractice> LivePractice::begin(const exercise::Definition& exercise,
                                               const coaching::PracticeRequest& request,
                                               PoseEstimator pose_estimator,
                                               std::unique_ptr<PracticeRecorder> recorder) {
  auto lesson = coaching::Lesson::create(exercise, request);
  if (!lesson) return lesson.error();
  return LivePractice(exercise, std::move(pose_estimator), std::move(lesson).value(),
                      request.level, request.repetitions, std::move(recorder));
}

LivePractice::Reply LivePractice::start() {
  Reply answer;
  answer.messages.push_back(ready_message(*exercise_->level(level_), repetitions_, saved_id()));
  add_events(lesson_.begin(), answer);
  return answer;
}

base::Result<LivePractice::Reply> LivePractice::process_frame(const ClientFrame& frame) {
  const auto picture = decode_jpeg(frame.jpeg);
  if (!picture) return picture.error();
  const image::View view = picture.value();
  const auto tracked = pose_estimator_(view);
  if (!tracked) return tracked.error();
  const blazepose::TrackedPose& in_picture = tracked.value();
  const pose::PoseFrame seen = pose::rounded(
      {frames_++, frame.time, blazepose::turned(picture.value().size, in_picture.quarter_turns),
       in_picture.pose});
  Reply answer;
  const auto events = lesson_.push(seen, brightness_of(picture.value()));
  if (recorder_) recorder_->add_frame(seen, lesson_.scoring_context());
  add_events(events, answer);
  sample_knees(frame.time);
  answer.messages.push_back(frame_done_message(frame.index, seen, lesson_.frame_state()));
  end_if_over(answer);
  return answer;
}

LivePractice::Reply LivePractice::handle(const Pause& /*pause*/) {
  return reply_to(lesson_.pause());
}
LivePractice::Reply LivePractice::handle(const Resume& /*resume*/) {
  return reply_to(lesson_.resume());
}
LivePractice::Reply LivePractice::handle(const Comfort& comfort) {
  return reply_to(lesson_.answer(comfort.comfortable));
}
LivePractice::Reply LivePractice::handle(const Stop& /*stop*/) {
  return reply_to(lesson_.finish());
}

LivePractice::Reply LivePractice::reply_to(std::span<const coaching::LessonEvent> events) {
  Reply answer;
  add_events(events, answer);
  end_if_over(answer);
  return answer;
}

void LivePractice::add_events(std::span<const coaching::LessonEvent> events, Reply& answer) {
  for (const coaching::LessonEvent& event : events) {
    answer.messages.push_back(event_message(event, *exercise_));
    const auto* finished = std::get_if<engine::RepetitionFinished>(&event);
    if (finished == nullptr || !recorder_) continue;
    warn(recorder_->add_repetition(finished->repetition, lesson_.counts()), answer);
  }
}

void LivePractice::warn(const std::optional<engine::Warning>& warning, Reply& answer) const {
  if (!warning) return;
  answer.messages.push_back(event_message(engine::Warned{*warning}, *exercise_));
}

std::optional<records::Id> LivePractice::saved_id() const {
  return recorder_ ? std::optional(recorder_->practice()) : std::nullopt;
}

void LivePractice::end_if_over(Reply& answer) {
  answer.ended = lesson_.stage() == coaching::Stage::ended;
  if (!answer.ended) return;
  if (recorder_) warn(recorder_->end(lesson_.ended_by()), answer);
  answer.messages.push_back(summary_message(
      {frames_, lesson_.ended_by(), false, lesson_.analysis(), knee_samples_, saved_id()},
      *exercise_));
}

void LivePractice::sample_knees(Seconds time) {
  const bool soon =
      !knee_samples_.empty() && time - knee_samples_.back().time < kKneeSampleInterval;
  if (soon) return;
  knee_samples_.push_back({time, lesson_.frame_state().knee_flexion});
  if (knee_samples_.size() > kMaxKneeSamples) knee_samples_.pop_front();
}

}  // namespace matside::server
