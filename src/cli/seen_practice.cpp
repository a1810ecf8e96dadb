#include "cli/seen_practice.h"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "cli/input.h"
#include "cli/own_folder.h"
#include "cli/progress.h"
#include "records/judging.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using exercise::Definition;

/// The practice's number, where the source is one.
std::optional<records::Id> number_in(const std::string& source) {
  records::Id id = 0;
  const char* const end = source.data() + source.size();
  const auto [stopped, failed] = std::from_chars(source.data(), end, id);
  std::error_code ignored;
  if (failed != std::errc() || stopped != end || fs::exists(source, ignored)) {
    return std::nullopt;
  }
  return id;
}

/// A practice that nobody saw, by what was told of it.
void tell_as_kept(const std::vector<records::Repetition>& repetitions, SeenPractice& practice) {
  const records::Practice& kept = *practice.kept;
  engine::Analysis& analysis = practice.record.analysis;
  const records::Counts& counts = kept.counts;
  analysis.level = kept.level;
  analysis.counts = {counts.left, counts.right, counts.unsure, counts.kicks, counts.clean};
  for (const records::Repetition& each : repetitions) {
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

base::Result<SeenPractice> see_kept(const PracticeRequest& request, records::Id id,
                                    const Definition& exercise) {
  const auto folder = own_folder(request.data);
  if (!folder) return folder.error();
  const auto records = open_records(folder.value());
  if (!records) return records.error();
  auto kept = records.value()->practice(id);
  if (!kept) return kept.error();
  auto chunks = records.value()->poses(id);
  if (!chunks) return chunks.error();
  SeenPractice practice;
  practice.name = "practice " + std::to_string(id);
  practice.kept = std::move(kept).value();
  practice.record.source.path = practice.name;
  practice.record.source.duration = practice.kept->duration;
  practice.record.exercise_id = exercise.id;
  if (chunks.value().empty()) {
    const auto repetitions = records.value()->repetitions(id);
    if (!repetitions) return repetitions.error();
    tell_as_kept(repetitions.value(), practice);
    return practice;
  }
  const bool finished = practice.kept->ended_by == records::EndedBy::person;
  const auto judged =
      records::judge({practice.kept->level, finished, std::move(chunks).value()}, exercise,
                     [&](base::Seconds time, pose::PoseFrame frame, const engine::Moment&) {
                       frame.time = time;
                       frame.frame_index = static_cast<std::int64_t>(practice.frames.size());
                       practice.frames.push_back(frame);
                     });
  if (!judged) return judged.error();
  practice.record = records::record_of(judged.value(), practice.kept->judgement, exercise);
  practice.record.source.path = practice.name;
  return practice;
}

base::Result<SeenPractice> see_input(const PracticeRequest& request, const DataFolder& data,
                                     const Definition& exercise) {
  const auto input = open_input(request.source, request.practice, data, exercise);
  if (!input) return input.error();
  SeenPractice practice;
  if (input.value()->has_pictures()) practice.video = request.source;
  practice.name = fs::path(request.source).filename().string();
  ProgressBar bar(!request.quiet);
  auto record = input.value()->analyze(
      [&](const pose::PoseFrame& frame, std::optional<double> done) -> base::Result<void> {
        practice.frames.push_back(frame);
        bar.show(static_cast<std::int64_t>(practice.frames.size()), done);
        return {};
      });
  if (!record) return record.error();
  practice.record = std::move(record).value();
  return practice;
}

}  // namespace

base::Result<SeenPractice> see_practice(const PracticeRequest& request, const DataFolder& data,
                                        const Definition& exercise) {
  if (const auto id = number_in(request.source)) return see_kept(request, *id, exercise);
  return see_input(request, data, exercise);
}

}  // namespace matside::cli
