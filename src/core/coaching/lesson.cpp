#include "core/coaching/lesson.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/coaching/baseline_bends.h"
#include "core/coaching/corrections.h"
#include "core/coaching/placement_guide.h"
#include "core/coaching/posture_watch.h"
#include "core/coaching/prompts.h"

namespace matside::coaching {
namespace {

using base::Degrees;
using base::Seconds;
using engine::Counts;
using exercise::KickingSide;
using exercise::MovementPhase;
using exercise::Repetition;

// In position and still for so long: there is a baseline (movement.md 6.4).
constexpr Seconds kStill(3.0);
// After the last words somebody may lie on for a while; then the practice is over.
constexpr Seconds kEaseOut(10.0);
// A full kick is this much within comfort, but never less than the floor (movement.md 6.1).
constexpr double kWithinComfortDeg = 5.0;
constexpr double kFloorDeg = 60.0;
// Kicks become smaller by this when the hips keep rising (movement.md 6.3).
constexpr double kSmallerDeg = 10.0;

KickingSide kicking(pose::Side side) {
  return side == pose::Side::left ? KickingSide::left : KickingSide::right;
}

int total(const Counts& counts) { return counts.left + counts.right + counts.unsure; }

Counts sum(const Counts& a, const Counts& b) {
  return {a.left + b.left, a.right + b.right, a.unsure + b.unsure, a.kicks + b.kicks,
          a.clean + b.clean};
}

}  // namespace

std::string_view name(Stage stage) {
  switch (stage) {
    case Stage::placing:
      return "placing";
    case Stage::settling:
      return "settling";
    case Stage::baseline:
      return "baseline";
    case Stage::practising:
      return "practising";
    case Stage::resting:
      return "resting";
    case Stage::stopped:
      return "stopped";
    case Stage::easing_out:
      return "easing_out";
    case Stage::ended:
      break;
  }
  return "ended";
}

std::string_view name(EndedBy by) {
  switch (by) {
    case EndedBy::goal:
      return "goal";
    case EndedBy::person:
      return "person";
    case EndedBy::discomfort:
      break;
  }
  return "discomfort";
}

class Lesson::Impl {
 public:
  Impl(const exercise::Definition& definition, const Wish& wish, engine::Session session)
      : definition_(definition),
        level_(*definition.level(wish.level)),
        wish_(wish),
        session_(std::move(session)),
        corrections_(definition),
        prompts_(wish.breath, level_.kicks, wish.repetitions) {
    const bool goes_on = total(wish.carried) > 0;
    stage_ = wish.guided && !goes_on ? Stage::placing : Stage::practising;
  }

  std::span<const Told> begin() {
    told_.clear();
    told_.emplace_back(StageChanged{stage_});
    if (stage_ == Stage::placing) say("welcome", SayKind::guide);
    if (total(wish_.carried) > 0) told_.emplace_back(CountsChanged{counts()});
    return told_;
  }

  std::span<const Told> push(const pose::PoseFrame& frame, std::optional<double> brightness) {
    told_.clear();
    if (frame.time > now_) now_ = frame.time;
    judging_ = {false, sessions_, full_kick_};
    if (stage_ == Stage::stopped || stage_ == Stage::ended) return told_;
    if (stage_ == Stage::easing_out) return ease_out();
    judging_.judged = true;
    take(session_.push(frame));
    tell_movement();
    if (wish_.guided) lead(brightness);
    return told_;
  }

  std::span<const Told> pause() {
    told_.clear();
    if (stage_ == Stage::ended) return told_;
    if (stage_ == Stage::easing_out) return end(EndedBy::goal);
    stop_because("stopped");
    return told_;
  }

  std::span<const Told> resume() {
    told_.clear();
    if (stage_ != Stage::stopped) return told_;
    say("go_on", SayKind::prompt);
    go_to(total(counts()) > 0 || !wish_.guided ? Stage::practising : Stage::settling);
    still_since_.reset();
    posture_.look_anew();
    if (stage_ == Stage::practising && wish_.guided) prompts_.set_off(now_, counts());
    return told_;
  }

