#include "practice/live_practice.h"

#include <cstddef>

#include "practice/pose_frame_of.h"

namespace matside::practice {
namespace {

constexpr base::Seconds kKneeSampleInterval(0.06);
constexpr std::size_t kMaxKneeSamples = 10'000;
// One pixel in this many is enough for the brightness of a picture.
constexpr std::size_t kBrightnessStride = 17;
constexpr double kMaxValue = 255.0;

/// Mean of the picture's green, 0 to 1.
double brightness_of(const image::Image& picture) {
  std::uint64_t sum = 0;
  std::uint64_t count = 0;
  for (std::size_t i = 1; i < picture.rgb.size(); i += 3 * kBrightnessStride) {
    sum += picture.rgb[i];
    ++count;
  }
  return count > 0 ? static_cast<double>(sum) / (kMaxValue * static_cast<double>(count)) : 0.0;
}

}  // namespace

base::Result<LivePractice> LivePractice::create(const exercise::Definition& exercise,
                                                const coaching::PracticeRequest& request) {
  auto lesson = coaching::Lesson::create(exercise, request);
  if (!lesson) return lesson.error();
  return LivePractice(std::move(lesson).value(), request);
}

LivePractice::Events LivePractice::push(pose::PoseFrame frame) {
  frame.frame_index = frames_;
  return add(pose::rounded(frame), std::nullopt);
}

base::Result<LivePractice::Events> LivePractice::push(const image::Image& picture,
                                                      base::Seconds time,
                                                      const PoseEstimator& estimator) {
  const auto tracked = estimator(picture);
  if (!tracked) return tracked.error();
  const Events events =
      add(pose_frame_of(frames_, time, picture.size, picture.size, tracked.value()),
          brightness_of(picture));
  sample_knees();
  return events;
}

LivePractice::Events LivePractice::add(pose::PoseFrame frame,
                                       std::optional<double> brightness) {
  ++frames_;
  last_frame_ = frame;
  return lesson_.push(last_frame_, brightness);
}

void LivePractice::sample_knees() {
  const base::Seconds time = last_frame_.time;
  if (!knees_.empty() && time - knees_.back().time < kKneeSampleInterval) return;
  knees_.push_back({time, lesson_.frame_state().knee_bend});
  if (knees_.size() > kMaxKneeSamples) knees_.pop_front();
}

}  // namespace matside::practice
