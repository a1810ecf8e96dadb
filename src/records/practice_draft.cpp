#include "records/practice_draft.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "formats/pose_codec.h"

namespace matside::records {
namespace {

using base::Error;
using base::ErrorKind;

std::string practice_text(Id practice) { return "practice " + std::to_string(practice); }

}  // namespace

base::Result<const exercise::Definition*> exercise_of(const Practice& practice,
                                                      const Exercises& exercises) {
  auto found = exercises.find(practice.exercise);
  if (found) return found;
  return Error{found.error().kind, practice_text(practice.id) + ": " + found.error().message};
}

ScoringInfo scoring_info(const EngineInfo& engine, const exercise::Definition& exercise,
                         Instant made) {
  const nlohmann::ordered_json settings = {{"exercise", exercise.id},
                                           {"exercise_version", exercise.version},
                                           {"pose_model", engine.pose_model},
                                           {"eye", engine.eye}};
  return {engine.version, settings.dump(), made};
}

PracticeStart practice_start(const PracticeDraft::Plan& plan, const LocalTime& now,
                             const EngineInfo& engine, const exercise::Definition& exercise) {
  PracticeStart start;
  start.person = plan.person;
  const LocalTime when = plan.start.value_or(now);
  start.start = when.instant;
  start.utc_offset_min = when.utc_offset_min;
  start.origin = plan.origin;
  start.exercise = exercise.id;
  start.level = plan.level;
  start.goal_repetitions = plan.repetitions;
  start.comfort_before = plan.comfort_before;
  start.scoring = scoring_info(engine, exercise, now.instant);
  return start;
}

base::Result<PracticeDraft> PracticeDraft::begin(Repository& records, const Plan& plan,
                                                 const LocalTime& now, const EngineInfo& engine,
                                                 const exercise::Definition& exercise) {
  const auto practice = records.begin(practice_start(plan, now, engine, exercise));
  if (!practice) return practice.error();
  return PracticeDraft(records, practice.value(), plan.level, 1, exercise);
}

base::Result<PracticeDraft> PracticeDraft::resume(Repository& records, Id practice, Id person,
                                                  const Exercises& exercises) {
  const auto known = records.practice(practice);
  if (!known) return known.error();
  if (known.value().person != person) {
    return Error{ErrorKind::not_found, "this person has no " + practice_text(practice)};
  }
  if (known.value().ended_by) {
    return Error{ErrorKind::conflict,
                 practice_text(practice) + " can't be continued: it has ended"};
  }
  const auto exercise = exercise_of(known.value(), exercises);
  if (!exercise) return exercise.error();
  const auto poses = records.poses(practice);
  if (!poses) return poses.error();
  const auto repetitions = records.repetitions(practice);
  if (!repetitions) return repetitions.error();
  const auto last_frame = time_of_last_frame(poses.value());
  if (!last_frame) return last_frame.error();
  const int sessions = poses.value().empty() ? 0 : poses.value().back().session;
  PracticeDraft draft(records, practice, known.value().level, sessions + 1, *exercise.value());
  draft.counts_before_ = known.value().counts;
  if (sessions > 0) draft.begin_ = last_frame.value() + kSessionGap;
  draft.repetitions_ = static_cast<int>(repetitions.value().size());
  return draft;
}

void PracticeDraft::add_frame(const pose::PoseFrame& frame,
                              const coaching::ScoringContext& scoring) {
  if (!scoring.scored) return;
  const int session = first_session_ + scoring.session - 1;
  const bool new_session = session != session_;
  // Frames before the set (bends for the baseline, lying down) are dropped, unless a repetition
  // was counted in them.
  if (new_session && pending_chunks_.empty() && pending_repetitions_.empty()) frames_.clear();
  if (new_session || full_peak_ != scoring.full_kick) flush_frames();
  session_ = session;
  full_peak_ = scoring.full_kick;
  frames_.push_back(frame);
}

void PracticeDraft::flush_frames() {
  if (frames_.empty()) return;
  PoseChunk chunk;
  chunk.session = session_;
  chunk.full_peak = full_peak_;
  chunk.frames = static_cast<std::int64_t>(frames_.size());
  chunk.stream = formats::encode_poses(frames_);
  pending_chunks_.push_back(std::move(chunk));
  frames_.clear();
}

base::Result<void> PracticeDraft::add_repetition(const exercise::Repetition& repetition,
                                                 const RepetitionCounts& counts) {
  SavedRepetition saved = to_saved(repetition);
  saved.index = ++repetitions_;
  pending_repetitions_.push_back(std::move(saved));
  flush_frames();
  return write(counts);
}

base::Result<void> PracticeDraft::write(const std::optional<RepetitionCounts>& counts) {
  auto written = records_->atomically([&]() -> base::Result<void> {
    for (const SavedRepetition& each : pending_repetitions_) {
      if (auto added = records_->add(practice_, each); !added) return added;
    }
    for (const PoseChunk& each : pending_chunks_) {
      if (auto added = records_->add(practice_, each); !added) return added;
    }
    return counts ? records_->set_counts(practice_, *counts) : base::Result<void>();
  });
  if (!written) return written;
  pending_repetitions_.clear();
  pending_chunks_.clear();
  return {};
}

base::Result<void> PracticeDraft::end(EndReason by) {
  flush_frames();
  if (auto written = write(std::nullopt); !written) return written;
  return end_practice(*records_, practice_, by, *exercise_);
}

base::Result<void> end_practice(Repository& records, Id practice, EndReason by,
                                const Exercises& exercises) {
  const auto known = records.practice(practice);
  if (!known) return known.error();
  const auto found = exercise_of(known.value(), exercises);
  if (!found) return found.error();
  const exercise::Definition& exercise = *found.value();
  const auto parts = records.poses(practice);
  if (!parts) return parts.error();
  const auto merged = merge_chunks(parts.value());
  if (!merged) return merged.error();
  // At a person's own end the movement in progress still counts. Otherwise none is in progress,
  // or it isn't scored.
  const bool finished = by == EndReason::person;
  const auto replayed = replay_poses({known.value().level, finished, merged.value()}, exercise);
  if (!replayed) return replayed.error();
  PracticeResult result = to_result(replayed.value(), known.value().scoring, exercise);
  result.counts = known.value().counts;
  return records.end(practice, {by, replayed.value().duration}, result, merged.value());
}

base::Result<Id> save_self_reported(Repository& records, const PracticeDraft::Plan& plan,
                                    const LocalTime& now, const EngineInfo& engine,
                                    const exercise::Definition& exercise,
                                    const SideCounts& reported, EndReason by) {
  PracticeStart start = practice_start(plan, now, engine, exercise);
  start.origin = Origin::sound;
  PracticeResult result;
  if (!exercise.by_side()) {
    result.counts.both = std::max(reported.left, reported.right);
  } else {
    result.counts.left = reported.left;
    result.counts.right = reported.right;
  }
  Comfort comfort;
  comfort.before = plan.comfort_before;
  return records.add_practice(start, {by, base::Seconds()}, comfort, {}, result, {});
}

base::Result<void> correct_side(Repository& records, Id practice, int index,
                                std::optional<exercise::KickingSide> side) {
  return records.atomically([&]() -> base::Result<void> {
    if (auto done = records.correct_side(practice, index, side); !done) return done;
    const auto repetitions = records.repetitions(practice);
    if (!repetitions) return repetitions.error();
    SideCounts counts;
    bool any_corrected = false;
    for (const SavedRepetition& each : repetitions.value()) {
      if (each.index == index && each.side == exercise::KickingSide::both) {
        return Error{ErrorKind::input, "repetition " + std::to_string(index) +
                                           " is not of one leg, so it has no side to correct"};
      }
      const exercise::KickingSide effective = each.corrected.value_or(each.side);
      any_corrected = any_corrected || each.corrected;
      if (effective == exercise::KickingSide::left) ++counts.left;
      if (effective == exercise::KickingSide::right) ++counts.right;
    }
    return records.correct(practice, any_corrected ? std::optional(counts) : std::nullopt);
  });
}

base::Result<void> rescore(Repository& records, Id practice, const EngineInfo& engine,
                           const Exercises& exercises, Instant now) {
  const auto known = records.practice(practice);
  if (!known) return known.error();
  const auto found = exercise_of(known.value(), exercises);
  if (!found) return found.error();
  const exercise::Definition& exercise = *found.value();
  auto poses = records.poses(practice);
  if (!poses) return poses.error();
  if (poses.value().empty()) {
    return Error{ErrorKind::input,
                 practice_text(practice) + " has no poses, so it can't be rescored"};
  }
  const bool finished = known.value().ended_by == EndReason::person;
  const auto replayed =
      replay_poses({known.value().level, finished, std::move(poses).value()}, exercise);
  if (!replayed) return replayed.error();
  // The poses come from the network that saw the practice, so its settings stay.
  ScoringInfo scoring = scoring_info(engine, exercise, now);
  scoring.settings = known.value().scoring.settings;
  return records.rescore(practice, scoring, to_saved(replayed.value().analysis.repetitions),
                         to_result(replayed.value(), scoring, exercise));
}

}  // namespace matside::records
