#include "core/kinematics/rest_baseline.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/signal/samples.h"

namespace matside::kinematics {
namespace {

using base::Degrees;
using base::ImagePoint;
using base::Seconds;

// Entries are at least this far apart, so that the window is as long at every frame rate.
constexpr double kEntriesPerSecond = 32.0;
constexpr Seconds kSpacing(1.0 / kEntriesPerSecond);
// Fewer entries could be a single misread movement.
constexpr std::size_t kMinEntries = 6;
// Geometry of the neck: a nod turns the nose at most this much further than the ear, both about
// the shoulder.
constexpr double kNoseOverEar = 2.0;
// The neck turns a little above the shoulder: between rigid about it (1) and rendered heads
// (1.5).
constexpr double kNodOverEar = 1.25;
// Upper arm over thigh: 0.186 over 0.245 of the height (Winter, Biomechanics and Motor
// Control).
constexpr double kUpperArmThighs = 0.76;

// Indices of the values whose medians make the rest: points, then each leg, then two more.
constexpr std::size_t kOfLegs = 8;
constexpr std::size_t kOfOneLeg = 6;
constexpr std::size_t kOfThigh = kOfLegs + 2 * kOfOneLeg;
constexpr std::size_t kOfElbow = kOfThigh + 1;
constexpr std::size_t kValues = kOfElbow + 1;

std::optional<double> leg_value(const std::optional<LegFrame>& leg, std::size_t kind) {
  if (!leg) return std::nullopt;
  const std::array values{leg->knee_flexion.value(),
                          leg->thigh.value(),
                          leg->knee.x_px,
                          leg->knee.y_px,
                          leg->thigh_px,
                          leg->shank_px};
  return values[kind];
}

std::optional<double> value_of(const BodyFrame& b, std::size_t kind) {
  if (kind < kOfLegs) {
    const ImagePoint& point = *std::array{&b.hip, &b.shoulder, &b.nose, &b.ear}[kind / 2];
    return kind % 2 == 0 ? point.x_px : point.y_px;
  }
  if (kind < kOfThigh) {
    return leg_value(b.legs[(kind - kOfLegs) / kOfOneLeg], (kind - kOfLegs) % kOfOneLeg);
  }
  if (kind == kOfElbow) {
    if (!b.elbow) return std::nullopt;
    return b.elbow->x_px - b.shoulder.x_px;
  }
  const std::size_t near = pose::index(near_side(b.head_direction));
  if (!b.legs[near] && !b.legs[1 - near]) return std::nullopt;
  return b.legs[near] ? b.legs[near]->thigh_px : b.legs[1 - near]->thigh_px;
}

/// @param median of the values of each kind, where there are any
template <class Median>
RestPose rest_of(const BodyFrame& newest, Median median) {
  RestPose rest;
  const auto of = [&](std::size_t kind) { return median(kind).value_or(0.0); };
  const auto point = [&](std::size_t kind) { return ImagePoint{of(kind), of(kind + 1)}; };
  rest.hip = point(0);
  rest.shoulder = point(2);
  rest.nose = point(4);
  rest.ear = point(6);
  for (std::size_t side = 0; side < 2; ++side) {
    const std::size_t first = kOfLegs + side * kOfOneLeg;
    rest.legs[side] = {Degrees(of(first)), Degrees(of(first + 1)), point(first + 2),
                       of(first + 4), of(first + 5)};
  }
  rest.thigh_px = of(kOfThigh);
  const double ahead = newest.head_direction == pose::Side::right ? 1.0 : -1.0;
  if (const auto elbow_px = median(kOfElbow); elbow_px && rest.thigh_px > 0.0) {
    rest.elbow_forward = ahead * *elbow_px / (kUpperArmThighs * rest.thigh_px);
  }
  BodyFrame middle = newest;
  middle.hip = rest.hip;
  middle.shoulder = rest.shoulder;
  rest.trunk_incline = chest_incline(rest, middle);
  return rest;
}

}  // namespace

Degrees chest_incline(const RestPose& rest, const BodyFrame& body) {
  return incline(rest.hip, body.shoulder, body.head_direction);
}

Degrees neck_angle_change(const RestPose& rest, const BodyFrame& body) {
  const Degrees chest = chest_incline(rest, body) - rest.trunk_incline;
  const auto turned = [&](ImagePoint from, ImagePoint to) {
    return incline(body.shoulder, to, body.head_direction) -
           incline(rest.shoulder, from, body.head_direction) - chest;
  };
  const Degrees ear = turned(rest.ear, body.ear);
  const Degrees most = ear * kNoseOverEar;
  const Degrees none(0.0);
  const Degrees nose =
      std::clamp(turned(rest.nose, body.nose), std::min(most, none), std::max(most, none));
  return (nose + ear * kNodOverEar) * 0.5;
}

RestPose median_rest_pose(std::span<const BodyFrame> frames, std::vector<double>& scratch) {
  return rest_of(frames.back(), [&](std::size_t kind) {
    scratch.clear();
    for (const BodyFrame& b : frames) {
      if (const auto value = value_of(b, kind)) scratch.push_back(*value);
    }
    return signal::median(scratch);
  });
}

RestBaseline::RestBaseline(Seconds window, Seconds enough)
    : enough_(enough),
      capacity_(std::max(kMinEntries, static_cast<std::size_t>(
                                          std::lround(window.value() * kEntriesPerSecond)))) {
  entries_.reserve(capacity_);
  for (std::size_t kind = 0; kind < kValues; ++kind) sorted_values_.emplace_back(capacity_);
}

void RestBaseline::clear() {
  restart();
  ready_ = false;
}

void RestBaseline::restart() {
  entries_.clear();
  clear_values();
  next_ = 0;
}

void RestBaseline::clear_values() {
  for (signal::SortedValues& values : sorted_values_) values.clear();
}

void RestBaseline::add_values(const BodyFrame& body) {
  for (std::size_t kind = 0; kind < kValues; ++kind) {
    if (const auto value = value_of(body, kind)) sorted_values_[kind].add(*value);
  }
}

RestPose RestBaseline::median_rest() const {
  return rest_of(entries_.back(),
                 [&](std::size_t kind) { return sorted_values_[kind].median(); });
}

void RestBaseline::rectify(const PlaneRectification& view) {
  if (entries_.empty()) return;
  clear_values();
  for (BodyFrame& b : entries_) {
    b = view.rectified(b);
    add_values(b);
  }
  rest_ = median_rest();
}

void RestBaseline::add(const BodyFrame& body) {
  if (!entries_.empty() && body.time - last_time_ < kSpacing) return;
  last_time_ = body.time;
  if (entries_.size() < capacity_) {
    entries_.push_back(body);
  } else {
    for (std::size_t kind = 0; kind < kValues; ++kind) {
      if (const auto value = value_of(entries_[next_], kind))
        sorted_values_[kind].remove(*value);
    }
    entries_[next_] = body;
    next_ = (next_ + 1) % capacity_;
  }
  add_values(body);
  const Seconds oldest = entries_[next_ % entries_.size()].time;
  if (entries_.size() < kMinEntries || body.time - oldest < enough_) return;
  rest_ = median_rest();
  ready_ = true;
}

}  // namespace matside::kinematics
