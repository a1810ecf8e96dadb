#include "protocol/audio_only_practice.h"

#include <algorithm>
#include <optional>

#include "core/coaching/audio_guide.h"

namespace matside::protocol {

base::Result<AudioOnlyPractice> AudioOnlyPractice::create(const records::Exercises& exercises,
                                                          const ClientHello& hello) {
  const auto exercise = exercises.find(hello.exercise);
  if (!exercise) return exercise.error();
  if (exercise.value()->level(hello.request.level) == nullptr) {
    return base::Error{base::ErrorKind::usage, "message: there is no such level"};
  }
  if (!hello.then.empty()) {
    return base::Error{base::ErrorKind::usage,
                       "message: a practice without a camera has one exercise"};
  }
  return AudioOnlyPractice(*exercise.value(), hello);
}

std::vector<std::string> AudioOnlyPractice::start() const {
  const coaching::PracticeRequest& request = hello_.request;
  return {ready_message(*exercise_->level(request.level), request.repetitions, std::nullopt),
          exercise_message({.exercise = exercise_, .request = &request}),
          script_message(coaching::audio_guide(*exercise_, request))};
}

void AudioOnlyPractice::handle(const Comfort& comfort) {
  discomfort_ = discomfort_ || !comfort.comfortable;
}

PracticeSummary AudioOnlyPractice::summary(const SelfReported& reported) const {
  const int goal = hello_.request.repetitions;
  const int most = std::max(reported.left, reported.right);
  const bool by_side = exercise_->by_side();
  const bool reached = by_side ? reported.left >= goal && reported.right >= goal : most >= goal;
  PracticeSummary summary;
  summary.by = reached ? coaching::EndReason::goal : coaching::EndReason::person;
  if (discomfort_) summary.by = coaching::EndReason::discomfort;
  summary.self_reported = true;
  engine::RepetitionCounts& counts = summary.analysis.counts;
  counts.left = by_side ? reported.left : 0;
  counts.right = by_side ? reported.right : 0;
  counts.both = by_side ? 0 : most;
  return summary;
}

}  // namespace matside::protocol
