#include "tests/support/cycle_score.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

namespace matside::support {
namespace {

using exercise::KickingSide;
using exercise::Repetition;

constexpr double kLeastOverlap = 0.3;

double overlap(const CycleRepetition& a, const Repetition& b) {
  const double both = std::min(a.end_s, b.end.value()) - std::max(a.start_s, b.start.value());
  const double either = std::max(a.end_s, b.end.value()) - std::min(a.start_s, b.start.value());
  return both > 0.0 ? both / either : 0.0;
}

struct Pair {
  double overlap;
  std::size_t performed;
  std::size_t found;
};

std::vector<Pair> best_pairs(std::span<const CycleRepetition> performed,
                             std::span<const Repetition> found) {
  std::vector<Pair> possible;
  for (std::size_t i = 0; i < performed.size(); ++i) {
    for (std::size_t j = 0; j < found.size(); ++j) {
      const double share = overlap(performed[i], found[j]);
      if (share >= kLeastOverlap) possible.push_back({share, i, j});
    }
  }
  std::ranges::stable_sort(possible,
                           [](const Pair& a, const Pair& b) { return a.overlap > b.overlap; });
  std::vector<Pair> out;
  for (const Pair& p : possible) {
    const bool taken = std::ranges::any_of(out, [&](const Pair& other) {
      return other.performed == p.performed || other.found == p.found;
    });
    if (!taken) out.push_back(p);
  }
  return out;
}

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::ranges::find(ids, id) != ids.end();
}

// Where both legs move together, each has its peaks.
bool has_peaks(const Repetition& rep, std::size_t wanted) {
  std::map<int, std::size_t> of_legs;
  for (const exercise::Peak& peak : rep.peaks) {
    ++of_legs[peak.leg ? static_cast<int>(pose::index(*peak.leg)) : -1];
  }
  return !of_legs.empty() &&
         std::ranges::all_of(of_legs, [&](const auto& leg) { return leg.second == wanted; });
}

class CycleScorer {
 public:
  void matched(const CycleRepetition& a, const Repetition& b) {
    ++score_.repetitions.hits;
    score_.edge_errors_s.push_back(std::abs(a.start_s - b.start.value()));
    score_.edge_errors_s.push_back(std::abs(a.end_s - b.end.value()));
    if (b.side == KickingSide::unsure) {
      ++score_.side_unsure;
      fail(a.start_s, "unsure side");
    } else if (b.side != a.side) {
      ++score_.side_wrong;
      fail(a.start_s, "wrong side: " + std::string(name(b.side)));
    }
    if (has_peaks(b, a.peaks.size())) {
      ++score_.peaks_exact;
    } else {
      fail(a.start_s,
           std::to_string(b.peaks.size()) + " peaks for " + std::to_string(a.peaks.size()));
    }
    faults(a, b);
  }

  void missed(const CycleRepetition& a) {
    ++score_.repetitions.misses;
    for (const std::string& id : a.faults) ++score_.faults[id].misses;
    std::string with;
    for (const std::string& id : a.faults) with += " " + id;
    fail(a.start_s, "missed repetition" + with);
  }

  void invented(const Repetition& b) {
    ++score_.repetitions.inventions;
    fail(b.start.value(), "invented repetition");
  }

  CycleScore take() { return std::move(score_); }

 private:
  void fail(double at_s, const std::string& what) {
    std::array<char, 32> time{};
    std::snprintf(time.data(), time.size(), "%.2f s: ", at_s);
    score_.failures.push_back(time.data() + what);
  }

  void faults(const CycleRepetition& a, const Repetition& b) {
    std::set<std::string> told;
    for (const exercise::DetectedFault& fault : b.faults) {
      if (!told.insert(fault.id).second || contains(a.doubtful, fault.id)) continue;
      const bool there = contains(a.faults, fault.id);
      HitCounts& counts = score_.faults[fault.id];
      ++(there ? counts.hits : counts.inventions);
      if (there) continue;
      std::array<char, 48> value{};
      std::snprintf(value.data(), value.size(), " (%.3g for %.3g)", fault.value,
                    fault.threshold);
      fail(a.start_s, "invented " + fault.id + value.data());
    }
    for (const std::string& id : a.faults) {
      if (told.contains(id)) continue;
      ++score_.faults[id].misses;
      fail(a.start_s, "missed " + id);
    }
  }

  CycleScore score_;
};

}  // namespace

double HitCounts::f1() const {
  const int all = 2 * hits + misses + inventions;
  return all == 0 ? 1.0 : 2.0 * hits / all;
}

HitCounts& HitCounts::operator+=(const HitCounts& other) {
  hits += other.hits;
  misses += other.misses;
  inventions += other.inventions;
  return *this;
}

CycleScore& CycleScore::operator+=(const CycleScore& other) {
  practices += other.practices;
  repetitions += other.repetitions;
  side_wrong += other.side_wrong;
  side_unsure += other.side_unsure;
  peaks_exact += other.peaks_exact;
  for (const auto& [id, counts] : other.faults) faults[id] += counts;
  edge_errors_s.insert(edge_errors_s.end(), other.edge_errors_s.begin(),
                       other.edge_errors_s.end());
  failures.insert(failures.end(), other.failures.begin(), other.failures.end());
  return *this;
}

HitCounts CycleScore::all_faults() const {
  HitCounts all;
  for (const auto& [id, counts] : faults) all += counts;
  return all;
}

CycleScore score_cycles(std::span<const CycleRepetition> performed,
                        std::span<const Repetition> found) {
  CycleScorer scorer;
  std::set<std::size_t> matched;
  std::set<std::size_t> used;
  for (const Pair& p : best_pairs(performed, found)) {
    matched.insert(p.performed);
    used.insert(p.found);
    scorer.matched(performed[p.performed], found[p.found]);
  }
  for (std::size_t i = 0; i < performed.size(); ++i) {
    if (!matched.contains(i)) scorer.missed(performed[i]);
  }
  for (std::size_t j = 0; j < found.size(); ++j) {
    if (!used.contains(j)) scorer.invented(found[j]);
  }
  CycleScore out = scorer.take();
  out.practices = 1;
  return out;
}

}  // namespace matside::support
