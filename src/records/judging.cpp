#include "records/judging.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <utility>

#include "core/engine/session.h"
#include "core/exercise/measures.h"
#include "core/kinematics/hip_flexors.h"
#include "core/pose/pose_frame.h"
#include "digest/digest.h"
#include "formats/analysis_json.h"
#include "formats/packed.h"
#include "formats/pose_stream.h"

namespace matside::records {
namespace {

using base::Degrees;
using base::Seconds;

constexpr const char* kName = "the poses kept of this practice";
// movement.md 1.6: prone on the forearms the hip is straight to 10 degrees extended.
constexpr Degrees kHipOfSomebodyProne(-5.0);
// Half of what a full kick lengthens the muscle by (movement.md 2.3): reached from some 45
// degrees of knee flexion on.
constexpr double kLengthened_percent = 10.0;
// A frame stands for the time until the next, but not for a gap.
constexpr Seconds kLongestFrame(0.25);

/// One engine session after the other, their outcomes put together.
class Replay {
 public:
  Replay(const exercise::Definition& exercise, int level, const OnJudgedFrame& on_frame)
      : exercise_(exercise), level_(level), on_frame_(on_frame) {
    whole_.analysis.level = level;
  }

  base::Result<void> take(const records::PoseChunk& chunk, bool finish_before) {
    const auto frames = formats::read_pose_stream(chunk.stream, kName);
    if (!frames) return frames.error();
    if (!session_ || chunk.session != number_) {
      close(finish_before);
      auto session = engine::Session::create(exercise_, level_);
      if (!session) return session.error();
      session_.emplace(std::move(session).value());
      number_ = chunk.session;
      lengthening_ = {};
    }
    if (chunk.full_kick) session_->ease_to(*chunk.full_kick);
    for (const pose::PoseFrame& frame : frames.value()) {
      session_->push(frame);
      lengthening_.see(session_->moment());
      last_ = std::max(last_, frame.time);
      if (on_frame_) on_frame_(begin_ + frame.time, frame, session_->moment());
      whole_.size = frame.image_size;
    }
    return {};
  }

  void close(bool finish) {
    if (!session_) return;
    if (finish) session_->finish();
    add(session_->analysis());
    whole_.lengthening += lengthening_.time();
    begin_ += last_ + kBetweenSessions;
    last_ = Seconds();
    session_.reset();
  }

  Judged done() {
    engine::Analysis& all = whole_.analysis;
    all.set = exercise::measure_set(all.repetitions);
    whole_.duration = begin_ > Seconds() ? begin_ - kBetweenSessions : Seconds();
    return std::move(whole_);
  }

 private:
  void add(engine::Analysis part) {
    engine::Analysis& all = whole_.analysis;
    for (exercise::Repetition& each : part.repetitions) {
      each.index = static_cast<int>(all.repetitions.size()) + 1;
      each.start += begin_;
      each.end += begin_;
      each.lowering_start += begin_;
      for (exercise::Kick& kick : each.kicks) kick.time += begin_;
      all.repetitions.push_back(std::move(each));
    }
    for (exercise::SetFault& fault : part.set_faults) {
      all.set_faults.push_back({fault.id, fault.at + begin_});
    }
    std::ranges::move(part.warnings, std::back_inserter(all.warnings));
    all.view = part.view;
    all.frames += part.frames;
    all.frames_with_pose += part.frames_with_pose;
    all.frames_by_eye += part.frames_by_eye;
    all.elbows_forward = part.elbows_forward;
    all.counts.left += part.counts.left;
    all.counts.right += part.counts.right;
    all.counts.unsure += part.counts.unsure;
    all.counts.kicks += part.counts.kicks;
    all.counts.clean += part.counts.clean;
  }

