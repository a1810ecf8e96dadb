#include "records/today.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "records/ongoing.h"

namespace matside::records {
namespace {

using records::Origin;
using records::Practice;

// movement.md 6.4
constexpr double kInformedFor_hours = 30.0 * 24.0;
// The next day is over after a week: nobody remembers.
constexpr double kNextDayAskedFrom_hours = 12.0;
constexpr double kNextDayAskedTo_hours = 7.0 * 24.0;
// Who was broken off goes on at once, or begins anew.
constexpr double kResumableFor_hours = 1.0;
constexpr int kDaysAWeek = 7;

bool within(double value, double from, double to) { return value >= from && value < to; }

}  // namespace

records::Correction told_counts(const Practice& practice) {
  return practice.corrected.value_or(
      records::Correction{practice.counts.left, practice.counts.right});
}

bool counts_as_practice(const Practice& practice) {
  const records::Correction told = told_counts(practice);
  return told.left + told.right + practice.counts.unsure > 0 ||
         practice.ended_by == records::EndedBy::discomfort || practice.comfort.leg_symptoms;
}

plan::PracticeRecord record_of(const Practice& practice) {
  const records::Correction told = told_counts(practice);
  plan::PracticeRecord record;
  record.start = practice.start;
  record.level = practice.level;
  record.wished = practice.wished;
  record.left = told.left;
  record.right = told.right;
  // Whose side the person told is unsure no more.
  const int counted = practice.counts.left + practice.counts.right + practice.counts.unsure;
  record.unsure = std::clamp(counted - told.left - told.right, 0, practice.counts.unsure);
  record.clean =
      practice.origin == Origin::sound ? told.left + told.right : practice.counts.clean;
  record.comfort_before = practice.comfort.before;
  record.comfort_after = practice.comfort.after;
  record.discomfort = practice.ended_by == records::EndedBy::discomfort;
  record.leg_symptoms = practice.comfort.leg_symptoms;
  record.next_day = practice.comfort.next_day;
  return record;
}

int weeks_in_a_row(const std::vector<Practice>& practices, const Now& now) {
  std::set<std::int64_t> mondays;
  for (const Practice& each : practices) {
    if (counts_as_practice(each)) {
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

base::Result<void> settle_broken_off(records::Repository& records, records::Id person,
                                     const Now& now, const exercise::Definition& exercise) {
  const auto practices = records.practices(person);
  if (!practices) return practices.error();
  for (const Practice& each : practices.value()) {
    const double hours_ago = plan::hours_between(each.start, now.instant);
    if (each.ended_by || within(hours_ago, 0.0, kResumableFor_hours)) continue;
    if (auto ended = end_practice(records, each.id, records::EndedBy::interrupted, exercise);
        !ended) {
      return ended;
    }
  }
  return {};
}

base::Result<Today> today(records::Repository& records, records::Id id, const Now& now,
                          const exercise::Definition& exercise, const plan::Rules& rules) {
  auto person = records.person(id);
  if (!person) return person.error();
  const auto practices = records.practices(id);
  if (!practices) return practices.error();
  Today today;
  today.person = std::move(person).value();
  today.now = now;
  std::vector<plan::PracticeRecord> past;
  const std::int64_t monday = monday_of(day_of(now.instant, now.utc_offset_min));
  for (const Practice& each : practices.value()) {
    const double hours_ago = plan::hours_between(each.start, now.instant);
    if (!each.ended_by && within(hours_ago, 0.0, kResumableFor_hours)) today.resumable = each;
    if (!counts_as_practice(each)) continue;
    past.push_back(record_of(each));
    if (each.comfort.before) today.comfort_before_last = each.comfort.before;
    if (monday_of(day_of(each.start, each.utc_offset_min)) == monday) ++today.this_week;
    today.ask_next_day.reset();  // only the last one is asked of
    if (each.comfort.next_day == plan::NextDay::unanswered &&
        within(hours_ago, kNextDayAskedFrom_hours, kNextDayAskedTo_hours)) {
      today.ask_next_day = each;
    }
  }
  today.next = plan::next_practice(past, now.instant, exercise, rules,
                                   {today.person.teacher_level}, today.person.asked_since);
  today.inform = !today.person.informed ||
                 plan::hours_between(*today.person.informed, now.instant) >= kInformedFor_hours;
  today.weeks_in_a_row = weeks_in_a_row(practices.value(), now);
  return today;
}

}  // namespace matside::records
