#include "tests/support/cycle_practice.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "tests/support/cycle_truth.h"

namespace matside::support {
namespace {

using exercise::Channel;
using exercise::CycleSides;

struct TrackMove {
  MotionTrack* track;
  double from_s;
  double to_s;
  double value;
  bool falls;
};

/// Collects what moves in a repetition, to hand it over in the order in which it begins.
class RepetitionWriter {
 public:
  RepetitionWriter(JointMotion& movement, const CyclePractice& practice, double start_s,
                   double trunk_deg, double neck_deg)
      : movement_(movement),
        thigh_m_(practice.setting.body.thigh_m()),
        start_s_(start_s),
        trunk_deg_(trunk_deg),
        neck_deg_(neck_deg) {}

  void cycle(const CyclePlan& plan, const exercise::CycleRules& rules, std::size_t leg) {
    const Channel channel = rules.channel;
    const bool of_both = rules.sides == CycleSides::both;
    const double late_s = of_both ? plan.late_s.at(leg) : 0.0;
    const double share = of_both ? plan.share.at(leg) : 1.0;
    double t = late_s + plan.rise_s;
    move(channel, leg, late_s, t, share * plan.peaks.front());
    for (std::size_t k = 1; k < plan.peaks.size(); ++k) {
      const double half_s = 0.5 * plan.beat_s;
      const double valley = std::min(plan.peaks[k - 1], plan.peaks[k]) - plan.recoil;
      move(channel, leg, t, t + half_s, share * valley);
      move(channel, leg, t + half_s, t + plan.beat_s, share * plan.peaks[k]);
      t += plan.beat_s;
    }
    t += plan.hold_s;
    move(channel, leg, t, t + plan.lower_s, 0.0, plan.falls);
  }

  void other(const ChannelMove& m) {
    for (std::size_t leg = 0; leg < 2; ++leg) {
      if (exercise::is_of_legs(m.channel) ? !m.legs.at(leg) : leg > 0) continue;
      move(m.channel, leg, m.from_s, m.up_s, m.value);
      move(m.channel, leg, m.back_s, m.rest_s, 0.0, m.falls);
    }
  }

  void finish() {
    std::stable_sort(moves_.begin(), moves_.end(), [](const TrackMove& a, const TrackMove& b) {
      return a.from_s < b.from_s;
    });
    for (const TrackMove& m : moves_) m.track->move(m.from_s, m.to_s, m.value, m.falls);
  }

 private:
  void move(Channel channel, std::size_t leg, double from_s, double to_s, double value,
            bool falls = false) {
    MotionTrack* track = nullptr;
    switch (joint_of(channel)) {
      case Channel::knee_flexion:
        track = &movement_.knee_deg.at(leg);
        break;
      case Channel::thigh_lift:
      case Channel::leg_lift:
        track = &movement_.thigh_deg.at(leg);
        break;
      case Channel::trunk_incline:
        track = &movement_.trunk_deg;
        value += trunk_deg_;
        break;
      case Channel::neck_angle:
        track = &movement_.neck_deg;
        value += neck_deg_;
        break;
      case Channel::hip_rise:
        track = &movement_.hips_m;
        value *= thigh_m_;
        break;
    }
    moves_.push_back({track, start_s_ + from_s, start_s_ + to_s, value, falls});
  }

  JointMotion& movement_;
  double thigh_m_;
  double start_s_;
  double trunk_deg_;
  double neck_deg_;
  std::vector<TrackMove> moves_;
};

double slope_deg(const Body& body, double hip_rise_m) {
  const double drop_m = body.hip_above_mat_m + hip_rise_m - body.knee_above_mat_m;
  return std::asin(std::min(0.95, drop_m / body.thigh_m())) * 180.0 / std::numbers::pi;
}

/// A practice on its way through its steps.
struct CycleWriter {
  explicit CycleWriter(const CyclePractice& p) : practice(p) {
    const Practice& s = p.setting;
    trunk_deg = s.trunk_incline_deg;
    JointMotion& m = out.movement;
    m.trunk_deg = MotionTrack(s.rises_to_forearms ? 3.0 : s.trunk_incline_deg);
    m.elbow_forward_deg = s.elbow_forward_deg;
    m.breathing_deg = s.breathing_deg;
    m.lift_rocking_deg = p.lift_rocking_deg;
    m.shank_out_deg = {s.shank_out_deg, s.shank_out_deg};
    m.elbows = p.elbows;
    if (s.rises_to_forearms) {
      m.trunk_deg.move(1.5, 3.5, s.trunk_incline_deg);
      now_s = 4.5;
    }
  }

  void add(const CycleStep& step) {
    step.kind == CycleStep::Kind::repetition ? add_repetition_of(step.repetition)
                                             : add_idle(step.idle, step.idle_s);
    drift(step);
  }

  void add_repetition_of(const CyclePlan& plan) {
    const double start_s = now_s + lead_of(plan);
    out.outlines.push_back(
        add_repetition(out.movement, practice, plan, start_s, trunk_deg, neck_deg));
    now_s = out.outlines.back().end_s;
    for (const ChannelMove& m : plan.others) now_s = std::max(now_s, start_s + m.rest_s);
    gap_s = plan.gap_s;
  }

