#include "practice/live_practice.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "practice/pose_frame_of.h"

namespace matside::practice {
namespace {

constexpr base::Seconds kKneeSampleInterval(0.06);
constexpr std::size_t kMaxKneeSamples = 10'000;
// One pixel in this many is enough for the brightness of a picture.
constexpr std::int64_t kBrightnessStride = 17;
constexpr double kMaxValue = 255.0;

/// The green of the stored pixel number `at`, counted along the rows; 0 to 255.
double green_of(const image::Planes& planes, std::int64_t at) {
  const std::int64_t x = at % planes.stored.width_px;
  const std::int64_t y = at / planes.stored.width_px;
  const std::int64_t pair = (y / 2) * planes.uv_stride_bytes + x / 2;
  const image::YuvToRgb& c = planes.colours;
  const float green = c.gain * static_cast<float>(planes.y[y * planes.y_stride_bytes + x]) +
                      c.green_u * static_cast<float>(planes.u[pair]) +
                      c.green_v * static_cast<float>(planes.v[pair]) + c.green_0;
  return std::clamp<double>(green, 0.0, kMaxValue);
}

/// Mean of the picture's green, 0 to 1.
double brightness_of(const image::View& picture) {
  const auto pixels =
      static_cast<std::int64_t>(picture.size().width_px) * picture.size().height_px;
  double sum = 0.0;
  std::int64_t count = 0;
  for (std::int64_t at = 0; at < pixels; at += kBrightnessStride, ++count) {
    sum += picture.image() != nullptr
               ? picture.image()->rgb[static_cast<std::size_t>(3 * at + 1)]
               : green_of(*picture.planes(), at);
  }
  return count > 0 ? sum / (kMaxValue * static_cast<double>(count)) : 0.0;
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

base::Result<LivePractice::Events> LivePractice::push(const image::View& picture,
                                                      base::Seconds time,
                                                      const PoseEstimator& estimator) {
  const auto tracked = estimator(picture);
  if (!tracked) return tracked.error();
  const Events events =
      add(pose_frame_of(frames_, time, picture.size(), picture.size(), tracked.value()),
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
