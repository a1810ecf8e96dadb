// Messages to the page: the text messages of practice.schema.json.
//
// Values and pure functions: any thread.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/coaching/audio_guide.h"
#include "core/coaching/lesson.h"
#include "core/coaching/practice_request.h"
#include "core/engine/analysis.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"
#include "practice/live_practice.h"

namespace matside::protocol {

/// Why the server ends a connection.
enum class FailureKind : std::uint8_t { busy, bad_message, bad_frame, too_many, broken };

/// How a practice went.
struct PracticeSummary {
  std::int64_t frames = 0;
  coaching::EndReason by = coaching::EndReason::person;
  bool self_reported = false;
  engine::Analysis analysis;
  std::deque<practice::KneeSample> curve;  ///< The last minutes.
  std::optional<std::int64_t> practice;    ///< Its id in the records; absent: not saved.
};

/// An exercise that begins.
struct BeginningExercise {
  const exercise::Definition* exercise = nullptr;
  const coaching::PracticeRequest* request = nullptr;
  int number = 1;                        ///< Of the practice's exercises, from 1.
  int of = 1;                            ///< How many exercises the practice has.
  std::optional<std::int64_t> practice;  ///< Its id in the records; absent: not saved.
  base::Seconds begin;  ///< When, as the frames' times; later messages count from here.
};

/// The practice is ready for frames. @param practice its id in the records, if it is saved
/// @param begin_time the frames' times continue from here
std::string ready_message(const exercise::Level& level, int repetitions,
                          std::optional<std::int64_t> practice, base::Seconds begin_time = {});
/// The audio guide of a practice without a camera.
std::string script_message(const std::vector<coaching::AudioGuideItem>& items);
/// A frame that a newer one replaced before it was processed.
std::string frame_dropped_message(std::uint32_t index);
/// A frame was processed; landmarks as shares of the picture's size, angles in degrees.
/// @param index the page's own number of the frame
std::string frame_done_message(std::uint32_t index, const pose::PoseFrame& seen,
                               const engine::FrameState& frame_state);
/// One event. @param exercise has the cues
std::string event_message(const coaching::LessonEvent& event,
                          const exercise::Definition& exercise);
/// The last message of a practice. @param exercise has praise and advice
std::string summary_message(const PracticeSummary& summary,
                            const exercise::Definition& exercise);
/// What begins. The first exercise's follows "ready".
std::string exercise_message(const BeginningExercise& begins);
/// The set of an exercise is done, and another exercise follows.
std::string exercise_done_message(const PracticeSummary& summary,
                                  const exercise::Definition& exercise);
/// The last message of a connection that fails; `message` is shown to the person.
std::string failure_message(FailureKind kind, std::string_view message);

}  // namespace matside::protocol
