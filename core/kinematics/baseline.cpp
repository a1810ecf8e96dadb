#include "core/kinematics/baseline.h"

#include <algorithm>

#include "core/signal/samples.h"

namespace matside::kinematics {
namespace {

using base::Degrees;
using base::ImagePoint;
using base::Seconds;

// Entries are at least this far apart, so that the window is the same at every frame rate.
constexpr Seconds kSpacing(1.0 / 32.0);
constexpr std::size_t kCapacity = 192;
// Half a second of rest is enough to begin with.
constexpr std::size_t kEnough = 6;
constexpr Seconds kEnoughTime(0.5);
// A nod turns the nose at most this much further than the ear, both about the shoulder.
constexpr double kNoseOverEar = 2.0;
// The neck turns a little above the shoulder: between rigid about it (1) and rendered heads
// (1.5).
constexpr double kNodOverEar = 1.25;
// 0.186 over 0.245 of the height (Winter, Biomechanics and Motor Control).
constexpr double kUpperArmThighs = 0.76;

template <class Value>
double median_of(std::span<const BodyFrame> frames, std::vector<double>& scratch, Value value) {
  scratch.clear();
  for (const BodyFrame& b : frames) value(b, scratch);
  return signal::median(scratch).value_or(0.0);
}

}  // namespace

Degrees chest_incline(const RestPose& rest, const BodyFrame& body) {
  return incline(rest.hip, body.shoulder, body.head_direction);
}

Degrees nod(const RestPose& rest, const BodyFrame& body) {
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

RestPose typical(std::span<const BodyFrame> frames, std::vector<double>& scratch) {
  RestPose rest;
  const auto of = [&](auto value) { return median_of(frames, scratch, value); };
  const auto point = [&](auto member) {
    return ImagePoint{
        of([&](const BodyFrame& b, auto& out) { out.push_back((b.*member).x_px); }),
        of([&](const BodyFrame& b, auto& out) { out.push_back((b.*member).y_px); })};
  };
  rest.hip = point(&BodyFrame::hip);
  rest.shoulder = point(&BodyFrame::shoulder);
  rest.nose = point(&BodyFrame::nose);
  rest.ear = point(&BodyFrame::ear);
  for (std::size_t side = 0; side < 2; ++side) {
    const auto leg = [&](auto value) {
      return of([&](const BodyFrame& b, auto& out) {
        if (b.legs[side]) out.push_back(value(*b.legs[side]));
      });
    };
    RestLeg& r = rest.legs[side];
    r.knee_flexion = Degrees(leg([](const LegFrame& l) { return l.knee_flexion.value(); }));
    r.thigh = Degrees(leg([](const LegFrame& l) { return l.thigh.value(); }));
    r.knee = {leg([](const LegFrame& l) { return l.knee.x_px; }),
              leg([](const LegFrame& l) { return l.knee.y_px; })};
    r.thigh_px = leg([](const LegFrame& l) { return l.thigh_px; });
    r.shank_px = leg([](const LegFrame& l) { return l.shank_px; });
  }
  rest.thigh_px = of([](const BodyFrame& b, auto& out) {
    const auto& near = b.legs[pose::index(near_side(b.head_direction))];
    const auto& far = b.legs[1 - pose::index(near_side(b.head_direction))];
    if (near || far) out.push_back(near ? near->thigh_px : far->thigh_px);
  });
  scratch.clear();
  for (const BodyFrame& b : frames) {
    if (b.elbow) scratch.push_back(b.elbow->x_px - b.shoulder.x_px);
  }
  const double ahead = frames.back().head_direction == pose::Side::right ? 1.0 : -1.0;
  if (const auto elbow_px = signal::median(scratch); elbow_px && rest.thigh_px > 0.0) {
    rest.elbow_forward = ahead * *elbow_px / (kUpperArmThighs * rest.thigh_px);
  }
  BodyFrame middle = frames.back();
  middle.hip = rest.hip;
  middle.shoulder = rest.shoulder;
  rest.trunk_incline = chest_incline(rest, middle);
  return rest;
}

Baseline::Baseline() {
  entries_.reserve(kCapacity);
  scratch_.reserve(kCapacity);
}

void Baseline::clear() {
  renew();
  ready_ = false;
}

void Baseline::renew() {
  entries_.clear();
  next_ = 0;
}

void Baseline::square(const SquareView& view) {
  if (entries_.empty()) return;
  for (BodyFrame& b : entries_) b = view.squared(b);
  rest_ = typical(entries_, scratch_);
}

void Baseline::add(const BodyFrame& body) {
  if (!entries_.empty() && body.time - last_time_ < kSpacing) return;
  last_time_ = body.time;
  if (entries_.size() < kCapacity) {
    entries_.push_back(body);
  } else {
    entries_[next_] = body;
    next_ = (next_ + 1) % kCapacity;
  }
  const Seconds oldest = entries_[next_ % entries_.size()].time;
  if (entries_.size() < kEnough || body.time - oldest < kEnoughTime) return;
  rest_ = typical(entries_, scratch_);
  ready_ = true;
}

}  // namespace matside::kinematics
