// What a person hears in a practice, as a table, and whether it comes at the right moment.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/coaching/lesson.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"

namespace matside::tests {

/// A sentence that was said or dropped. Times in seconds, as the frames'.
struct TranscriptLine {
  std::string id;
  std::string text;
  coaching::UtteranceKind kind = coaching::UtteranceKind::instruction;
  coaching::UtteranceForm form = coaching::UtteranceForm::long_form;
  double due_s = 0.0;
  double start_s = 0.0;
  double end_s = 0.0;  ///< as heard: earlier where it was interrupted
  std::optional<coaching::UnsaidReason> unsaid;
};

/// A repetition as it was done, whatever was counted.
struct PerformedRepetition {
  std::string side;
  double start_s = 0.0;
  double lowering_start_s = 0.0;
  double end_s = 0.0;
};

struct Transcript {
  std::vector<TranscriptLine> lines;
  std::optional<double> practising_from_s;
  std::optional<double> practising_to_s;  ///< nothing while it lasts
};

/// The exercise with the lengths of the voice's clips as built; ends the test where there are
/// none.
const exercise::Definition& exercise_with_voice();

/// A whole guided practice over these frames.
Transcript practise(const std::vector<pose::PoseFrame>& frames, int level, int repetitions);

/// The truth of a clip in tests/data/clips.
std::vector<PerformedRepetition> performed_in(const std::string& clip);

/// What is not as it must be, one line each; empty where all is well.
std::string violations(const Transcript& transcript,
                       const std::vector<PerformedRepetition>& performed);

/// Share of the practising time with speech.
double speech_share(const Transcript& transcript);

/// The lines as a table.
std::string table(const Transcript& transcript);

}  // namespace matside::tests
