// A live practice as messages: frames and the person's answers in, messages for the page out.
// Shared by camera practices and pose streams.
//
// One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/coaching/lesson.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"
#include "practice/live_practice.h"
#include "practice/pose_estimator.h"
#include "protocol/client_messages.h"
#include "protocol/practice_recorder.h"
#include "vision/image/view.h"

namespace matside::protocol {

/// Turns the events of one practice into messages, saves its repetitions, and adds the summary.
class LessonStream {
 public:
  /// The messages to send. Once ended, the summary is the last message.
  struct Reply {
    std::vector<std::string> messages;
    bool ended = false;
  };

  /// @param exercise must outlive the stream
  /// @param recorder null where the practice isn't saved
  /// @returns ErrorKind::usage for a level that the exercise doesn't have
  static base::Result<LessonStream> create(
      const exercise::Definition& exercise, const coaching::PracticeRequest& request,
      std::unique_ptr<PracticeRecorder> recorder = nullptr);

  /// The messages before the first frame; "ready" is the first.
  Reply start();
  /// Takes the next frame of poses found elsewhere.
  Reply push(const pose::PoseFrame& frame);
  /// Takes the next picture. The frame's "frame_done" comes last, or the summary.
  /// @param index the page's own number of the frame
  /// @returns as practice::LivePractice::push()
  base::Result<Reply> push(std::uint32_t index, base::Seconds time, const image::View& picture,
                           const practice::PoseEstimator& estimator);
  /// The person's own messages.
  Reply handle(const Pause& pause);
  Reply handle(const Resume& resume);
  Reply handle(const CameraBack& camera_back);
  Reply handle(const PageSays& says);
  Reply handle(const Comfort& comfort);
  Reply handle(const Stop& stop);

  /// Frames taken so far.
  [[nodiscard]] std::int64_t frames() const { return practice_.frames(); }

 private:
  LessonStream(const exercise::Definition& exercise, practice::LivePractice practice,
               std::unique_ptr<PracticeRecorder> recorder)
      : exercise_(&exercise), practice_(std::move(practice)), recorder_(std::move(recorder)) {}
  Reply reply_to(std::span<const coaching::LessonEvent> events);
  void add_events(std::span<const coaching::LessonEvent> events, Reply& reply);
  void warn(const std::optional<engine::Warning>& warning, Reply& reply) const;
  void end_if_over(Reply& reply);
  [[nodiscard]] std::optional<records::Id> saved_id() const;

  const exercise::Definition* exercise_;
  practice::LivePractice practice_;
  std::unique_ptr<PracticeRecorder> recorder_;
};

}  // namespace matside::protocol
