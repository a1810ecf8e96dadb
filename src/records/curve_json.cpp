#include "records/curve_json.h"

#include <array>
#include <utility>

#include "core/engine/frame_state.h"
#include "core/exercise/cycle_rules.h"
#include "core/pose/landmark.h"
#include "formats/json_number.h"
#include "records/replay.h"

namespace matside::records {
namespace {

using json = nlohmann::ordered_json;
using exercise::Channel;

// Dense enough to draw a kick.
constexpr base::Seconds kCurveSampleInterval(0.06);

Channel counted_channel(const exercise::Definition& exercise) {
  return exercise.cycle ? exercise.cycle->channel : Channel::knee_flexion;
}

/// How a channel is called and drawn: large enough that a small movement looks small.
struct DrawnChannel {
  const char* name;
  double least;
  double most;
  double step;
};

DrawnChannel drawn_as(Channel channel) {
  switch (channel) {
    case Channel::knee_flexion:
      break;
    case Channel::thigh_lift:
      return {"Thigh lift", -5.0, 20.0, 5.0};
    case Channel::leg_lift:
      return {"Leg lift", -5.0, 20.0, 5.0};
    case Channel::trunk_incline:
      return {"Chest lift", -5.0, 30.0, 10.0};
    case Channel::neck_angle:
      return {"Head tilt", -10.0, 40.0, 10.0};
    case Channel::hip_rise:
      return {"Hip lift", -0.05, 0.2, 0.05};
  }
  return {"Knee bend", -15.0, 120.0, 30.0};
}

/// The readings of each leg, or of the body, over time.
class Curve {
 public:
  explicit Curve(const exercise::Definition& exercise) : exercise_(exercise) {}

  void add(base::Seconds now, const engine::FrameState& seen) {
    if (now - last_drawn_ < kCurveSampleInterval) return;
    last_drawn_ = now;
    times_.push_back(formats::rounded(now.value(), 0.001));
    for (const pose::Side side : pose::kSides) {
      if (!is_of_body()) legs_[pose::index(side)].push_back(of_leg(side, seen));
    }
    if (is_of_body()) body_.push_back(number(seen.settled, seen.movement.reading));
  }
  [[nodiscard]] json document() && {
    const Channel channel = counted_channel(exercise_);
    const DrawnChannel drawn = drawn_as(channel);
    return {{"name", drawn.name},
            {"unit", exercise::unit_of(channel)},
            {"least", drawn.least},
            {"most", drawn.most},
            {"step", drawn.step},
            {"times_s", std::move(times_)},
            {"left", std::move(legs_[pose::index(pose::Side::left)])},
            {"right", std::move(legs_[pose::index(pose::Side::right)])},
            {"body", std::move(body_)}};
  }

 private:
  [[nodiscard]] bool is_of_body() const {
    return exercise_.cycle && (!exercise::is_of_legs(exercise_.cycle->channel) ||
                               exercise_.cycle->sides == exercise::CycleSides::none);
  }
  [[nodiscard]] json number(bool known, double value) const {
    const bool degrees = exercise::unit_of(counted_channel(exercise_)) == "deg";
    return known ? json(formats::rounded(value, degrees ? 0.1 : 0.001)) : json(nullptr);
  }
  [[nodiscard]] json of_leg(pose::Side side, const engine::FrameState& seen) const {
    if (counted_channel(exercise_) == Channel::knee_flexion) {
      const auto& knee = seen.knee_bend[pose::index(side)];
      return number(knee.has_value(), knee ? knee->value() : 0.0);
    }
    // Of other channels, only the reading of the raised leg is known.
    return number(seen.settled && side == seen.movement.raised, seen.movement.reading);
  }

  const exercise::Definition& exercise_;
  base::Seconds last_drawn_{-1.0};
  json times_ = json::array();
  std::array<json, 2> legs_{json::array(), json::array()};
  json body_ = json::array();
};

}  // namespace

base::Result<json> curve_json(const std::vector<PoseChunk>& chunks, int level,
                              const exercise::Definition& exercise) {
  Curve curve(exercise);
  const auto replayed =
      replay_poses({level, false, chunks}, exercise,
                   [&](base::Seconds now, const pose::PoseFrame&,
                       const engine::FrameState& seen) { curve.add(now, seen); });
  if (!replayed) return replayed.error();
  return std::move(curve).document();
}

}  // namespace matside::records
