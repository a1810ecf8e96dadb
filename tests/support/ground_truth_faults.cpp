#include "tests/support/ground_truth_faults.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <optional>

namespace matside::support {
namespace {

constexpr double kStepS = 0.01;
constexpr double kClear = 1.2;  // this much beyond the border there is no doubt

// More is worse.
FaultPresence over(double value, double border) {
  return value >= border * kClear  ? FaultPresence::present
         : value > border / kClear ? FaultPresence::doubtful
                                   : FaultPresence::absent;
}

FaultPresence under(double value, double border) {
  return value <= border / kClear  ? FaultPresence::present
         : value < border * kClear ? FaultPresence::doubtful
                                   : FaultPresence::absent;
}

using Curve = std::function<double(double)>;

double longest_above(const Curve& value, double from_s, double to_s, double border) {
  double longest = 0.0;
  double now = 0.0;
  for (double t = from_s; t <= to_s; t += kStepS) {
    now = value(t) >= border ? now + kStepS : 0.0;
    longest = std::max(longest, now);
  }
  return longest;
}

FaultPresence sustained(const Curve& value, double from_s, double to_s, double border,
                        double hold_s) {
  if (longest_above(value, from_s, to_s, border * kClear) >= hold_s * kClear) {
    return FaultPresence::present;
  }
  const bool absent = longest_above(value, from_s, to_s, border / kClear) < hold_s / kClear;
  return absent ? FaultPresence::absent : FaultPresence::doubtful;
}

double greatest(const Curve& value, double from_s, double to_s) {
  double most = 0.0;
  for (double t = from_s; t <= to_s; t += kStepS) most = std::max(most, value(t));
  return most;
}

std::optional<double> falls_through(const Curve& value, double from_s, double to_s,
                                    double level) {
  for (double t = from_s; t <= to_s; t += kStepS) {
    if (value(t) > level && value(t + kStepS) <= level) return t;
  }
  return std::nullopt;
}

Curve slope(const Curve& value) {
  return [=](double t) { return (value(t + 0.5 * kStepS) - value(t - 0.5 * kStepS)) / kStepS; };
}

struct LevelRequirement {
  int kicks;
  double knee_min_deg;
};
constexpr std::array<LevelRequirement, 4> kWanted{{{1, 70.0}, {2, 85.0}, {2, 85.0}, {2, 85.0}}};

// The thresholds again, on purpose: the truth must not depend on the file it checks. Change
// both.
class FaultOracle {
 public:
  FaultOracle(const Practice& practice, const JointMotion& movement, const RepetitionPlan& plan,
              const RepetitionTimes& outline, GroundTruthRepetition& out)
      : practice_(practice),
        movement_(movement),
        plan_(plan),
        at_(outline),
        wanted_(kWanted.at(static_cast<std::size_t>(practice.level))),
        out_(out) {
    const std::size_t side = pose::index(plan.side);
    knee_ = [this, side](double t) { return movement_.knee_deg[side].at(t); };
    other_knee_ = [this, side](double t) { return movement_.knee_deg[1 - side].at(t); };
    const double roll_m = practice.body.hip_half_width_ratio * practice.body.height_m;
    const double sign = practice.camera.side == pose::Side::left ? 1.0 : -1.0;
    hip_ = [this, roll_m, sign](double t) {
      const Posture p = movement_.at(t);
      const double rolled_m =
          sign * roll_m * std::sin(p.pelvis_roll_deg * std::numbers::pi / 180.0);
      return (p.hip_rise_m + rolled_m) / practice_.body.thigh_m();
    };
  }

  void trunk() {
    const double rest_deg = practice_.trunk_incline_deg;
    add_fault("hips_lift", sustained(hip_, at_.start_s, at_.end_s, 0.07, 0.25));
    const auto at_60 = std::find_if(out_.kicks.begin(), out_.kicks.end(),
                                    [](const auto& k) { return k.knee_flexion_deg > 60.0; });
    if (at_60 != out_.kicks.end()) {
      double t = at_.start_s;
      while (knee_(t) < 60.0 && t < at_60->time_s) t += kStepS;
      add_fault("early_hip_motion", sustained(hip_, at_.start_s, t, 0.03, 0.1));
    }
    if (practice_.level == 0) return;
    const auto& trunk = movement_.trunk_deg;
    const auto& neck = movement_.neck_deg;
    add_fault("chest_sink", sustained([&](double t) { return rest_deg - trunk.at(t); },
                                      at_.start_s, at_.end_s, 6.0, 1.0));
    add_fault("head_drop", sustained([&](double t) { return -neck.at(t); }, at_.start_s,
                                     at_.end_s, 18.0, 1.0));
    add_fault("head_up", sustained([&](double t) { return neck.at(t); }, at_.start_s, at_.end_s,
                                   18.0, 1.0));
  }

  void thigh() {
    const double lift = plan_.thigh_lift_deg;
    if (practice_.level < 3) {
      add_fault("thigh_lift", over(lift, 7.0));
    } else {
      add_fault("thigh_too_high", over(lift, 10.0));
      add_fault("no_thigh_lift", under(lift, 3.0));
    }
    if (practice_.level == 2) {
      const double leg_m = practice_.body.thigh_m() + practice_.body.shank_m();
      add_fault("no_reach", under(plan_.reach_m / leg_m, 0.01));
    }
  }

