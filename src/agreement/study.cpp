#include "agreement/study.h"

#include <array>
#include <limits>

namespace matside::agreement {
namespace {

const PairsOfKnees& pairs_of(const PairedPractice& practice, PairKind kind) {
  return kind == PairKind::repetition ? practice.repetitions : practice.in_time;
}

std::vector<Pair> selected(const std::vector<PairedPractice>& practices, PairKind kind,
                           const std::optional<pose::Side>& side, const AngleRange& range) {
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < practices.size(); ++i) {
    for (const pose::Side each : pose::kSides) {
      if (side && *side != each) continue;
      for (const TimedPair& pair : pairs_of(practices[i], kind)[pose::index(each)]) {
        const double mean = (pair.measured_deg + pair.reference_deg) / 2.0;
        if (mean < range.from_deg || mean >= range.to_deg) continue;
        pairs.push_back({pair.measured_deg, pair.reference_deg, i});
      }
    }
  }
  return pairs;
}

}  // namespace

std::string_view name(PairKind kind) {
  return kind == PairKind::repetition ? "repetition" : "time";
}

std::string_view side_name(const std::optional<pose::Side>& side) {
  return side ? pose::name(*side) : "both";
}

const std::vector<AngleRange>& angle_ranges() {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  static const std::vector<AngleRange> kRanges{{"all", -kInfinity, kInfinity},
                                               {"under_30", -kInfinity, 30.0},
                                               {"30_to_60", 30.0, 60.0},
                                               {"60_to_90", 60.0, 90.0},
                                               {"over_90", 90.0, kInfinity}};
  return kRanges;
}

std::vector<StudyRow> study(const std::vector<PairedPractice>& practices) {
  constexpr std::array<std::optional<pose::Side>, 3> kSidesOfRows{
      std::nullopt, pose::Side::left, pose::Side::right};
  std::vector<StudyRow> rows;
  for (const PairKind kind : {PairKind::repetition, PairKind::time}) {
    const Dependence dependence =
        kind == PairKind::repetition ? Dependence::repetitions : Dependence::curve;
    for (const auto& side : kSidesOfRows) {
      for (const AngleRange& range : angle_ranges()) {
        const auto agreement = agreement_of(selected(practices, kind, side, range), dependence);
        if (agreement) rows.push_back({kind, side, range, *agreement});
      }
    }
  }
  return rows;
}

}  // namespace matside::agreement
