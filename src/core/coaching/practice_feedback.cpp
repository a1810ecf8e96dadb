#include "core/coaching/practice_feedback.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <utility>

#include "core/base/clock_text.h"
#include "core/exercise/fault_absence.h"

namespace matside::coaching {
namespace {

using engine::Analysis;
using exercise::Definition;
using exercise::Fault;
using exercise::Repetition;
using exercise::Signal;

// SPARC at 4 Hz; a lowering above it is steady, below it uneven. @source movement.md 6.5
constexpr double kSteadySmoothness = -3.0;

std::vector<const Fault*> scored_faults(const Analysis& analysis,
                                        const Definition& definition) {
  std::vector<const Fault*> scored;
  for (const Fault& fault : definition.faults) {
    if (fault.applies_at(analysis.level)) scored.push_back(&fault);
  }
  std::ranges::stable_sort(scored, {}, &Fault::priority);
  return scored;
}

/// Whether it can be praised of somebody who lies flat at a level on the forearms: their kicks
/// are not those of the level.
bool is_praised_lying_flat(const Fault& fault, const Definition& definition) {
  const exercise::Level* flat = definition.flat_level();
  return flat != nullptr && fault.applies_at(flat->number) &&
         fault.signal != Signal::kicks_beyond && fault.signal != Signal::peak_knee;
}

std::size_t repetitions_with(const Fault& fault, const Analysis& analysis) {
  if (fault.of_set) {
    return static_cast<std::size_t>(
        std::ranges::count(analysis.set_faults, fault.id, &exercise::SetFault::id));
  }
  const auto has = [&](const Repetition& repetition) {
    return std::ranges::count(repetition.faults, fault.id, &exercise::DetectedFault::id) > 0;
  };
  return static_cast<std::size_t>(std::ranges::count_if(analysis.repetitions, has));
}

/// Whether anything was found in that part of the movement.
bool is_flawed(Signal signal, const Analysis& analysis, const Definition& definition) {
  return std::ranges::any_of(scored_faults(analysis, definition), [&](const Fault* fault) {
    return exercise::judge_the_same(fault->signal, signal) &&
           repetitions_with(*fault, analysis) > 0;
  });
}

bool deserves_praise(const Fault& fault, const Analysis& analysis,
                     const Definition& definition) {
  const auto asked_for = [&](const Repetition& r) {
    return !r.flat || is_praised_lying_flat(fault, definition);
  };
  return static_cast<double>(analysis.repetitions.size()) >=
             definition.feedback.praise_repetitions_min.value &&
         std::ranges::all_of(analysis.repetitions, asked_for) &&
         !is_flawed(fault.signal, analysis, definition) &&
         exercise::is_clearly_absent(fault, analysis.repetitions, definition);
}

std::string overall(const Analysis& analysis, const Definition& definition) {
  const std::size_t total = analysis.repetitions.size();
  const auto clean = static_cast<std::size_t>(std::max(analysis.counts.clean, 0));
  if (total == 0) return phrase_text(definition, "none_counted");
  if (clean >= total) {
    const bool flawless = analysis.set_faults.empty();
    return phrase_text(definition, flawless ? "all_clean" : "clean_one_by_one");
  }
  const double share = static_cast<double>(clean) / static_cast<double>(total);
  if (share > definition.feedback.mostly_clean_share.value)
    return phrase_text(definition, "most_clean");
  return phrase_text(definition, clean > 0 ? "some_clean" : "keep_practising");
}

std::string how_often(const Fault& fault, const Analysis& analysis,
                      const Definition& definition) {
  const std::size_t count = repetitions_with(fault, analysis);
  const std::string count_text = std::to_string(count);
  if (!fault.of_set) {
    const std::string total = std::to_string(analysis.repetitions.size());
    return phrase_text(definition, "improve_in", {{"count", count_text}, {"total", total}});
  }
  std::string times;
  for (const exercise::SetFault& seen : analysis.set_faults) {
    if (seen.id == fault.id) times += (times.empty() ? "" : ", ") + base::clock_text(seen.at);
  }
  if (count == 1) return phrase_text(definition, "improve_once_in_set", {{"times", times}});
  return phrase_text(definition, "improve_times_in_set",
                     {{"count", count_text}, {"times", times}});
}

}  // namespace

std::string phrase_text(const Definition& definition, const std::string& id,
                        const PlaceholderValues& values) {
  const exercise::Phrase* phrase = definition.phrase(id);
  assert(phrase != nullptr);
  std::string text = phrase->text;
  for (const auto& [name, value] : values) {
    const std::string placeholder = "{" + name + "}";
    const std::size_t at = text.find(placeholder);
    if (at != std::string::npos) text.replace(at, placeholder.size(), value);
  }
  return text;
}

Steadiness lowering_steadiness(const Analysis& analysis, const Definition& definition) {
  const auto& smoothness = analysis.set.mean.lowering_smoothness;
  if (!smoothness) return Steadiness::unclear;
  const double clear = smoothness->deviation();
  if (smoothness->value < kSteadySmoothness - clear) return Steadiness::uneven;
  const bool flawed = is_flawed(Signal::transit_70_20, analysis, definition);
  return smoothness->value > kSteadySmoothness + clear && !flawed ? Steadiness::steady
                                                                  : Steadiness::unclear;
}

std::vector<std::string> praise(const Analysis& analysis, const Definition& definition) {
  std::vector<std::string> lines{overall(analysis, definition)};
  for (const Fault* fault : scored_faults(analysis, definition)) {
    if (static_cast<double>(lines.size()) >= definition.feedback.praise_max.value) break;
    if (!deserves_praise(*fault, analysis, definition)) continue;
    lines.push_back(definition.words_for(fault->id)->praise);
  }
  return lines;
}

std::vector<std::string> advice(const Analysis& analysis, const Definition& definition) {
  std::vector<std::string> lines;
  for (const Fault* fault : scored_faults(analysis, definition)) {
    if (static_cast<double>(lines.size()) >= definition.feedback.advice_max.value) break;
    if (repetitions_with(*fault, analysis) == 0) continue;
    const exercise::FaultText* words = definition.words_for(fault->id);
    lines.push_back(words->name + " (" + how_often(*fault, analysis, definition) +
                    "): " + words->advice);
  }
  const bool any_scored = std::ranges::any_of(analysis.repetitions, &Repetition::scored);
  if (lines.empty() && any_scored) {
    lines.push_back(phrase_text(definition, "nothing_to_improve"));
  }
  return lines;
}

}  // namespace matside::coaching
