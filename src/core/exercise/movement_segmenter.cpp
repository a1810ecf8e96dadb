#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/exercise/movement_segmenter.h"

namespace matside::exercise {
namespace {

using base::Seconds;
using kinematics::BodyFrame;

// A segment includes this much of the rest before it, so that its beginning can be found.
constexpr Seconds kPreMovementTime(0.6);
// Memory reserved at construction: a second at 120 frames a second, and the longest segment
// at 60. More frames allocate.
constexpr std::size_t kWindowCapacity = 128;
constexpr std::size_t kSegmentCapacity = 1024;

}  // namespace

MovementSegmenter::MovementSegmenter(const RepetitionRules& rules,
                                     const MeasurementRules& measurement)
    : rules_(rules),
      measurement_(measurement),
      known_body_(Seconds(rules.tracking_loss.value)),
      noise_(usual_noise(measurement)),
      baseline_(Seconds(rules.rest_window.value), Seconds(rules.rest_min.value)),
      raised_leg_(Seconds(rules.leg_loss.value)) {
  for (auto* frames : {&pre_movement_frames_, &window_frames_})
    frames->reserve(kWindowCapacity);
  segment_.frames.reserve(kSegmentCapacity);
  scratch_.reserve(kWindowCapacity);
  for (auto* samples : {&raised_recent_, &trunk_recent_}) samples->reserve(kWindowCapacity);
}

void MovementSegmenter::reset_all() {
  baseline_.clear();
  known_body_.forget();
  rectification_ = {};
  phase_ = Phase::settling;
  pre_movement_frames_.clear();
  still_since_.reset();
  unsettled_since_.reset();
  low_since_.reset();
  body_moved_since_.reset();
  reset_legs();
}

void MovementSegmenter::reset_legs() {
  raised_filter_.reset();
  raised_recent_.clear();
  raised_leg_ = kinematics::RaisedLegTracker(Seconds(rules_.leg_loss.value));
  raised_deg_ = 0.0;
}

void MovementSegmenter::follow_legs(const BodyFrame& body) {
  const auto read = read_raised(body);
  if (!read) return;
  // A leg does not jump: a reading counts only if the leg has had the time to get there.
  if (!raised_recent_.empty()) {
    const double since_s = (body.time - raised_recent_.back().time).value();
    if (std::abs(*read - raised_recent_.back().value) >
        measurement_.knee_jump.value + measurement_.knee_speed_max.value * since_s)
      return;
  }
  raised_deg_ = raised_filter_.push(body.time, *read);
  raised_recent_.push_back({body.time, *read});
  std::erase_if(raised_recent_, [&](const signal::Sample& s) {
    return body.time - s.time > Seconds(rules_.still_window.value);
  });
}

std::optional<double> MovementSegmenter::read_raised(const BodyFrame& body) {
  if (!baseline_.ready()) {
    double deg = 0.0;
    for (const auto& leg : body.legs) {
      if (leg) deg = std::max(deg, std::abs(leg->knee_flexion.value()));
    }
    return deg;
  }
  const auto legs = kinematics::measure_legs(body, baseline_.rest());
  // A reading that cannot be right leaves the leg where it was.
  if (!legs || legs->raised.knee_weight < measurement_.knee_weight_min.value)
    return std::nullopt;
  if (raised_leg_.is_occluded(body.time, *legs)) return std::nullopt;
  raised_label_ = legs->raised_label;
  return legs->raised.knee_flexion.value();
}

// The hip-shoulder line needs no baseline; it shows whether the trunk moves.
void MovementSegmenter::follow_trunk(const BodyFrame& body) {
  trunk_recent_.push_back(
      {body.time, kinematics::incline(body.hip, body.shoulder, body.head_direction).value()});
  std::erase_if(trunk_recent_, [&](const signal::Sample& s) {
    return body.time - s.time > Seconds(rules_.still_window.value);
  });
}

// A slope over a window, not a frame's difference: noise must not look like movement.
bool MovementSegmenter::still() const {
  return std::abs(signal::slope(trunk_recent_)) < rules_.trunk_still_speed.value &&
         std::abs(signal::slope(raised_recent_)) < rules_.start_speed.value;
}

double MovementSegmenter::start_deg(const BodyFrame& body) const {
  const bool near = kinematics::near_side(body.head_direction) == raised_label_;
  return near || body.in_space ? rules_.start_near.value : rules_.start_far.value;
}

void MovementSegmenter::settle(const BodyFrame& body) {
  keep_recent(pre_movement_frames_, body, kPreMovementTime);
  const bool any = body.legs[0] || body.legs[1];
  if (any && still()) {
    unsettled_since_.reset();
  } else if (!unsettled_since_) {
    unsettled_since_ = body.time;
  }
  // A single misread joint briefly looks like a movement.
  const bool stirs =
      unsettled_since_ && body.time - *unsettled_since_ >= Seconds(rules_.unsettled_min.value);
  if (stirs || raised_deg_ > rules_.rest_flexion_max.value) baseline_.clear();
  if (unsettled_since_ || raised_deg_ > rules_.rest_flexion_max.value) return;
  baseline_.add(body);
  if (!baseline_.ready()) return;
  // The picture of positions in space is square to the body by construction.
  if (!body.in_space)
    rectification_ = kinematics::estimate_rectification(baseline_.frames(), scratch_);
  baseline_.rectify(rectification_);
  for (BodyFrame& b : pre_movement_frames_) b = rectification_.rectified(b);
  phase_ = Phase::resting;
  reset_legs();  // from here on flexion is measured above rest
}

bool MovementSegmenter::body_moved(const BodyFrame& body) const {
  const kinematics::RestPose& rest = baseline_.rest();
  const auto chest = kinematics::chest_incline(rest, body) - rest.trunk_incline;
  return std::abs(chest.value()) >= rules_.trunk_shift.value ||
         base::length(body.hip - rest.hip) >= rules_.hip_shift.value * rest.thigh_px;
}

// Somebody who moves and kicks at once is measured against the rest just before.
kinematics::RestPose MovementSegmenter::rest_before_bend(const BodyFrame& body) {
  if (!body_moved(body)) return baseline_.rest();
  window_frames_.clear();
  std::copy_if(pre_movement_frames_.begin(), pre_movement_frames_.end(),
               std::back_inserter(window_frames_), [&](const BodyFrame& b) {
                 return body.time - b.time <= Seconds(rules_.still_window.value);
               });
  kinematics::RestPose rest = kinematics::median_rest_pose(window_frames_, scratch_);
  // The legs may be moving already: take their old rest, moved to where the hip is now.
  rest.legs = baseline_.rest().legs;
  for (kinematics::RestLeg& leg : rest.legs) {
    leg.knee = leg.knee + (rest.hip - baseline_.rest().hip);
  }
  return rest;
}

void MovementSegmenter::rest(const BodyFrame& body) {
  keep_recent(pre_movement_frames_, body, kPreMovementTime);
  if (raised_deg_ > start_deg(body)) {
    segment_.frames = pre_movement_frames_;
    segment_.rest = rest_before_bend(body);
    segment_.view = rectification_;
    segment_.noise = noise_.noise();
    phase_ = Phase::moving;
    low_since_.reset();
    still_since_.reset();
    return;
  }
  if (!still() || raised_deg_ >= rules_.rest_below.value) {
    body_moved_since_.reset();
    return;
  }
  if (!body_moved(body)) {
    body_moved_since_.reset();
    noise_.add(body, baseline_.rest());
  } else if (!body_moved_since_) {
    body_moved_since_ = body.time;
    baseline_.restart();
  }
  baseline_.add(body);
}

const MovementSegment* MovementSegmenter::move(const BodyFrame& body) {
  segment_.frames.push_back(body);
  if (raised_deg_ >= rules_.rest_below.value) {
    low_since_.reset();
  } else if (!low_since_) {
    low_since_ = body.time;
  }
  if (low_since_ && body.time - *low_since_ >= Seconds(rules_.rest_hold.value)) {
    return finish_segment(SegmentEnd::rest);
  }
  if (!still() || raised_deg_ >= rules_.counted_bend.value) {
    still_since_.reset();
  } else if (!still_since_) {
    still_since_ = body.time;
  }
  if (still_since_ && body.time - *still_since_ >= Seconds(rules_.new_rest_hold.value)) {
    const MovementSegment* segment = finish_segment(SegmentEnd::rest);
    reset_all();
    return segment;
  }
  if (body.time - segment_.frames.front().time > Seconds(rules_.longest.value)) {
    const MovementSegment* segment = finish_segment(SegmentEnd::too_long);
    reset_all();
    return segment;
  }
  return nullptr;
}

const MovementSegment* MovementSegmenter::finish_segment(SegmentEnd end) {
  segment_.end = end;
  pre_movement_frames_.clear();
  phase_ = Phase::resting;
  return &segment_;
}

const MovementSegment* MovementSegmenter::push(Seconds time,
                                               const std::optional<BodyFrame>& body) {
  const auto seen = known_body_.observe(time, body);
  if (seen == KnownBody::Seen::not_now) return nullptr;
  if (seen == KnownBody::Seen::lost) {
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

const MovementSegment* MovementSegmenter::take(const BodyFrame& body) {
  follow_legs(body);
  follow_trunk(body);
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

std::optional<MovementSegmenter::Raised> MovementSegmenter::raised() const {
  if (phase_ != Phase::moving || raised_recent_.empty()) return std::nullopt;
  const signal::Sample& last = raised_recent_.back();
  if (last.time != known_body_.last_seen()) return std::nullopt;
  return Raised{base::Degrees(last.value), base::Degrees(segment_.noise.knee_deg),
                raised_label_};
}

const MovementSegment* MovementSegmenter::finish() {
  return phase_ == Phase::moving ? finish_segment(SegmentEnd::lost) : nullptr;
}

}  // namespace matside::exercise