  std::span<const Told> answer(bool comfortable) {
    told_.clear();
    if (comfortable || stage_ == Stage::ended) return told_;
    say("ended_discomfort", SayKind::safety);
    return end(EndedBy::discomfort);
  }

  std::span<const Told> finish() {
    told_.clear();
    if (stage_ == Stage::ended) return told_;
    if (stage_ != Stage::easing_out) take(session_.finish());
    return end(stage_ == Stage::easing_out ? EndedBy::goal : EndedBy::person);
  }

  [[nodiscard]] Stage stage() const { return stage_; }
  [[nodiscard]] EndedBy ended_by() const { return ended_by_; }
  [[nodiscard]] engine::Analysis analysis() const { return session_.analysis(); }
  [[nodiscard]] const engine::Moment& moment() const { return session_.moment(); }
  [[nodiscard]] const Judging& judging() const { return judging_; }
  [[nodiscard]] Counts counts() const { return sum(wish_.carried, session_.counts()); }

 private:
  [[nodiscard]] bool at_rest() const {
    const engine::Moment& moment = session_.moment();
    return moment.settled && moment.attitude == kinematics::Attitude::lying &&
           moment.movement.phase == MovementPhase::rest;
  }

  void say(std::string_view id, SayKind kind) {
    told_.emplace_back(spoken(definition_, id, kind));
  }

  void go_to(Stage stage) {
    if (stage == stage_) return;
    stage_ = stage;
    told_.emplace_back(StageChanged{stage});
  }

  std::span<const Told> end(EndedBy by) {
    ended_by_ = by;
    go_to(Stage::ended);
    return told_;
  }

  void stop_because(std::string_view phrase) {
    if (stage_ == Stage::stopped) return;
    go_to(Stage::stopped);
    say(phrase, SayKind::safety);
    told_.emplace_back(ComfortAsked{true});
  }

  void take(std::span<const engine::Event> events) {
    std::vector<exercise::SetFault> set_faults;
    const Repetition* repetition = nullptr;
    for (const engine::Event& event : events) {
      if (const auto* fault = std::get_if<engine::SetFaultSeen>(&event)) {
        set_faults.push_back(fault->fault);
      }
    }
    for (const engine::Event& event : events) {
      if (const auto* finished = std::get_if<engine::RepetitionFinished>(&event)) {
        repetition = &finished->repetition;
        if (stage_ == Stage::baseline && bends_.fits(*repetition)) {
          bends_.take(*repetition);
          baseline_taken_ = true;
          continue;
        }
        told_.emplace_back(*finished);
        after(*repetition, set_faults);
      } else if (const auto* warned = std::get_if<engine::Warned>(&event)) {
        told_.emplace_back(*warned);
        if (warned->warning.id == "no_person" && stage_ == Stage::practising) {
          say("cant_see", SayKind::guide);
          unseen_ = true;
        }
      } else if (const auto* fault = std::get_if<engine::SetFaultSeen>(&event)) {
        told_.emplace_back(*fault);
      }
    }
  }

  // A repetition is one, whatever was expected just then.
  void after(const Repetition& repetition, std::span<const exercise::SetFault> set_faults) {
    if (stage_ != Stage::resting) go_to(Stage::practising);
    const Counts now = counts();
    told_.emplace_back(CountsChanged{now});
    const int number = repetition.side == KickingSide::left    ? now.left
                       : repetition.side == KickingSide::right ? now.right
                                                               : 0;
    if (number > 0 && number <= kHighestCount) told_.emplace_back(counted(definition_, number));
    const bool finished = wish_.guided && is_done(now);
    std::optional<Say> correction = corrections_.after(repetition, set_faults);
    if (finished) {
      say("set_done", SayKind::prompt);
      done_at_ = now_;
      return go_to(Stage::easing_out);
    }
    const bool spoken_to = correction.has_value();
    if (correction) told_.emplace_back(std::move(*correction));
    if (!wish_.guided) return;
    mind_hips(repetition);
    ask_in_the_middle(now);
    prompts_.after(repetition, now, now_, spoken_to, corrections_.clean_in_a_row());
  }

