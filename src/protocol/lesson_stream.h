// A live practice as messages: frames and the person's answers in, messages for the page out.
// Shared by camera practices and pose streams.
//
// A practice may have several exercises, one after the other. Each is a lesson of its own,
// whose times count from 0, and is saved as a practice of its own. The next one begins when the
// set of the one before is done; whoever stops, stops all.
//
// One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
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
#include "protocol/server_messages.h"
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

  /// One exercise of the practice.
  struct Part {
    const exercise::Definition* exercise;
    coaching::PracticeRequest request;
  };
  /// Begins to save an exercise that follows another.
  using BeginRecorder =
      std::function<base::Result<std::unique_ptr<PracticeRecorder>>(const Part&)>;

  /// @param parts at least one; their exercises must outlive the stream
  /// @param recorder of the first part; null where the practice isn't saved
  /// @param begin_recorder of the others; empty where they aren't saved
  /// @returns ErrorKind::usage for a level that an exercise doesn't have
  static base::Result<LessonStream> create(std::vector<Part> parts,
                                           std::unique_ptr<PracticeRecorder> recorder = nullptr,
                                           BeginRecorder begin_recorder = nullptr);

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
  [[nodiscard]] std::int64_t frames() const { return frames_before_ + practice_.frames(); }

 private:
  LessonStream(std::vector<Part> parts, practice::LivePractice practice,
               std::unique_ptr<PracticeRecorder> recorder, BeginRecorder begin_recorder)
      : parts_(std::move(parts)),
        practice_(std::move(practice)),
        recorder_(std::move(recorder)),
        begin_recorder_(std::move(begin_recorder)) {}
  [[nodiscard]] const exercise::Definition& exercise() const { return *parts_[part_].exercise; }
  [[nodiscard]] std::string exercise_message() const;
  [[nodiscard]] PracticeSummary summary() const;
  void begin_next(base::Seconds now, Reply& reply);
  Reply reply_to(std::span<const coaching::LessonEvent> events);
  void add_events(std::span<const coaching::LessonEvent> events, Reply& reply);
  void warn(const std::optional<engine::Warning>& warning, Reply& reply) const;
  void end_if_over(Reply& reply, std::optional<base::Seconds> now = std::nullopt);
  [[nodiscard]] std::optional<records::Id> saved_id() const;

  std::vector<Part> parts_;
  std::size_t part_ = 0;  ///< the one being practised
  practice::LivePractice practice_;
  std::unique_ptr<PracticeRecorder> recorder_;
  BeginRecorder begin_recorder_;
  base::Seconds begin_;             ///< of this part, in the time of the frames
  std::int64_t frames_before_ = 0;  ///< of earlier parts
};

}  // namespace matside::protocol
