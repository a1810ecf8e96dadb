#include "practice/analysis.h"

#include <cstdint>
#include <string>
#include <utility>

#include "core/base/quantity.h"
#include "core/engine/quality_monitor.h"

namespace matside::practice {
namespace {

/// How many frames were read and which times they span.
struct Extent {
  std::int64_t frames = 0;
  base::Seconds first;
  base::Seconds last;

  void add(base::Seconds time) {
    if (frames++ == 0) first = time;
    last = time;
  }
  /// Time that the frames cover, including the last one's own share; 0 for a single frame.
  [[nodiscard]] base::Seconds covered() const {
    if (frames < 2) return base::Seconds(0.0);
    const auto n = static_cast<double>(frames);
    return (last - first) * (n / (n - 1.0));
  }
};

}  // namespace

base::Result<formats::AnalysisRecord> analyse(Source& source,
                                              const exercise::Definition& exercise, int level,
                                              const OnAnalysedFrame& on_frame,
                                              const std::atomic<bool>& stop) {
  auto session = engine::Session::create(exercise, level);
  if (!session) return session.error();
  Extent extent;
  const auto complete = source.run(
      [&](const SourceFrame& frame) -> base::Result<void> {
        const auto events = session.value().push(frame.pose);
        extent.add(frame.pose.time);
        if (!on_frame) return {};
        return on_frame({frame, events, session.value()});
      },
      stop);
  if (!complete) return complete.error();
  session.value().finish();
  const SourceInfo& info = source.info();
  formats::AnalysisRecord record;
  record.complete = complete.value();
  record.source = {info.path, info.sha256, info.size, extent.frames, extent.covered()};
  record.eye = info.eye;
  record.pose_model = info.pose_model;
  record.exercise_id = exercise.id;
  record.analysis = session.value().analysis();
  for (const std::string& id : source.warnings()) {
    record.analysis.warnings.push_back(engine::make_warning(exercise, id));
  }
  return record;
}

}  // namespace matside::practice
