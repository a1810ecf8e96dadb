#include "records/replay.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <utility>

#include "core/coaching/counts.h"
#include "core/engine/session.h"
#include "core/exercise/set_measures.h"
#include "core/kinematics/hip_flexors.h"
#include "core/pose/pose_frame.h"
#include "digest/digest.h"
#include "formats/analysis_json.h"
#include "formats/pose_codec.h"
#include "formats/xz.h"

namespace matside::records {
namespace {

using base::Degrees;
using base::Seconds;

constexpr const char* kName = "the saved poses of this practice";
// docs/movement.md 1.6: prone on the forearms, the hip is straight to 10 degrees extended.
constexpr Degrees kProneHipFlexion(-5.0);
// Half of what a full kick lengthens the muscle by (docs/movement.md 2.3); reached at about 45
// degrees of knee flexion.
constexpr double kLengthened_percent = 10.0;
// A frame counts for the time since the last one, but not for a gap in the frames.
constexpr Seconds kMaxFrameTime(0.25);

/// The time in a practice of the frames of its sessions.
class PracticeClock {
 public:
  void begin_session(Seconds first_frame) {
    const bool restarted = started_ && first_frame <= end_;
    begin_ = restarted ? end_ + kSessionGap : Seconds();
    started_ = true;
  }
  void advance(Seconds frame) { end_ = std::max(end_, begin_ + frame); }
  /// Of the current session.
  [[nodiscard]] Seconds begin() const { return begin_; }
  /// Of the last frame.
  [[nodiscard]] Seconds end() const { return end_; }

 private:
  Seconds begin_;
  Seconds end_;
  bool started_ = false;
};

/// Runs the sessions of a practice one after the other and adds up their results.
class Replay {
 public:
  Replay(const exercise::Definition& exercise, int level, const OnReplayedFrame& on_frame)
      : exercise_(exercise), level_(level), on_frame_(on_frame) {
    whole_.analysis.level = level;
  }

  base::Result<void> add_chunk(const PoseChunk& chunk, bool finish_before) {
    const auto frames = formats::decode_poses(chunk.stream, kName);
    if (!frames) return frames.error();
    if (!session_ || chunk.session != number_) {
      close(finish_before);
      auto session = engine::Session::create(exercise_, level_);
      if (!session) return session.error();
      session_.emplace(std::move(session).value());
      number_ = chunk.session;
      lengthening_ = {};
      if (!frames.value().empty()) clock_.begin_session(frames.value().front().time);
    }
    if (chunk.full_peak) session_->limit_full_kick(*chunk.full_peak);
    for (const pose::PoseFrame& frame : frames.value()) {
      session_->push(frame);
      lengthening_.add_frame(session_->frame_state());
      clock_.advance(frame.time);
      if (on_frame_) on_frame_(clock_.begin() + frame.time, frame, session_->frame_state());
      whole_.size = frame.image_size;
    }
    return {};
  }

  void close(bool finish) {
    if (!session_) return;
    if (finish) session_->finish();
    add(session_->analysis());
    whole_.lengthening += lengthening_.time();
    session_.reset();
  }

  ReplayResult finish() {
    engine::Analysis& all = whole_.analysis;
    all.set = exercise::measure_set(all.repetitions, exercise_.measurement);
    whole_.duration = clock_.end();
    return std::move(whole_);
  }

 private:
  void add(engine::Analysis part) {
    engine::Analysis& all = whole_.analysis;
    for (exercise::Repetition& each : part.repetitions) {
      each.index = static_cast<int>(all.repetitions.size()) + 1;
      each.start += clock_.begin();
      each.end += clock_.begin();
      each.lowering_start += clock_.begin();
      for (exercise::Kick& kick : each.kicks) kick.time += clock_.begin();
      for (exercise::Peak& peak : each.peaks) peak.time += clock_.begin();
      all.repetitions.push_back(std::move(each));
    }
    for (exercise::SetFault& fault : part.set_faults) {
      all.set_faults.push_back({fault.id, fault.at + clock_.begin()});
    }
    std::ranges::move(part.warnings, std::back_inserter(all.warnings));
    all.view = part.view;
    all.frames += part.frames;
    all.frames_with_pose += part.frames_with_pose;
    all.frames_by_eye += part.frames_by_eye;
    all.frames_in_space += part.frames_in_space;
    all.elbows_forward = part.elbows_forward;
    all.counts = coaching::sum(all.counts, part.counts);
  }

