#include "agreement/tables.h"

#include <fmt/format.h>

#include <iterator>

#include "core/base/printable_text.h"
#include "formats/delimited_text.h"
#include "formats/json_number.h"

namespace matside::agreement {
namespace {

std::string cell(double value) { return fmt::format(",{:.4f}", formats::rounded(value, 1e-4)); }

std::string cell(const std::optional<double>& value) { return value ? cell(*value) : ","; }

/// The value, and the ends of its interval.
std::string cells(const std::optional<Estimate>& estimate) {
  if (!estimate) return ",,,";
  if (!estimate->interval) return cell(estimate->value) + ",,";
  return cell(estimate->value) + cell(estimate->interval->low) + cell(estimate->interval->high);
}

}  // namespace

std::string statistics_csv(const std::vector<StudyRow>& rows) {
  std::string text =
      "kind,joint,side,range,pairs,practices,bias_deg,bias_low_deg,bias_high_deg,mae_deg,"
      "rmse_deg,sd_deg,lower_limit_deg,lower_limit_low_deg,lower_limit_high_deg,"
      "upper_limit_deg,upper_limit_low_deg,upper_limit_high_deg,icc_2_1,icc_2_1_low,"
      "icc_2_1_high,icc_3_1,icc_3_1_low,icc_3_1_high,sem_deg,mdc95_deg\n";
  for (const StudyRow& row : rows) {
    const Agreement& a = row.agreement;
    text += fmt::format("{},knee,{},{},{},{}", name(row.kind), side_name(row.side),
                        row.range.name, a.pairs, a.practices) +
            cells(a.bias) + cell(a.mae) + cell(a.rmse) + cell(a.deviation) +
            cells(a.lower_limit) + cells(a.upper_limit) + cells(a.icc_agreement) +
            cells(a.icc_consistency) + cell(a.sem) + cell(a.mdc95) + "\n";
  }
  return text;
}

std::string pairs_csv(const std::vector<PairedPractice>& practices) {
  std::string text = "practice,kind,side,time_s,measured_deg,reference_deg\n";
  for (const PairedPractice& practice : practices) {
    const std::string name_field = formats::csv_field(base::printable_line(practice.name));
    for (const PairKind kind : {PairKind::repetition, PairKind::time}) {
      const PairsOfKnees& knees =
          kind == PairKind::repetition ? practice.repetitions : practice.in_time;
      for (const pose::Side side : pose::kSides) {
        for (const TimedPair& pair : knees[pose::index(side)]) {
          fmt::format_to(std::back_inserter(text), "{},{},{},{:.4f},{:.3f},{:.3f}\n",
                         name_field, name(kind), pose::name(side), pair.time.value(),
                         pair.measured_deg, pair.reference_deg);
        }
      }
    }
  }
  return text;
}

}  // namespace matside::agreement
