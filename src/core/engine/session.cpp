#include "core/engine/session.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/cycle/cycle_segmenter.h"
#include "core/cycle/cycle_tracker.h"
#include "core/cycle/segment_judge.h"
#include "core/engine/feet_monitor.h"
#include "core/engine/quality_monitor.h"
#include "core/engine/stream_monitor.h"
#include "core/exercise/movement_segmenter.h"
#include "core/exercise/movement_tracker.h"
#include "core/exercise/repetition_finder.h"
#include "core/exercise/set_faults.h"
#include "core/exercise/set_measures.h"
#include "core/kinematics/body_frame.h"
#include "core/kinematics/leg_angles.h"
#include "core/signal/samples.h"

namespace matside::engine {
namespace {

using exercise::KickingSide;
using exercise::Repetition;

}  // namespace

class Session::Impl {
 public:
  Impl(const exercise::Definition& definition, const exercise::Level& level)
      : definition_(definition),
        level_(level),
        segmenter_(definition.repetition, definition.measurement),
        tracker_(definition.repetition, definition.live, level),
        quality_(definition.camera, base::Degrees(definition.repetition.counted_bend.value)),
        feet_(definition.camera),
        stream_(definition.stream) {
    result_.level = level.number;
    if (!definition.cycle) return;
    cycle_segmenter_.emplace(definition);
    cycle_tracker_.emplace(definition, level_);
  }

  std::span<const Event> push(const pose::PoseFrame& frame) {
    events_.clear();
    if (!stream_.in_order(frame.time)) {
      report_stream_warnings();
      return events_;
    }
    const auto body = kinematics::measure(frame, kinematics::kMinJointScore);
    quality_.observe(frame, body);
    const bool usable = stream_.observe(frame, body);
    report_stream_warnings();
    if (!usable) return events_;
    follow_feet(frame, body);
    find(frame, body);
    update_frame_state(frame, body);
    return events_;
  }

  [[nodiscard]] const FrameState& frame_state() const { return frame_state_; }
  [[nodiscard]] const RepetitionCounts& counts() const { return result_.counts; }

  void limit_full_kick(base::Degrees full_kick) {
    level_.knee_min.value = std::min(level_.knee_min.value, full_kick.value());
    level_.knee_aim.value = std::min(level_.knee_aim.value, full_kick.value());
  }

  void expect_gap() { stream_.expect_gap(); }

  std::span<const Event> finish() {
    events_.clear();
    const exercise::MovementSegment* segment =
        cycle_segmenter_ ? cycle_segmenter_->finish() : segmenter_.finish();
    if (segment != nullptr) add_segment(*segment);
    for (const Warning& warning : warnings()) {
      if (!warned_.contains(warning.id)) warn(warning);
    }
    return events_;
  }

  [[nodiscard]] Analysis analysis() const {
    Analysis out = result_;
    out.set = exercise::measure_set(out.repetitions, definition_.measurement);
    out.view = quality_.view();
    out.elbows_forward = elbows_forward();
    out.frames = quality_.frames();
    out.frames_with_pose = quality_.frames_with_pose();
    out.frames_by_eye = quality_.frames_by_eye();
    out.frames_in_space = quality_.frames_in_space();
    out.warnings = warnings();
    return out;
  }

 private:
  void find(const pose::PoseFrame& frame, const std::optional<kinematics::BodyFrame>& body) {
    follow_gaps(frame.time, body.has_value());
    const exercise::MovementSegment* segment = cycle_segmenter_
                                                   ? cycle_segmenter_->push(frame.time, body)
                                                   : segmenter_.push(frame.time, body);
    if (baseline().ready()) quality_.add_settled();
    if (segment == nullptr) return;
    const std::size_t before = result_.repetitions.size();
    add_segment(*segment);
    const bool counted = result_.repetitions.size() > before;
    if (counted && segment->end == exercise::SegmentEnd::lost) quality_.add_interruption();
  }

  [[nodiscard]] const kinematics::RestBaseline& baseline() const {
    return cycle_segmenter_ ? cycle_segmenter_->baseline() : segmenter_.baseline();
  }
  [[nodiscard]] const kinematics::PlaneRectification& camera_view() const {
    return cycle_segmenter_ ? cycle_segmenter_->view() : segmenter_.view();
  }
  [[nodiscard]] const std::optional<kinematics::BodyFrame>& in_plane() const {
    return cycle_segmenter_ ? cycle_segmenter_->in_plane() : segmenter_.in_plane();
  }

  void follow_feet(const pose::PoseFrame& frame,
                   const std::optional<kinematics::BodyFrame>& body) {
    if (!body || body->posture != kinematics::BodyPosture::lying) return;
    if (!feet_.observe(frame, *body)) return;
    quality_.add_feet_cut_off();
    warn_once("feet_cut_off");
  }

