#include "records/progress.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <span>

#include "core/exercise/measured_value.h"
#include "records/today.h"

namespace matside::records {
namespace {

using exercise::Measured;

constexpr std::size_t kLatest = 4;
constexpr double kHoursAWeek = 168.0;

/// The mean of one measure over practices. All of its error averages out, even the camera's
/// part: the camera is placed anew for each practice.
std::optional<Measured> mean(std::span<const Practice* const> practices,
                             std::optional<Measured> Means::*measure) {
  double sum = 0.0;
  double variance = 0.0;
  double squares = 0.0;
  int count = 0;
  for (const Practice* each : practices) {
    const std::optional<Measured>& value = each->means.*measure;
    if (!value) continue;
    ++count;
    sum += value->value;
    squares += value->value * value->value;
    variance += value->deviation() * value->deviation();
  }
  if (count == 0) return std::nullopt;
  const double n = count;
  const double average = sum / n;
  // A person's days differ too, so the larger of both errors counts.
  const double scatter = count > 1 ? (squares / n - average * average) * n / (n - 1.0) : 0.0;
  return Measured{average, std::sqrt(std::max(variance / n, scatter) / n), 0.0};
}

std::string sentence(const exercise::Difference& change, const char* more, const char* less,
                     double scale, int digits) {
  return fmt::format(fmt::runtime(change.value > 0.0 ? more : less),
                     fmt::format("{:.{}f}", scale * std::abs(change.value), digits));
}

struct ChangeSentence {
  std::optional<Measured> Means::*measure;
  const char* more;
  const char* less;
  double scale;
  int digits;
};

constexpr ChangeSentence kChangeSentences[] = {
    {&Means::knee_flexion_deg, "Your kicks bend your knee {} degrees further.",
     "Your kicks bend your knee {} degrees less.", 1.0, 0},
    {&Means::lowering_s, "You take {} seconds longer to lower your leg.",
     "You take {} seconds less to lower your leg.", 1.0, 1},
    {&Means::hips_still_share, "Your hips stay still for {} percent more of each repetition.",
     "Your hips stay still for {} percent less of each repetition.", 100.0, 0},
};

}  // namespace

std::vector<std::string> changes(const std::vector<Practice>& practices) {
  if (practices.empty()) return {};
  const Practice& current = practices.back();
  std::vector<const Practice*> first;
  std::vector<const Practice*> last;
  for (const Practice& each : practices) {
    if (each.exercise != current.exercise || each.level != current.level) continue;
    const bool early =
        first.empty() || plan::hours_between(first.front()->start, each.start) < kHoursAWeek;
    (early ? first : last).push_back(&each);
  }
  if (last.empty()) return {};
  if (last.size() > kLatest) last.erase(last.begin(), last.end() - kLatest);
  std::vector<std::string> sentences;
  for (const ChangeSentence& line : kChangeSentences) {
    const auto before = mean(first, line.measure);
    const auto after = mean(last, line.measure);
    if (!before || !after) continue;
    const exercise::Difference change =
        exercise::difference(*after, *before, exercise::SharedError::nothing);
    if (!change.distinguishable) continue;
    sentences.push_back(sentence(change, line.more, line.less, line.scale, line.digits));
  }
  return sentences;
}

base::Result<Progress> progress(Repository& records, Id person, const LocalTime& now,
                                const plan::Rules& rules) {
  auto known = records.person(person);
  if (!known) return known.error();
  auto practices = records.practices(person);
  if (!practices) return practices.error();
  Progress progress;
  progress.person = std::move(known).value();
  progress.weeks_in_a_row = weeks_in_a_row(practices.value(), now);
  plan::PracticeStarts starts(rules);
  for (Practice& each : practices.value()) {
    if (!has_activity(each)) continue;
    progress.lengthening += base::Seconds(each.means.lengthening_s.value_or(0.0));
    const std::int64_t monday = monday_of(day_of(each.start, each.utc_offset_min));
    if (progress.weeks.empty()) progress.weeks.push_back({monday, 0});
    while (progress.weeks.back().monday < monday) {
      progress.weeks.push_back({progress.weeks.back().monday + kDaysAWeek, 0});
    }
    if (starts.begins(each.exercise, each.start)) ++progress.weeks.back().practices;
    progress.practices.push_back(std::move(each));
  }
  const std::int64_t monday = monday_of(day_of(now.instant, now.utc_offset_min));
  while (!progress.weeks.empty() && progress.weeks.back().monday < monday) {
    progress.weeks.push_back({progress.weeks.back().monday + kDaysAWeek, 0});
  }
  progress.changed = changes(progress.practices);
  return progress;
}

}  // namespace matside::records
