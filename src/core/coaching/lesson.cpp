#include "core/coaching/lesson.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/coaching/correction_selector.h"
#include "core/coaching/counts.h"
#include "core/coaching/flexion_calibration.h"
#include "core/coaching/level_check.h"
#include "core/coaching/movement_reporter.h"
#include "core/coaching/placement_guide.h"
#include "core/coaching/posture_monitor.h"
#include "core/coaching/prompt_scheduler.h"
#include "core/coaching/set_goal.h"
#include "core/coaching/speech_planner.h"
#include "core/coaching/utterance_timing.h"

namespace matside::coaching {
namespace {

using base::Degrees;
using base::Seconds;
using engine::RepetitionCounts;
using exercise::MovementPhase;
using exercise::Repetition;

}  // namespace

constexpr std::string_view kComfortMidway = "comfort_middle";

class Lesson::Impl {
 public:
  Impl(const exercise::Definition& definition, const PracticeRequest& request,
       engine::Session session)
      : definition_(definition),
        level_(*definition.level(request.level)),
        rules_(definition.coaching),
        request_(request),
        goal_{request.repetitions, definition.by_side()},
        session_(std::move(session)),
        guide_(definition.placement, definition.camera),
        posture_(definition.posture),
        level_check_(definition, level_),
        calibration_(definition.coaching),
        corrections_(definition),
        prompts_(definition, level_, request.breath, request.repetitions),
        planner_(definition),
        movement_(definition.by_side()) {
    const bool resumed = total(request.carried) > 0;
    stage_ = !request.guided || resumed ? Stage::practising
             : request.follows          ? Stage::settling
                                        : Stage::placing;
    // Asked before the practice was resumed.
    asked_comfort_midway_ = total(request.carried) >= goal_.half_way();
  }

  // What was asked for is answered with the events that asked for it.
  std::span<const LessonEvent> with_speech() {
    for (SpeechEvent& event : planner_.advance(now_)) {
      if (const auto* unsaid = std::get_if<Unsaid>(&event)) {
        const bool late_side = (unsaid->id == "left" || unsaid->id == "right") &&
                               unsaid->reason == UnsaidReason::late;
        if (late_side) prompts_.side_unsaid(now_);
        // The set was interrupted: the question comes again when it continues.
        if (unsaid->id == kComfortMidway && unsaid->reason == UnsaidReason::outdated)
          asked_comfort_midway_ = false;
        if (unsaid->id == level_phrase_) level_check_.unsaid();
      }
      const auto* said = std::get_if<Speak>(&event);
      if (said != nullptr && said->id == level_.settle_phrase) told_to_settle_ = true;
      std::visit([&](auto& each) { events_.emplace_back(std::move(each)); }, event);
    }
    return events_;
  }

  std::span<const LessonEvent> begin() {
    events_.clear();
    events_.emplace_back(StageChanged{stage_});
    if (stage_ == Stage::placing) say("welcome", UtteranceKind::instruction);
    if (stage_ == Stage::settling) announce_exercise();
    if (total(request_.carried) > 0) events_.emplace_back(CountsChanged{counts()});
    return with_speech();
  }

  std::span<const LessonEvent> push(const pose::PoseFrame& frame,
                                    std::optional<double> brightness) {
    events_.clear();
    if (frame.time > now_) now_ = frame.time;
    if (!first_frame_ && stage_ == Stage::practising) planner_.limit_share(now_);
    if (!first_frame_) first_frame_ = now_;
    scoring_context_ = {false, sessions_, full_kick_};
    if (stage_ == Stage::stopped || stage_ == Stage::ended) return with_speech();
    if (stage_ == Stage::easing_out) return finish_easing_out();
    scoring_context_.scored = true;
    take(session_.push(frame));
    // A side that is still waiting comes too late.
    if (movement_.report(session_.frame_state().movement, now_, events_))
      planner_.outdate(UtteranceKind::side, now_);
    if (request_.guided) guide_person(brightness);
    return with_speech();
  }

  std::span<const LessonEvent> pause() {
    events_.clear();
    if (stage_ == Stage::ended) return events_;
    if (stage_ == Stage::easing_out) return end(EndReason::goal);
    stop_with_phrase("stopped");
    return with_speech();
  }

  std::span<const LessonEvent> resume() {
    events_.clear();
    if (stage_ != Stage::stopped) return events_;
    go_to(total(counts()) > 0 || !request_.guided ? Stage::practising : Stage::settling);
    say("go_on", UtteranceKind::instruction);
    expect_gap();
    return with_speech();
  }

  std::span<const LessonEvent> continue_after_gap() {
    events_.clear();
    expect_gap();
    return with_speech();
  }

  void voice_taken(std::string_view id, std::string_view text, Seconds start) {
    planner_.taken({std::string(id), std::string(text), std::string(text)}, start);
  }