  void add_idle(CycleIdle idle, double length_s) {
    const double half_s = 0.5 * length_s;
    if (idle != CycleIdle::still) {
      const exercise::CycleRules& rules = *practice.definition->cycle;
      const bool head = idle == CycleIdle::head_turn;
      ChannelMove m{head ? Channel::neck_angle : rules.channel};
      m.legs = {true, false};
      m.value = head ? -20.0 : 0.5 * rules.start.value;
      m.up_s = head ? half_s : std::min(0.4, half_s);
      m.back_s = m.up_s;
      m.rest_s = 2.0 * m.up_s;
      RepetitionWriter writer(out.movement, practice, now_s, trunk_deg, neck_deg);
      writer.other(m);
      writer.finish();
    }
    now_s += length_s;
    gap_s = 0.5;
  }

  // Somebody who lies down again never lies quite as before.
  void drift(const CycleStep& step) {
    const double from_s = now_s + 0.1;
    const double to_s = std::max(from_s + 0.05, now_s + gap_s - 0.1);
    if (step.trunk_drift_deg != 0.0) {
      trunk_deg += step.trunk_drift_deg;
      out.movement.trunk_deg.move(from_s, to_s, trunk_deg);
    }
    if (step.neck_drift_deg != 0.0) {
      neck_deg += step.neck_drift_deg;
      out.movement.neck_deg.move(from_s, to_s, neck_deg);
    }
    now_s += gap_s;
  }

  const CyclePractice& practice;
  CycleSession out;
  double now_s = 1.5;
  double gap_s = 0.8;
  double trunk_deg = 0.0;
  double neck_deg = 0.0;
};

}  // namespace

Channel joint_of(Channel channel) {
  return channel == Channel::leg_lift ? Channel::thigh_lift : channel;
}

pose::Side leading_leg(const CyclePlan& plan, CycleSides sides, pose::Side near) {
  return sides == CycleSides::alternating ? plan.side : near;
}

CycleOutline outline_of(const CyclePlan& plan, CycleSides sides, pose::Side near) {
  const std::size_t leading = pose::index(leading_leg(plan, sides, near));
  const bool of_both = sides == CycleSides::both;
  const double late_s = of_both ? plan.late_s.at(leading) : 0.0;
  CycleOutline out;
  if (of_both) out.start_s = std::min(plan.late_s[0], plan.late_s[1]);
  for (std::size_t k = 0; k < plan.peaks.size(); ++k) {
    out.peaks_s.push_back(late_s + plan.rise_s + static_cast<double>(k) * plan.beat_s);
  }
  out.lowering_s = out.peaks_s.back() + plan.hold_s;
  out.down_s = out.lowering_s + plan.lower_s;
  if (of_both) out.down_s += std::max(plan.late_s[0], plan.late_s[1]) - late_s;
  out.end_s = out.down_s;
  for (const ChannelMove& m : plan.extensions) out.end_s = std::max(out.end_s, m.rest_s);
  return out;
}

double lead_of(const CyclePlan& plan) {
  double lead_s = 0.0;
  for (const ChannelMove& m : plan.others) lead_s = std::max(lead_s, -m.from_s);
  return lead_s;
}

CycleOutline add_repetition(JointMotion& movement, const CyclePractice& practice,
                            const CyclePlan& plan, double start_s, double trunk_deg,
                            double neck_deg) {
  const exercise::CycleRules& rules = *practice.definition->cycle;
  RepetitionWriter writer(movement, practice, start_s, trunk_deg, neck_deg);
  const bool of_one_leg = rules.sides == CycleSides::alternating;
  for (std::size_t leg = 0; leg < 2; ++leg) {
    const bool moves = exercise::is_of_legs(rules.channel)
                           ? !of_one_leg || leg == pose::index(plan.side)
                           : leg == 0;
    if (moves) writer.cycle(plan, rules, leg);
  }
  for (const ChannelMove& m : plan.extensions) writer.other(m);
  for (const ChannelMove& m : plan.others) writer.other(m);
  writer.finish();
  CycleOutline out = outline_of(plan, rules.sides, practice.setting.camera.side);
  for (double* t : {&out.start_s, &out.lowering_s, &out.down_s, &out.end_s}) *t += start_s;
  for (double& t : out.peaks_s) t += start_s;
  out.trunk_deg = trunk_deg;
  out.neck_deg = neck_deg;
  return out;
}

Posture posture_at(const JointMotion& movement, const Body& body, double time_s) {
  Posture p = movement.at(time_s);
  const double sunk_deg = slope_deg(body, p.hip_rise_m) - slope_deg(body, 0.0);
  for (std::size_t leg = 0; leg < 2; ++leg) {
    p.knee_flexion_deg[leg] =
        std::max(p.knee_flexion_deg[leg], sunk_deg - p.thigh_lift_deg[leg]);
  }
  return p;
}

CycleSession rehearse(const CyclePractice& practice) {
  CycleWriter writer(practice);
  for (const CycleStep& step : practice.steps) writer.add(step);
  CycleSession out = std::move(writer.out);
  out.movement.length_s = writer.now_s + 1.0;
  std::size_t next = 0;
  for (const CycleStep& step : practice.steps) {
    if (step.kind != CycleStep::Kind::repetition) continue;
    out.repetitions.push_back(
        true_repetition(practice, out.movement, step.repetition, out.outlines[next++]));
  }
  return out;
}

CycleSession perform(const CyclePractice& practice) {
  CycleSession out = rehearse(practice);
  Footage footage = film(
      practice.setting,
      [&](double t) { return posture_at(out.movement, practice.setting.body, t); },
      out.movement.length_s);
  out.frames = std::move(footage.frames);
  out.world_landmarks = std::move(footage.world_landmarks);
  return out;
}

}  // namespace matside::support
