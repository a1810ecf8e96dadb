#include "agreement/pairing.h"

#include <algorithm>
#include <tuple>

#include "agreement/bends.h"
#include "agreement/curve.h"
#include "core/pose/landmark.h"

namespace matside::agreement {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using base::Seconds;
using exercise::KickingSide;
using formats::KneeMeasurement;
using formats::ListedRepetition;

constexpr Seconds kFinestStep(0.01);

Curves curves_of(const KneeMeasurement& measurement) {
  return {Curve(measurement.knees[0]), Curve(measurement.knees[1])};
}

std::optional<std::size_t> knee_of(KickingSide side) {
  if (side == KickingSide::unsure) return std::nullopt;
  return pose::index(side == KickingSide::left ? pose::Side::left : pose::Side::right);
}

/// A measurement whose times are those of the reference.
struct Aligned {
  Curves curves;
  Seconds shift;                                             ///< Added to the curves' times.
  std::array<std::vector<ListedRepetition>, 2> repetitions;  ///< By side; times shifted.
  std::vector<ListedRepetition> unsure;

  [[nodiscard]] std::optional<double> at(std::size_t knee, Seconds time) const {
    const bool doubtful = std::ranges::any_of(unsure, [&](const ListedRepetition& each) {
      return time >= each.start && time <= each.end;
    });
    return doubtful ? std::nullopt : curves[knee].at(time - shift);
  }
};

Aligned aligned(const KneeMeasurement& measurement, Seconds shift) {
  Aligned result{curves_of(measurement), shift, {}, {}};
  const auto add = [&](std::optional<std::size_t> knee, ListedRepetition repetition) {
    repetition.start += shift;
    repetition.end += shift;
    (knee ? result.repetitions[*knee] : result.unsure).push_back(repetition);
  };
  if (measurement.repetitions) {
    for (const ListedRepetition& each : *measurement.repetitions) add(knee_of(each.side), each);
    return result;
  }
  for (const pose::Side side : pose::kSides) {
    const std::size_t knee = pose::index(side);
    for (const Bend& bend : bends_in(result.curves[knee])) {
      add(knee, {KickingSide::unsure, bend.start, bend.end, std::nullopt});
    }
  }
  return result;
}

double shared_part(const ListedRepetition& a, const ListedRepetition& b) {
  const Seconds common = std::min(a.end, b.end) - std::max(a.start, b.start);
  const Seconds spanned = std::max(a.end, b.end) - std::min(a.start, b.start);
  return spanned > Seconds() ? std::max(0.0, common / spanned) : 0.0;
}

struct SameRepetition {
  std::size_t measured = 0;
  std::size_t reference = 0;
};

/// Both lists are sorted by their start.
std::vector<SameRepetition> same_repetitions(const std::vector<ListedRepetition>& measured,
                                             const std::vector<ListedRepetition>& reference) {
  std::vector<std::tuple<double, std::size_t, std::size_t>> candidates;
  std::size_t first = 0;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    while (first < reference.size() && reference[first].end < measured[i].start) ++first;
    for (std::size_t j = first; j < reference.size(); ++j) {
      if (reference[j].start > measured[i].end) break;
      const double part = shared_part(measured[i], reference[j]);
      if (part >= kSameRepetition) candidates.emplace_back(-part, i, j);
    }
  }
  std::ranges::sort(candidates);
  std::vector<bool> taken_measured(measured.size());
  std::vector<bool> taken_reference(reference.size());
  std::vector<SameRepetition> same;
  for (const auto& [part, i, j] : candidates) {
    if (taken_measured[i] || taken_reference[j]) continue;
    taken_measured[i] = taken_reference[j] = true;
    same.push_back({i, j});
  }
  std::ranges::sort(same, {}, &SameRepetition::reference);
  return same;
}

/// The greatest bend of a repetition in one measurement. @param from, to  both measurements'
/// repetition
std::optional<double> greatest_bend(const Aligned& measurement, std::size_t knee,
                                    const ListedRepetition& repetition, Seconds from,
                                    Seconds to, Zero zero) {
  const Curve& curve = measurement.curves[knee];
  const Seconds shift = measurement.shift;
  if (zero == Zero::straight) return curve.largest(from - shift, to - shift);
  if (repetition.greatest_bend_deg) return repetition.greatest_bend_deg;
  const auto largest = curve.largest(from - shift, to - shift);
  const auto rest = curve.median(from - kRestBefore - shift, from - shift);
  if (!largest || !rest) return std::nullopt;
  return *largest - *rest;
}

