// From kept poses to a judgement, and from a judgement to what is kept of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/engine/analysis.h"
#include "core/engine/moment.h"
#include "core/exercise/definition.h"
#include "core/kinematics/body_frame.h"
#include "core/pose/pose_frame.h"
#include "formats/analysis_json.h"
#include "records/repository.h"

namespace matside::records {

/// How long the hip flexors of a practice were longer than at rest. Of each leg, added up.
class Lengthening {
 public:
  void see(const engine::Moment& moment);
  [[nodiscard]] base::Seconds time() const { return time_; }

 private:
  base::Seconds time_;
  base::Seconds last_;
  bool seen_ = false;
};

/// Between the sessions of one practice, where the camera's clock began anew.
inline constexpr base::Seconds kBetweenSessions(1.0);

/// A practice judged anew.
struct Judged {
  engine::Analysis analysis;  ///< of all sessions together
  base::Seconds lengthening;
  base::Seconds duration;
  base::ImageSize size;  ///< of the last picture
  std::string sha256;    ///< of the pose streams
};

struct Poses {
  int level = 0;
  /// Whether the practice came to its end, and what was under way then is judged.
  bool finished = true;
  std::vector<records::PoseChunk> chunks;
};

/// Called with each frame at its time in the practice, and what it showed.
using OnJudgedFrame = std::function<void(base::Seconds in_practice, const pose::PoseFrame&,
                                         const engine::Moment&)>;

/// As it was judged when it happened, if the engine is the same.
/// @returns ErrorKind::input for poses that are damaged, ErrorKind::usage for a level that is
/// not
///   there.
base::Result<Judged> judge(const Poses& poses, const exercise::Definition& exercise,
                           const OnJudgedFrame& on_frame = {});

records::Repetition kept(const exercise::Repetition& repetition);
std::vector<records::Repetition> kept(const std::vector<exercise::Repetition>& repetitions);

/// As the result file tells it.
/// @param judgement whose settings it tells
formats::AnalysisRecord record_of(const Judged& judged, const records::Judgement& judgement,
                                  const exercise::Definition& exercise);
records::Outcome outcome_of(const Judged& judged, const records::Judgement& judgement,
                            const exercise::Definition& exercise);

/// Few parts of many: those that belong to one session and were judged alike become one.
base::Result<std::vector<records::PoseChunk>> joined(
    const std::vector<records::PoseChunk>& parts);

}  // namespace matside::records
