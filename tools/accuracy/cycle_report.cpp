#include "tools/accuracy/cycle_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <vector>

namespace matside::accuracy {
namespace {

std::string share_of(int part, int whole) {
  return fmt::format("{:.2f}%", whole > 0 ? 100.0 * part / whole : 0.0);
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0.0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

std::string fault_table(const exercise::Definition& definition, int level,
                        const support::CycleScore& score) {
  std::set<std::string> ids;
  for (const exercise::CycleRule& rule : definition.cycle->rules) {
    if (std::ranges::find(rule.levels, level) != rule.levels.end()) ids.insert(rule.id);
  }
  for (const auto& [id, counts] : score.faults) ids.insert(id);
  std::string out = "\n| fault | performed | missed | invented | F1 |\n|---|---|---|---|---|\n";
  for (const std::string& id : ids) {
    const auto found = score.faults.find(id);
    const support::HitCounts c =
        found != score.faults.end() ? found->second : support::HitCounts{};
    out += fmt::format("| {} | {} | {} | {} | {:.3f} |\n", id, c.hits + c.misses, c.misses,
                       c.inventions, c.f1());
  }
  return out;
}

std::string line(double start_s, double end_s, exercise::KickingSide side, std::size_t peaks,
                 double peak) {
  return fmt::format("{:7.2f} to {:7.2f} s  {:6} {} peaks, first {:6.2f}", start_s, end_s,
                     exercise::name(side), peaks, peak);
}

}  // namespace

std::string cycle_markdown(const exercise::Definition& definition, int level,
                           std::uint64_t first_seed, const support::CycleScore& score) {
  const int matched = score.repetitions.hits;
  std::string out = fmt::format(
      "\n## {}, level {}\n\n{} practices from seed {}, with {} repetitions.\n\n"
      "| figure | value |\n|---|---|\n",
      definition.name, level, score.practices, first_seed, matched + score.repetitions.misses);
  const auto row = [&](const std::string& name, const std::string& value) {
    out += fmt::format("| {} | {} |\n", name, value);
  };
  row("repetitions, F1", fmt::format("{:.4f} ({} missed, {} invented)", score.repetitions.f1(),
                                     score.repetitions.misses, score.repetitions.inventions));
  row("side wrong", share_of(score.side_wrong, matched));
  row("side unsure", share_of(score.side_unsure, matched));
  row("number of peaks exact", share_of(score.peaks_exact, matched));
  row("start and end, median error and 95%",
      fmt::format("{:.2f} s, {:.2f} s", quantile(score.edge_errors_s, 0.5),
                  quantile(score.edge_errors_s, 0.95)));
  const support::HitCounts faults = score.all_faults();
  row("faults, F1", fmt::format("{:.4f} ({} missed, {} invented)", faults.f1(), faults.misses,
                                faults.inventions));
  return out + fault_table(definition, level, score);
}

std::string explanation(std::span<const support::CycleRepetition> performed,
                        std::span<const exercise::Repetition> found) {
  std::string out = "performed:\n";
  for (const support::CycleRepetition& r : performed) {
    out += line(r.start_s, r.end_s, r.side, r.peaks.size(), r.peaks.front().value);
    out += fmt::format("  {}{}{}\n", fmt::join(r.faults, " "),
                       r.doubtful.empty() ? "" : "  doubtful: ", fmt::join(r.doubtful, " "));
  }
  out += "found:\n";
  for (const exercise::Repetition& r : found) {
    out += line(r.start.value(), r.end.value(), r.side, r.peaks.size(),
                r.peaks.empty() ? 0.0 : r.peaks.front().value);
    for (const exercise::DetectedFault& f : r.faults) {
      out += fmt::format("  {} ({:.3g} for {:.3g})", f.id, f.value, f.threshold);
    }
    out += "\n";
  }
  return out;
}

}  // namespace matside::accuracy