  const exercise::Definition& exercise_;
  int level_;
  const OnReplayedFrame& on_frame_;
  std::optional<engine::Session> session_;
  int number_ = 0;
  LengtheningTimer lengthening_;
  ReplayResult whole_;
  PracticeClock clock_;
};

bool same_session(const PoseChunk& a, const PoseChunk& b) {
  return a.session == b.session && a.full_peak == b.full_peak;
}

}  // namespace

bool bends_knees(const exercise::Definition& exercise) {
  return !exercise.cycle || exercise.cycle->channel == exercise::Channel::knee_flexion;
}

void LengtheningTimer::add_frame(const engine::FrameState& frame_state) {
  const Seconds since =
      started_ ? std::min(frame_state.time - last_, kMaxFrameTime) : Seconds();
  started_ = true;
  last_ = frame_state.time;
  if (frame_state.posture != kinematics::BodyPosture::lying || since < Seconds()) return;
  for (const auto& knee : frame_state.knee_flexion) {
    if (!knee) continue;
    const double percent =
        kinematics::rectus_femoris_lengthening_percent(kProneHipFlexion, *knee);
    if (percent >= kLengthened_percent) time_ += since;
  }
}

base::Result<ReplayResult> replay_poses(const SavedPoses& poses,
                                        const exercise::Definition& exercise,
                                        const OnReplayedFrame& on_frame) {
  Replay replay(exercise, poses.level, on_frame);
  for (const PoseChunk& chunk : poses.chunks) {
    // A session that another one follows was interrupted.
    auto added = replay.add_chunk(chunk, /*finish_before=*/false);
    if (!added) return added.error();
  }
  replay.close(poses.finished);
  ReplayResult replayed = replay.finish();
  std::string all;
  for (const PoseChunk& chunk : poses.chunks) all += chunk.stream;
  replayed.sha256 = digest::sha256_hex(std::as_bytes(std::span(all)));
  return replayed;
}

base::Result<Seconds> time_of_last_frame(const std::vector<PoseChunk>& chunks) {
  PracticeClock clock;
  std::optional<int> session;
  for (const PoseChunk& chunk : chunks) {
    const auto frames = formats::decode_poses(chunk.stream, kName);
    if (!frames) return frames.error();
    if (frames.value().empty()) continue;
    if (session != chunk.session) clock.begin_session(frames.value().front().time);
    session = chunk.session;
    for (const pose::PoseFrame& frame : frames.value()) clock.advance(frame.time);
  }
  return clock.end();
}

SavedRepetition to_saved(const exercise::Repetition& repetition) {
  SavedRepetition r;
  r.index = repetition.index;
  r.side = repetition.side;
  r.status = repetition.status;
  r.start = repetition.start;
  r.end = repetition.end;
  if (const auto& bend = repetition.measures.greatest_bend_deg) {
    r.knee_flexion = base::Degrees(bend->value);
  }
  if (const auto& lowering = repetition.measures.lowering_s) {
    r.lowering = base::Seconds(lowering->value);
  }
  r.transit_70_20 = repetition.transit_70_20;
  r.hip_rise_thigh_lengths = repetition.hip_rise_thigh_lengths;
  if (repetition.thigh_lift) r.thigh_lift = repetition.thigh_lift->lift;
  for (const exercise::Kick& kick : repetition.kicks) {
    r.peaks.push_back({kick.time, kick.knee_flexion.value(), "deg", {}});
  }
  for (const exercise::Peak& peak : repetition.peaks) {
    r.peaks.push_back({peak.time, peak.value, std::string(peak.unit), peak.leg});
  }
  for (const exercise::NamedReading& reading : repetition.readings) {
    r.readings.push_back({reading.id, reading.value, reading.unit});
  }
  for (const exercise::DetectedFault& fault : repetition.faults) {
    r.faults.push_back({fault.id, fault.value, fault.threshold, fault.unit});
  }
  return r;
}

std::vector<SavedRepetition> to_saved(const std::vector<exercise::Repetition>& repetitions) {
  std::vector<SavedRepetition> all;
  all.reserve(repetitions.size());
  for (const exercise::Repetition& each : repetitions) all.push_back(to_saved(each));
  return all;
}

formats::AnalysisRecord analysis_record(const ReplayResult& replayed,
                                        const ScoringInfo& scoring,
                                        const exercise::Definition& exercise) {
  const engine::Analysis& analysis = replayed.analysis;
  formats::AnalysisRecord record;
  const auto settings = nlohmann::json::parse(scoring.settings, nullptr, false);
  if (settings.is_object()) {
    record.pose_model = settings.value("pose_model", std::string());
    record.eye = settings.value("eye", false);
  }
  record.source.path = "practice";
  record.source.sha256 = replayed.sha256;
  record.source.size = replayed.size;
  record.source.frames = analysis.frames;
  record.source.duration = replayed.duration;
  record.exercise_id = exercise.id;
  record.analysis = analysis;
  return record;
}

PracticeResult to_result(const ReplayResult& replayed, const ScoringInfo& scoring,
                         const exercise::Definition& exercise) {
  const engine::Analysis& analysis = replayed.analysis;
  PracticeResult result;
  result.counts = analysis.counts;
  result.means.knee_flexion_deg = analysis.set.greatest_bend_median_deg;
  result.means.lowering_s = analysis.set.mean.lowering_s;
  result.means.hips_still_share = analysis.set.mean.hips_still_share;
  if (bends_knees(exercise)) result.means.lengthening_s = replayed.lengthening.value();
  result.analysis = formats::xz_compressed(
      formats::analysis_json(analysis_record(replayed, scoring, exercise)));
  return result;
}

base::Result<std::vector<PoseChunk>> merge_chunks(const std::vector<PoseChunk>& parts) {
  std::vector<PoseChunk> all;
  std::vector<pose::PoseFrame> frames;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto read = formats::decode_poses(parts[i].stream, kName);
    if (!read) return read.error();
    std::ranges::move(read.value(), std::back_inserter(frames));
    if (i + 1 < parts.size() && same_session(parts[i], parts[i + 1])) continue;
    PoseChunk whole = parts[i];
    whole.frames = static_cast<std::int64_t>(frames.size());
    whole.stream = formats::encode_poses(frames);
    all.push_back(std::move(whole));
    frames.clear();
  }
  return all;
}

}  // namespace matside::records
