#include "server/practice.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>

#include "server/jpeg.h"

namespace matside::server {
namespace {

using base::Seconds;

// Close enough to draw a kick, for the last ten minutes.
constexpr Seconds kBetweenKnees(0.06);
constexpr std::size_t kMostKnees = 10'000;
// One pixel in so many tells how bright a picture is.
constexpr std::size_t kEvery = 17;

/// Mean of the picture's green, 0 to 1.
double brightness_of(const image::Image& picture) {
  std::uint64_t sum = 0;
  std::uint64_t count = 0;
  for (std::size_t i = 1; i < picture.rgb.size(); i += 3 * kEvery) {
    sum += picture.rgb[i];
    ++count;
  }
  return count > 0 ? static_cast<double>(sum) / (255.0 * static_cast<double>(count)) : 0.0;
}

}  // namespace

base::Result<Practice> Practice::begin(const exercise::Definition& exercise,
                                       const coaching::Wish& wish, Look look,
                                       std::unique_ptr<Filing> filing) {
  auto lesson = coaching::Lesson::create(exercise, wish);
  if (!lesson) return lesson.error();
  return Practice(exercise, std::move(look), std::move(lesson).value(), wish.level,
                  wish.repetitions, std::move(filing));
}

Practice::Answer Practice::greet() {
  Answer answer;
  answer.messages.push_back(ready_message(*exercise_->level(level_), repetitions_, filed_as()));
  tell(lesson_.begin(), answer);
  return answer;
}

base::Result<Practice::Answer> Practice::look(const Frame& frame) {
  const auto picture = decode_jpeg(frame.jpeg);
  if (!picture) return picture.error();
  const image::View view = picture.value();
  const auto looked = look_(view);
  if (!looked) return looked.error();
  const blazepose::Seen& in_picture = looked.value();
  const pose::PoseFrame seen = pose::rounded(
      {frames_++, frame.time, blazepose::turned(picture.value().size, in_picture.quarters),
       in_picture.pose});
  Answer answer;
  const auto told = lesson_.push(seen, brightness_of(picture.value()));
  if (filing_) filing_->saw(seen, lesson_.judging());
  tell(told, answer);
  remember_knees(frame.time);
  answer.messages.push_back(frame_done_message(frame.index, seen, lesson_.moment()));
  end_if_over(answer);
  return answer;
}

Practice::Answer Practice::take(const Pause& /*pause*/) { return answer_with(lesson_.pause()); }
Practice::Answer Practice::take(const Resume& /*resume*/) {
  return answer_with(lesson_.resume());
}
Practice::Answer Practice::take(const Comfort& comfort) {
  return answer_with(lesson_.answer(comfort.comfortable));
}
Practice::Answer Practice::take(const Stop& /*stop*/) { return answer_with(lesson_.finish()); }

Practice::Answer Practice::answer_with(std::span<const coaching::Told> told) {
  Answer answer;
  tell(told, answer);
  end_if_over(answer);
  return answer;
}

void Practice::tell(std::span<const coaching::Told> told, Answer& answer) {
  for (const coaching::Told& each : told) {
    answer.messages.push_back(told_message(each, *exercise_));
    const auto* finished = std::get_if<engine::RepetitionFinished>(&each);
    if (finished == nullptr || !filing_) continue;
    warn(filing_->finished(finished->repetition, lesson_.counts()), answer);
  }
}

void Practice::warn(const std::optional<engine::Warning>& warning, Answer& answer) const {
  if (!warning) return;
  answer.messages.push_back(told_message(engine::Warned{*warning}, *exercise_));
}

std::optional<records::Id> Practice::filed_as() const {
  return filing_ ? std::optional(filing_->practice()) : std::nullopt;
}

void Practice::end_if_over(Answer& answer) {
  answer.ended = lesson_.stage() == coaching::Stage::ended;
  if (!answer.ended) return;
  if (filing_) warn(filing_->end(lesson_.ended_by()), answer);
  answer.messages.push_back(summary_message(
      {frames_, lesson_.ended_by(), false, lesson_.analysis(), knees_, filed_as()},
      *exercise_));
}

void Practice::remember_knees(Seconds time) {
  const bool soon = !knees_.empty() && time - knees_.back().time < kBetweenKnees;
  if (soon) return;
  knees_.push_back({time, lesson_.moment().knee_flexion});
  if (knees_.size() > kMostKnees) knees_.pop_front();
}

}  // namespace matside::server
