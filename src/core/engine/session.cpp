#include "core/engine/session.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/engine/stream_watch.h"
#include "core/engine/watch.h"
#include "core/exercise/bend.h"
#include "core/exercise/judge.h"
#include "core/exercise/measures.h"
#include "core/exercise/movement_follower.h"
#include "core/exercise/set_faults.h"
#include "core/kinematics/body_frame.h"
#include "core/signal/samples.h"

namespace matside::engine {
namespace {

using exercise::KickingSide;
using exercise::Repetition;

// A joint with a lower score is not used at all: it is a guess.
constexpr double kMinScore = 0.1;
// Elbows this many upper-arm lengths ahead of the shoulders were put there: 8 cm.
constexpr double kElbowsForward = 0.25;

}  // namespace

class Session::Impl {
 public:
  Impl(const exercise::Definition& definition, const exercise::Level& level)
      : definition_(definition),
        level_(level),
        finder_(definition.repetition),
        follower_(definition.repetition, level) {
    result_.level = level.number;
  }

  std::span<const Event> push(const pose::PoseFrame& frame) {
    events_.clear();
    if (!stream_.in_order(frame.time)) {
      tell_stream();
      return events_;
    }
    const auto body = kinematics::measure(frame, kMinScore);
    watch_.see(frame, body);
    const bool judged = stream_.see(frame, body);
    tell_stream();
    if (!judged) return events_;
    find(frame, body);
    see_moment(frame, body);
    return events_;
  }

  [[nodiscard]] const Moment& moment() const { return moment_; }
  [[nodiscard]] const Counts& counts() const { return result_.counts; }

  void ease_to(base::Degrees full_kick) {
    level_.knee_min.value = std::min(level_.knee_min.value, full_kick.value());
    level_.knee_aim.value = std::min(level_.knee_aim.value, full_kick.value());
  }

  std::span<const Event> finish() {
    events_.clear();
    if (const exercise::Bend* bend = finder_.finish()) take(*bend);
    for (const Warning& warning : warnings()) {
      if (!warned_.contains(warning.id)) warn(warning);
    }
    return events_;
  }

  [[nodiscard]] Analysis analysis() const {
    Analysis out = result_;
    out.set = exercise::measure_set(out.repetitions);
    out.view = watch_.view();
    out.elbows_forward = elbows_forward();
    out.frames = watch_.frames();
    out.frames_with_pose = watch_.frames_with_pose();
    out.frames_by_eye = watch_.frames_by_eye();
    out.warnings = warnings();
    return out;
  }

 private:
  void find(const pose::PoseFrame& frame, const std::optional<kinematics::BodyFrame>& body) {
    const exercise::Bend* bend = finder_.push(frame.time, body);
    if (bend == nullptr) return;
    const std::size_t before = result_.repetitions.size();
    take(*bend);
    const bool counted = result_.repetitions.size() > before;
    if (counted && bend->end == exercise::BendEnd::lost) watch_.see_interruption();
  }

  void see_moment(const pose::PoseFrame& frame,
                  const std::optional<kinematics::BodyFrame>& body) {
    moment_ = {};
    moment_.time = frame.time;
    moment_.person = frame.pose.has_value();
    if (!finder_.moving()) follower_.rest();
    if (const auto raised = finder_.raised()) {
      follower_.follow(frame.time, raised->flexion, raised->noise, raised->leg);
    }
    moment_.movement = follower_.movement();
    if (!body) return;
    moment_.attitude = body->attitude;
    moment_.trunk = kinematics::incline(body->hip, body->shoulder, body->head_direction);
    if (body->attitude == kinematics::Attitude::lying)
      moment_.framing = framing_of(frame, *body);
    for (std::size_t i = 0; i < body->legs.size(); ++i) {
      if (body->legs[i]) moment_.knee_flexion[i] = body->legs[i]->knee_flexion;
    }
    moment_.settled = finder_.baseline().ready();
    if (!moment_.settled) return;
    moment_.camera_yaw = finder_.view().yaw();
    moment_.camera_pitch = finder_.view().pitch();
  }

  [[nodiscard]] std::vector<Warning> warnings() const {
    auto all = watch_.warnings(definition_, level_, !result_.repetitions.empty());
    for (const std::string_view id : stream_.warnings()) all.push_back(worded(definition_, id));
    return all;
  }

  void tell_stream() {
    for (const std::string_view id : stream_.told()) warn(worded(definition_, id));
  }

  void warn(Warning warning) {
    warned_.insert(warning.id);
    events_.push_back(Warned{std::move(warning)});
  }

  void take(const exercise::Bend& bend) {
    watch_.see_rest(bend.rest, bend.view);
    for (Repetition& rep : exercise::judge(bend, definition_, level_, personal_)) {
      rep.index = static_cast<int>(result_.repetitions.size()) + 1;
      count(rep);
      if (rep.status == exercise::RepetitionStatus::unjudged) watch_.see_unjudged();
      events_.push_back(RepetitionFinished{rep});
      result_.repetitions.push_back(std::move(rep));
      for (exercise::SetFault& fault :
           exercise::set_faults_shown_by_last(result_.repetitions, definition_, level_)) {
        events_.push_back(SetFaultSeen{fault});
        result_.set_faults.push_back(std::move(fault));
      }
    }
  }

  [[nodiscard]] bool elbows_forward() const {
    std::vector<double> ahead;
    for (const Repetition& rep : result_.repetitions) {
      if (rep.elbow_forward) ahead.push_back(*rep.elbow_forward);
    }
    const double usual = signal::median(ahead).value_or(0.0);
    return level_.trunk_min.value > 0.0 && usual >= kElbowsForward &&
           usual <= level_.elbow_forward.value;
  }

  void count(const Repetition& rep) {
    Counts& c = result_.counts;
    (rep.side == KickingSide::left    ? c.left
     : rep.side == KickingSide::right ? c.right
                                      : c.unsure) += 1;
    c.kicks += static_cast<int>(rep.kicks.size());
    c.clean += rep.status == exercise::RepetitionStatus::clean ? 1 : 0;
  }

  exercise::Definition definition_;
  exercise::Level level_;
  exercise::BendFinder finder_;
  exercise::MovementFollower follower_;
  Moment moment_;
  Watch watch_;
  Analysis result_;
  std::vector<Event> events_;
  StreamWatch stream_;
  std::set<std::string, std::less<>> warned_;
  exercise::Personal personal_;
};

base::Result<Session> Session::create(const exercise::Definition& definition, int level) {
  const exercise::Level* found = definition.level(level);
  if (found == nullptr) {
    return base::Error{base::ErrorKind::usage, "level " + std::to_string(level) +
                                                   ": the exercise \"" + definition.id +
                                                   "\" has no such level"};
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
std::span<const Event> Session::finish() { return impl_->finish(); }
Analysis Session::analysis() const { return impl_->analysis(); }
const Counts& Session::counts() const { return impl_->counts(); }
const Moment& Session::moment() const { return impl_->moment(); }
void Session::ease_to(base::Degrees full_kick) { impl_->ease_to(full_kick); }

}  // namespace matside::engine