  [[nodiscard]] bool is_done(const Counts& now) const {
    const int wished = wish_.repetitions;
    const bool each_side = now.left >= wished && now.right >= wished;
    return each_side || (now.unsure > 0 && total(now) >= 2 * wished);
  }

  void mind_hips(const Repetition& repetition) {
    if (!corrections_.hips_rise_often()) return;
    say(eased_ ? "easier_level" : "smaller_kicks", SayKind::cue);
    if (eased_) return;
    eased_ = true;
    ease_to(repetition.greatest_bend.value() - kSmallerDeg);
  }

  void ease_to(double full_kick_deg) {
    full_kick_ = Degrees(std::max(kFloorDeg, full_kick_deg));
    session_.ease_to(*full_kick_);
  }

  void ask_in_the_middle(const Counts& now) {
    if (asked_in_the_middle_ || total(now) < wish_.repetitions) return;
    asked_in_the_middle_ = true;
    say("comfort_middle", SayKind::prompt);
    told_.emplace_back(ComfortAsked{false});
  }

  void tell_movement() {
    const exercise::Movement& movement = session_.moment().movement;
    const KickingSide side = kicking(movement.raised);
    if (movement.kicks > kicks_) {
      told_.emplace_back(KickSeen{movement.last_kick, movement.kicks, side});
    }
    kicks_ = movement.kicks;
    if (movement.phase == phase_) return;
    phase_ = movement.phase;
    told_.emplace_back(MovementChanged{now_, phase_, side});
  }

  void lead(std::optional<double> brightness) {
    const engine::Moment& moment = session_.moment();
    posture_.see(moment);
    switch (stage_) {
      case Stage::placing:
      case Stage::settling:
        return settle(brightness);
      case Stage::baseline:
        if (posture_.sat_up()) return stop_because("sat_up");
        return take_baseline();
      case Stage::practising:
        return practise();
      case Stage::resting:
        if (posture_.sat_up()) return stop_because("sat_up");
        if (!posture_.chest_down()) {
          go_to(Stage::practising);
          say("go_on", SayKind::prompt);
          prompts_.set_off(now_, counts());
        }
        return;
      case Stage::stopped:
      case Stage::easing_out:
      case Stage::ended:
        return;
    }
  }

  void settle(std::optional<double> brightness) {
    const engine::Moment& moment = session_.moment();
    if (const auto advice = guide_.see(moment, brightness)) say(*advice, SayKind::guide);
    const bool lying = moment.person && moment.attitude == kinematics::Attitude::lying;
    if (stage_ == Stage::settling && moment.person &&
        moment.attitude == kinematics::Attitude::upright) {
      go_to(Stage::placing);
    }
    if (stage_ == Stage::placing && lying && guide_.done()) {
      go_to(Stage::settling);
      say(level_.trunk_min.value > 0.0 ? "settle_forearms" : "settle_flat", SayKind::guide);
    }
    const bool in_place = at_rest() && guide_.done() && propped();
    if (!in_place) still_since_.reset();
    if (in_place && !still_since_) still_since_ = now_;
    if (stage_ != Stage::settling || !still_since_ || now_ - *still_since_ < kStill) return;
    // Where a repetition is one slow bend, the first of each side are the baseline.
    if (level_.kicks > 1) {
      go_to(Stage::baseline);
    } else {
      begin_set();
    }
  }

  // By the picture, which may tell the incline of the trunk some degrees wrong.
  [[nodiscard]] bool propped() const {
    return session_.moment().trunk >= Degrees(level_.trunk_min.value) - engine::kTrunkMargin;
  }

