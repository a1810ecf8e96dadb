#include "records/today.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "records/practice_draft.h"

namespace matside::records {
namespace {

// docs/movement.md 6.4
constexpr double kSafetyNoticeValid_hours = 30.0 * 24.0;
// After a week, people no longer remember the next day.
constexpr double kNextDayAskedFrom_hours = 12.0;
constexpr double kNextDayAskedTo_hours = 7.0 * 24.0;
// An unfinished practice is resumed soon, or not at all.
constexpr double kResumableFor_hours = 1.0;

bool within(double value, double from, double to) { return value >= from && value < to; }

}  // namespace

SideCounts effective_counts(const Practice& practice) {
  return practice.corrected.value_or(SideCounts{practice.counts.left, practice.counts.right});
}

int effective_both(const Practice& practice) {
  return practice.corrected ? 0 : practice.counts.both;
}

int effective_total(const Practice& practice) {
  const SideCounts counts = effective_counts(practice);
  return counts.left + counts.right + practice.counts.unsure + effective_both(practice);
}

bool has_activity(const Practice& practice) {
  return effective_total(practice) > 0 || practice.ended_by == EndReason::discomfort ||
         practice.comfort.leg_symptoms;
}

plan::PracticeRecord to_plan_record(const Practice& practice) {
  const SideCounts counts = effective_counts(practice);
  plan::PracticeRecord record;
  record.exercise = practice.exercise;
  record.start = practice.start;
  record.level = practice.level;
  record.goal_repetitions = practice.goal_repetitions;
  record.left = counts.left;
  record.right = counts.right;
  record.both = effective_both(practice);
  // A repetition whose side the person corrected is no longer unsure.
  const int counted = practice.counts.left + practice.counts.right + practice.counts.unsure;
  record.unsure = std::clamp(counted - counts.left - counts.right, 0, practice.counts.unsure);
  record.clean = practice.origin == Origin::sound ? counts.left + counts.right + record.both
                                                  : practice.counts.clean;
  record.comfort_before = practice.comfort.before;
  record.comfort_after = practice.comfort.after;
  record.discomfort = practice.ended_by == EndReason::discomfort;
  record.leg_symptoms = practice.comfort.leg_symptoms;
  record.next_day = practice.comfort.next_day;
  return record;
}

int weeks_in_a_row(const std::vector<Practice>& practices, const LocalTime& now) {
  std::set<std::int64_t> mondays;
  for (const Practice& each : practices) {
    if (has_activity(each)) {
      mondays.insert(monday_of(day_of(each.start, each.utc_offset_min)));
    }
  }
  std::int64_t monday = monday_of(day_of(now.instant, now.utc_offset_min));
  // This week has not ended yet.
  if (!mondays.contains(monday)) monday -= kDaysAWeek;
  int weeks = 0;
  for (; mondays.contains(monday); monday -= kDaysAWeek) ++weeks;
  return weeks;
}

base::Result<void> end_stale_practices(Repository& records, Id person, const LocalTime& now,
                                       const Exercises& exercises) {
  const auto practices = records.practices(person);
  if (!practices) return practices.error();
  for (const Practice& each : practices.value()) {
    const double hours_ago = plan::hours_between(each.start, now.instant);
    if (each.ended_by || within(hours_ago, 0.0, kResumableFor_hours)) continue;
    if (!exercises.find(each.exercise)) continue;
    if (auto ended = end_practice(records, each.id, EndReason::interrupted, exercises);
        !ended) {
      return ended;
    }
  }
  return {};
}

base::Result<Today> today(Repository& records, Id id, const LocalTime& now,
                          const exercise::Definition& exercise, const plan::Rules& rules) {
  auto person = records.person(id);
  if (!person) return person.error();
  const auto practices = records.practices(id);
  if (!practices) return practices.error();
  Today today;
  today.person = std::move(person).value();
  today.now = now;
  std::vector<plan::PracticeRecord> past;
  plan::PracticeStarts starts(rules);
  const std::int64_t monday = monday_of(day_of(now.instant, now.utc_offset_min));
  for (const Practice& each : practices.value()) {
    const double hours_ago = plan::hours_between(each.start, now.instant);
    if (!each.ended_by && within(hours_ago, 0.0, kResumableFor_hours)) today.resumable = each;
    if (!has_activity(each)) continue;
    past.push_back(to_plan_record(each));
    if (each.comfort.before) today.comfort_before_last = each.comfort.before;
    const bool begins = starts.begins(each.exercise, each.start);
    if (begins && monday_of(day_of(each.start, each.utc_offset_min)) == monday)
      ++today.this_week;
    today.ask_next_day.reset();  // Only the last practice is asked about.
    if (each.comfort.next_day == plan::NextDay::unanswered &&
        within(hours_ago, kNextDayAskedFrom_hours, kNextDayAskedTo_hours)) {
      today.ask_next_day = each;
    }
  }
  const std::optional<int> teacher_level = today.person.teacher_level(exercise.id);
  today.next = plan::next_practice(past, now.instant, exercise, rules, {teacher_level},
                                   today.person.cleared_since);
  today.safety_notice_due = !today.person.safety_read_at ||
                            plan::hours_between(*today.person.safety_read_at, now.instant) >=
                                kSafetyNoticeValid_hours;
  today.weeks_in_a_row = weeks_in_a_row(practices.value(), now);
  today.choices = plan::choices(today.next, teacher_level.has_value(), exercise);
  today.rest_from = plan::rest_from(today.comfort_before_last, rules);
  today.erasure_pending = records.erasure_pending();
  return today;
}

base::Result<std::vector<plan::Next>> next_practices(Repository& records, Id person,
                                                     const LocalTime& now,
                                                     const Exercises& exercises,
                                                     const plan::Rules& rules) {
  const auto known = records.person(person);
  if (!known) return known.error();
  const auto practices = records.practices(person);
  if (!practices) return practices.error();
  std::vector<plan::PracticeRecord> past;
  for (const Practice& each : practices.value()) {
    if (has_activity(each)) past.push_back(to_plan_record(each));
  }
  std::vector<plan::Next> next;
  for (const exercise::Definition& each : exercises.all()) {
    next.push_back(plan::next_practice(past, now.instant, each, rules,
                                       {known.value().teacher_level(each.id)},
                                       known.value().cleared_since));
  }
  return next;
}

Today first_day(const LocalTime& now, const exercise::Definition& exercise,
                const plan::Rules& rules) {
  Today today;
  today.now = now;
  today.next = plan::next_practice({}, now.instant, exercise, rules);
  today.safety_notice_due = true;
  today.choices = plan::choices_without_plan(exercise);
  today.rest_from = plan::rest_from(std::nullopt, rules);
  return today;
}

}  // namespace matside::records