  std::span<const LessonEvent> answer(bool comfortable) {
    events_.clear();
    if (comfortable || stage_ == Stage::ended) return events_;
    planner_.silence(now_);
    say("ended_discomfort", UtteranceKind::safety);
    return end(EndReason::discomfort);
  }

  std::span<const LessonEvent> finish() {
    events_.clear();
    if (stage_ == Stage::ended) return events_;
    if (stage_ != Stage::easing_out) take(session_.finish());
    return end(stage_ == Stage::easing_out ? EndReason::goal : EndReason::person);
  }

  [[nodiscard]] Stage stage() const { return stage_; }
  [[nodiscard]] EndReason ended_by() const { return ended_by_; }
  [[nodiscard]] engine::Analysis analysis() const { return session_.analysis(); }
  [[nodiscard]] const engine::FrameState& frame_state() const { return session_.frame_state(); }
  [[nodiscard]] const ScoringContext& scoring_context() const { return scoring_context_; }
  [[nodiscard]] RepetitionCounts counts() const {
    return sum(request_.carried, session_.counts());
  }

 private:
  [[nodiscard]] bool lying() const {
    const engine::FrameState& frame_state = session_.frame_state();
    return frame_state.person && frame_state.posture == kinematics::BodyPosture::lying;
  }

  [[nodiscard]] bool at_rest() const {
    const engine::FrameState& frame_state = session_.frame_state();
    return lying() && frame_state.settled && frame_state.movement.phase == MovementPhase::rest;
  }

  void expect_gap() {
    still_since_.reset();
    posture_.restart();
    level_check_.restart();
    session_.expect_gap();
    if (stage_ == Stage::practising && request_.guided) prompts_.start(now_, counts());
  }

  void say(std::string_view id, UtteranceKind kind) {
    planner_.add(make_utterance(definition_, id, kind), now_);
  }

  void say(const Prompt& prompt) {
    Utterance utterance = make_utterance(definition_, prompt.id, prompt.kind);
    utterance.start_by = prompt.start_by;
    utterance.end_by = prompt.end_by;
    planner_.add(std::move(utterance), now_);
  }

  void go_to(Stage stage) {
    if (stage == stage_) return;
    stage_ = stage;
    planner_.outdate(UtteranceKind::instruction, now_);
    planner_.limit_share(stage == Stage::practising ? std::optional(now_) : std::nullopt);
    events_.emplace_back(StageChanged{stage});
  }

  std::span<const LessonEvent> end(EndReason by) {
    ended_by_ = by;
    go_to(Stage::ended);
    return with_speech();
  }

