#include "practice/analysis.h"

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
  auto analysis = RunningAnalysis::create(exercise, level);
  if (!analysis) return analysis.error();
  const auto complete = source.run(
      [&](const SourceFrame& frame) -> base::Result<void> {
        const auto events = analysis.value().push(frame.pose);
        if (!on_frame) return {};
        return on_frame({frame, events, analysis.value().session()});
      },
      stop);
  if (!complete) return complete.error();
  return analysis.value().finish(source.info(), source.warnings(), complete.value());
}

}  // namespace matside::practice
