#include "core/plan/plan.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

namespace matside::plan {
namespace {

constexpr double kHoursADay = 24.0;
constexpr double kHoursAWeek = 7.0 * kHoursADay;

int as_count(const exercise::Threshold& threshold) { return static_cast<int>(threshold.value); }

constexpr Instant kLongAgo{-1'000'000'000'000};

/// Level and repetitions, updated practice by practice.
class Progression {
 public:
  Progression(const exercise::Definition& exercise, const Rules& rules)
      : exercise_(exercise), rules_(rules), repetitions_(start_of(0)) {}

  /// @param rest_from when the practice before it was, if any
  void apply_practice(const PracticeRecord& record, std::optional<Instant> rest_from) {
    const bool rested =
        !rest_from || hours_between(*rest_from, record.start) >= rules_.rest_between.value;
    if (record.exercise != exercise_.id) {
      apply_comfort_of_another(record);
      return;
    }
    reasons_.clear();
    if (last_of_this_ != nullptr) apply_missed_days(*last_of_this_, record.start);
    last_of_this_ = &record;
    apply_own_step_down(record);
    if (steps_back(record)) return;
    if (!holds(record, rested)) progress(record);
  }

  /// Time has passed since the last practice.
  void apply_time_passed(Instant now) {
    if (last_of_this_ != nullptr) apply_missed_days(*last_of_this_, now);
  }

  void set_by_teacher(int level) {
    if (exercise_.level(level) == nullptr || level == level_) return;
    if (level > level_ && stepped_back_) return;
    go_to(level);
    // What the plan would have done is no reason for the teacher's level.
    if (!stepped_back_) reasons_.clear();
    reasons_.push_back(DecisionReason::teacher);
  }

  void clear_ask_first() { ask_reason_.reset(); }

  [[nodiscard]] std::optional<DecisionReason> ask_reason() const { return ask_reason_; }
  [[nodiscard]] Next next() const {
    return {level_, repetitions_, {}, ask_reason_.has_value(), reasons_};
  }
  /// Whether the exercise has been practised.
  [[nodiscard]] bool begun() const { return last_of_this_ != nullptr; }
  [[nodiscard]] bool worse_last() const { return worse_in_a_row_ > 0; }

 private:
  [[nodiscard]] int start_of(int level) const {
    return exercise_.level(level)->repetitions_start;
  }
  [[nodiscard]] int goal_of(int level) const {
    return exercise_.level(level)->repetitions_goal;
  }

  void go_to(int level) {
    level_ = level;
    repetitions_ = start_of(level);
    good_in_a_row_ = 0;
  }

  /// One level down, or at the easiest level back to its starting number.
  void step_back(DecisionReason reason) {
    go_to(std::max(0, level_ - 1));
    stepped_back_ = true;
    reasons_.push_back(reason);
  }

  void apply_missed_days(const PracticeRecord& before, Instant now) {
    const double days = hours_between(before.start, now) / kHoursADay;
    if (days >= rules_.missed_down.value) {
      go_to(std::max(0, level_ - 1));
      reasons_.push_back(DecisionReason::long_missed);
    } else if (days >= rules_.missed_back.value) {
      repetitions_ = std::max(start_of(level_), repetitions_ - as_count(rules_.missed_fewer));
      good_in_a_row_ = 0;
      reasons_.push_back(DecisionReason::weeks_missed);
    }
  }

  void apply_own_step_down(const PracticeRecord& record) {
    if (record.level < level_) {
      go_to(record.level);
      reasons_.push_back(DecisionReason::own_step_down);
    }
  }

  [[nodiscard]] int worsened(const PracticeRecord& record) const {
    if (!record.comfort_after) return 0;
    return *record.comfort_after - record.comfort_before.value_or(0);
  }

  bool steps_back(const PracticeRecord& record) {
    worse_in_a_row_ = record.next_day == NextDay::worse ? worse_in_a_row_ + 1 : 0;
    stepped_back_ = false;
    if (record.leg_symptoms) {
      ask_reason_ = DecisionReason::leg_symptoms;
      step_back(DecisionReason::leg_symptoms);
      return true;
    }
    const bool much_worse =
        worsened(record) >= rules_.comfort_down.value ||
        (worsened(record) > 0 && *record.comfort_after >= rules_.comfort_down_from.value);
    if (record.discomfort || much_worse) {
      step_back(DecisionReason::comfort_down);
      return true;
    }
    if (worse_in_a_row_ == 0) return false;
    step_back(DecisionReason::next_day_worse);
    if (worse_in_a_row_ >= as_count(rules_.worse_to_ask)) {
      if (!ask_reason_) ask_reason_ = DecisionReason::worse_again;
      reasons_.push_back(DecisionReason::worse_again);
    }
    return true;
  }

