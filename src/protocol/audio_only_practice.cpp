#include "protocol/audio_only_practice.h"

#include <optional>

#include "core/coaching/audio_guide.h"

namespace matside::protocol {

base::Result<AudioOnlyPractice> AudioOnlyPractice::create(const exercise::Definition& exercise,
                                                          const ClientHello& hello) {
  if (exercise.level(hello.request.level) == nullptr) {
    return base::Error{base::ErrorKind::usage, "message: there is no such level"};
  }
  return AudioOnlyPractice(exercise, hello);
}

std::vector<std::string> AudioOnlyPractice::start() const {
  const coaching::PracticeRequest& request = hello_.request;
  return {ready_message(*exercise_->level(request.level), request.repetitions, std::nullopt),
          script_message(coaching::audio_guide(*exercise_, request))};
}

void AudioOnlyPractice::handle(const Comfort& comfort) {
  discomfort_ = discomfort_ || !comfort.comfortable;
}

PracticeSummary AudioOnlyPractice::summary(const SelfReported& reported) const {
  const int goal = hello_.request.repetitions;
  const bool reached = reported.left >= goal && reported.right >= goal;
  PracticeSummary summary;
  summary.by = reached ? coaching::EndReason::goal : coaching::EndReason::person;
  if (discomfort_) summary.by = coaching::EndReason::discomfort;
  summary.self_reported = true;
  summary.analysis.counts.left = reported.left;
  summary.analysis.counts.right = reported.right;
  return summary;
}

}  // namespace matside::protocol
