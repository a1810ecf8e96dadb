#include "tests/support/cycle_habit.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/support/cycle_truth.h"

namespace matside::support {
namespace {

using exercise::Channel;
using exercise::CycleExtension;
using exercise::CycleRule;
using exercise::CycleRules;
using exercise::CycleSides;
using exercise::Definition;
using exercise::Phase;
using exercise::Statistic;

// A little more than clear, so that natural variation stays clear, too.
constexpr double kRoom = 1.1;

// What bodies do: how far channels go beyond the least that is asked, how fast, and at most.
struct ChannelHabit {
  double spread;
  double most;
  double rise_low_s;
  double rise_high_s;
  double lower_low_s;
  double lower_high_s;
};

ChannelHabit channel_habit(Channel channel) {
  switch (joint_of(channel)) {
    case Channel::knee_flexion:
      return {28.0, 122.0, 0.8, 1.4, 1.4, 2.4};
    case Channel::thigh_lift:
    case Channel::leg_lift:
      return {6.0, 35.0, 0.7, 1.3, 1.0, 1.7};
    case Channel::trunk_incline:
      return {8.0, 40.0, 1.2, 1.9, 1.4, 2.3};
    case Channel::neck_angle:
      return {15.0, 50.0, 0.6, 1.2, 0.6, 1.2};
    case Channel::hip_rise:
      return {0.15, 0.8, 0.8, 1.5, 1.0, 1.8};
  }
  return {};
}

bool is_of_size(Statistic statistic) {
  return statistic == Statistic::greatest || statistic == Statistic::at_peaks;
}

// From the least that counts, between what rules of size leave.
template <class Applies>
ValueRange between_rules(const Definition& definition, int level, Channel channel, double least,
                         const Applies& applies) {
  const ChannelHabit habit = channel_habit(channel);
  double low = least;
  double high = std::numeric_limits<double>::infinity();
  for (const CycleRule* rule : rules_at(definition, level)) {
    if (!is_of_size(rule->reading.statistic) || !applies(*rule)) continue;
    const double room = kRoom * margin_of(*rule, definition);
    if (rule->above) {
      high = std::min(high, rule->threshold.value - room);
    } else {
      low = std::max(low, rule->threshold.value + room);
    }
  }
  high = std::min({high, habit.most, low + habit.spread});
  if (high < low) low = high = 0.5 * (low + high);
  return {low, high};
}

double least_counted(const Definition& definition) {
  return 1.5 * definition.cycle->counted_from.value;
}

}  // namespace

double ValueRange::clamped(double value) const { return std::clamp(value, low, high); }

double least_jerk_time(double from_share, double to_share) {
  const auto when = [](double share) {
    double low = 0.0;
    double high = 1.0;
    for (int i = 0; i < 40; ++i) {
      const double u = 0.5 * (low + high);
      (u * u * u * (10.0 - 15.0 * u + 6.0 * u * u) < share ? low : high) = u;
    }
    return low;
  };
  return when(to_share) - when(from_share);
}

bool is_of_cycle(const CycleRule& rule, const CycleRules& rules) {
  const Phase phase = rule.reading.phase;
  return joint_of(rule.reading.channel) == joint_of(rules.channel) && phase != Phase::onset &&
         phase != Phase::after && rule.reading.leg != exercise::LegChoice::other;
}

bool is_of_extension(const CycleRule& rule, const CycleRules& rules) {
  const Phase phase = rule.reading.phase;
  if (phase == Phase::onset || phase == Phase::rise || phase == Phase::top) return false;
  if (rule.reading.statistic == Statistic::least) return false;
  return std::ranges::any_of(rules.lasts_while, [&](const CycleExtension& e) {
    return joint_of(e.channel) == joint_of(rule.reading.channel);
  });
}

bool is_extended(const Definition& definition, int level, const CycleExtension& extension) {
  const CycleRules& rules = *definition.cycle;
  const auto asks = [&](const CycleRule& rule) {
    return !rule.above && is_of_extension(rule, rules) &&
           joint_of(rule.reading.channel) == joint_of(extension.channel);
  };
  const auto at_level = rules_at(definition, level);
  return std::ranges::any_of(at_level, [&](const CycleRule* rule) { return asks(*rule); }) ||
         std::ranges::none_of(rules.rules, asks);
}

ValueRange clean_amplitude(const Definition& definition, int level) {
  const CycleRules& rules = *definition.cycle;
  return between_rules(definition, level, rules.channel, least_counted(definition),
                       [&](const CycleRule& rule) { return is_of_cycle(rule, rules); });
}

ValueRange clean_extension(const Definition& definition, int level,
                           const CycleExtension& extension) {
  const CycleRules& rules = *definition.cycle;
  const double least = 3.0 * extension.above.value;
  return between_rules(definition, level, extension.channel, least, [&](const CycleRule& rule) {
    return is_of_extension(rule, rules) &&
           joint_of(rule.reading.channel) == joint_of(extension.channel);
  });
}

ChannelMove accompanying(Channel channel, Phase phase, const CyclePlan& plan) {
  ChannelMove m{channel};
  const double peak_s = plan.rise_s;
  const double lowering_s =
      peak_s + plan.beat_s * static_cast<double>(plan.peaks.size() - 1) + plan.hold_s;
  const double down_s = lowering_s + plan.lower_s;
  m.from_s = 0.1;
  m.up_s = peak_s;
  m.back_s = lowering_s;
  m.rest_s = down_s;
  switch (phase) {
    case Phase::whole:
    case Phase::top:
      break;
    case Phase::onset:
      m.from_s = -0.55;
      m.up_s = 0.05;
      break;
    case Phase::rise:
      m.up_s = 0.5 * peak_s;
      m.back_s = peak_s;
      m.rest_s = peak_s + 0.5;
      break;
    case Phase::lowering:
      m.from_s = lowering_s - 0.2;
      m.up_s = lowering_s + 0.25 * plan.lower_s;
      m.back_s = lowering_s + 0.6 * plan.lower_s;
      break;
    case Phase::after:
      m.from_s = lowering_s + 0.3 * plan.lower_s;
      m.up_s = down_s;
      for (const ChannelMove& e : plan.extensions) {
        m = e;
        m.channel = channel;
        m.falls = false;
        // What collapses takes the rest along more slowly.
        m.rest_s = std::max(e.rest_s, e.back_s + 0.6);
      }
      break;
  }
  m.rest_s = std::max(m.rest_s, m.back_s + 0.4);
  return m;
}

namespace {

void set_extensions(CyclePlan& plan, Random& random, const Definition& definition, int level) {
  const CycleRules& rules = *definition.cycle;
  plan.extensions.clear();
  for (const CycleExtension& e : rules.lasts_while) {
    if (!is_extended(definition, level, e)) continue;
    const ChannelHabit habit = channel_habit(e.channel);
    const double lowering_s =
        plan.rise_s + plan.hold_s + plan.beat_s * static_cast<double>(plan.peaks.size() - 1);
    ChannelMove m{e.channel};
    m.value = clean_extension(definition, level, e).draw(random);
    m.from_s = lowering_s + random.uniform(0.0, 0.35) * plan.lower_s;
    m.up_s = m.from_s + random.uniform(habit.rise_low_s, habit.rise_high_s);
    m.back_s = std::max(m.up_s, lowering_s + plan.lower_s) + random.uniform(0.6, 1.4);
    m.rest_s = m.back_s + random.uniform(habit.lower_low_s, habit.lower_high_s);
    plan.extensions.push_back(m);
  }
}

// Slow enough, and held long enough, to be clear of the rules of time.
void mind_times(CyclePlan& plan, const Definition& definition, int level) {
  const CycleRules& rules = *definition.cycle;
  for (const CycleRule* rule : rules_at(definition, level)) {
    if (rule->above || !is_of_cycle(*rule, rules)) continue;
    const double enough = rule->threshold.value + kRoom * margin_of(*rule, definition);
    if (rule->reading.statistic == Statistic::fall_time) {
      plan.lower_s = std::max(plan.lower_s, enough / least_jerk_time(0.2, 0.8));
    }
    if (rule->reading.statistic == Statistic::time_up) {
      const double moving_s =
          (plan.rise_s + plan.lower_s) * least_jerk_time(rule->reading.share, 1.0);
      plan.hold_s += std::max(0.0, enough - moving_s);
    }
  }
}

double natural_size(Channel channel, Random& random) {
  switch (joint_of(channel)) {
    case Channel::knee_flexion:
      return random.uniform(0.0, 4.0);
    case Channel::thigh_lift:
    case Channel::leg_lift:
      return random.uniform(0.0, 2.0);
    case Channel::trunk_incline:
      return random.uniform(-0.8, 0.8);
    case Channel::neck_angle:
      return random.uniform(-4.0, 6.0);
    case Channel::hip_rise:
      return random.uniform(0.0, 0.02);
  }
  return 0.0;
}

}  // namespace

CyclePlan habit_of(Random& random, const Definition& definition, int level) {
  const CycleRules& rules = *definition.cycle;
  const ChannelHabit habit = channel_habit(rules.channel);
  const ValueRange amplitude = clean_amplitude(definition, level);
  CyclePlan plan;
  const int count = std::max(1, definition.level(level)->kicks);
  plan.peaks.assign(static_cast<std::size_t>(count), amplitude.draw(random));
  plan.rise_s = random.uniform(habit.rise_low_s, habit.rise_high_s);
  plan.beat_s = random.uniform(0.5, 0.8);
  plan.recoil = random.uniform(0.18, 0.3) * plan.peaks.front();
  plan.hold_s = random.uniform(0.02, 0.25);
  plan.lower_s = random.uniform(habit.lower_low_s, habit.lower_high_s);
  plan.gap_s = random.uniform(0.6, 1.5);
  mind_times(plan, definition, level);
  return plan;
}

CyclePlan varied(const CyclePlan& habit, Random& random, const Definition& definition,
                 int level) {
  const CycleRules& rules = *definition.cycle;
  const ValueRange amplitude = clean_amplitude(definition, level);
  CyclePlan plan = habit;
  const double size = habit.peaks.front() * random.uniform(0.94, 1.06);
  for (double& peak : plan.peaks) {
    peak = amplitude.clamped(size * random.uniform(0.98, 1.02));
  }
  plan.rise_s *= random.uniform(0.9, 1.15);
  plan.beat_s *= random.uniform(0.92, 1.08);
  plan.hold_s *= random.uniform(0.95, 1.2);
  plan.lower_s *= random.uniform(0.95, 1.15);
  plan.gap_s = std::max(plan.gap_s * random.uniform(0.8, 1.3), rules.rest_hold.value + 0.3);
  // Between two pulses the channel falls clearly.
  plan.recoil = std::max(plan.recoil, 1.6 * rules.peak_prominence.value);
  if (rules.sides == CycleSides::both) {
    const std::size_t leg = random.below(2);
    plan.late_s[leg] = random.uniform(0.0, 0.05);
    plan.share[leg] = random.uniform(0.96, 1.0);
  }
  mind_times(plan, definition, level);
  set_extensions(plan, random, definition, level);
  return plan;
}

void add_company(CyclePlan& plan, Random& random, const Definition& definition, int level) {
  const CycleRules& rules = *definition.cycle;
  plan.others.clear();
  for (const Channel channel :
       {Channel::knee_flexion, Channel::thigh_lift, Channel::trunk_incline, Channel::neck_angle,
        Channel::hip_rise}) {
    const bool taken = channel == joint_of(rules.channel) ||
                       std::ranges::any_of(plan.extensions, [&](const ChannelMove& m) {
                         return joint_of(m.channel) == channel;
                       });
    if (taken) continue;
    double value = natural_size(channel, random);
    Phase phase = Phase::whole;
    for (const CycleRule* rule : rules_at(definition, level)) {
      if (rule->above || !is_of_size(rule->reading.statistic)) continue;
      if (joint_of(rule->reading.channel) != channel) continue;
      value = between_rules(definition, level, channel, 0.0, [&](const CycleRule& r) {
                return joint_of(r.reading.channel) == channel;
              }).draw(random);
      phase = rule->reading.phase;
    }
    ChannelMove m = accompanying(channel, phase, plan);
    m.value = value;
    if (exercise::is_of_legs(channel) && rules.sides == CycleSides::alternating) {
      m.legs = {plan.side == pose::Side::left, plan.side == pose::Side::right};
    }
    plan.others.push_back(m);
  }
}

}  // namespace matside::support