  const exercise::Definition& exercise_;
  int level_;
  const OnJudgedFrame& on_frame_;
  std::optional<engine::Session> session_;
  int number_ = 0;
  Lengthening lengthening_;
  Judged whole_;
  Seconds begin_;  ///< of the session under way, in the practice
  Seconds last_;   ///< frame, in the session
};

bool alike(const records::PoseChunk& a, const records::PoseChunk& b) {
  return a.session == b.session && a.full_kick == b.full_kick;
}

}  // namespace

void Lengthening::see(const engine::Moment& moment) {
  const Seconds since = seen_ ? std::min(moment.time - last_, kLongestFrame) : Seconds();
  seen_ = true;
  last_ = moment.time;
  if (moment.attitude != kinematics::Attitude::lying || since < Seconds()) return;
  for (const auto& knee : moment.knee_flexion) {
    if (!knee) continue;
    const double percent =
        kinematics::rectus_femoris_lengthening_percent(kHipOfSomebodyProne, *knee);
    if (percent >= kLengthened_percent) time_ += since;
  }
}

base::Result<Judged> judge(const Poses& poses, const exercise::Definition& exercise,
                           const OnJudgedFrame& on_frame) {
  Replay replay(exercise, poses.level, on_frame);
  for (const records::PoseChunk& chunk : poses.chunks) {
    // A session that another one follows was broken off.
    if (auto taken = replay.take(chunk, /*finish_before=*/false); !taken) return taken.error();
  }
  replay.close(poses.finished);
  Judged judged = replay.done();
  std::string all;
  for (const records::PoseChunk& chunk : poses.chunks) all += chunk.stream;
  judged.sha256 = digest::sha256_hex(std::as_bytes(std::span(all)));
  return judged;
}

records::Repetition kept(const exercise::Repetition& repetition) {
  records::Repetition r;
  r.index = repetition.index;
  r.side = repetition.side;
  r.status = repetition.status;
  r.start = repetition.start;
  r.end = repetition.end;
  r.lowering = repetition.lowering;
  r.transit_70_20 = repetition.transit_70_20;
  r.hip_rise_thigh_lengths = repetition.hip_rise_thigh_lengths;
  if (repetition.thigh_lift) r.thigh_lift = repetition.thigh_lift->lift;
  for (const exercise::Kick& kick : repetition.kicks) {
    r.knee_flexion = std::max(r.knee_flexion, kick.knee_flexion);
    r.kicks.push_back(kick.time);
  }
  for (const exercise::FaultFinding& fault : repetition.faults) {
    r.faults.push_back({fault.id, fault.value, fault.threshold, fault.unit});
  }
  return r;
}

std::vector<records::Repetition> kept(const std::vector<exercise::Repetition>& repetitions) {
  std::vector<records::Repetition> all;
  all.reserve(repetitions.size());
  for (const exercise::Repetition& each : repetitions) all.push_back(kept(each));
  return all;
}

formats::AnalysisRecord record_of(const Judged& judged, const records::Judgement& judgement,
                                  const exercise::Definition& exercise) {
  const engine::Analysis& analysis = judged.analysis;
  formats::AnalysisRecord record;
  const auto settings = nlohmann::json::parse(judgement.settings, nullptr, false);
  if (settings.is_object()) {
    record.pose_model = settings.value("pose_model", std::string());
    record.eye = settings.value("eye", false);
  }
  record.source.path = "practice";
  record.source.sha256 = judged.sha256;
  record.source.size = judged.size;
  record.source.frames = analysis.frames;
  record.source.duration = judged.duration;
  record.exercise_id = exercise.id;
  record.analysis = analysis;
  return record;
}

records::Outcome outcome_of(const Judged& judged, const records::Judgement& judgement,
                            const exercise::Definition& exercise) {
  const engine::Analysis& analysis = judged.analysis;
  records::Outcome outcome;
  const engine::Counts& counts = analysis.counts;
  outcome.counts = {counts.left, counts.right, counts.unsure, counts.kicks, counts.clean};
  outcome.means.knee_flexion_deg = analysis.set.mean.greatest_bend_deg;
  outcome.means.lowering_s = analysis.set.mean.lowering_s;
  outcome.means.hips_still_share = analysis.set.mean.hips_still_share;
  outcome.means.lengthening_s = judged.lengthening.value();
  outcome.analysis =
      formats::packed(formats::analysis_json(record_of(judged, judgement, exercise)));
  return outcome;
}

base::Result<std::vector<records::PoseChunk>> joined(
    const std::vector<records::PoseChunk>& parts) {
  std::vector<records::PoseChunk> all;
  std::vector<pose::PoseFrame> frames;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto read = formats::read_pose_stream(parts[i].stream, kName);
    if (!read) return read.error();
    std::ranges::move(read.value(), std::back_inserter(frames));
    if (i + 1 < parts.size() && alike(parts[i], parts[i + 1])) continue;
    records::PoseChunk whole = parts[i];
    whole.frames = static_cast<std::int64_t>(frames.size());
    whole.stream = formats::pose_stream(frames);
    all.push_back(std::move(whole));
    frames.clear();
  }
  return all;
}

}  // namespace matside::records