  // Also while the rest was measured that angles are relative to.
  [[nodiscard]] bool feet_cut_off(base::Seconds from, base::Seconds to) const {
    const base::Seconds rested(definition_.repetition.rest_window.value);
    return feet_.cut_off_during(from - rested, to);
  }

  void warn_once(std::string_view id) {
    if (!warned_.contains(id)) warn(make_warning(definition_, id));
  }

  void follow_both_legs(int together_before) {
    if (history_.together == together_before) return;
    quality_.add_together(history_.together - together_before);
    if (history_.together_in_a_row < definition_.repetition.together_warning.value) return;
    quality_.add_often_together();
    warn_once("legs_together");
  }

  // Whatever hides the body for as long as a kick takes may hide a repetition.
  void follow_gaps(base::Seconds time, bool seen) {
    if (!seen) return;
    if (seen_at_ &&
        time - *seen_at_ > base::Seconds(definition_.repetition.scored_gap_max.value))
      gap_end_ = time;
    seen_at_ = time;
  }

  void update_frame_state(const pose::PoseFrame& frame,
                          const std::optional<kinematics::BodyFrame>& body) {
    frame_state_ = {};
    frame_state_.time = frame.time;
    frame_state_.person = frame.pose.has_value();
    frame_state_.movement = follow_movement(frame.time);
    if (!body) return;
    frame_state_.posture = body->posture;
    frame_state_.trunk = kinematics::incline(body->hip, body->shoulder, body->head_direction);
    if (body->posture == kinematics::BodyPosture::lying)
      frame_state_.framing = assess_framing(frame, *body, definition_.camera);
    for (std::size_t i = 0; i < body->legs.size(); ++i) {
      if (body->legs[i]) frame_state_.knee_flexion[i] = body->legs[i]->knee_flexion;
    }
    frame_state_.settled = baseline().ready();
    if (!frame_state_.settled) return;
    frame_state_.camera_yaw = camera_view().yaw();
    frame_state_.camera_pitch = camera_view().pitch();
    if (body->posture != kinematics::BodyPosture::lying) return;
    const auto& taken = in_plane();
    const bool is_taken = taken && taken->time == body->time;
    const kinematics::BodyFrame square = is_taken ? *taken : camera_view().rectified(*body);
    for (std::size_t i = 0; i < square.legs.size(); ++i) {
      const auto& leg = square.legs[i];
      if (!leg) continue;
      frame_state_.knee_bend[i] =
          kinematics::measure_leg(*leg, baseline().rest().legs[i], body->head_direction)
              .knee_flexion;
    }
  }

  const exercise::MovementState& follow_movement(base::Seconds time) {
    if (cycle_segmenter_) {
      if (!cycle_segmenter_->moving()) {
        cycle_tracker_->rest();
      } else if (cycle_segmenter_->took(time)) {
        cycle_tracker_->update(time, cycle_segmenter_->value(), cycle_segmenter_->leg());
      }
      return cycle_tracker_->movement();
    }
    if (!segmenter_.moving()) tracker_.rest();
    if (const auto raised = segmenter_.raised())
      tracker_.update(time, raised->flexion, raised->noise, raised->leg);
    return tracker_.movement();
  }

  [[nodiscard]] std::vector<Warning> warnings() const {
    auto all = quality_.warnings(definition_, level_, !result_.repetitions.empty());
    for (const std::string_view id : stream_.warnings())
      all.push_back(make_warning(definition_, id));
    return all;
  }

  void report_stream_warnings() {
    for (const std::string_view id : stream_.new_warnings())
      warn(make_warning(definition_, id));
  }

  void warn(Warning warning) {
    warned_.insert(warning.id);
    events_.push_back(Warned{std::move(warning)});
  }

  // Which way somebody faces is unclear at times, as while a recording's rotation is not known.
  static bool is_prone(const exercise::MovementSegment& segment) {
    const auto prone = std::ranges::count(segment.frames, kinematics::BodyPosture::lying,
                                          &kinematics::BodyFrame::posture);
    return 2 * static_cast<std::size_t>(prone) >= segment.frames.size();
  }

