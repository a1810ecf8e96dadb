// How a repetition goes wrong in the way that a rule is about, whatever the exercise.
#include <algorithm>
#include <cmath>

#include "tests/support/cycle_habit.h"
#include "tests/support/cycle_truth.h"

namespace matside::support {
namespace {

using exercise::Channel;
using exercise::CycleRule;
using exercise::CycleRules;
using exercise::CycleSides;
using exercise::Definition;
using exercise::LegChoice;
using exercise::Phase;
using exercise::Statistic;

/// Changes one plan in the way of one rule.
class FaultMaker {
 public:
  FaultMaker(CyclePlan& plan, Random& random, const Definition& definition,
             const CycleRule& rule)
      : plan_(plan),
        random_(random),
        rules_(*definition.cycle),
        rule_(rule),
        margin_(margin_of(rule, definition)),
        noise_(noise_at_rest(rules_.channel, definition.measurement)) {}

  bool make() {
    switch (rule_.reading.statistic) {
      case Statistic::peaks:
        return other_count();
      case Statistic::legs_lag:
        return late_leg();
      case Statistic::time_up:
        return other_hold();
      case Statistic::fall_time:
        return other_fall();
      case Statistic::greatest:
      case Statistic::least:
      case Statistic::at_peaks:
        return other_size();
    }
    return false;
  }

 private:
  // Clearly beyond the threshold: by the margin and a little, up to as much again.
  double beyond() {
    const double sign = rule_.above ? 1.0 : -1.0;
    const double least = 1.08 * margin_;
    const double spread = std::max(margin_, 0.25 * std::abs(rule_.threshold.value));
    return rule_.threshold.value + sign * (least + random_.uniform(0.0, spread));
  }

  bool other_count() {
    if (rule_.above) {
      plan_.peaks.push_back(plan_.peaks.back());
      delay_the_rest(plan_.beat_s);
      return true;
    }
    if (plan_.peaks.size() < 2) return false;
    plan_.peaks.pop_back();
    delay_the_rest(-plan_.beat_s);
    return true;
  }

  bool late_leg() {
    if (rules_.sides != CycleSides::both || !rule_.above) return false;
    const std::size_t leg = random_.below(2);
    plan_.late_s = {};
    plan_.late_s[leg] = beyond();
    // The chest rises once both feet are on their way down.
    delay_the_rest(plan_.late_s[leg]);
    return true;
  }

  bool other_hold() {
    const double share = rule_.reading.share;
    const double wanted_s = beyond();
    if (is_of_cycle(rule_, rules_)) {
      const double before_s = plan_.hold_s;
      double moving_s = (plan_.rise_s + plan_.lower_s) * least_jerk_time(share, 1.0);
      if (!rule_.above && moving_s > wanted_s) {
        // Who does not hold does not linger on the way, either.
        const double faster = std::max(0.45, 0.9 * wanted_s / moving_s);
        plan_.rise_s *= faster;
        plan_.lower_s *= faster;
        moving_s *= faster;
      }
      plan_.hold_s = std::max(0.02, wanted_s - moving_s);
      delay_the_rest(plan_.hold_s - before_s);
      return true;
    }
    ChannelMove* extension = extension_of(rule_.reading.channel);
    if (extension == nullptr || !is_of_extension(rule_, rules_)) return false;
    const double rise_s = extension->up_s - extension->from_s;
    const double lower_s = extension->rest_s - extension->back_s;
    const double moving_s = (rise_s + lower_s) * least_jerk_time(share, 1.0);
    extension->back_s = extension->up_s + std::max(0.02, wanted_s - moving_s);
    extension->rest_s = extension->back_s + lower_s;
    return true;
  }

  bool other_fall() {
    // What falls covers 80 to 20 percent of its way in this share of its time.
    const double falling_share = std::sqrt(0.8) - std::sqrt(0.2);
    const double least_s = 0.1;
    const double wanted_s = rule_.above ? beyond() : std::max(least_s, beyond());
    const double length_s =
        wanted_s / (rule_.above ? least_jerk_time(0.2, 0.8) : falling_share);
    if (is_of_cycle(rule_, rules_)) {
      delay_the_rest(length_s - plan_.lower_s);
      plan_.lower_s = length_s;
      plan_.falls = !rule_.above;
      return true;
    }
    ChannelMove* extension = extension_of(rule_.reading.channel);
    if (extension == nullptr || !is_of_extension(rule_, rules_)) return false;
    extension->rest_s = extension->back_s + length_s;
    extension->falls = !rule_.above;
    return true;
  }

