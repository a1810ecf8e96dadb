#include "core/cycle/segment_curves.h"

#include <algorithm>
#include <cmath>

#include "core/kinematics/body_frame.h"
#include "core/signal/smoother.h"

namespace matside::cycle {
namespace {

using exercise::Channel;
using exercise::CycleSides;
using exercise::LegChoice;
using signal::Sample;

// Human movement of this kind has no content above this frequency (movement.md 6.2).
constexpr double kCutoff_hz = 6.0;
// A leg's range is its value at this share of its readings in order: single misread ones don't
// count.
constexpr double kHighShare = 0.9;
// A raised leg that is unseen for no longer than this is hidden by the other one, not down.
constexpr base::Seconds kHiddenMax(0.7);
// A knee whose limbs don't fit their lengths still counts a little: in a view that is not
// square they never fit.
constexpr double kLeastWeight = 0.1;

/// What a reading can't do between two frames, since bodies have mass: a falling foot reaches
/// 410 degrees a second (movement.md 4), a trunk that falls from the forearms about half.
struct Speed {
  double jump;      ///< in the channel's unit: what noise alone may do
  double per_s;     ///< in the channel's unit
  double least_sd;  ///< standard deviation below which nothing is read in a picture
};
Speed speed_of(Channel channel) {
  switch (channel) {
    case Channel::knee_flexion:
      return {10.0, 600.0, 1.0};
    case Channel::thigh_lift:
    case Channel::leg_lift:
      return {6.0, 300.0, 0.3};
    case Channel::trunk_incline:
      return {6.0, 250.0, 0.3};
    case Channel::neck_angle:
      return {15.0, 400.0, 1.0};
    case Channel::hip_rise:
      break;
  }
  return {0.1, 3.0, 0.01};
}

}  // namespace

std::span<const Sample> between(std::span<const Sample> samples, base::Seconds from,
                                base::Seconds to) {
  const auto first = std::ranges::lower_bound(samples, from, {}, &Sample::time);
  const auto last = std::ranges::upper_bound(samples, to, {}, &Sample::time);
  if (first >= last) return {};
  return samples.subspan(static_cast<std::size_t>(first - samples.begin()),
                         static_cast<std::size_t>(last - first));
}

std::optional<double> greatest(std::span<const Sample> samples) {
  if (samples.empty()) return std::nullopt;
  return std::ranges::max_element(samples, {}, &Sample::value)->value;
}

SegmentCurves::SegmentCurves(const exercise::MovementSegment& segment,
                             const exercise::Definition& definition)
    : segment_(segment),
      rules_(*definition.cycle),
      noise_(std::max(speed_of(rules_.channel).least_sd,
                      noise_of(rules_.channel, segment.noise))) {
  frames_.reserve(segment.frames.size());
  for (const kinematics::BodyFrame& body : segment.frames)
    frames_.push_back(read_channels(body, segment.rest, definition.measurement));
  find_moving_legs();
}

/// Of legs that move together, the one whose movement is seen better: a view that is not square
/// makes the other one's smaller.
std::size_t SegmentCurves::wider_leg() const {
  std::array<std::vector<double>, 2> values;
  for (const FrameReadings& frame : frames_) {
    for (std::size_t leg = 0; leg < 2; ++leg) {
      if (const auto& value = frame.of(rules_.channel)[leg]) values[leg].push_back(*value);
    }
  }
  std::array<double, 2> range{};
  for (std::size_t leg = 0; leg < 2; ++leg) {
    std::ranges::sort(values[leg]);
    if (values[leg].empty()) continue;
    const auto high =
        static_cast<std::size_t>(kHighShare * static_cast<double>(values[leg].size() - 1));
    // A leg that is seen half of the time counts half.
    range[leg] = values[leg][high] * static_cast<double>(values[leg].size());
  }
  return range[0] > range[1] ? 0 : 1;
}

void SegmentCurves::find_moving_legs() {
  moving_.assign(frames_.size(), 0);
  if (!exercise::is_of_legs(rules_.channel)) return;
  if (rules_.sides == CycleSides::both) {
    std::ranges::fill(moving_, wider_leg());
    return;
  }
  std::size_t raised = 0;
  base::Seconds both_seen = frames_.front().time;
  for (std::size_t i = 0; i < frames_.size(); ++i) {
    const ChannelReading& reading = frames_[i].of(rules_.channel);
    if (reading[0] && reading[1]) {
      raised = *reading[0] > *reading[1] ? 0 : 1;
      both_seen = frames_[i].time;
    } else if (frames_[i].time - both_seen > kHiddenMax && (reading[0] || reading[1])) {
      raised = reading[0] ? 0 : 1;
    }
    moving_[i] = raised;  // hidden for a moment, not down
  }
}

std::optional<std::size_t> SegmentCurves::leg_of(std::size_t frame, Channel channel,
                                                 LegChoice choice) const {
  const ChannelReading& both = frames_[frame].of(channel);
  if (!exercise::is_of_legs(channel)) return 0;
  if (choice == LegChoice::moving) return moving_[frame];
  if (choice == LegChoice::other) return 1 - moving_[frame];
  if (both[0] && both[1]) {
    const bool left_is_greater = *both[0] > *both[1];
    return left_is_greater == (choice == LegChoice::either) ? 0 : 1;
  }
  if (choice == LegChoice::both) return std::nullopt;
  return both[0] ? 0 : 1;
}

template <class LegOf>
std::vector<Sample> SegmentCurves::smooth(Channel channel, LegOf leg_of_frame) const {
  const Speed speed = speed_of(channel);
  std::vector<signal::WeightedSample> samples;
  samples.reserve(frames_.size());
  for (std::size_t i = 0; i < frames_.size(); ++i) {
    const FrameReadings& frame = frames_[i];
    const std::optional<std::size_t> leg = leg_of_frame(i);
    if (!leg) continue;
    const std::optional<double> value = frame.of(channel)[*leg];
    if (!value || !std::isfinite(*value)) continue;
    if (!samples.empty()) {
      const double since_s = (frame.time - samples.back().time).value();
      if (std::abs(*value - samples.back().value) > speed.jump + speed.per_s * since_s)
        continue;
    }
    const double weight =
        channel == Channel::knee_flexion ? std::max(kLeastWeight, frame.leg_weight[*leg]) : 1.0;
    samples.push_back({frame.time, *value, weight});
  }
  const double sd = std::max(speed.least_sd, noise_of(channel, segment_.noise));
  return signal::smooth_zero_lag(samples, kCutoff_hz, sd);
}

const std::vector<Sample>& SegmentCurves::curve(Channel channel, LegChoice leg) {
  if (!exercise::is_of_legs(channel)) leg = LegChoice::moving;
  Curve& kept = curves_[static_cast<std::size_t>(channel)][static_cast<std::size_t>(leg)];
  if (!kept)
    kept = smooth(channel, [&](std::size_t frame) { return leg_of(frame, channel, leg); });
  return *kept;
}

const std::vector<Sample>& SegmentCurves::cycle() {
  return curve(rules_.channel, LegChoice::moving);
}

const std::vector<Sample>& SegmentCurves::leg(Channel channel, pose::Side side) {
  Curve& kept = legs_[static_cast<std::size_t>(channel)][pose::index(side)];
  if (!kept)
    kept = smooth(channel, [&](std::size_t) { return std::optional(pose::index(side)); });
  return *kept;
}

}  // namespace matside::cycle
