// A live practice: frames from a camera or from another program, and a person's answers, into
// one Lesson. It knows no JSON, no network and no records.
//
//   auto practice = practice::LivePractice::create(exercise, {.level = 1, .repetitions = 10});
//   send(practice.value().begin());
//   for (const Picture& picture : camera)
//     send(practice.value().push(picture.image, picture.time, estimator).value());
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <utility>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/coaching/lesson.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"
#include "practice/pose_estimator.h"
#include "vision/image/view.h"

namespace matside::practice {

/// Both knees' flexion at one time, by pose::index(Side).
struct KneeSample {
  base::Seconds time;
  std::array<std::optional<base::Degrees>, 2> bend;  ///< FrameState::knee_bend
};

/// The events of each call are valid until the next call. One thread at a time.
class LivePractice {
 public:
  using Events = std::span<const coaching::LessonEvent>;

  /// @param exercise must outlive the practice
  /// @returns ErrorKind::usage for a level that the exercise doesn't have, or no repetitions
  static base::Result<LivePractice> create(const exercise::Definition& exercise,
                                           const coaching::PracticeRequest& request);

  /// Call it once, before the first frame.
  Events begin() { return lesson_.begin(); }
  /// Takes the next frame of poses. Its index is replaced by the number of frames so far, and
  /// its values are rounded (pose::rounded).
  Events push(pose::PoseFrame frame);
  /// Finds the pose in the next picture and takes it; also samples both knees for the curve.
  /// @param time from the first picture
  /// @returns as `estimator`
  base::Result<Events> push(const image::View& picture, base::Seconds time,
                            const PoseEstimator& estimator);
  Events pause() { return lesson_.pause(); }
  Events resume() { return lesson_.resume(); }
  Events continue_after_gap() { return lesson_.continue_after_gap(); }
  void voice_taken(std::string_view id, std::string_view text, base::Seconds start) {
    lesson_.voice_taken(id, text, start);
  }
  Events answer(bool comfortable) { return lesson_.answer(comfortable); }
  Events finish() { return lesson_.finish(); }

  [[nodiscard]] bool ended() const { return lesson_.stage() == coaching::Stage::ended; }
  [[nodiscard]] const coaching::Lesson& lesson() const { return lesson_; }
  [[nodiscard]] const coaching::PracticeRequest& request() const { return request_; }
  [[nodiscard]] std::int64_t frames() const { return frames_; }
  /// The frame pushed last; a frame without time and size before that.
  [[nodiscard]] const pose::PoseFrame& last_frame() const { return last_frame_; }
  /// Up to 10,000 samples, the oldest first, at least 0.06 s apart: ten minutes.
  [[nodiscard]] const std::deque<KneeSample>& knees() const { return knees_; }

 private:
  LivePractice(coaching::Lesson lesson, const coaching::PracticeRequest& request)
      : lesson_(std::move(lesson)), request_(request) {}
  Events add(pose::PoseFrame frame, std::optional<double> brightness);
  void sample_knees();

  coaching::Lesson lesson_;
  coaching::PracticeRequest request_;
  std::int64_t frames_ = 0;
  pose::PoseFrame last_frame_;
  std::deque<KneeSample> knees_;
};

}  // namespace matside::practice
