// A coached practice: poses and a person's answers in, events and sentences out. A voice leads
// from placing the camera to the end of the set. Speech never delays the count.
//
//   auto lesson = coaching::Lesson::create(definition, {.level = 1, .repetitions = 10});
//   for (const pose::PoseFrame& frame : camera)
//     for (const coaching::LessonEvent& event : lesson.value().push(frame)) ...;
//
// Time is the frames'. The same frames and answers give the same lesson. One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <variant>

#include "core/base/result.h"
#include "core/coaching/end_reason.h"
#include "core/coaching/practice_request.h"
#include "core/coaching/speech_planner.h"
#include "core/coaching/stage.h"
#include "core/engine/analysis.h"
#include "core/engine/frame_state.h"
#include "core/engine/session.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"

namespace matside::coaching {

/// The practice has entered another stage.
struct StageChanged {
  Stage stage = Stage::placing;
};
/// The legs' movement has changed. Provisional.
struct MovementChanged {
  base::Seconds time;
  exercise::MovementPhase phase = exercise::MovementPhase::rest;
  exercise::KickingSide side = exercise::KickingSide::unsure;
};
/// A kick, or a peak of a cycle, reported at once. Provisional.
struct KickSeen {
  base::Seconds time;
  int number = 1;  ///< within its movement
  exercise::KickingSide side = exercise::KickingSide::unsure;
};
/// The counts after a repetition.
struct CountsChanged {
  engine::RepetitionCounts counts;  ///< including those before an interruption
};
/// The person was asked about comfort.
struct ComfortAsked {
  bool must_answer = true;  ///< otherwise no answer means comfortable
};
using LessonEvent = std::variant<StageChanged, MovementChanged, KickSeen,
                                 engine::RepetitionFinished, engine::SetFaultSeen,
                                 engine::Warned, CountsChanged, Speak, Unsaid, ComfortAsked>;

/// How the last frame was scored: what is needed to rescore it.
struct ScoringContext {
  bool scored = false;  ///< false while stopped and after the set
  int session = 1;      ///< of the engine; another one begins after the calibration bends
  std::optional<base::Degrees>
      full_kick;  ///< engine::Session::limit_full_kick, before the frame
};

/// One practice with its coaching. Single-threaded.
class Lesson {
 public:
  /// @param definition must outlive the lesson
  /// @returns a usage error when the exercise has no such level, or the repetitions asked for
  /// are
  ///   not from 1 to CoachingRules::repetitions_max.
  static base::Result<Lesson> create(const exercise::Definition& definition,
                                     const PracticeRequest& request);
  Lesson(Lesson&&) noexcept;
  Lesson& operator=(Lesson&&) noexcept;
  ~Lesson();

  /// Begins: what to say before the first frame.
  std::span<const LessonEvent> begin();
  /// Takes the next frame, as engine::Session does. @param brightness mean of its picture, 0 to
  /// 1, where known. The events are valid until the next call of any function here.
  std::span<const LessonEvent> push(const pose::PoseFrame& frame,
                                    std::optional<double> brightness = std::nullopt);
  /// The person stops: the voice is silent, and asks about comfort.
  std::span<const LessonEvent> pause();
  /// Continues after a pause; does nothing otherwise.
  std::span<const LessonEvent> resume();
  /// The camera was gone and is back: the gap before its next frame is no reason to warn, and
  /// the side is named again.
  std::span<const LessonEvent> continue_after_gap();
  /// The voice is used for a sentence that was not asked for here: until it ends, others wait.
  /// @param id of its recorded clip, where it has one
  void voice_taken(std::string_view id, std::string_view text, base::Seconds start);
  /// The answer about comfort; any discomfort ends the practice.
  std::span<const LessonEvent> answer(bool comfortable);
  /// Ends the practice and scores an unfinished movement. Does nothing after the end.
  std::span<const LessonEvent> finish();

  /// The stage now.
  [[nodiscard]] Stage stage() const;
  [[nodiscard]] EndReason ended_by() const;  ///< means something once the stage is `ended`
  /// The result, without calibration bends and without what was counted before an interruption.
  [[nodiscard]] engine::Analysis analysis() const;
  /// The counts, including those before an interruption.
  [[nodiscard]] engine::RepetitionCounts counts() const;
  /// The state after the last frame that was analysed.
  [[nodiscard]] const engine::FrameState& frame_state() const;
  /// How the last frame was scored.
  [[nodiscard]] const ScoringContext& scoring_context() const;

 private:
  class Impl;
  explicit Lesson(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace matside::coaching