  void stop_with_phrase(std::string_view phrase) {
    if (stage_ == Stage::stopped) return;
    go_to(Stage::stopped);
    planner_.silence(now_);
    say(phrase, UtteranceKind::safety);
    events_.emplace_back(ComfortAsked{true});
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
        if (stage_ == Stage::baseline && calibration_.is_calibration_bend(*repetition)) {
          calibration_.take(*repetition);
          baseline_taken_ = true;
          continue;
        }
        events_.emplace_back(*finished);
        after(*repetition, set_faults);
      } else if (const auto* warned = std::get_if<engine::Warned>(&event)) {
        events_.emplace_back(*warned);
        if (warned->warning.id == "no_person" && stage_ == Stage::practising) {
          say("cant_see", UtteranceKind::instruction);
          unseen_ = true;
        }
        if (request_.guided) explain(warned->warning.id);
      } else if (const auto* fault = std::get_if<engine::SetFaultSeen>(&event)) {
        events_.emplace_back(*fault);
      }
    }
  }

  void explain(std::string_view warning) {
    if (warning == "frames_missing") say("camera_slow", UtteranceKind::instruction);
    if (warning == "legs_together")
      say(definition_.cycle ? "one_leg_moves" : "one_leg", UtteranceKind::instruction);
    if (warning == "feet_cut_off") say("guide_cut_off", UtteranceKind::instruction);
  }

  // A repetition always counts, whatever stage was expected.
  void after(const Repetition& repetition, std::span<const exercise::SetFault> set_faults) {
    if (stage_ != Stage::resting) go_to(Stage::practising);
    const RepetitionCounts now = counts();
    events_.emplace_back(CountsChanged{now});
    const int number = number_to_say(repetition.side, now);
    if (number > 0) planner_.add(timed_count(definition_, number, repetition.end), now_);
    std::optional<Utterance> correction = corrections_.after(repetition, set_faults);
    if (request_.guided && goal_.reached(now)) return finish_set();
    const bool spoken_to = correction.has_value();
    if (request_.guided)
      prompts_.after(repetition, now, now_, spoken_to, corrections_.clean_in_a_row());
    if (correction) {
      time_remark(*correction, definition_.speech, repetition.end, prompts_.pace(), now_);
      planner_.add(std::move(*correction), now_);
    }
    if (!request_.guided) return;
    check_hips(repetition);
    ask_comfort_midway(now);
  }

  void finish_set() {
    done_at_ = now_;
    go_to(Stage::easing_out);
    if (request_.goes_on) return say("rest_before_next", UtteranceKind::instruction);
    const bool flat = definition_.cycle && level_.trunk_min.value <= 0.0;
    say(flat ? "set_done_flat" : "set_done", UtteranceKind::instruction);
  }

  // Of an exercise that follows another: its name, how to come to it, and how to lie.
  void announce_exercise() {
    level_check_.asked(now_);
    for (const char* id : {"name", "transition"})
      say(definition_.own_phrase_id(id), UtteranceKind::instruction);
    say(level_.settle_phrase, UtteranceKind::instruction);
  }

  void check_hips(const Repetition& repetition) {
    if (!corrections_.should_ease_kick()) return;
    say(full_kick_lowered_ ? "easier_level" : "smaller_kicks", UtteranceKind::correction);
    if (std::exchange(full_kick_lowered_, true)) return;
    limit_full_kick(repetition.greatest_bend.value() - rules_.full_kick_step.value);
  }

  void limit_full_kick(double full_kick_deg) {
    full_kick_ = Degrees(std::max(rules_.full_kick_min.value, full_kick_deg));
    session_.limit_full_kick(*full_kick_);
  }

  void ask_comfort_midway(const RepetitionCounts& now) {
    if (asked_comfort_midway_ || total(now) < goal_.half_way()) return;
    asked_comfort_midway_ = true;
    say(kComfortMidway, UtteranceKind::instruction);
    events_.emplace_back(ComfortAsked{false});
  }

  void guide_person(std::optional<double> brightness) {
    const engine::FrameState& frame_state = session_.frame_state();
    posture_.observe(frame_state);
    switch (stage_) {
      case Stage::placing:
      case Stage::settling:
        return settle(brightness);
      case Stage::baseline:
        if (posture_.sat_up()) return stop_with_phrase("sat_up");
        return take_baseline();
      case Stage::practising:
        return practise();
      case Stage::resting:
        if (posture_.sat_up()) return stop_with_phrase("sat_up");
        if (!posture_.chest_down()) {
          go_to(Stage::practising);
          say("go_on", UtteranceKind::instruction);
          prompts_.start(now_, counts());
        }
        return;
      case Stage::stopped:
      case Stage::easing_out:
      case Stage::ended:
        return;
    }
  }

  void settle(std::optional<double> brightness) {
    const engine::FrameState& frame_state = session_.frame_state();
    explain_camera();
    if (const auto advice = guide_.observe(frame_state, brightness))
      say(*advice, UtteranceKind::instruction);
    if (stage_ == Stage::settling && frame_state.person &&
        frame_state.posture == kinematics::BodyPosture::upright) {
      go_to(Stage::placing);
    }
    if (stage_ == Stage::placing && lying() && guide_.done()) {
      go_to(Stage::settling);
      level_check_.asked(now_);
      say(level_.settle_phrase, UtteranceKind::instruction);
    }
    if (stage_ == Stage::settling && guide_.done()) check_level();
    // Who lies still already has to hear first how to lie for this exercise.
    const bool told = !request_.follows || (told_to_settle_ && !planner_.speaking(now_));
    const bool in_place = told && at_rest() && guide_.done() && level_check_.accepts();
    if (!in_place) still_since_.reset();
    if (in_place && !still_since_) still_since_ = now_;
    if (stage_ != Stage::settling || !still_since_ ||
        now_ - *still_since_ < Seconds(rules_.settle_time.value))
      return;
    // Where a repetition is one slow bend anyway, no calibration is needed.
    if (level_.kicks > 1 && !definition_.cycle) {
      go_to(Stage::baseline);
    } else {
      begin_set();
    }
  }

  // Somebody who lies in view already needs no word about the camera.
  void explain_camera() {
    const Seconds wait(definition_.speech.camera_wait.value);
    if (camera_explained_ || now_ - *first_frame_ < wait) return;
    camera_explained_ = true;
    if (stage_ == Stage::placing && !lying()) say("place_camera", UtteranceKind::instruction);
  }

  void check_level() {
    const auto phrase = level_check_.observe(session_.frame_state(), at_rest());
    if (!phrase) return;
    level_phrase_ = *phrase;
    say(*phrase, UtteranceKind::instruction);
  }

  void take_baseline() {
    if (const auto phrase = calibration_.ask(now_, at_rest()))
      say(*phrase, UtteranceKind::instruction);
    if (!calibration_.done() || !at_rest()) return;
    // The calibration bends belong to no set.
    if (baseline_taken_) {
      session_ = engine::Session::create(definition_, request_.level).value();
      ++sessions_;
      full_kick_.reset();
      movement_.restart();
    }
    if (const auto bend = calibration_.comfortable()) {
      limit_full_kick(bend->value() - rules_.comfort_margin.value);
    }
    begin_set(calibration_.given_up());
  }

  void begin_set(bool bends_skipped = false) {
    go_to(Stage::practising);
    if (bends_skipped) say("bend_skipped", UtteranceKind::instruction);
    planner_.add(count_utterance(definition_, request_.repetitions, UtteranceKind::instruction),
                 now_);
    say(definition_.by_side() ? "each_side_left" : "repetitions_calmly",
        UtteranceKind::instruction);
    prompts_.start(now_ + Seconds(rules_.settle_time.value), counts());
  }

  void practise() {
    if (posture_.sat_up()) return stop_with_phrase("sat_up");
    if (posture_.chest_down() && level_.trunk_min.value > 0.0) {
      go_to(Stage::resting);
      return say("resting", UtteranceKind::instruction);
    }
    if (unseen_ && session_.frame_state().person) {
      unseen_ = false;
      say("seen_again", UtteranceKind::instruction);
    }
    check_level();
    for (const Prompt& prompt :
         prompts_.observe(session_.frame_state(), planner_.speaking(now_)))
      say(prompt);
  }

  std::span<const LessonEvent> finish_easing_out() {
    if (now_ - done_at_ < Seconds(rules_.ease_out.value)) return with_speech();
    return end(EndReason::goal);
  }

  const exercise::Definition& definition_;
  const exercise::Level& level_;
  const exercise::CoachingRules& rules_;
  PracticeRequest request_;
  SetGoal goal_;
  engine::Session session_;
  int sessions_ = 1;
  std::optional<Degrees> full_kick_;  ///< lowered to this, in this session
  ScoringContext scoring_context_;
  PlacementGuide guide_;
  PostureMonitor posture_;
  LevelCheck level_check_;
  FlexionCalibration calibration_;
  CorrectionSelector corrections_;
  PromptScheduler prompts_;
  SpeechPlanner planner_;
  MovementReporter movement_;
  std::optional<Seconds> first_frame_;
  Stage stage_ = Stage::placing;
  EndReason ended_by_ = EndReason::person;
  Seconds now_;
  Seconds done_at_;
  std::optional<Seconds> still_since_;
  bool baseline_taken_ = false;
  bool unseen_ = false;
  bool full_kick_lowered_ = false;
  bool asked_comfort_midway_ = false;
  bool camera_explained_ = false;
  bool told_to_settle_ = false;    ///< it was said how to lie
  std::string_view level_phrase_;  ///< the last one
  std::vector<LessonEvent> events_;
};

