#include "core/cycle/cycle_segmenter.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace matside::cycle {
namespace {

using base::Seconds;
using exercise::MovementSegment;
using exercise::SegmentEnd;
using kinematics::BodyFrame;

// A segment includes this much of the rest before it, so that its beginning can be found, and
// what moved first.
constexpr Seconds kPreMovementTime(1.2);
// Memory reserved at construction: what the rest before a movement takes at 120 frames a
// second, and the longest segment at 60. More frames allocate.
constexpr std::size_t kWindowCapacity = 160;
constexpr std::size_t kSegmentCapacity = 1280;
// A channel is also at rest below this share of its greatest value: who comes back does not
// come back to the same pixel.
constexpr double kRestShare = 0.2;
// A movement begins this far above the noise at rest, in standard deviations.
constexpr double kNoiseDeviations = 2.0;

}  // namespace

std::optional<double> cycle_value(const exercise::CycleRules& cycle,
                                  const FrameReadings& readings) {
  return greater(readings.of(cycle.channel));
}

CycleSegmenter::CycleSegmenter(const exercise::Definition& definition)
    : cycle_(*definition.cycle),
      rules_(definition.repetition),
      measurement_(definition.measurement),
      known_body_(Seconds(rules_.tracking_loss.value)),
      noise_(exercise::usual_noise(measurement_)),
      baseline_(Seconds(rules_.rest_window.value), Seconds(rules_.rest_min.value)),
      extension_tops_(cycle_.lasts_while.size(), 0.0) {
  pre_movement_frames_.reserve(kWindowCapacity);
  segment_.frames.reserve(kSegmentCapacity);
  scratch_.reserve(kWindowCapacity);
  for (auto& line : lines_) line.reserve(kWindowCapacity);
}

void CycleSegmenter::reset_all() {
  baseline_.clear();
  known_body_.forget();
  rectification_ = {};
  phase_ = Phase::settling;
  pre_movement_frames_.clear();
  for (auto& line : lines_) line.clear();
  still_since_.reset();
  unsettled_since_.reset();
  low_since_.reset();
  away_since_.reset();
  reset_value();
}

void CycleSegmenter::reset_value() {
  filter_.reset();
  readings_.reset();
  value_ = 0.0;
}

void CycleSegmenter::follow_lines(const BodyFrame& body) {
  const auto add = [&](std::size_t line, base::Degrees angle) {
    lines_[line].push_back({body.time, angle.value()});
    std::erase_if(lines_[line], [&](const signal::Sample& s) {
      return body.time - s.time > Seconds(rules_.still_window.value);
    });
  };
  add(0, kinematics::incline(body.hip, body.shoulder, body.head_direction));
  for (std::size_t side = 0; side < body.legs.size(); ++side) {
    const auto& leg = body.legs[side];
    if (!leg) continue;
    add(1 + 2 * side, leg->knee_flexion);
    // From ankle to hip: near 0 at rest, so that it doesn't jump from 180 to -180.
    add(2 + 2 * side, kinematics::incline(leg->ankle, leg->hip, body.head_direction));
  }
}

void CycleSegmenter::follow_value(const BodyFrame& body) {
  if (!baseline_.ready()) return;
  readings_ = read_channels(body, baseline_.rest(), measurement_);
  const ChannelReading& reading = readings_->of(cycle_.channel);
  if (exercise::is_of_legs(cycle_.channel)) {
    const bool both = reading[0] && reading[1];
    if (both) raised_ = *reading[0] > *reading[1] ? 0 : 1;
    // A raised leg that is hidden by the other one for a moment is not down.
    if (!both && !reading[raised_] &&
        body.time - raised_seen_ <= Seconds(rules_.leg_loss.value))
      return;
    if (reading[raised_]) raised_seen_ = body.time;
  }
  if (const auto value = cycle_value(cycle_, *readings_))
    value_ = filter_.push(body.time, *value);
}

// Slopes over a window, not a frame's difference: noise must not look like movement.
bool CycleSegmenter::still() const {
  const auto slow = [](const std::vector<signal::Sample>& line, double limit) {
    return std::abs(signal::slope(line)) < limit;
  };
  return slow(lines_[0], rules_.trunk_still_speed.value) &&
         slow(lines_[1], rules_.start_speed.value) &&
         slow(lines_[2], rules_.trunk_still_speed.value) &&
         slow(lines_[3], rules_.start_speed.value) &&
         slow(lines_[4], rules_.trunk_still_speed.value);
}

void CycleSegmenter::settle(const BodyFrame& body) {
  exercise::keep_recent(pre_movement_frames_, body, kPreMovementTime);
  const bool bent = std::ranges::any_of(body.legs, [&](const auto& leg) {
    return leg && std::abs(leg->knee_flexion.value()) > rules_.rest_flexion_max.value;
  });
  if ((body.legs[0] || body.legs[1]) && still()) {
    unsettled_since_.reset();
  } else if (!unsettled_since_) {
    unsettled_since_ = body.time;
  }
  // A single misread joint briefly looks like a movement.
  const bool stirs =
      unsettled_since_ && body.time - *unsettled_since_ >= Seconds(rules_.unsettled_min.value);
  if (stirs || bent) baseline_.clear();
  if (unsettled_since_ || bent) return;
  baseline_.add(body);
  if (!baseline_.ready()) return;
  // The picture of positions in space is square to the body by construction.
  if (!body.in_space)
    rectification_ = kinematics::estimate_rectification(baseline_.frames(), scratch_);
  baseline_.rectify(rectification_);
  for (BodyFrame& b : pre_movement_frames_) b = rectification_.rectified(b);
  for (auto& line : lines_) line.clear();  // measured in the rectified picture from here on
  phase_ = Phase::resting;
  reset_value();
}

