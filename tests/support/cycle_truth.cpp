#include "tests/support/cycle_truth.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <span>

namespace matside::support {
namespace {

using exercise::Channel;
using exercise::CycleReading;
using exercise::CycleRule;
using exercise::LegChoice;
using exercise::Phase;
using exercise::Statistic;

constexpr double kSampleS = 0.01;
constexpr double kBeforeS = 1.2;  // an onset begins this long before the start
constexpr double kBeyondS = 0.4;  // a fall may end this long after the end
constexpr double kOnsetS = 1.0;   // as core/exercise/cycle_rules.h says
constexpr double kEdgeS = 0.1;    // edges of phases may be seen this far off
constexpr double kHeldShare = 1.25;
constexpr double kClearShare = 0.25;
constexpr double kClearDeviations = 3.0;
constexpr double kMostClearShare = 0.6;
constexpr double kTimeDeviationS = 0.033;
constexpr double kUnseen = 1e9;

using Samples = std::vector<double>;

struct Window {
  double from_s;
  double to_s;
};

/// The true curves of one repetition.
class CycleCurves {
 public:
  CycleCurves(const CyclePractice& practice, const JointMotion& movement, const CyclePlan& plan,
              const CycleOutline& outline)
      : practice_(practice),
        rules_(*practice.definition->cycle),
        at_(outline),
        from_s_(outline.start_s - kBeforeS),
        leading_(pose::index(leading_leg(plan, rules_.sides, practice.setting.camera.side))) {
    const auto count =
        static_cast<std::size_t>((outline.end_s + kBeyondS - from_s_) / kSampleS + 1.0);
    for (std::size_t i = 0; i < count; ++i) {
      const double t = from_s_ + kSampleS * static_cast<double>(i);
      add(posture_at(movement, practice.setting.body, t));
    }
  }

  [[nodiscard]] std::optional<double> read(const CycleRule& rule, const Window& window,
                                           double held_share) const {
    const CycleReading& r = rule.reading;
    if (r.statistic == Statistic::peaks) {
      const exercise::Level* level = practice_.definition->level(practice_.setting.level);
      return static_cast<double>(at_.peaks_s.size()) - level->kicks;
    }
    if (r.statistic == Statistic::legs_lag) return legs_lag(r.channel);
    const Samples curve = curve_of(r.channel, r.leg);
    if (r.statistic == Statistic::at_peaks) return at_peaks(curve);
    const std::span<const double> part = cut(curve, window);
    const double duration_s = rule.duration ? rule.duration->value * held_share : 0.0;
    switch (r.statistic) {
      case Statistic::greatest:
        return held(part, duration_s, 1.0);
      case Statistic::least:
        return -held(part, duration_s, -1.0);
      case Statistic::time_up:
        return time_up(part, r.share);
      default:
        return fall_time(curve, part);
    }
  }

  /// The phase, from `edge_s` before its beginning to `edge_s` after its end.
  [[nodiscard]] Window window(Phase phase, double edge_s) const {
    Window w = phase_of(phase);
    w.from_s -= edge_s;
    w.to_s += edge_s;
    if (w.from_s > w.to_s) w.from_s = w.to_s = 0.5 * (w.from_s + w.to_s);
    return w;
  }

  [[nodiscard]] double peak_value(double time_s) const {
    return curve_of(rules_.channel, LegChoice::moving)[index(time_s)];
  }

 private:
  void add(const Posture& p) {
    const Body& body = practice_.setting.body;
    const double sign = practice_.setting.camera.side == pose::Side::left ? 1.0 : -1.0;
    const double roll_m = sign * body.hip_half_width_ratio * body.height_m *
                          std::sin(p.pelvis_roll_deg * std::numbers::pi / 180.0);
    for (std::size_t leg = 0; leg < 2; ++leg) {
      knee_[leg].push_back(p.knee_flexion_deg[leg]);
      thigh_[leg].push_back(p.thigh_lift_deg[leg]);
    }
    trunk_.push_back(p.trunk_incline_deg - at_.trunk_deg);
    neck_.push_back(p.neck_deg - at_.neck_deg);
    hips_.push_back((p.hip_rise_m + roll_m) / body.thigh_m());
  }

  [[nodiscard]] Samples curve_of(Channel channel, LegChoice leg) const {
    switch (channel) {
      case Channel::trunk_incline:
        return trunk_;
      case Channel::neck_angle:
        return neck_;
      case Channel::hip_rise:
        return hips_;
      case Channel::knee_flexion:
        return of_legs(knee_, leg);
      case Channel::thigh_lift:
      case Channel::leg_lift:
        return of_legs(thigh_, leg);
    }
    return {};
  }

