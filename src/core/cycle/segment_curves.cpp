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
      near_leg_(pose::index(kinematics::near_side(segment.frames.front().head_direction))),
      noise_(std::max(speed_of(rules_.channel).least_sd,
                      noise_of(rules_.channel, segment.noise))) {
  frames_.reserve(segment.frames.size());
  for (const kinematics::BodyFrame& body : segment.frames)
    frames_.push_back(read_channels(body, segment.rest, definition.measurement));
}

std::size_t SegmentCurves::moving_leg(const FrameReadings& frame) const {
  const ChannelReading& cycle = frame.of(rules_.channel);
  if (rules_.sides != CycleSides::alternating || !exercise::is_of_legs(rules_.channel))
    return near_leg_;
  if (!cycle[0] || !cycle[1]) return cycle[0] ? 0 : 1;
  return *cycle[0] > *cycle[1] ? 0 : 1;
}

std::optional<double> SegmentCurves::reading(const FrameReadings& frame, Channel channel,
                                             LegChoice leg) const {
  const ChannelReading& both = frame.of(channel);
  if (!exercise::is_of_legs(channel)) return both[0];
  switch (leg) {
    case LegChoice::moving:
      return both[moving_leg(frame)];
    case LegChoice::other:
      return both[1 - moving_leg(frame)];
    case LegChoice::either:
      return greater(both);
    case LegChoice::both:
      break;
  }
  return lesser(channel, both);
}

template <class Read>
std::vector<Sample> SegmentCurves::smooth(Channel channel, Read read) const {
  const Speed speed = speed_of(channel);
  std::vector<signal::WeightedSample> samples;
  samples.reserve(frames_.size());
  for (const FrameReadings& frame : frames_) {
    const std::optional<double> value = read(frame);
    if (!value || !std::isfinite(*value)) continue;
    if (!samples.empty()) {
      const double since_s = (frame.time - samples.back().time).value();
      if (std::abs(*value - samples.back().value) > speed.jump + speed.per_s * since_s)
        continue;
    }
    samples.push_back({frame.time, *value, 1.0});
  }
  const double sd = std::max(speed.least_sd, noise_of(channel, segment_.noise));
  return signal::smooth_zero_lag(samples, kCutoff_hz, sd);
}

const std::vector<Sample>& SegmentCurves::curve(Channel channel, LegChoice leg) {
  if (!exercise::is_of_legs(channel)) leg = LegChoice::moving;
  Curve& kept = curves_[static_cast<std::size_t>(channel)][static_cast<std::size_t>(leg)];
  if (!kept) {
    kept = smooth(channel,
                  [&](const FrameReadings& frame) { return reading(frame, channel, leg); });
  }
  return *kept;
}

const std::vector<Sample>& SegmentCurves::cycle() {
  return curve(rules_.channel, LegChoice::moving);
}

const std::vector<Sample>& SegmentCurves::leg(Channel channel, pose::Side side) {
  Curve& kept = legs_[static_cast<std::size_t>(channel)][pose::index(side)];
  if (!kept) {
    kept = smooth(channel, [&](const FrameReadings& frame) {
      return frame.of(channel)[pose::index(side)];
    });
  }
  return *kept;
}

}  // namespace matside::cycle
