#include "formats/regular_frames.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/signal/samples.h"

namespace matside::formats {
namespace {

constexpr double kRounding_s = 0.001;
// Videos count in steps of 1/90000 s at the coarsest usual.
constexpr double kStampRounding_s = 1.0 / 90000.0;
constexpr double kUsual_share = 0.1;
// Two frames may be missing, as when a phone drops some.
constexpr double kWidestGap_intervals = 2.5;
// A source at this rate is already at the limit of any camera.
constexpr double kHighestRate_hz = 1000.0;

/// How far the times are from equal intervals at most.
double irregularity_s(const std::vector<pose::PoseFrame>& frames, base::Seconds interval) {
  double most_s = 0.0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const base::Seconds place = frames.front().time + interval * static_cast<double>(i);
    most_s = std::max(most_s, std::abs((frames[i].time - place).value()));
  }
  return most_s;
}

/// The mean of the intervals that are about as long as the median one: the median itself has
/// the rounding of one time.
base::Seconds usual_interval(const std::vector<pose::PoseFrame>& frames) {
  std::vector<double> intervals_s;
  for (std::size_t i = 1; i < frames.size(); ++i) {
    intervals_s.push_back((frames[i].time - frames[i - 1].time).value());
  }
  const double median_s = signal::median(intervals_s).value_or(1.0);
  double sum_s = 0.0;
  double count = 0.0;
  for (const double each_s : intervals_s) {
    if (std::abs(each_s - median_s) > kUsual_share * median_s) continue;
    sum_s += each_s;
    count += 1.0;
  }
  return base::Seconds(std::max(sum_s / std::max(count, 1.0), 1.0 / kHighestRate_hz));
}

pose::Keypoint between(const pose::Keypoint& a, const pose::Keypoint& b, double share) {
  if (!(a.score > 0.0) || !(b.score > 0.0)) return {};
  pose::Keypoint mixed;
  mixed.position = {a.position.x_px + share * (b.position.x_px - a.position.x_px),
                    a.position.y_px + share * (b.position.y_px - a.position.y_px)};
  mixed.score = std::min(a.score, b.score);
  return mixed;
}

/// The pose between two frames.
pose::PoseFrame between(const pose::PoseFrame& a, const pose::PoseFrame& b, base::Seconds time,
                        base::Seconds widest_gap) {
  const double share = (time - a.time) / (b.time - a.time);
  pose::PoseFrame mixed = share < 0.5 ? a : b;
  mixed.time = time;
  mixed.pose.reset();
  if (!a.pose || !b.pose || b.time - a.time > widest_gap) return mixed;
  mixed.pose.emplace();
  mixed.pose->score = std::min(a.pose->score, b.pose->score);
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    mixed.pose->keypoints[i] = between(a.pose->keypoints[i], b.pose->keypoints[i], share);
  }
  return mixed;
}

}  // namespace

RegularFrames at_equal_intervals(const std::vector<pose::PoseFrame>& frames) {
  RegularFrames regular;
  const base::Seconds begin = frames.front().time;
  const base::Seconds span = frames.back().time - begin;
  const auto count = static_cast<double>(frames.size());
  if (!(span.value() > 0.0)) {
    regular.frames = frames;
    return regular;
  }
  const base::Seconds mean = span / (count - 1.0);
  const double off_s = irregularity_s(frames, mean);
  // A little more, for times that are exactly that far off.
  if (off_s <= kRounding_s * 1.01) {
    regular.rate_hz = 1.0 / mean.value();
    regular.frames = frames;
    if (off_s <= kStampRounding_s) return regular;
    for (std::size_t i = 0; i < frames.size(); ++i) {
      regular.frames[i].time = begin + mean * static_cast<double>(i);
    }
    return regular;
  }
  const base::Seconds interval = usual_interval(frames);
  regular.rate_hz = 1.0 / interval.value();
  regular.resampled = true;
  std::size_t after = 1;
  // A little more, so that rounding doesn't cost the last frame.
  const auto wanted = static_cast<std::size_t>(span / interval + 1e-6) + 1;
  for (std::size_t i = 0; i < wanted; ++i) {
    const base::Seconds time =
        std::min(begin + interval * static_cast<double>(i), frames.back().time);
    while (after + 1 < frames.size() && frames[after].time < time) ++after;
    regular.frames.push_back(
        between(frames[after - 1], frames[after], time, interval * kWidestGap_intervals));
    regular.frames.back().frame_index = static_cast<std::int64_t>(i);
  }
  return regular;
}

}  // namespace matside::formats
