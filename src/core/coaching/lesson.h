// A practice with a teacher beside it: poses and a person's answers in, what is seen and said
// out. It leads from the placing of the camera to the end of the set by words alone, and counts
// whatever is done meanwhile: nothing waits for the words.
//
//   auto lesson = coaching::Lesson::create(definition, {.level = 1, .repetitions = 10});
//   for (const pose::PoseFrame& frame : camera)
//     for (const coaching::LessonEvent& told : lesson.value().push(frame)) ...;
//
// Time is the frames'. The same frames and answers give the same lesson. One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "core/coaching/end_reason.h"
#include "core/base/result.h"
#include "core/coaching/utterance.h"
#include "core/coaching/practice_request.h"
#include "core/engine/analysis.h"
#include "core/engine/frame_state.h"
#include "core/engine/session.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"

namespace matside::coaching {

enum class Stage : std::uint8_t {
  placing,   ///< the camera is being placed, nobody lies there yet
  settling,  ///< the person lies and comes to rest
  baseline,  ///< one slow bend a side
  practising,
  resting,     ///< the chest is down: the set pauses by itself
  stopped,     ///< by the person; comfort is asked
  easing_out,  ///< the set is done
  ended,
};
std::string_view name(Stage stage);

struct StageChanged {
  Stage stage = Stage::placing;
};
/// What the legs do has changed. Provisional.
struct MovementChanged {
  base::Seconds time;
  exercise::MovementPhase phase = exercise::MovementPhase::rest;
  exercise::KickingSide side = exercise::KickingSide::unsure;
};
/// A kick, at once. Provisional.
struct KickSeen {
  base::Seconds time;
  int number = 1;  ///< within its movement
  exercise::KickingSide side = exercise::KickingSide::unsure;
};
struct CountsChanged {
  engine::RepetitionCounts counts;  ///< carried ones among them
};
struct ComfortAsked {
  bool must_answer = true;  ///< otherwise silence means well
};
using LessonEvent =
    std::variant<StageChanged, MovementChanged, KickSeen, engine::RepetitionFinished,
                 engine::SetFaultSeen, engine::Warned, CountsChanged, Utterance, ComfortAsked>;

/// How the frame pushed last was judged: what it takes to judge it so again.
struct ScoringContext {
  bool judged = false;  ///< nothing is judged while stopped, and once the set is done
  int session = 1;      ///< the engine's; another begins after the bends of the baseline
  std::optional<base::Degrees> full_kick;  ///< engine::Session::limit_full_kick, before the frame
};

class Lesson {
 public:
  /// @param definition must outlive the lesson
  /// @returns usage error when the exercise has no such level, or no repetition is wished.
  static base::Result<Lesson> create(const exercise::Definition& definition, const PracticeRequest& wish);
  Lesson(Lesson&&) noexcept;
  Lesson& operator=(Lesson&&) noexcept;
  ~Lesson();

  /// What to say before anything is seen.
  std::span<const LessonEvent> begin();
  /// Takes the next frame, as engine::Session does. @param brightness mean of its picture, 0 to
  /// 1, where known. What is told is valid until the next call of anything here.
  std::span<const LessonEvent> push(const pose::PoseFrame& frame,
                             std::optional<double> brightness = std::nullopt);
  /// The person stops: silence, and comfort is asked.
  std::span<const LessonEvent> pause();
  /// Goes on after a pause; of no effect otherwise.
  std::span<const LessonEvent> resume();
  /// Any discomfort ends the practice.
  std::span<const LessonEvent> answer(bool comfortable);
  /// The practice ends. What was under way is judged; ends at most once.
  std::span<const LessonEvent> finish();

  [[nodiscard]] Stage stage() const;
  [[nodiscard]] EndReason ended_by() const;  ///< means something once ended
  /// What was counted, without the bends of the baseline and without what was carried.
  [[nodiscard]] engine::Analysis analysis() const;
  /// What was counted, and what was carried.
  [[nodiscard]] engine::RepetitionCounts counts() const;
  [[nodiscard]] const engine::FrameState& frame_state() const;
  [[nodiscard]] const ScoringContext& scoring_context() const;

 private:
  class Impl;
  explicit Lesson(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace matside::coaching
