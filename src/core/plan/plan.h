// From past practices to the next one: level, repetitions and earliest time, each decision with
// its reason. Easier first; ten a side, two or three times a week; one thing changes at a time;
// any discomfort steps back.
//
// Level and repetitions are those of one exercise. What the body needs is common to all of a
// person's exercises: rest, practices in a week, and what any of them did to comfort. Different
// exercises, one soon after the other, are one practice (Rules::same_practice).
//
// Pure: the same records and the same instant give the same plan. Doing less than planned is
// always followed; doing more never raises the plan.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/exercise/definition.h"
#include "core/plan/plan_rules.h"
#include "core/plan/practice_record.h"

namespace matside::plan {

/// Why the plan is as it is. The last decision made comes last.
enum class DecisionReason : std::uint8_t {
  first_practice,    ///< of this exercise: everybody starts with the easiest level
  one_more,          ///< a good practice: one repetition a side more
  goal_kept,         ///< a good practice at the goal
  level_up,          ///< enough good practices in a row at the goal
  level_up_waits,    ///< ... but the last step up is too recent
  not_all_done,      ///< fewer repetitions than planned
  not_clean_enough,  ///< the form comes first
  next_day_unknown,  ///< no answer about the next day, so no progress
  too_soon,          ///< a practice without the rest before it gives no progress
  comfort_held,      ///< a little less comfortable: as it was
  comfort_down,      ///< less comfortable, or ended by discomfort: a level down
  leg_symptoms,      ///< felt in a leg: a level down, ask a professional first
  next_day_worse,    ///< a level down and a day of rest
  worse_again,       ///< worse twice in a row: ask a professional first
  own_step_down,     ///< the person chose an easier level
  beyond_plan,       ///< a harder level than planned does not raise the plan
  weeks_missed,      ///< some weeks without: a few repetitions fewer
  long_missed,       ///< many weeks without: a level down
  teacher,           ///< a teacher's setting
  rest,              ///< not before: hours of rest
  week_full,         ///< not before: enough practices in seven days
  clock_back,        ///< the clock is earlier than the last practice
};
/// The reason's name in files, its words and docs/plan.md: first_practice, one_more, ...
std::string_view name(DecisionReason reason);
inline constexpr int kDecisionReasonCount = static_cast<int>(DecisionReason::clock_back) + 1;

/// What a teacher has set; absent: the plan decides.
struct TeacherSetting {
  std::optional<int> level;  ///< practise this one; a step back for comfort still holds
};

/// The next practice.
struct Next {
  int level = 0;
  int repetitions = 0;  ///< a side
  Instant not_before;
  bool ask_first = false;  ///< no practice until a physiotherapist or doctor agrees
  /// Of the last practice's decision, then of the waiting. While ask_first, only why.
  std::vector<DecisionReason> reasons;

  [[nodiscard]] bool today(Instant now) const { return !ask_first && now >= not_before; }
};

/// @param records of every exercise, in any order; those of this one at levels that it does not
///   have are left out
/// @param exercise whose next practice is planned
/// @param asked_since when the person last said that a professional agrees: earlier reasons to
///   ask first are settled
Next next_practice(std::span<const PracticeRecord> records, Instant now,
                   const exercise::Definition& exercise, const Rules& rules,
                   const TeacherSetting& teacher = {},
                   std::optional<Instant> asked_since = std::nullopt);

/// Tells which exercises begin a new practice, and which belong to the one before.
class PracticeStarts {
 public:
  explicit PracticeStarts(const Rules& rules) : rules_(&rules) {}
  /// Takes them in the order of their starts.
  /// @returns whether a practice begins; otherwise it is another exercise, begun within
  ///   Rules::same_practice
  bool begins(const std::string& exercise, Instant start);

 private:
  const Rules* rules_;
  std::vector<std::string> exercises_;  ///< of the current practice
  Instant last_;
};

/// Whether to practise today, by how the person feels before it.
/// @param before_last comfort before the practice before, where known
/// @source movement.md 3.2 and 6.4
bool may_start(int comfort_before, std::optional<int> before_last, const Rules& rules);

/// The discomfort before a practice from which the person should rest today: 1 to 11, where 11
/// is beyond the scale.
/// @param before_last discomfort before the last practice, where known
/// @source movement.md 3.2 and 6.4
int rest_from(std::optional<int> before_last, const Rules& rules);

/// A level the person may choose.
struct Choice {
  int level = 0;
  int repetitions = 0;  ///< on each side, suggested
  int most = 0;         ///< on each side
  friend bool operator==(const Choice&, const Choice&) = default;
};
/// The planned level and every easier one, easiest first. The planned level is limited to the
/// planned repetitions, unless a teacher has set the level; the others to their goal. None
/// while a professional is to be asked first.
std::vector<Choice> choices(const Next& next, bool level_set_by_teacher,
                            const exercise::Definition& exercise);
/// Every level, easiest first, up to as many repetitions as the voice can count.
std::vector<Choice> choices_without_plan(const exercise::Definition& exercise);

}  // namespace matside::plan