  void add_segment(const exercise::MovementSegment& segment) {
    if (!is_prone(segment)) return;
    quality_.add_rest(segment.rest, segment.view);
    const int together_before = history_.together;
    std::vector<Repetition> found = repetitions_in(segment);
    if (!feet_cut_off(segment.frames.front().time, segment.frames.back().time))
      follow_both_legs(together_before);
    for (Repetition& rep : found) {
      if (!definition_.cycle && feet_.all_kicks_guessed(rep)) continue;
      const bool guessed = needs_feet() && feet_cut_off(rep.start, rep.end);
      if (guessed) leave_unjudged(rep);
      rep.index = static_cast<int>(result_.repetitions.size()) + 1;
      rep.after_gap = gap_end_ && !result_.repetitions.empty() &&
                      *gap_end_ > result_.repetitions.back().end;
      count(rep);
      if (rep.frames_missing) {
        quality_.add_undersampled();
      } else if (rep.status == exercise::RepetitionStatus::unjudged && !rep.flat && !guessed) {
        quality_.add_unscored();
      }
      events_.push_back(RepetitionFinished{rep});
      result_.repetitions.push_back(std::move(rep));
      for (exercise::SetFault& fault :
           exercise::new_set_faults(result_.repetitions, definition_, level_)) {
        events_.push_back(SetFaultSeen{fault});
        result_.set_faults.push_back(std::move(fault));
      }
    }
  }

  std::vector<Repetition> repetitions_in(const exercise::MovementSegment& segment) {
    if (!definition_.cycle)
      return exercise::find_repetitions(segment, definition_, level_, history_);
    cycle::OtherMovement other;
    std::vector<Repetition> found = cycle::judge_segment(segment, definition_, level_, other);
    history_.together += other.together;
    history_.together_in_a_row =
        found.empty() ? history_.together_in_a_row + other.together : 0;
    return found;
  }

  [[nodiscard]] bool needs_feet() const {
    return !definition_.cycle || exercise::is_of_legs(definition_.cycle->channel);
  }

  static void leave_unjudged(Repetition& rep) {
    // What was cut off by the end stays partial; a bend that read small is not.
    if (rep.scored || rep.status != exercise::RepetitionStatus::partial)
      rep.status = exercise::RepetitionStatus::unjudged;
    rep.scored = false;
    rep.measures = {};
    rep.readings.clear();
    rep.faults.clear();
  }

  [[nodiscard]] bool elbows_forward() const {
    if (definition_.cycle) return false;
    std::vector<double> ahead;
    for (const Repetition& rep : result_.repetitions) {
      if (rep.elbow_forward && !rep.flat) ahead.push_back(*rep.elbow_forward);
    }
    const double usual = signal::median(ahead).value_or(0.0);
    return level_.trunk_min.value > 0.0 && usual >= level_.elbow_forward_from.value &&
           usual <= level_.elbow_forward.value;
  }

  void count(const Repetition& rep) {
    RepetitionCounts& c = result_.counts;
    (rep.side == KickingSide::left    ? c.left
     : rep.side == KickingSide::right ? c.right
     : rep.side == KickingSide::both  ? c.both
                                      : c.unsure) += 1;
    c.kicks += exercise::kick_count(rep);
    c.clean += rep.status == exercise::RepetitionStatus::clean ? 1 : 0;
  }

  const exercise::Definition& definition_;
  exercise::Level level_;
  exercise::MovementSegmenter segmenter_;
  std::optional<cycle::CycleSegmenter> cycle_segmenter_;  ///< where the exercise has a cycle
  std::optional<cycle::CycleTracker> cycle_tracker_;
  exercise::MovementTracker tracker_;
  FrameState frame_state_;
  QualityMonitor quality_;
  FeetMonitor feet_;
  Analysis result_;
  std::vector<Event> events_;
  StreamMonitor stream_;
  std::set<std::string, std::less<>> warned_;
  exercise::PersonHistory history_;
  std::optional<base::Seconds> seen_at_;  ///< The body, last.
  std::optional<base::Seconds> gap_end_;  ///< When it was seen again after the last gap.
};

base::Result<Session> Session::create(const exercise::Definition& definition, int level) {
  const exercise::Level* found = definition.level(level);
  if (found == nullptr) {
    std::string message = "the exercise " + definition.id + " has no level " +
                          std::to_string(level) + "; its levels are";
    for (const exercise::Level& each : definition.levels)
      message += (&each == definition.levels.data() ? " " : ", ") + std::to_string(each.number);
    return base::Error{base::ErrorKind::usage, std::move(message)};
  }
  return Session(std::make_unique<Impl>(definition, *found));
}

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

std::span<const Event> Session::push(const pose::PoseFrame& frame) {
  return impl_->push(frame);
}
void Session::expect_gap() { impl_->expect_gap(); }
std::span<const Event> Session::finish() { return impl_->finish(); }
Analysis Session::analysis() const { return impl_->analysis(); }
const RepetitionCounts& Session::counts() const { return impl_->counts(); }
const FrameState& Session::frame_state() const { return impl_->frame_state(); }
void Session::limit_full_kick(base::Degrees full_kick) { impl_->limit_full_kick(full_kick); }

}  // namespace matside::engine
