#include "cli/load_practice.h"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "cli/interrupt.h"
#include "cli/progress_bar.h"
#include "cli/user_data_folder.h"
#include "practice/analysis.h"
#include "practice/source.h"
#include "records/replay.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using exercise::Definition;

/// A practice without poses: its counts and repetitions as they were saved.
void fill_from_saved(const std::vector<records::SavedRepetition>& repetitions,
                     LoadedPractice& practice) {
  const records::Practice& saved = *practice.saved;
  engine::Analysis& analysis = practice.record.analysis;
  const records::RepetitionCounts& counts = saved.counts;
  analysis.level = saved.level;
  analysis.counts = {counts.left, counts.right, counts.unsure, counts.kicks, counts.clean};
  for (const records::SavedRepetition& each : repetitions) {
    exercise::Repetition r;
    r.index = each.index;
    r.side = each.side;
    r.start = each.start;
    r.end = each.end;
    r.lowering_start = each.lowering ? each.end - *each.lowering : each.end;
    r.lowering = each.lowering;
    r.transit_70_20 = each.transit_70_20;
    for (const base::Seconds kick : each.kicks) r.kicks.push_back({kick, each.knee_flexion});
    for (const records::Fault& fault : each.faults) {
      r.faults.push_back({fault.id, fault.value, fault.threshold, fault.unit, ""});
    }
    r.status = each.status;
    analysis.repetitions.push_back(std::move(r));
  }
}

base::Result<LoadedPractice> load_saved(const PracticeSelector& selector, records::Id id,
                                        const Definition& exercise) {
  const auto folder = user_data_folder(selector.data);
  if (!folder) return folder.error();
  const auto records = open_records(folder.value());
  if (!records) return records.error();
  auto saved = records.value()->practice(id);
  if (!saved) return saved.error();
  auto chunks = records.value()->poses(id);
  if (!chunks) return chunks.error();
  LoadedPractice practice;
  practice.name = "practice " + std::to_string(id);
  practice.saved = std::move(saved).value();
  practice.record.source.path = practice.name;
  practice.record.source.duration = practice.saved->duration;
  practice.record.exercise_id = exercise.id;
  if (chunks.value().empty()) {
    const auto repetitions = records.value()->repetitions(id);
    if (!repetitions) return repetitions.error();
    fill_from_saved(repetitions.value(), practice);
    return practice;
  }
  const bool finished = practice.saved->ended_by == coaching::EndReason::person;
  const auto replayed = records::replay_poses(
      {practice.saved->level, finished, std::move(chunks).value()}, exercise,
      [&](base::Seconds time, pose::PoseFrame frame, const engine::FrameState&) {
        frame.time = time;
        frame.frame_index = static_cast<std::int64_t>(practice.frames.size());
        practice.frames.push_back(frame);
      });
  if (!replayed) return replayed.error();
  practice.record =
      records::analysis_record(replayed.value(), practice.saved->scoring, exercise);
  practice.record.source.path = practice.name;
  return practice;
}

base::Result<LoadedPractice> load_source(const PracticeSelector& selector,
                                         const ProgramData& data) {
  const auto source =
      practice::open_source(selector.source, data.resolve(selector.practice), stop_requested());
  if (!source) return source.error();
  LoadedPractice practice;
  if (source.value()->video() != nullptr) practice.video = selector.source;
  practice.name = fs::path(selector.source).filename().string();
  ProgressBar bar(!selector.quiet);
  auto record = practice::analyse(
      *source.value(), data.exercise, selector.practice.level,
      [&](const practice::AnalysedFrame& analysed) -> base::Result<void> {
        practice.frames.push_back(analysed.source.pose);
        bar.show(static_cast<std::int64_t>(practice.frames.size()), analysed.source.completed);
        return {};
      },
      stop_requested());
  if (!record) return record.error();
  practice.record = std::move(record).value();
  return practice;
}

}  // namespace

std::optional<records::Id> practice_number(const std::string& text) {
  records::Id id = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, failed] = std::from_chars(text.data(), end, id);
  if (failed != std::errc() || stopped != end) return std::nullopt;
  return id;
}

base::Result<LoadedPractice> load_practice(const PracticeSelector& selector,
                                           const ProgramData& data) {
  std::error_code ignored;
  const auto id = practice_number(selector.source);
  if (id && !fs::exists(selector.source, ignored)) {
    return load_saved(selector, *id, data.exercise);
  }
  return load_source(selector, data);
}

}  // namespace matside::cli
