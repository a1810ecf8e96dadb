#include "tools/accuracy/tally.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace matside::accuracy {
namespace {

using exercise::KickingSide;
using exercise::Repetition;
using support::GroundTruthRepetition;

// Overlap of the union from which a repetition detected is one performed.
constexpr double kMinOverlap = 0.3;
constexpr double kPartInside = 0.9;

double overlap(const GroundTruthRepetition& a, const Repetition& b) {
  const double both = std::min(a.end_s, b.end.value()) - std::max(a.start_s, b.start.value());
  const double either = std::max(a.end_s, b.end.value()) - std::min(a.start_s, b.start.value());
  if (!(both > 0.0) || !(either > 0.0)) return 0.0;
  // A partial repetition matches the one that it is a part of.
  const bool part = b.status == exercise::RepetitionStatus::partial &&
                    both >= kPartInside * (b.end - b.start).value();
  return part ? std::max(kMinOverlap, both / either) : both / either;
}

struct Match {
  std::size_t performed;
  std::size_t detected;
};

// The best overlaps first, each repetition once.
std::vector<Match> matched(const std::vector<GroundTruthRepetition>& performed,
                           const std::vector<Repetition>& detected) {
  struct Pair {
    double overlap;
    Match match;
  };
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < performed.size(); ++i) {
    for (std::size_t j = 0; j < detected.size(); ++j) {
      const double share = overlap(performed[i], detected[j]);
      if (share >= kMinOverlap) pairs.push_back({share, {i, j}});
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.overlap > b.overlap; });
  std::vector<Match> out;
  for (const Pair& p : pairs) {
    const bool taken = std::any_of(out.begin(), out.end(), [&](const Match& m) {
      return m.performed == p.match.performed || m.detected == p.match.detected;
    });
    if (!taken) out.push_back(p.match);
  }
  return out;
}

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

class Scorer {
 public:
  Scorer(const support::Practice& practice, const exercise::Definition& definition,
         std::uint64_t seed)
      : level_(practice.level), seed_(seed) {
    for (const exercise::Fault& f : definition.faults) {
      if (f.of_set) of_set_.insert(f.id);
      if (std::find(f.levels.begin(), f.levels.end(), level_) == f.levels.end()) continue;
      if (!f.of_set) known_.insert(f.id);
    }
  }

  void repetition(const GroundTruthRepetition& a, const Repetition& b) {
    bool wrong = sides(a, b);
    kicks(a, b);
    wrong = faults(a, b) || wrong;
    tally_.edge_error_s.push_back(std::abs(a.start_s - b.start.value()));
    tally_.edge_error_s.push_back(std::abs(a.end_s - b.end.value()));
    if (wrong) ++tally_.wrong_repetitions;
  }

  void add_missed(const GroundTruthRepetition& a) {
    for (const std::string& id : a.faults) {
      if (known_.contains(id)) ++tally_.faults[id].false_negatives;
    }
    fail(a, "missed repetition", "");
  }

  void add_invented(const Repetition& b, const GroundTruthRepetition* nearest) {
    ++tally_.wrong_repetitions;
    const std::vector<std::string> faults =
        nearest != nullptr ? nearest->faults : std::vector<std::string>{};
    tally_.failures.push_back(
        {seed_, b.start.value(), "invented repetition",
         fmt::format("level {}, {} kicks, {:.1f} s long; the last performed with {}", level_,
                     b.kicks.size(), (b.end - b.start).value(), fmt::join(faults, "+"))});
  }

  void set_faults(const support::SimulatedSession& truth,
                  const std::vector<exercise::SetFault>& detected) {
    struct Times {
      int performed = 0;
      int perhaps = 0;
      int detected = 0;
    };
    std::map<std::string, Times> times;
    for (const std::string& id : truth.set_faults) ++times[id].performed;
    for (const std::string& id : truth.set_doubtful) ++times[id].perhaps;
    for (const exercise::SetFault& f : detected) ++times[f.id].detected;
    for (auto& [id, t] : times) {
      if (!of_set_.contains(id)) {
        tally_.not_scored[id] += t.performed;
        continue;
      }
      // A habit may be detected whenever it comes back.
      if (id == "fast_lowering" || id == "rocking") t.detected = std::min(t.detected, 1);
      const int counted = std::clamp(t.detected, t.performed, t.performed + t.perhaps);
      const int missed = std::max(0, t.performed - t.detected);
      const int invented = std::max(0, t.detected - counted);
      tally_.set_faults[id] += {t.performed - missed, missed, invented};
      if (missed + invented == 0) continue;
      tally_.failures.push_back({seed_, 0.0, "set: " + id,
                                 fmt::format("level {}, {} performed, {} detected", level_,
                                             t.performed, t.detected)});
    }
  }

  Tally& tally() { return tally_; }

 private:
  static std::string pedalled(const GroundTruthRepetition& a) {
    return a.pedals == support::FaultPresence::absent ? "" : " (pedals on)";
  }

  void fail(const GroundTruthRepetition& a, const std::string& kind,
            const std::string& detail) {
    tally_.failures.push_back({seed_, a.start_s, kind,
                               fmt::format("level {}, {} kicks, with {}{}{}{}", level_,
                                           a.kicks.size(), fmt::join(a.faults, "+"),
                                           pedalled(a), detail.empty() ? "" : ": ", detail)});
  }

