#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "core/exercise/judge.h"

namespace matside::exercise {
namespace {

using base::Seconds;
using signal::Sample;

// The greatest value of a stretch in which the signal stayed at or above `on` (left again below
// `off`) for at least `min_duration_s`, or nothing.
std::optional<double> sustained(const std::vector<Sample>& samples, const Repetition& rep,
                                double on, double off, double min_duration_s) {
  std::optional<Seconds> since;
  double most = 0.0;
  std::optional<double> found;
  for (const Sample& s : samples) {
    if (s.time < rep.start || s.time > rep.end) continue;
    if (!since && s.value >= on) {
      since = s.time;
      most = s.value;
    } else if (since && s.value < off) {
      since.reset();
    }
    if (!since) continue;
    most = std::max(most, s.value);
    if (s.time - *since >= Seconds(min_duration_s)) found = std::max(found.value_or(0.0), most);
  }
  return found;
}

std::vector<Sample> negated(std::vector<Sample> samples) {
  for (Sample& s : samples) s.value = -s.value;
  return samples;
}

std::optional<double> measured(const Fault& fault, const BendSignals& signals, pose::Side side,
                               const Repetition& rep, const Level& level) {
  const double off = fault.off ? fault.off->value : fault.on.value;
  const double hold_s = fault.min_duration ? fault.min_duration->value : 0.0;
  switch (fault.signal) {
    case Signal::hip_rise:
      return sustained(signals.hip_rise, rep, fault.on.value, off, hold_s);
    case Signal::thigh_lift:
      return sustained(signals.thigh_deg[pose::index(side)], rep, fault.on.value, off, hold_s);
    case Signal::transit_70_20:
      if (rep.transit_70_20 && rep.transit_70_20->value() < fault.on.value) {
        return rep.transit_70_20->value();
      }
      return std::nullopt;
    case Signal::kick_count:
      if (static_cast<double>(rep.kicks.size()) < fault.on.value) {
        return static_cast<double>(rep.kicks.size());
      }
      return std::nullopt;
    case Signal::peak_knee: {
      double peak = 0.0;
      for (const Sample& s : signals.knee_deg[pose::index(side)]) {
        if (s.time >= rep.start && s.time <= rep.end) peak = std::max(peak, s.value);
      }
      if (peak < level.knee_min.value - fault.on.value) return level.knee_min.value - peak;
      return std::nullopt;
    }
    case Signal::trunk_incline: {
      const auto sunk =
          sustained(negated(signals.chest_deg), rep, -fault.on.value, -off, hold_s);
      return sunk ? std::optional(-*sunk) : std::nullopt;
    }
    case Signal::neck_angle:
      return sustained(negated(signals.neck_deg), rep, fault.on.value, off, hold_s);
    case Signal::lowering_stop:
    case Signal::side_order:
      return std::nullopt;  // judged where the lowering and the set are known
  }
  return std::nullopt;
}

}  // namespace

std::vector<FaultFinding> find_faults(const BendSignals& signals, pose::Side side,
                                      const Repetition& repetition,
                                      const Definition& definition, const Level& level) {
  std::vector<const Fault*> order;
  for (const Fault& f : definition.faults) {
    const bool judged =
        std::find(f.levels.begin(), f.levels.end(), level.number) != f.levels.end();
    if (judged && !f.of_set) order.push_back(&f);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const Fault* a, const Fault* b) { return a->priority < b->priority; });
  std::vector<FaultFinding> out;
  for (const Fault* f : order) {
    const auto value = measured(*f, signals, side, repetition, level);
    if (!value) continue;
    const Words* words = definition.words_for(f->id);
    out.push_back({f->id, *value, f->on.value, f->on.unit, words != nullptr ? words->cue : ""});
  }
  return out;
}

}  // namespace matside::exercise
