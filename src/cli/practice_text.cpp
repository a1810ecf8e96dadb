#include "cli/practice_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "cli/counted.h"
#include "cli/recording_date.h"
#include "core/base/clock_text.h"
#include "core/exercise/reading_name.h"
#include "records/today.h"
#include "report/summary.h"

namespace matside::cli {
namespace {

using exercise::CycleSides;
using exercise::Definition;

std::string goal_text(const records::Practice& practice, const Definition* exercise) {
  const int goal = practice.goal_repetitions;
  return exercise != nullptr ? records::goal_text(goal, *exercise) : std::to_string(goal);
}

/// How many peaks there were: of one leg, where each has its own.
std::int64_t peak_count(const records::SavedRepetition& r) {
  const auto of = [&](std::optional<pose::Side> leg) {
    return std::ranges::count(r.peaks, leg, &records::Peak::leg);
  };
  return of({}) + std::max(of(pose::Side::left), of(pose::Side::right));
}

/// ", 25 degrees": the greatest of a repetition's peaks.
std::string greatest_peak(const records::SavedRepetition& r) {
  const records::Peak* greatest = nullptr;
  for (const records::Peak& peak : r.peaks) {
    if (peak.value && (greatest == nullptr || *peak.value > *greatest->value)) greatest = &peak;
  }
  return greatest == nullptr ? "" : ", " + report::value_text(*greatest->value, greatest->unit);
}

/// "  Hold 2.5 s, thigh lift 3 degrees"
std::string readings_line(const records::SavedRepetition& r) {
  constexpr std::size_t kIndent = 12;
  if (r.readings.empty()) return {};
  std::string text(kIndent, ' ');
  for (const records::Reading& reading : r.readings) {
    std::string name = exercise::reading_name(reading.id);
    if (&reading != r.readings.data()) {
      text += ", ";
      name[0] =
          static_cast<char>(name[0] >= 'A' && name[0] <= 'Z' ? name[0] - 'A' + 'a' : name[0]);
    }
    text += name + " " + report::value_text(reading.value, reading.unit);
  }
  return text + "\n";
}

}  // namespace

std::string repetitions_text(const exercise::RepetitionCounts& counts,
                             const Definition* exercise) {
  const bool sides = counts.left + counts.right > 0;
  const bool expects_sides = exercise == nullptr ? counts.both == 0 : exercise->by_side();
  std::string text;
  if (sides || (expects_sides && counts.both == 0)) {
    text = fmt::format("{} left + {} right", counts.left, counts.right);
  }
  if (text.empty() || counts.both > 0) {
    const bool of_legs =
        exercise != nullptr && exercise->cycle && exercise->cycle->sides == CycleSides::both;
    text += fmt::format("{}{}{}", text.empty() ? "" : " + ", counted(counts.both, "repetition"),
                        of_legs ? " of both legs" : "");
  }
  if (counts.unsure > 0) text += fmt::format(" + {} side unknown", counts.unsure);
  return text;
}

std::string practice_line(const records::Practice& p, const records::Exercises& exercises) {
  const auto known = exercises.find(p.exercise);
  const Definition* const exercise = known ? known.value() : nullptr;
  const records::SideCounts sides = records::effective_counts(p);
  exercise::RepetitionCounts counts = p.counts;
  counts.left = sides.left;
  counts.right = sides.right;
  counts.both = records::effective_both(p);
  std::string name;
  if (exercise == nullptr) {
    name = p.exercise + " (not installed), ";
  } else if (p.exercise != records::kFirstExercise) {
    name = exercise->name + ", ";
  }
  const std::string comfort =
      p.comfort.after ? fmt::format("   discomfort {}", *p.comfort.after) : "";
  return fmt::format("{:>4}  {}  {}level {}  {}{}, goal {}, {} clean{}{}\n", p.id,
                     date_time_text({p.start, p.utc_offset_min}), name, p.level,
                     repetitions_text(counts, exercise), p.corrected ? " (corrected)" : "",
                     goal_text(p, exercise), p.counts.clean,
                     p.origin == records::Origin::sound ? ", self-reported" : "", comfort);
}

std::string repetition_lines(const records::SavedRepetition& r, const Definition* exercise) {
  std::string faults;
  for (const records::Fault& fault : r.faults) {
    const exercise::FaultText* words =
        exercise == nullptr ? nullptr : exercise->words_for(fault.id);
    faults += (faults.empty() ? "  " : "; ") + (words != nullptr ? words->name : fault.id);
  }
  const auto side = [&](exercise::KickingSide s) {
    const bool none =
        s == exercise::KickingSide::both &&
        (exercise == nullptr || !exercise->cycle || exercise->cycle->sides == CycleSides::none);
    return none ? std::string() : std::string(name(s));
  };
  const std::string corrected = r.corrected ? " -> " + side(*r.corrected) : "";
  const bool kicks = exercise != nullptr && !exercise->cycle;
  const std::string bend =
      r.knee_flexion ? fmt::format(", {:.0f} degrees", r.knee_flexion->value()) : "";
  const std::string peaks =
      kicks ? counted(static_cast<std::int64_t>(r.peaks.size()), "kick") + bend
            : counted(peak_count(r), "peak") + greatest_peak(r);
  return fmt::format("{:>4}  {}  {:<6}{}  {}  {}{}\n{}", r.index, base::clock_text(r.start),
                     side(r.side), corrected, peaks, name(r.status), faults, readings_line(r));
}

}  // namespace matside::cli