  [[nodiscard]] Samples of_legs(const std::array<Samples, 2>& legs, LegChoice leg) const {
    if (leg == LegChoice::moving) return legs[leading_];
    if (leg == LegChoice::other) return legs[1 - leading_];
    Samples out = legs[0];
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = leg == LegChoice::either ? std::max(out[i], legs[1][i])
                                        : std::min(out[i], legs[1][i]);
    }
    return out;
  }

  [[nodiscard]] std::size_t index(double time_s) const {
    const double i = std::round((time_s - from_s_) / kSampleS);
    return static_cast<std::size_t>(std::clamp(i, 0.0, static_cast<double>(trunk_.size() - 1)));
  }

  [[nodiscard]] std::span<const double> cut(const Samples& curve, const Window& w) const {
    const std::size_t first = index(w.from_s);
    return std::span(curve).subspan(first, index(w.to_s) - first + 1);
  }

  [[nodiscard]] Window phase_of(Phase phase) const {
    const double peak_s = at_.peaks_s.front();
    switch (phase) {
      case Phase::whole:
        break;
      case Phase::onset:
        return {at_.start_s - kOnsetS, quarter_up_s()};
      case Phase::rise:
        return {at_.start_s, peak_s};
      case Phase::top:
        return {peak_s, at_.lowering_s};
      case Phase::lowering:
        return {at_.lowering_s, at_rest_s()};
      case Phase::after:
        return {at_rest_s(), at_.end_s};
    }
    return {at_.start_s, at_.end_s};
  }

  [[nodiscard]] double quarter_up_s() const {
    const Samples curve = curve_of(rules_.channel, LegChoice::moving);
    const double up = 0.25 * curve[index(at_.peaks_s.front())];
    std::size_t i = index(at_.start_s);
    while (i + 1 < curve.size() && curve[i] < up) ++i;
    return from_s_ + kSampleS * static_cast<double>(i);
  }

  [[nodiscard]] double at_rest_s() const {
    const Samples curve = curve_of(rules_.channel, LegChoice::moving);
    std::size_t i = index(at_.lowering_s);
    while (i + 1 < curve.size() && curve[i] > rules_.rest_below.value) ++i;
    return from_s_ + kSampleS * static_cast<double>(i);
  }

  // The greatest value that the curve, times `sign`, doesn't fall below for so long.
  static double held(std::span<const double> part, double duration_s, double sign) {
    const auto width = static_cast<std::size_t>(std::ceil(duration_s / kSampleS)) + 1;
    if (width > part.size()) return -kUnseen;
    double most = -kUnseen;
    for (std::size_t i = 0; i + width <= part.size(); ++i) {
      double least = kUnseen;
      for (std::size_t j = i; j < i + width; ++j) least = std::min(least, sign * part[j]);
      most = std::max(most, least);
    }
    return most;
  }

  [[nodiscard]] double at_peaks(const Samples& curve) const {
    double sum = 0.0;
    for (const double t : at_.peaks_s) sum += curve[index(t)];
    return sum / static_cast<double>(at_.peaks_s.size());
  }

  static double time_up(std::span<const double> part, double share) {
    const double border = share * *std::ranges::max_element(part);
    return kSampleS * static_cast<double>(
                          std::ranges::count_if(part, [&](double v) { return v > border; }));
  }

  static double fall_time(const Samples& curve, std::span<const double> part) {
    const double most = *std::ranges::max_element(part);
    std::size_t last = static_cast<std::size_t>(part.data() - curve.data());
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (part[i] >= 0.8 * most) last = static_cast<std::size_t>(&part[i] - curve.data());
    }
    std::size_t down = last;
    while (down + 1 < curve.size() && curve[down] > 0.2 * most) ++down;
    return kSampleS * static_cast<double>(down - last);
  }

  [[nodiscard]] std::optional<double> legs_lag(Channel channel) const {
    if (rules_.sides != exercise::CycleSides::both) return std::nullopt;
    std::array<double, 2> half_up_s{};
    for (std::size_t leg = 0; leg < 2; ++leg) {
      const Samples curve =
          curve_of(channel, leg == leading_ ? LegChoice::moving : LegChoice::other);
      const double half = 0.5 * *std::ranges::max_element(curve);
      const auto up = std::ranges::find_if(curve, [&](double v) { return v >= half; });
      half_up_s[leg] = kSampleS * static_cast<double>(up - curve.begin());
    }
    return std::abs(half_up_s[0] - half_up_s[1]);
  }

  const CyclePractice& practice_;
  const exercise::CycleRules& rules_;
  CycleOutline at_;
  double from_s_;
  std::size_t leading_;
  std::array<Samples, 2> knee_;
  std::array<Samples, 2> thigh_;
  Samples trunk_;
  Samples neck_;
  Samples hips_;
};