  bool other_size() {
    const bool high = rule_.reading.statistic != Statistic::least;
    if (high && is_of_cycle(rule_, rules_)) return other_amplitude();
    ChannelMove* extension = extension_of(rule_.reading.channel);
    if (high && extension != nullptr && is_of_extension(rule_, rules_)) {
      extension->value = rule_.above ? beyond() : small(0.0);
      return true;
    }
    return other_company();
  }

  // Small, but more than what counts.
  double small(double least) {
    const double most = rule_.threshold.value - 1.08 * margin_;
    const double low = std::max(least, 0.55 * most);
    return low < most ? random_.uniform(low, most) : most;
  }

  // So much more than what counts that there is no doubt, of the lesser leg as well.
  [[nodiscard]] double counted(double room_share) const {
    const double from = rules_.counted_from.value;
    return (from + std::max(room_share * from, 1.5 * noise_)) /
           std::min(plan_.share[0], plan_.share[1]);
  }

  bool other_amplitude() {
    const double value = rule_.above ? beyond() : small(counted(0.25));
    if (value < counted(0.1)) return false;
    for (double& peak : plan_.peaks) peak = value * random_.uniform(0.99, 1.01);
    const double least = 1.6 * rules_.peak_prominence.value;
    plan_.recoil = std::max(least, std::min(plan_.recoil, 0.45 * value));
    return plan_.peaks.size() < 2 || plan_.recoil < 0.6 * value;
  }

  // Something moves that should not, or does not that should.
  bool other_company() {
    const Channel joint = joint_of(rule_.reading.channel);
    const Phase phase = rule_.reading.phase;
    if (joint == joint_of(rules_.channel) && rule_.reading.leg != LegChoice::other &&
        phase != Phase::after) {
      return false;
    }
    if (phase == Phase::after && plan_.extensions.empty()) return false;
    const bool omitted = !rule_.above && rule_.threshold.value > 0.0;
    std::erase_if(plan_.others,
                  [&](const ChannelMove& m) { return joint_of(m.channel) == joint; });
    ChannelMove m = accompanying(joint, phase, plan_);
    m.value =
        omitted ? random_.uniform(0.0, 0.8) * (rule_.threshold.value - margin_) : beyond();
    m.legs = moved_legs();
    hold(m);
    plan_.others.push_back(m);
    return true;
  }

  // Longer than the rule asks for.
  void hold(ChannelMove& m) {
    if (!rule_.duration) return;
    const double wanted_s = 1.35 * rule_.duration->value;
    const double missing_s = wanted_s - (m.back_s - m.up_s);
    if (missing_s <= 0.0) return;
    m.up_s = std::max(m.from_s + 0.25, m.up_s - missing_s);
    const double still_missing_s = wanted_s - (m.back_s - m.up_s);
    if (still_missing_s <= 0.0) return;
    m.back_s += still_missing_s;
    m.rest_s = std::max(m.rest_s, m.back_s + 0.4);
  }

  std::array<bool, 2> moved_legs() {
    if (rules_.sides == CycleSides::alternating) {
      const bool left = plan_.side == pose::Side::left;
      switch (rule_.reading.leg) {
        case LegChoice::moving:
          return {left, !left};
        case LegChoice::other:
          return {!left, left};
        default:
          break;
      }
    }
    if (rule_.reading.leg == LegChoice::either && random_.chance(0.5)) {
      const bool left = random_.chance(0.5);
      return {left, !left};
    }
    return {true, true};
  }

  ChannelMove* extension_of(Channel channel) {
    const auto found = std::ranges::find_if(plan_.extensions, [&](const ChannelMove& m) {
      return joint_of(m.channel) == joint_of(channel);
    });
    return found == plan_.extensions.end() ? nullptr : &*found;
  }

  void delay_the_rest(double by_s) {
    for (auto* moves : {&plan_.extensions, &plan_.others}) {
      for (ChannelMove& m : *moves) {
        const bool late = moves == &plan_.extensions || m.from_s > plan_.rise_s;
        if (late) {
          m.from_s += by_s;
          m.up_s += by_s;
        }
        m.back_s = std::max(m.up_s, m.back_s + by_s);
        m.rest_s = std::max(m.back_s + 0.3, m.rest_s + by_s);
      }
    }
  }

  CyclePlan& plan_;
  Random& random_;
  const CycleRules& rules_;
  const CycleRule& rule_;
  double margin_;
  double noise_;  ///< of the cycle's channel at rest
};

}  // namespace

bool add_fault(CyclePlan& plan, Random& random, const Definition& definition,
               const CycleRule& rule) {
  return FaultMaker(plan, random, definition, rule).make();
}

}  // namespace matside::support