  bool sides(const GroundTruthRepetition& a, const Repetition& b) {
    if (b.side == KickingSide::unsure) {
      ++tally_.side_unsure;
      fail(a, "unsure side", "");
      return false;
    }
    const bool right = (b.side == KickingSide::left) == (a.side == pose::Side::left);
    ++(right ? tally_.side_right : tally_.side_wrong);
    if (!right) fail(a, "wrong side", fmt::format("confidence {:.2f}", b.side_confidence));
    return !right;
  }

  void kicks(const GroundTruthRepetition& a, const Repetition& b) {
    if (a.kicks.size() != b.kicks.size()) {
      fail(a, "wrong kicks", fmt::format("detected {}", b.kicks.size()));
      return;
    }
    ++tally_.kicks_exact;
    for (std::size_t k = 0; k < a.kicks.size(); ++k) {
      tally_.knee_error_deg.push_back(b.kicks[k].knee_flexion.value() -
                                      a.kicks[k].knee_flexion_deg);
      tally_.kick_time_error_s.push_back(std::abs(b.kicks[k].time.value() - a.kicks[k].time_s));
    }
  }

  bool faults(const GroundTruthRepetition& a, const Repetition& b) {
    bool wrong = false;
    std::set<std::string> detected;
    for (const exercise::DetectedFault& f : b.faults) {
      detected.insert(f.id);
      if (contains(a.doubtful, f.id)) continue;
      if (contains(a.faults, f.id)) {
        ++tally_.faults[f.id].true_positives;
        continue;
      }
      wrong = true;
      ++tally_.faults[f.id].false_positives;
      fail(a, "invented " + f.id, fmt::format("{:.2f} {}", f.value, f.unit));
    }
    for (const std::string& id : a.faults) {
      if (!known_.contains(id)) {
        ++tally_.not_scored[id];
      } else if (!detected.contains(id)) {
        ++tally_.faults[id].false_negatives;
        fail(a, "missed " + id, "");
      }
    }
    return wrong;
  }

  int level_;
  std::uint64_t seed_;
  std::set<std::string> known_;
  std::set<std::string> of_set_;
  Tally tally_;
};

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

double DetectionCounts::f1() const {
  const int all = 2 * true_positives + false_negatives + false_positives;
  return all == 0 ? 1.0 : 2.0 * true_positives / all;
}

DetectionCounts& DetectionCounts::operator+=(const DetectionCounts& other) {
  true_positives += other.true_positives;
  false_negatives += other.false_negatives;
  false_positives += other.false_positives;
  return *this;
}

Tally& Tally::operator+=(const Tally& other) {
  practices += other.practices;
  warned += other.warned;
  repetitions += other.repetitions;
  kicks_exact += other.kicks_exact;
  side_right += other.side_right;
  side_wrong += other.side_wrong;
  side_unsure += other.side_unsure;
  wrong_repetitions += other.wrong_repetitions;
  wrong_repetitions_unwarned += other.wrong_repetitions_unwarned;
  for (const auto& [id, a] : other.faults) faults[id] += a;
  for (const auto& [id, a] : other.set_faults) set_faults[id] += a;
  for (const auto& [id, n] : other.not_scored) not_scored[id] += n;
  append(knee_error_deg, other.knee_error_deg);
  append(kick_time_error_s, other.kick_time_error_s);
  append(edge_error_s, other.edge_error_s);
  append(failures, other.failures);
  return *this;
}

DetectionCounts Tally::all_faults() const {
  DetectionCounts all;
  for (const auto& [id, a] : faults) all += a;
  return all;
}

Tally score_practice(const support::Practice& practice, const support::SimulatedSession& truth,
                     const engine::Analysis& detected, const exercise::Definition& definition,
                     std::uint64_t seed) {
  Scorer judge(practice, definition, seed);
  const std::vector<Match> matches = matched(truth.repetitions, detected.repetitions);
  std::set<std::size_t> performed;
  std::set<std::size_t> found;
  for (const Match& m : matches) {
    performed.insert(m.performed);
    found.insert(m.detected);
    judge.repetition(truth.repetitions[m.performed], detected.repetitions[m.detected]);
  }
  for (std::size_t i = 0; i < truth.repetitions.size(); ++i) {
    if (!performed.contains(i)) judge.add_missed(truth.repetitions[i]);
  }
  for (std::size_t j = 0; j < detected.repetitions.size(); ++j) {
    if (found.contains(j)) continue;
    const GroundTruthRepetition* nearest = nullptr;
    for (const GroundTruthRepetition& a : truth.repetitions) {
      if (a.start_s <= detected.repetitions[j].end.value()) nearest = &a;
    }
    judge.add_invented(detected.repetitions[j], nearest);
  }
  judge.set_faults(truth, detected.set_faults);
  Tally& t = judge.tally();
  const auto size = [](const auto& list) { return static_cast<int>(list.size()); };
  t.practices = 1;
  t.warned = detected.warnings.empty() ? 0 : 1;
  t.wrong_repetitions_unwarned = detected.warnings.empty() ? t.wrong_repetitions : 0;
  t.repetitions = {size(matches), size(truth.repetitions) - size(matches),
                   size(detected.repetitions) - size(matches)};
  return t;
}

}  // namespace matside::accuracy