  /// A practice of another exercise changes nothing here, unless it did the person no good.
  void apply_comfort_of_another(const PracticeRecord& record) {
    std::vector<DecisionReason> before;
    before.swap(reasons_);
    if (!steps_back(record)) {
      if (worsened(record) >= rules_.comfort_hold.value) {
        keep_plan(DecisionReason::comfort_held, true);
      } else {
        reasons_ = std::move(before);
      }
    }
    // Of an exercise that has not begun, nothing was decided.
    if (!begun()) reasons_.clear();
  }

  void keep_plan(DecisionReason reason, bool breaks_row) {
    if (breaks_row) good_in_a_row_ = 0;
    reasons_.push_back(reason);
  }

  /// Why the practice leaves the plan unchanged; nothing if it doesn't.
  bool holds(const PracticeRecord& record, bool rested) {
    const int total = record.left + record.right + record.unsure + record.both;
    if (record.level > level_) {
      keep_plan(DecisionReason::beyond_plan, false);
    } else if (worsened(record) >= rules_.comfort_hold.value) {
      keep_plan(DecisionReason::comfort_held, true);
    } else if (total + record.both < 2 * repetitions_) {
      keep_plan(DecisionReason::not_all_done, true);
    } else if (record.clean < rules_.clean_share.value * total) {
      keep_plan(DecisionReason::not_clean_enough, true);
    } else if (!rested) {
      keep_plan(DecisionReason::too_soon, false);
    } else if (record.next_day == NextDay::unanswered) {
      keep_plan(DecisionReason::next_day_unknown, false);
    } else {
      return false;
    }
    return true;
  }

  // One change at a time: repetitions first, then the level.
  void progress(const PracticeRecord& record) {
    if (repetitions_ < goal_of(level_)) {
      ++repetitions_;
      reasons_.push_back(DecisionReason::one_more);
      return;
    }
    ++good_in_a_row_;
    const bool enough = good_in_a_row_ >= as_count(rules_.good_to_promote);
    if (!enough || exercise_.level(level_ + 1) == nullptr) {
      reasons_.push_back(DecisionReason::goal_kept);
      return;
    }
    if (hours_between(last_promotion_, record.start) <
        kHoursADay * rules_.promotion_interval.value) {
      reasons_.push_back(DecisionReason::level_up_waits);
      return;
    }
    last_promotion_ = record.start;
    go_to(level_ + 1);
    reasons_.push_back(DecisionReason::level_up);
  }

  const exercise::Definition& exercise_;
  const Rules& rules_;
  int level_ = 0;
  int repetitions_;
  int good_in_a_row_ = 0;
  int worse_in_a_row_ = 0;
  std::optional<DecisionReason> ask_reason_;  ///< until a professional agrees
  bool stepped_back_ = false;                 ///< by the last practice
  Instant last_promotion_ = kLongAgo;
  const PracticeRecord* last_of_this_ = nullptr;  ///< of those taken, of this exercise
  std::vector<DecisionReason> reasons_;
};

using Practices = std::vector<std::span<const PracticeRecord>>;

/// Records of different exercises, one soon after the other, are one practice.
Practices practices_of(std::span<const PracticeRecord> ordered, const Rules& rules) {
  Practices all;
  PracticeStarts starts(rules);
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    if (starts.begins(ordered[i].exercise, ordered[i].start)) all.emplace_back();
    const std::size_t size = all.back().size() + 1;
    all.back() = ordered.subspan(i + 1 - size, size);
  }
  return all;
}

/// Whether it ended with any discomfort that wasn't there before.
bool was_uncomfortable(const PracticeRecord& record) {
  return record.discomfort || record.leg_symptoms ||
         record.comfort_after.value_or(0) > record.comfort_before.value_or(0);
}

/// Whether an exercise that begins now would belong to that practice. After any discomfort the
/// person rests.
bool may_join(std::span<const PracticeRecord> practice, const std::string& exercise,
              Instant now, const Rules& rules) {
  if (practice.back().start > now || std::ranges::any_of(practice, was_uncomfortable))
    return false;
  PracticeStarts starts(rules);
  for (const PracticeRecord& record : practice)
    (void)starts.begins(record.exercise, record.start);
  return !starts.begins(exercise, now);
}

/// When the rest after the last practice is over, and why then.
void set_not_before(Next& next, const Practices& practices, bool worse_last,
                    const Rules& rules) {
  const Instant last = practices.back().back().start;
  const double rest_hours =
      rules.rest_between.value + (worse_last ? kHoursADay * rules.worse_rest.value : 0.0);
  next.not_before = after_hours(last, rest_hours);
  next.reasons.push_back(DecisionReason::rest);
  const auto most = static_cast<std::size_t>(as_count(rules.practices_a_week));
  if (practices.size() < most) return;
  const Instant week_free =
      after_hours(practices[practices.size() - most].front().start, kHoursAWeek);
  if (week_free <= next.not_before) return;
  next.not_before = week_free;
  next.reasons.back() = DecisionReason::week_full;
}

}  // namespace