  void take_baseline() {
    if (const auto phrase = bends_.ask(now_, at_rest())) say(*phrase, SayKind::prompt);
    if (!bends_.done() || !at_rest()) return;
    if (!bends_.comfortable()) say("bend_skipped", SayKind::prompt);
    // The bends of the baseline belong to no set.
    if (baseline_taken_) {
      session_ = engine::Session::create(definition_, wish_.level).value();
      ++sessions_;
      full_kick_.reset();
      kicks_ = 0;
    }
    if (const auto bend = bends_.comfortable()) {
      ease_to(bend->value() - kWithinComfortDeg);
    }
    begin_set();
  }

  void begin_set() {
    go_to(Stage::practising);
    told_.emplace_back(counted(definition_, wish_.repetitions));
    say("each_side_left", SayKind::prompt);
    prompts_.set_off(now_ + kStill, counts());
  }

  void practise() {
    if (posture_.sat_up()) return stop_because("sat_up");
    if (posture_.chest_down()) {
      go_to(Stage::resting);
      return say("resting", SayKind::prompt);
    }
    if (unseen_ && session_.moment().person) {
      unseen_ = false;
      say("seen_again", SayKind::guide);
    }
    for (const std::string_view id : prompts_.see(session_.moment())) {
      say(id, SayKind::prompt);
    }
  }

  std::span<const Told> ease_out() {
    if (now_ - done_at_ < kEaseOut) return told_;
    return end(EndedBy::goal);
  }

  const exercise::Definition& definition_;
  const exercise::Level& level_;
  Wish wish_;
  engine::Session session_;
  int sessions_ = 1;
  std::optional<Degrees> full_kick_;  ///< eased to, in this session
  Judging judging_;
  PlacementGuide guide_;
  PostureWatch posture_;
  BaselineBends bends_;
  Corrections corrections_;
  Prompts prompts_;
  Stage stage_ = Stage::placing;
  EndedBy ended_by_ = EndedBy::person;
  Seconds now_;
  Seconds done_at_;
  std::optional<Seconds> still_since_;
  MovementPhase phase_ = MovementPhase::rest;
  int kicks_ = 0;  ///< of the movement under way, told
  bool baseline_taken_ = false;
  bool unseen_ = false;
  bool eased_ = false;
  bool asked_in_the_middle_ = false;
  std::vector<Told> told_;
};

base::Result<Lesson> Lesson::create(const exercise::Definition& definition, const Wish& wish) {
  if (wish.repetitions < 1 || wish.repetitions > kHighestCount) {
    return base::Error{base::ErrorKind::usage,
                       "repetitions a side: " + std::to_string(wish.repetitions) +
                           " is not from 1 to " + std::to_string(kHighestCount)};
  }
  auto session = engine::Session::create(definition, wish.level);
  if (!session) return session.error();
  return Lesson(std::make_unique<Impl>(definition, wish, std::move(session).value()));
}

Lesson::Lesson(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Lesson::Lesson(Lesson&&) noexcept = default;
Lesson& Lesson::operator=(Lesson&&) noexcept = default;
Lesson::~Lesson() = default;

std::span<const Told> Lesson::begin() { return impl_->begin(); }
std::span<const Told> Lesson::push(const pose::PoseFrame& frame,
                                   std::optional<double> brightness) {
  return impl_->push(frame, brightness);
}
std::span<const Told> Lesson::pause() { return impl_->pause(); }
std::span<const Told> Lesson::resume() { return impl_->resume(); }
std::span<const Told> Lesson::answer(bool comfortable) { return impl_->answer(comfortable); }
std::span<const Told> Lesson::finish() { return impl_->finish(); }
Stage Lesson::stage() const { return impl_->stage(); }
EndedBy Lesson::ended_by() const { return impl_->ended_by(); }
engine::Analysis Lesson::analysis() const { return impl_->analysis(); }
engine::Counts Lesson::counts() const { return impl_->counts(); }
const engine::Moment& Lesson::moment() const { return impl_->moment(); }
const Judging& Lesson::judging() const { return impl_->judging(); }

}  // namespace matside::coaching