  void kicks() {
    const int done = static_cast<int>(out_.kicks.size());
    if (practice_.level > 0 && done < wanted_.kicks)
      add_fault("missing_second_kick", FaultPresence::present);
    if (done > wanted_.kicks) add_fault("extra_kick", FaultPresence::present);
    add_fault("shallow_kick", over(wanted_.knee_min_deg - plan_.peak_deg, 10.0));
    add_fault("thrown_kick", over(greatest(slope(knee_), at_.start_s, at_.lowering_s), 400.0));
  }

  // The far foot is hidden behind the near leg until it is this high.
  void pedalling() {
    constexpr double kFarSeenDeg = 25.0;
    constexpr double kNearSeenDeg = 10.0;
    const bool near = plan_.side == practice_.camera.side;
    const double from_deg = near ? kNearSeenDeg : kFarSeenDeg;
    const double other_from_deg = near ? kFarSeenDeg : kNearSeenDeg;
    const auto moving = [&](double t) {
      return std::min(std::abs(slope(knee_)(t)), std::abs(slope(other_knee_)(t)));
    };
    const auto seen = [&](double t) {
      return knee_(t) >= from_deg && other_knee_(t) >= other_from_deg ? moving(t) : 0.0;
    };
    const FaultPresence there = sustained(moving, at_.lowering_s, at_.end_s, 30.0, 0.3);
    const FaultPresence visible = sustained(seen, at_.lowering_s, at_.end_s, 30.0, 0.3);
    out_.pedals = there == FaultPresence::present && visible != FaultPresence::present
                      ? FaultPresence::doubtful
                      : there;
  }

  void lowering() {
    add_fault("incomplete_lower", over(plan_.stop_short_deg, 20.0));
    pedalling();
    const double last_s = at_.end_s + 0.1;
    const auto at_70 = falls_through(knee_, at_.lowering_s, last_s, 70.0);
    const auto at_20 = falls_through(knee_, at_.lowering_s, last_s, 20.0);
    if (!at_70 || !at_20) return;
    out_.transit_70_20_s = *at_20 - *at_70;
    add_fault("dropped_foot", under(*out_.transit_70_20_s, 0.30));
  }

 private:
  void add_fault(const std::string& id, FaultPresence verdict) {
    if (verdict == FaultPresence::present) out_.faults.push_back(id);
    if (verdict == FaultPresence::doubtful) out_.doubtful.push_back(id);
  }

  const Practice& practice_;
  const JointMotion& movement_;
  const RepetitionPlan& plan_;
  const RepetitionTimes& at_;
  LevelRequirement wanted_;
  GroundTruthRepetition& out_;
  Curve knee_;
  Curve other_knee_;
  Curve hip_;
};

// A habit: two of three repetitions. Where feet drop it is that fault, and may be this one.
FaultPresence lowers_fast(const std::vector<GroundTruthRepetition>& repetitions) {
  FaultPresence most = FaultPresence::absent;
  for (std::size_t i = 0; i < repetitions.size(); ++i) {
    int surely = 0;
    int perhaps = 0;
    for (std::size_t j = i < 2 ? 0 : i - 2; j <= i; ++j) {
      const auto& transit_s = repetitions[j].transit_70_20_s;
      if (!transit_s) continue;
      const FaultPresence fast = under(*transit_s, 0.50);
      if (fast != FaultPresence::absent) ++perhaps;
      if (fast == FaultPresence::present && under(*transit_s, 0.30) == FaultPresence::absent)
        ++surely;
    }
    most = std::max(most, surely >= 2    ? FaultPresence::present
                          : perhaps >= 2 ? FaultPresence::doubtful
                                         : FaultPresence::absent);
  }
  return most;
}

}  // namespace

void find_true_faults(const Practice& practice, const JointMotion& movement,
                      const RepetitionPlan& plan, const RepetitionTimes& outline,
                      GroundTruthRepetition& repetition) {
  FaultOracle examiner(practice, movement, plan, outline, repetition);
  examiner.trunk();
  examiner.thigh();
  examiner.kicks();
  examiner.lowering();
}

void find_true_set_faults(const Practice& practice, SimulatedSession& performed) {
  const auto& repetitions = performed.repetitions;
  const auto add_fault = [&](const std::string& id, FaultPresence verdict) {
    if (verdict == FaultPresence::present) performed.set_faults.push_back(id);
    if (verdict == FaultPresence::doubtful) performed.set_doubtful.push_back(id);
  };
  for (std::size_t i = 1; i < repetitions.size(); ++i) {
    if (repetitions[i].side == repetitions[i - 1].side) {
      add_fault("same_side_twice", FaultPresence::present);
    }
  }
  for (const GroundTruthRepetition& r : repetitions) add_fault("pedalling", r.pedals);
  add_fault("fast_lowering", lowers_fast(repetitions));
  const Body& body = practice.body;
  const double roll = std::sin(practice.rocking_deg * std::numbers::pi / 180.0);
  add_fault("rocking",
            over(body.hip_half_width_ratio * body.height_m * roll / body.thigh_m(), 0.05));
  if (practice.level == 0) return;
  // Winter's upper arm, and how far the elbow is ahead of or behind the shoulder.
  const double upper_arm_m = 0.186 * body.height_m;
  const double shoulder_m = body.hip_above_mat_m +
                            body.trunk_ratio * body.height_m *
                                std::sin(practice.trunk_incline_deg * std::numbers::pi / 180.0);
  const double forward = shoulder_m *
                         std::tan(practice.elbow_forward_deg * std::numbers::pi / 180.0) /
                         upper_arm_m;
  add_fault("elbows_out_of_place", forward > 0.0 ? over(forward, 0.5) : over(-forward, 0.15));
}

}  // namespace matside::support