std::string_view name(NextDay next_day) {
  static constexpr std::array<std::string_view, 4> kNames{"unanswered", "better", "same",
                                                          "worse"};
  return kNames[static_cast<std::size_t>(next_day)];
}

std::string_view name(DecisionReason reason) {
  static constexpr std::array<std::string_view, kDecisionReasonCount> kNames{
      "first_practice", "one_more",         "goal_kept",        "level_up",    "level_up_waits",
      "not_all_done",   "not_clean_enough", "next_day_unknown", "too_soon",    "comfort_held",
      "comfort_down",   "leg_symptoms",     "next_day_worse",   "worse_again", "own_step_down",
      "beyond_plan",    "weeks_missed",     "long_missed",      "teacher",     "rest",
      "week_full",      "clock_back"};
  return kNames[static_cast<std::size_t>(reason)];
}

Next next_practice(std::span<const PracticeRecord> records, Instant now,
                   const exercise::Definition& exercise, const Rules& rules,
                   const TeacherSetting& teacher, std::optional<Instant> asked_since) {
  assert(exercise.level(0) != nullptr);
  std::vector<PracticeRecord> ordered;
  std::ranges::copy_if(records, std::back_inserter(ordered), [&](const PracticeRecord& r) {
    return r.exercise != exercise.id || exercise.level(r.level) != nullptr;
  });
  std::ranges::stable_sort(ordered, {}, &PracticeRecord::start);
  Progression course(exercise, rules);
  Practices practices = practices_of(ordered, rules);
  std::optional<Instant> rest_from;
  for (const auto& practice : practices) {
    for (const PracticeRecord& record : practice) {
      course.apply_practice(record, rest_from);
      if (asked_since && record.start <= *asked_since) course.clear_ask_first();
    }
    rest_from = practice.back().start;
  }
  course.apply_time_passed(now);
  if (teacher.level) course.set_by_teacher(*teacher.level);
  Next next = course.next();
  if (!course.begun()) {
    next.reasons.insert(next.reasons.begin(), DecisionReason::first_practice);
  }
  if (ordered.empty()) {
    next.not_before = now;
    return next;
  }
  // This exercise may still join the last practice: then only the practices before it count.
  if (may_join(practices.back(), exercise.id, now, rules)) practices.pop_back();
  next.not_before = now;
  if (!practices.empty()) set_not_before(next, practices, course.worse_last(), rules);
  if (now < ordered.back().start) next.reasons.push_back(DecisionReason::clock_back);
  // No practice is offered, so nothing else about one is said.
  if (const auto asked = course.ask_reason()) next.reasons = {*asked};
  return next;
}

bool PracticeStarts::begins(const std::string& exercise, Instant start) {
  const bool goes_on = !exercises_.empty() &&
                       hours_between(last_, start) < rules_->same_practice.value &&
                       std::ranges::find(exercises_, exercise) == exercises_.end();
  if (!goes_on) exercises_.clear();
  exercises_.push_back(exercise);
  last_ = start;
  return !goes_on;
}

bool may_start(int comfort_before, std::optional<int> before_last, const Rules& rules) {
  return comfort_before < rest_from(before_last, rules);
}

int rest_from(std::optional<int> before_last, const Rules& rules) {
  const double always = rules.comfort_not_today.value;
  const double risen = before_last ? *before_last + rules.comfort_rise.value : always;
  return static_cast<int>(std::ceil(std::min(always, risen)));
}

std::vector<Choice> choices(const Next& next, bool level_set_by_teacher,
                            const exercise::Definition& exercise) {
  std::vector<Choice> all;
  if (next.ask_first) return all;
  for (const exercise::Level& level : exercise.levels) {
    if (level.number > next.level) continue;
    const bool limited = level.number == next.level && !level_set_by_teacher;
    const int most = limited ? next.repetitions : level.repetitions_goal;
    all.push_back({level.number, most, most});
  }
  return all;
}

std::vector<Choice> choices_without_plan(const exercise::Definition& exercise) {
  std::vector<Choice> all;
  for (const exercise::Level& level : exercise.levels) {
    all.push_back({level.number, level.repetitions_goal,
                   static_cast<int>(exercise.coaching.repetitions_max.value)});
  }
  return all;
}

}  // namespace matside::plan
