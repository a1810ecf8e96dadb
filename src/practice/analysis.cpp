#include "practice/analysis.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/quality_monitor.h"

namespace matside::practice {

void RunningAnalysis::Extent::add(base::Seconds time) {
  if (frames++ == 0) first = time;
  last = time;
}

/// Time that the frames cover, including the last one's own share; 0 for a single frame.
base::Seconds RunningAnalysis::Extent::covered() const {
  if (frames < 2) return base::Seconds(0.0);
  const auto n = static_cast<double>(frames);
  return (last - first) * (n / (n - 1.0));
}

base::Result<RunningAnalysis> RunningAnalysis::create(const exercise::Definition& exercise,
                                                      int level) {
  auto session = engine::Session::create(exercise, level);
  if (!session) return session.error();
  return RunningAnalysis(exercise, std::move(session).value());
}

std::span<const engine::Event> RunningAnalysis::push(const pose::PoseFrame& frame) {
  extent_.add(frame.time);
  return session_.push(frame);
}

formats::AnalysisRecord RunningAnalysis::finish(const SourceInfo& info,
                                                std::span<const std::string> warnings,
                                                bool complete) {
  session_.finish();
  formats::AnalysisRecord record;
  record.complete = complete;
  record.source = {info.path, info.sha256, info.size, extent_.frames, extent_.covered()};
  if (info.recorded) record.source.date = {formats::DateSource::file, info.recorded};
  record.eye = info.eye;
  record.pose_model = info.pose_model;
  record.exercise_id = exercise_.id;
  record.analysis = session_.analysis();
  for (const std::string& id : warnings) {
    record.analysis.warnings.push_back(engine::make_warning(exercise_, id));
  }
  return record;
}

base::Result<formats::AnalysisRecord> analyse(Source& source,
                                              const exercise::Definition& exercise, int level,
                                              const OnAnalysedFrame& on_frame,
                                              const std::atomic<bool>& stop) {
  auto only = analyse_any(source, {&exercise, 1}, level, on_frame, stop);
  if (!only) return only.error();
  return std::move(only.value().record);
}

namespace {

// Each exercise refuses what belongs to another one, so the one that counts more was practised.
// A few movements in a pause are no practice.
constexpr std::int64_t kMuchMore = 2;
constexpr std::int64_t kFewest = 4;

std::int64_t judged(const formats::AnalysisRecord& record) {
  return std::ranges::count_if(record.analysis.repetitions, [](const auto& repetition) {
    return repetition.status != exercise::RepetitionStatus::partial;
  });
}

}  // namespace

base::Result<GuessingAnalysis> GuessingAnalysis::create(
    std::span<const exercise::Definition> exercises, int level) {
  GuessingAnalysis analysis;
  for (const exercise::Definition& each : exercises) {
    if (each.level(level) == nullptr && exercises.size() > 1) continue;
    auto running = RunningAnalysis::create(each, level);
    if (!running) return running.error();
    analysis.candidates_.push_back(&each);
    analysis.running_.push_back(std::move(running).value());
  }
  if (!analysis.running_.empty()) return analysis;
  return base::Error{base::ErrorKind::usage,
                     "no exercise has a level " + std::to_string(level)};
}

std::span<const engine::Event> GuessingAnalysis::push(const pose::PoseFrame& frame) {
  for (std::size_t i = 1; i < running_.size(); ++i) running_[i].push(frame);
  return running_.front().push(frame);
}

GuessedAnalysis GuessingAnalysis::finish(const SourceInfo& info,
                                         std::span<const std::string> warnings, bool complete) {
  GuessedAnalysis best;
  std::int64_t most = 0;
  for (std::size_t i = 0; i < running_.size(); ++i) {
    auto record = running_[i].finish(info, warnings, complete);
    const std::int64_t count = judged(record);
    // The first exercise is the usual one; where joints are misread, others may count a little.
    const std::int64_t needed = best.exercise == candidates_.front() ? kMuchMore * most : most;
    if (best.exercise != nullptr && (count < kFewest || count <= needed)) continue;
    most = count;
    best.record = std::move(record);
    best.exercise = candidates_[i];
  }
  return best;
}

base::Result<GuessedAnalysis> analyse_any(Source& source,
                                          std::span<const exercise::Definition> exercises,
                                          int level, const OnAnalysedFrame& on_frame,
                                          const std::atomic<bool>& stop) {
  auto analysis = GuessingAnalysis::create(exercises, level);
  if (!analysis) return analysis.error();
  GuessingAnalysis& running = analysis.value();
  const auto complete = source.run(
      [&](const SourceFrame& frame) -> base::Result<void> {
        const auto events = running.push(frame.pose);
        if (!on_frame) return {};
        return on_frame({frame, events, running.session()});
      },
      stop);
  if (!complete) return complete.error();
  return running.finish(source.info(), source.warnings(), complete.value());
}

}  // namespace matside::practice
