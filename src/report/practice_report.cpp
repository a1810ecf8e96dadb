#include "report/practice_report.h"

#include <utility>

#include "core/coaching/practice_feedback.h"
#include "records/local_time.h"
#include "records/practice_draft.h"
#include "records/saved_practice.h"
#include "records/today.h"
#include "report/snapshots.h"
#include "report/summary.h"

namespace matside::report {
namespace {

using exercise::Definition;

constexpr const char* kSelfReported =
    "This practice used no camera. The counts are self-reported.";

/// Saved faults have no text; adds it from the exercise.
void add_fault_text(const Definition& exercise, engine::Analysis& analysis) {
  for (exercise::Repetition& repetition : analysis.repetitions) {
    for (exercise::DetectedFault& fault : repetition.faults) {
      const exercise::FaultText* words = exercise.words_for(fault.id);
      if (fault.cue.empty()) fault.cue = words != nullptr ? words->cue : fault.id;
    }
  }
}

/// Adds what the poses give: curve, camera quality, skeletons.
void draw(std::span<const pose::PoseFrame> frames, const Definition& exercise, Report& report) {
  if (frames.empty()) return;
  const engine::Analysis& analysis = report.record.analysis;
  report.camera = camera_quality(frames, analysis);
  report.frame_rate_hz = frame_rate_hz(frames);
  // The curve is of knees and their kicks, and the snapshots are taken by it.
  if (exercise.cycle) return;
  report.curve = engine::knee_curve(frames, analysis, exercise.measurement, kCurveStep);
  const auto shown = snapshots(frames, analysis.repetitions, *report.curve);
  report.crop = crop_for(frames, shown);
  if (report.crop) report.shown = snapshot_pictures(frames, shown, *report.crop);
}

/// What the records hold about a practice besides its measurements.
base::Result<RecordedPractice> recorded_practice(records::Repository& records,
                                                 const records::Practice& practice) {
  const auto person = records.person(practice.person);
  if (!person) return person.error();
  const auto repetitions = records.repetitions(practice.id);
  if (!repetitions) return repetitions.error();
  const auto poses = records.poses(practice.id);
  if (!poses) return poses.error();
  RecordedPractice recorded;
  recorded.person = person.value().name;
  recorded.start = records::iso_text(practice.start, practice.utc_offset_min);
  recorded.origin = name(practice.origin);
  recorded.ended_by = practice.ended_by ? name(*practice.ended_by) : "open";
  recorded.goal_repetitions = practice.goal_repetitions;
  recorded.comfort_before = practice.comfort.before;
  recorded.comfort_after = practice.comfort.after;
  recorded.leg_symptoms = practice.comfort.leg_symptoms;
  recorded.next_day = name(practice.comfort.next_day);
  recorded.judged_by = practice.scoring.engine;
  if (practice.corrected) {
    recorded.corrected =
        RecordedPractice::CorrectedCounts{practice.corrected->left, practice.corrected->right};
  }
  for (const records::SavedRepetition& each : repetitions.value()) {
    if (each.corrected) recorded.corrected_sides.push_back({each.index, *each.corrected});
  }
  for (const records::PoseChunk& chunk : poses.value()) {
    if (chunk.full_peak) recorded.full_kick_deg = chunk.full_peak->value();
  }
  return recorded;
}

/// The counts that a person reported after a practice without a camera.
void add_self_reported(const records::Practice& practice, const Definition& exercise,
                       Summary& summary) {
  const records::SideCounts sides = records::effective_counts(practice);
  exercise::RepetitionCounts counts;
  counts.left = sides.left;
  counts.right = sides.right;
  counts.both = records::effective_both(practice);
  summary.rows.push_back({coaching::phrase_text(exercise, "label_repetitions"),
                          repetitions_text(counts, exercise)});
  if (practice.origin == records::Origin::sound) summary.notes.emplace_back(kSelfReported);
}

}  // namespace

Report practice_report(const std::string& name, const formats::AnalysisRecord& record,
                       std::span<const pose::PoseFrame> frames, const Definition& exercise,
                       const Stamp& stamp) {
  Report report;
  report.name = name;
  report.made = stamp.made;
  report.program = stamp.program;
  report.build = stamp.build;
  report.record = record;
  add_fault_text(exercise, report.record.analysis);
  report.summary = summarise(report.record, exercise);
  draw(frames, exercise, report);
  return report;
}

base::Result<Report> saved_practice_report(records::Repository& records, records::Id id,
                                           const records::Exercises& exercises,
                                           const Stamp& stamp) {
  const auto loaded = records::load_saved_practice(records, id, exercises);
  if (!loaded) return loaded.error();
  const records::Practice& practice = loaded.value().practice;
  const auto known = records::exercise_of(practice, exercises);
  if (!known) return known.error();
  const Definition& exercise = *known.value();
  Report report = practice_report("Practice " + std::to_string(id), loaded.value().record,
                                  loaded.value().frames, exercise, stamp);
  auto recorded = recorded_practice(records, practice);
  if (!recorded) return recorded.error();
  report.recorded = std::move(recorded).value();
  if (report.record.analysis.repetitions.empty()) {
    add_self_reported(practice, exercise, report.summary);
  }
  return report;
}

}  // namespace matside::report