void pair_repetitions(const Aligned& measured, const Aligned& reference, Zero zero,
                      PairedPractice& pairs) {
  for (std::size_t knee = 0; knee < pairs.repetitions.size(); ++knee) {
    const auto& ours = measured.repetitions[knee];
    const auto& theirs = reference.repetitions[knee];
    const auto same = same_repetitions(ours, theirs);
    pairs.only_measured += ours.size() - same.size();
    pairs.only_reference += theirs.size() - same.size();
    for (const auto& [i, j] : same) {
      const Seconds from = std::min(ours[i].start, theirs[j].start);
      const Seconds to = std::max(ours[i].end, theirs[j].end);
      const auto a = greatest_bend(measured, knee, ours[i], from, to, zero);
      const auto b = greatest_bend(reference, knee, theirs[j], from, to, zero);
      if (a && b) {
        pairs.repetitions[knee].push_back({from, *a, *b});
      } else {
        ++pairs.not_seen;
      }
    }
  }
  pairs.unsure = measured.unsure.size() + reference.unsure.size();
}

Seconds step_for(const Curves& a, const Curves& b) {
  Seconds step = kFinestStep;
  for (const Curves* curves : {&a, &b}) {
    for (const Curve& curve : *curves) step = std::max(step, curve.interval());
  }
  return step;
}

Result<void> pair_in_time(const Aligned& measured, const Aligned& reference,
                          PairedPractice& pairs) {
  pairs.step = step_for(measured.curves, reference.curves);
  for (std::size_t knee = 0; knee < pairs.in_time.size(); ++knee) {
    const Curve& a = measured.curves[knee];
    const Curve& b = reference.curves[knee];
    if (a.empty() || b.empty()) continue;
    const Seconds from =
        std::max(a.samples().front().time + measured.shift, b.samples().front().time);
    const Seconds to =
        std::min(a.samples().back().time + measured.shift, b.samples().back().time);
    if (from > to) continue;
    const double steps = (to - from) / pairs.step;
    if (steps >= static_cast<double>(kMaxGrid)) {
      return Error{ErrorKind::input, "the common time is too long; divide the files"};
    }
    const Grid grid{from, pairs.step, static_cast<std::size_t>(steps) + 1};
    for (std::size_t i = 0; i < grid.count; ++i) {
      const Seconds time = grid.time(i);
      const auto x = measured.at(knee, time);
      const auto y = reference.at(knee, time);
      if (x && y) pairs.in_time[knee].push_back({time, *x, *y});
    }
  }
  return {};
}

}  // namespace

base::Result<PairedPractice> pair_measurements(const formats::KneeMeasurement& measured,
                                               const formats::KneeMeasurement& reference,
                                               std::optional<base::Seconds> shift, Zero zero) {
  PairedPractice pairs;
  for (const KneeMeasurement* each : {&measured, &reference}) {
    if (!each->has_curves() && !each->repetitions) {
      return Error{ErrorKind::input, "one of the two has neither knee angles nor repetitions"};
    }
  }
  const bool curves = measured.has_curves() && reference.has_curves();
  if (shift) {
    pairs.shift = TimeShift{.shift = *shift, .given = true, .standard_error = {}, .rival = {}};
  } else if (curves) {
    pairs.shift = find_time_shift(curves_of(measured), curves_of(reference));
    if (!pairs.shift) {
      return Error{ErrorKind::input,
                   "the two have no movement in common, so no time shift was found; check that "
                   "they are of the same practice, or give the shift with --shift"};
    }
  }
  const Aligned ours = aligned(measured, pairs.shift ? pairs.shift->shift : Seconds());
  const Aligned theirs = aligned(reference, Seconds());
  if (curves) {
    if (auto paired = pair_in_time(ours, theirs, pairs); !paired) return paired.error();
  }
  pair_repetitions(ours, theirs, zero, pairs);
  const auto any = [](const PairsOfKnees& knees) {
    return std::ranges::any_of(knees, [](const auto& knee) { return !knee.empty(); });
  };
  if (!any(pairs.in_time) && !any(pairs.repetitions)) {
    return Error{
        ErrorKind::input,
        "the two have no time in common; check the shift, or that they are of the same "
        "practice and side"};
  }
  return pairs;
}

}  // namespace matside::agreement
