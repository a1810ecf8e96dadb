#include "records/ongoing.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "formats/pose_stream.h"

namespace matside::records {
namespace {

using base::Error;
using base::ErrorKind;
using records::Repository;

}  // namespace

records::Judgement judgement_of(const Engine& engine, const exercise::Definition& exercise,
                                records::Instant made) {
  const nlohmann::ordered_json settings = {{"exercise", exercise.id},
                                           {"exercise_version", exercise.version},
                                           {"pose_model", engine.pose_model},
                                           {"eye", engine.eye}};
  return {engine.version, settings.dump(), made};
}

base::Result<Ongoing> Ongoing::begin(Repository& records, const Wish& wish, const Now& now,
                                     const Engine& engine,
                                     const exercise::Definition& exercise) {
  records::Beginning beginning;
  beginning.person = wish.person;
  beginning.start = now.instant;
  beginning.utc_offset_min = now.utc_offset_min;
  beginning.origin = wish.origin;
  beginning.level = wish.level;
  beginning.wished = wish.repetitions;
  beginning.comfort_before = wish.comfort_before;
  beginning.judgement = judgement_of(engine, exercise, now.instant);
  const auto practice = records.begin(beginning);
  if (!practice) return practice.error();
  return Ongoing(records, practice.value(), wish.level, 1, exercise);
}

base::Result<Ongoing> Ongoing::resume(Repository& records, records::Id practice,
                                      records::Id person,
                                      const exercise::Definition& exercise) {
  const auto known = records.practice(practice);
  if (!known) return known.error();
  if (known.value().person != person || known.value().ended_by) {
    return Error{ErrorKind::input, "practice " + std::to_string(practice) +
                                       " can't be gone on with: it has ended"};
  }
  const auto poses = records.poses(practice);
  if (!poses) return poses.error();
  const auto repetitions = records.repetitions(practice);
  if (!repetitions) return repetitions.error();
  const int sessions = poses.value().empty() ? 0 : poses.value().back().session;
  Ongoing ongoing(records, practice, known.value().level, sessions + 1, exercise);
  ongoing.before_ = known.value().counts;
  ongoing.repetitions_ = static_cast<int>(repetitions.value().size());
  return ongoing;
}

void Ongoing::saw(const pose::PoseFrame& frame, const coaching::Judging& judging) {
  if (!judging.judged) return;
  const int session = first_session_ + judging.session - 1;
  const bool anew = session != session_;
  // What came before, bends for the baseline and ways to the mat, belongs to no set; unless
  // something of it was counted.
  if (anew && chunks_.empty() && unwritten_.empty()) frames_.clear();
  if (anew || full_kick_ != judging.full_kick) pack();
  session_ = session;
  full_kick_ = judging.full_kick;
  frames_.push_back(frame);
}

void Ongoing::pack() {
  if (frames_.empty()) return;
  records::PoseChunk chunk;
  chunk.session = session_;
  chunk.full_kick = full_kick_;
  chunk.frames = static_cast<std::int64_t>(frames_.size());
  chunk.stream = formats::pose_stream(frames_);
  chunks_.push_back(std::move(chunk));
  frames_.clear();
}

base::Result<void> Ongoing::finished(const exercise::Repetition& repetition,
                                     const records::Counts& counts) {
  records::Repetition row = kept(repetition);
  row.index = ++repetitions_;
  unwritten_.push_back(std::move(row));
  pack();
  if (auto written = write(); !written) return written;
  return records_->count(practice_, counts);
}

base::Result<void> Ongoing::write() {
  while (!unwritten_.empty()) {
    if (auto added = records_->add(practice_, unwritten_.front()); !added) return added;
    unwritten_.erase(unwritten_.begin());
  }
  while (!chunks_.empty()) {
    if (auto added = records_->add(practice_, chunks_.front()); !added) return added;
    chunks_.erase(chunks_.begin());
  }
  return {};
}

base::Result<void> Ongoing::end(records::EndedBy by) {
  pack();
  if (auto written = write(); !written) return written;
  return end_practice(*records_, practice_, by, *exercise_);
}

base::Result<void> end_practice(Repository& records, records::Id practice, records::EndedBy by,
                                const exercise::Definition& exercise) {
  const auto known = records.practice(practice);
  if (!known) return known.error();
  const auto parts = records.poses(practice);
  if (!parts) return parts.error();
  const auto whole = joined(parts.value());
  if (!whole) return whole.error();
  // In the other ways nothing is under way, or it is not judged.
  const bool finished = by == records::EndedBy::person;
  const auto judged = judge({known.value().level, finished, whole.value()}, exercise);
  if (!judged) return judged.error();
  records::Outcome outcome = outcome_of(judged.value(), known.value().judgement, exercise);
  // What was told while it happened stands.
  outcome.counts = known.value().counts;
  return records.end(practice, {by, judged.value().duration}, outcome, whole.value());
}

base::Result<records::Id> keep_self_reported(Repository& records, const Ongoing::Wish& wish,
                                             const Now& now, const Engine& engine,
                                             const exercise::Definition& exercise,
                                             const records::Correction& told,
                                             records::EndedBy by) {
  records::Beginning beginning;
  beginning.person = wish.person;
  beginning.start = now.instant;
  beginning.utc_offset_min = now.utc_offset_min;
  beginning.origin = records::Origin::sound;
  beginning.level = wish.level;
  beginning.wished = wish.repetitions;
  beginning.judgement = judgement_of(engine, exercise, now.instant);
  records::Outcome outcome;
  outcome.counts.left = told.left;
  outcome.counts.right = told.right;
  records::Comfort comfort;
  comfort.before = wish.comfort_before;
  return records.add_practice(beginning, {by, base::Seconds()}, comfort, {}, outcome, {});
}

base::Result<void> correct_side(Repository& records, records::Id practice, int index,
                                std::optional<exercise::KickingSide> side) {
  if (auto done = records.correct_side(practice, index, side); !done) return done;
  const auto repetitions = records.repetitions(practice);
  if (!repetitions) return repetitions.error();
  records::Correction counts;
  bool any = false;
  for (const records::Repetition& each : repetitions.value()) {
    const exercise::KickingSide told = each.corrected.value_or(each.side);
    any = any || each.corrected;
    if (told == exercise::KickingSide::left) ++counts.left;
    if (told == exercise::KickingSide::right) ++counts.right;
  }
  return records.correct(practice, any ? std::optional(counts) : std::nullopt);
}

base::Result<void> rescore(Repository& records, records::Id practice, const Engine& engine,
                           const exercise::Definition& exercise, records::Instant now) {
  const auto known = records.practice(practice);
  if (!known) return known.error();
  auto poses = records.poses(practice);
  if (!poses) return poses.error();
  if (poses.value().empty()) {
    return Error{ErrorKind::input, "practice " + std::to_string(practice) +
                                       " has no poses, so it can't be judged again"};
  }
  const bool finished = known.value().ended_by == records::EndedBy::person;
  const auto judged =
      judge({known.value().level, finished, std::move(poses).value()}, exercise);
  if (!judged) return judged.error();
  // The network that saw it stays what it was.
  records::Judgement judgement = judgement_of(engine, exercise, now);
  judgement.settings = known.value().judgement.settings;
  return records.judge_again(practice, judgement, kept(judged.value().analysis.repetitions),
                             outcome_of(judged.value(), judgement, exercise));
}

}  // namespace matside::records