bool CycleSegmenter::body_moved(const BodyFrame& body) const {
  const kinematics::RestPose& rest = baseline_.rest();
  const auto chest = kinematics::chest_incline(rest, body) - rest.trunk_incline;
  return std::abs(chest.value()) >= rules_.trunk_shift.value ||
         base::length(body.hip - rest.hip) >= rules_.hip_shift.value * rest.thigh_px;
}

void CycleSegmenter::rest(const BodyFrame& body) {
  exercise::keep_recent(pre_movement_frames_, body, kPreMovementTime);
  const double noise = noise_of(cycle_.channel, noise_.noise());
  if (value_ > std::max(cycle_.start.value, kNoiseDeviations * noise)) {
    segment_.frames = pre_movement_frames_;
    segment_.rest = baseline_.rest();
    segment_.view = rectification_;
    segment_.noise = noise_.noise();
    phase_ = Phase::moving;
    top_ = value_;
    std::ranges::fill(extension_tops_, 0.0);
    low_since_.reset();
    still_since_.reset();
    away_since_.reset();
    return;
  }
  if (!still()) {
    away_since_.reset();
    return;
  }
  if (value_ < cycle_.rest_below.value && !body_moved(body)) {
    away_since_.reset();
    noise_.add(body, baseline_.rest());
  } else if (!away_since_) {
    away_since_ = body.time;
    baseline_.restart();
  }
  baseline_.add(body);
}

/// Whether every channel that makes the repetition last is at rest.
bool CycleSegmenter::low() const {
  if (value_ >= std::max(cycle_.rest_below.value, kRestShare * top_)) return false;
  if (!readings_) return true;
  for (std::size_t i = 0; i < cycle_.lasts_while.size(); ++i) {
    const auto reading = greater(readings_->of(cycle_.lasts_while[i].channel));
    const double border =
        std::max(cycle_.lasts_while[i].above.value, kRestShare * extension_tops_[i]);
    if (reading && *reading > border) return false;
  }
  return true;
}

const MovementSegment* CycleSegmenter::move(const BodyFrame& body) {
  segment_.frames.push_back(body);
  top_ = std::max(top_, value_);
  for (std::size_t i = 0; i < cycle_.lasts_while.size() && readings_; ++i) {
    const auto reading = greater(readings_->of(cycle_.lasts_while[i].channel));
    extension_tops_[i] = std::max(extension_tops_[i], reading.value_or(0.0));
  }
  if (!low()) {
    low_since_.reset();
  } else if (!low_since_) {
    low_since_ = body.time;
  }
  if (low_since_ && body.time - *low_since_ >= Seconds(cycle_.rest_hold.value))
    return finish_segment(SegmentEnd::rest);
  if (!still()) {
    still_since_.reset();
  } else if (!still_since_) {
    still_since_ = body.time;
  }
  const bool rests_here =
      still_since_ && body.time - *still_since_ >= Seconds(cycle_.new_rest_hold.value);
  const bool too_long =
      body.time - segment_.frames.front().time > Seconds(cycle_.longest.value);
  if (!rests_here && !too_long) return nullptr;
  const MovementSegment* segment =
      finish_segment(rests_here ? SegmentEnd::rest : SegmentEnd::too_long);
  reset_all();
  return segment;
}

const MovementSegment* CycleSegmenter::finish_segment(SegmentEnd end) {
  segment_.end = end;
  pre_movement_frames_.clear();
  if (low_since_) {  // the rest between this movement and the next one
    std::ranges::copy_if(segment_.frames, std::back_inserter(pre_movement_frames_),
                         [&](const BodyFrame& b) { return b.time >= *low_since_; });
  }
  phase_ = Phase::resting;
  return &segment_;
}

const MovementSegment* CycleSegmenter::take(const BodyFrame& body) {
  follow_lines(body);
  follow_value(body);
  switch (phase_) {
    case Phase::settling:
      settle(body);
      return nullptr;
    case Phase::resting:
      rest(body);
      return nullptr;
    case Phase::moving:
      return move(body);
  }
  return nullptr;
}

const MovementSegment* CycleSegmenter::push(Seconds time,
                                            const std::optional<BodyFrame>& body) {
  const auto seen = known_body_.observe(time, body);
  if (seen == exercise::KnownBody::Seen::not_now) return nullptr;
  if (seen == exercise::KnownBody::Seen::lost) {
    const MovementSegment* segment =
        phase_ == Phase::moving ? finish_segment(SegmentEnd::lost) : nullptr;
    reset_all();
    return segment;
  }
  in_plane_ = rectification_.rectified(*body);
  const bool was_ready = baseline_.ready();
  const MovementSegment* segment = take(*in_plane_);
  if (!was_ready && baseline_.ready()) in_plane_ = rectification_.rectified(*body);
  return segment;
}

pose::Side CycleSegmenter::leg() const {
  if (!readings_) return pose::Side::left;
  const ChannelReading& reading = readings_->of(cycle_.channel);
  if (!reading[0] || !reading[1]) return reading[0] ? pose::Side::left : pose::Side::right;
  return *reading[0] >= *reading[1] ? pose::Side::left : pose::Side::right;
}

const MovementSegment* CycleSegmenter::finish() {
  return phase_ == Phase::moving ? finish_segment(SegmentEnd::lost) : nullptr;
}

}  // namespace matside::cycle