std::optional<TrueReading> reading_of(const CycleCurves& curves, const CycleRule& rule) {
  TrueReading out{kUnseen, -kUnseen};
  for (const double edge_s : {-kEdgeS, 0.0, kEdgeS}) {
    for (const double held_share : {1.0 / kHeldShare, kHeldShare}) {
      const Window window = curves.window(rule.reading.phase, edge_s);
      const auto value = curves.read(rule, window, held_share);
      if (!value) return std::nullopt;
      out.low = std::min(out.low, *value);
      out.high = std::max(out.high, *value);
    }
  }
  return out;
}

}  // namespace

double noise_at_rest(Channel channel, const exercise::MeasurementRules& rules) {
  switch (channel) {
    case Channel::knee_flexion:
      return rules.rest_noise_knee.value;
    case Channel::thigh_lift:
      return rules.rest_noise_thigh.value;
    case Channel::leg_lift:
      // The line from hip to ankle is twice as long as the thigh.
      return 0.5 * rules.rest_noise_thigh.value;
    case Channel::trunk_incline:
      return rules.rest_noise_trunk.value;
    case Channel::neck_angle:
      return rules.rest_noise_neck.value;
    case Channel::hip_rise:
      return rules.rest_noise_hip.value;
  }
  return 0.0;
}

double margin_of(const CycleRule& rule, const exercise::Definition& definition) {
  const double size = std::abs(rule.threshold.value);
  double deviation = 0.0;
  switch (rule.reading.statistic) {
    case Statistic::greatest:
    case Statistic::least:
    case Statistic::at_peaks:
      deviation = noise_at_rest(rule.reading.channel, definition.measurement);
      break;
    case Statistic::peaks:
      return 0.25;
    case Statistic::time_up:
    case Statistic::fall_time:
    case Statistic::legs_lag:
      deviation = kTimeDeviationS;
      break;
  }
  return std::min(std::max(kClearShare * size, kClearDeviations * deviation),
                  kMostClearShare * size);
}

FaultPresence presence_of(const CycleRule& rule, const TrueReading& reading,
                          const exercise::Definition& definition) {
  const double margin = margin_of(rule, definition);
  const double sign = rule.above ? 1.0 : -1.0;
  const double border = sign * rule.threshold.value;
  const double least = std::min(sign * reading.low, sign * reading.high);
  const double most = std::max(sign * reading.low, sign * reading.high);
  if (least >= border + margin) return FaultPresence::present;
  return most <= border - margin ? FaultPresence::absent : FaultPresence::doubtful;
}

std::vector<const CycleRule*> rules_at(const exercise::Definition& definition, int level) {
  std::vector<const CycleRule*> out;
  for (const CycleRule& rule : definition.cycle->rules) {
    if (std::ranges::find(rule.levels, level) != rule.levels.end()) out.push_back(&rule);
  }
  return out;
}

std::optional<TrueReading> true_reading(const CyclePractice& practice,
                                        const JointMotion& movement, const CyclePlan& plan,
                                        const CycleOutline& outline, const CycleRule& rule) {
  return reading_of(CycleCurves(practice, movement, plan, outline), rule);
}

CycleRepetition true_repetition(const CyclePractice& practice, const JointMotion& movement,
                                const CyclePlan& plan, const CycleOutline& outline) {
  const CycleCurves curves(practice, movement, plan, outline);
  CycleRepetition out;
  if (practice.definition->cycle->sides == exercise::CycleSides::alternating) {
    out.side = plan.side == pose::Side::left ? exercise::KickingSide::left
                                             : exercise::KickingSide::right;
  }
  out.start_s = outline.start_s;
  out.end_s = outline.end_s;
  for (const double t : outline.peaks_s) out.peaks.push_back({t, curves.peak_value(t)});
  // Several rules may be of one fault.
  std::map<std::string, FaultPresence> found;
  for (const CycleRule* rule : rules_at(*practice.definition, practice.setting.level)) {
    const auto reading = reading_of(curves, *rule);
    if (!reading) continue;
    FaultPresence hidden = FaultPresence::absent;
    for (const std::string& id : rule->unless) hidden = std::max(hidden, found[id]);
    FaultPresence here = presence_of(*rule, *reading, *practice.definition);
    if (hidden == FaultPresence::present) here = FaultPresence::absent;
    if (hidden == FaultPresence::doubtful) here = std::min(here, FaultPresence::doubtful);
    found[rule->id] = std::max(found[rule->id], here);
  }
  for (const auto& [id, presence] : found) {
    if (presence == FaultPresence::present) out.faults.push_back(id);
    if (presence == FaultPresence::doubtful) out.doubtful.push_back(id);
  }
  return out;
}

}  // namespace matside::support
