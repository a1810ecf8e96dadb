// One practice in front of a camera: pictures and answers in, messages for the page out. Pose
// and judgement are those of a recording.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/coaching/lesson.h"
#include "core/exercise/definition.h"
#include "server/client_messages.h"
#include "server/pose_estimator.h"
#include "server/practice_recorder.h"
#include "server/server_messages.h"

namespace matside::server {

/// Not for use by two threads at once.
class LivePractice {
 public:
  /// What to tell the page. Once ended, the summary is the last message there will be.
  struct Reply {
    std::vector<std::string> messages;
    bool ended = false;
  };

  /// @param exercise must outlive the practice
  /// @param recorder null where nothing is kept
  /// @returns ErrorKind::usage for a level that the exercise does not have.
  static base::Result<LivePractice> begin(const exercise::Definition& exercise,
                                          const coaching::PracticeRequest& request,
                                          PoseEstimator pose_estimator,
                                          std::unique_ptr<PracticeRecorder> recorder = nullptr);

  /// What to tell before the first picture.
  Reply start();
  /// Looks at a picture. The frame's own message comes last, or the summary.
  /// @returns ErrorKind::input when it is no JPEG, ErrorKind::model when a network fails.
  base::Result<Reply> process_frame(const ClientFrame& frame);
  /// The person's own messages.
  Reply handle(const Pause& pause);
  Reply handle(const Resume& resume);
  Reply handle(const Comfort& comfort);
  Reply handle(const Stop& stop);

 private:
  LivePractice(const exercise::Definition& exercise, PoseEstimator pose_estimator,
               coaching::Lesson lesson, int level, int repetitions,
               std::unique_ptr<PracticeRecorder> recorder)
      : exercise_(&exercise),
        pose_estimator_(std::move(pose_estimator)),
        lesson_(std::move(lesson)),
        level_(level),
        repetitions_(repetitions),
        recorder_(std::move(recorder)) {}
  void add_events(std::span<const coaching::LessonEvent> events, Reply& answer);
  void warn(const std::optional<engine::Warning>& warning, Reply& answer) const;
  [[nodiscard]] std::optional<records::Id> saved_id() const;
  Reply reply_to(std::span<const coaching::LessonEvent> events);
  void end_if_over(Reply& answer);
  void sample_knees(base::Seconds time);

  const exercise::Definition* exercise_;
  PoseEstimator pose_estimator_;
  coaching::Lesson lesson_;
  int level_;
  int repetitions_;
  std::unique_ptr<PracticeRecorder> recorder_;
  std::int64_t frames_ = 0;
  std::deque<KneeSample> knee_samples_;
};

}  // namespace matside::server
