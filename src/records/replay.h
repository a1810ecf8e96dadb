// From saved poses to a scoring, and from a scoring to what is saved of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/engine/analysis.h"
#include "core/engine/frame_state.h"
#include "core/exercise/definition.h"
#include "core/kinematics/body_frame.h"
#include "core/pose/pose_frame.h"
#include "formats/analysis_json.h"
#include "records/repository.h"

namespace matside::records {

/// Whether the knees' bend is what makes a repetition.
bool bends_knees(const exercise::Definition& exercise);

/// How long the hip flexors (rectus femoris) were clearly longer than at rest. The times of
/// both legs add up.
/// @source docs/movement.md 2.3: half of what a full kick lengthens the muscle by
class LengtheningTimer {
 public:
  /// Adds the time since the last frame, at most 0.25 s, for each leg that is bent far enough.
  void add_frame(const engine::FrameState& frame_state);
  [[nodiscard]] base::Seconds time() const { return time_; }

 private:
  base::Seconds time_;
  base::Seconds last_;
  bool started_ = false;
};

/// The assumed pause between two sessions of one practice where the camera's clock restarts.
/// Where it goes on, the second session has its own times.
inline constexpr base::Seconds kSessionGap(1.0);

/// A practice, scored from its saved poses.
struct ReplayResult {
  engine::Analysis analysis;  ///< Of all sessions together.
  base::Seconds lengthening;
  base::Seconds duration;
  base::ImageSize size;  ///< Of the last frame.
  std::string sha256;    ///< Of the encoded poses.
};

struct SavedPoses {
  int level = 0;
  bool finished = true;  ///< Whether a movement in progress at the end is scored.
  std::vector<PoseChunk> chunks;
};

/// Called with each frame, its time within the practice, and what the frame shows.
using OnReplayedFrame = std::function<void(base::Seconds time_in_practice,
                                           const pose::PoseFrame&, const engine::FrameState&)>;

/// Scores saved poses. The same engine gives the same result as it gave live.
/// @returns ErrorKind::input for damaged poses, ErrorKind::usage for a level that the exercise
///   does not have
base::Result<ReplayResult> replay_poses(const SavedPoses& poses,
                                        const exercise::Definition& exercise,
                                        const OnReplayedFrame& on_frame = {});

/// The time in the practice of its last saved frame; 0 without any.
/// @returns ErrorKind::input for damaged poses
base::Result<base::Seconds> time_of_last_frame(const std::vector<PoseChunk>& chunks);

/// What is saved of a scored repetition.
SavedRepetition to_saved(const exercise::Repetition& repetition);
std::vector<SavedRepetition> to_saved(const std::vector<exercise::Repetition>& repetitions);

/// The record from which a result file is written.
/// @param scoring  its settings name the pose model
formats::AnalysisRecord analysis_record(const ReplayResult& replayed,
                                        const ScoringInfo& scoring,
                                        const exercise::Definition& exercise);

/// Counts, means and the compressed result file of a scoring.
PracticeResult to_result(const ReplayResult& replayed, const ScoringInfo& scoring,
                         const exercise::Definition& exercise);

/// Merges neighbouring parts of one session that were scored alike.
/// @returns the merged parts, in order; ErrorKind::input if a part is damaged
base::Result<std::vector<PoseChunk>> merge_chunks(const std::vector<PoseChunk>& parts);

}  // namespace matside::records