base::Result<Lesson> Lesson::create(const exercise::Definition& definition,
                                    const PracticeRequest& request) {
  const int most = static_cast<int>(definition.coaching.repetitions_max.value);
  if (request.repetitions < 1 || request.repetitions > most) {
    return base::Error{base::ErrorKind::usage, "repetitions on each side: must be from 1 to " +
                                                   std::to_string(most) + ", not " +
                                                   std::to_string(request.repetitions)};
  }
  auto session = engine::Session::create(definition, request.level);
  if (!session) return session.error();
  return Lesson(std::make_unique<Impl>(definition, request, std::move(session).value()));
}

Lesson::Lesson(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Lesson::Lesson(Lesson&&) noexcept = default;
Lesson& Lesson::operator=(Lesson&&) noexcept = default;
Lesson::~Lesson() = default;

std::span<const LessonEvent> Lesson::begin() { return impl_->begin(); }
std::span<const LessonEvent> Lesson::push(const pose::PoseFrame& frame,
                                          std::optional<double> brightness) {
  return impl_->push(frame, brightness);
}
std::span<const LessonEvent> Lesson::pause() { return impl_->pause(); }
std::span<const LessonEvent> Lesson::resume() { return impl_->resume(); }
std::span<const LessonEvent> Lesson::continue_after_gap() {
  return impl_->continue_after_gap();
}
void Lesson::voice_taken(std::string_view id, std::string_view text, Seconds start) {
  impl_->voice_taken(id, text, start);
}
std::span<const LessonEvent> Lesson::answer(bool comfortable) {
  return impl_->answer(comfortable);
}
std::span<const LessonEvent> Lesson::finish() { return impl_->finish(); }
Stage Lesson::stage() const { return impl_->stage(); }
EndReason Lesson::ended_by() const { return impl_->ended_by(); }
engine::Analysis Lesson::analysis() const { return impl_->analysis(); }
engine::RepetitionCounts Lesson::counts() const { return impl_->counts(); }
const engine::FrameState& Lesson::frame_state() const { return impl_->frame_state(); }
const ScoringContext& Lesson::scoring_context() const { return impl_->scoring_context(); }

}  // namespace matside::coaching
