#include "protocol/records_changes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "protocol/limits.h"
#include "records/persons.h"
#include "records/practice_draft.h"

namespace matside::protocol {
namespace {

using records::Id;
using Outcome = base::Result<void>;

// Changes of a practice.

Outcome set_comfort_after(const ChangeContext& context, Id practice, RequestBody& body) {
  const int after = body.integer("after", 0, kMaxComfort);
  const bool leg_symptoms = body.boolean("leg_symptoms");
  if (auto valid = body.check(); !valid) return valid;
  auto known = context.records.practice(practice);
  if (!known) return known.error();
  records::Comfort comfort = known.value().comfort;
  comfort.after = after;
  comfort.leg_symptoms = leg_symptoms;
  return context.records.set_comfort(practice, comfort);
}

Outcome set_next_day(const ChangeContext& context, Id practice, RequestBody& body) {
  static constexpr std::array kNextDays{plan::NextDay::better, plan::NextDay::same,
                                        plan::NextDay::worse};
  const auto next_day = body.choice("next_day", std::span<const plan::NextDay>(kNextDays));
  if (auto valid = body.check(); !valid) return valid;
  auto known = context.records.practice(practice);
  if (!known) return known.error();
  records::Comfort comfort = known.value().comfort;
  comfort.next_day = next_day;
  return context.records.set_comfort(practice, comfort);
}

/// Null on both sides takes the correction back.
Outcome correct_counts(const ChangeContext& context, Id practice, RequestBody& body) {
  std::optional<records::SideCounts> counts;
  if (!body.is_null("left") || !body.is_null("right")) {
    counts = {body.integer("left", 0, kMaxCorrected), body.integer("right", 0, kMaxCorrected)};
  }
  if (auto valid = body.check(); !valid) return valid;
  return context.records.correct(practice, counts);
}

/// A null side takes the correction back.
Outcome correct_side(const ChangeContext& context, Id practice, RequestBody& body) {
  using exercise::KickingSide;
  static constexpr std::array kSides{KickingSide::left, KickingSide::right};
  const int index = body.integer("index", 1, kMaxRepetitionIndex);
  std::optional<KickingSide> side;
  if (!body.is_null("side")) side = body.choice("side", std::span<const KickingSide>(kSides));
  if (auto valid = body.check(); !valid) return valid;
  return records::correct_side(context.records, practice, index, side);
}

Outcome end_unfinished(const ChangeContext& context, Id practice, RequestBody& /*body*/) {
  const auto known = context.records.practice(practice);
  if (!known) return known.error();
  if (known.value().ended_by) return {};
  return records::end_practice(context.records, practice, records::EndReason::interrupted,
                               context.exercises);
}

Outcome erase_practice(const ChangeContext& context, Id practice, RequestBody& /*body*/) {
  return context.records.erase_practice(practice);
}

// Changes of a person.

/// Loads the person, lets `edit` change it, and saves it.
template <class Edit>
Outcome edit_person(const ChangeContext& context, Id id, Edit edit) {
  auto known = context.records.person(id);
  if (!known) return known.error();
  edit(known.value());
  return context.records.update_person(known.value());
}

Outcome set_safety_read(const ChangeContext& context, Id person, RequestBody& /*body*/) {
  return edit_person(context, person,
                     [&](records::Person& edited) { edited.safety_read_at = context.now; });
}

Outcome set_cleared(const ChangeContext& context, Id person, RequestBody& /*body*/) {
  return edit_person(context, person,
                     [&](records::Person& edited) { edited.cleared_since = context.now; });
}

Outcome set_settings(const ChangeContext& context, Id person, RequestBody& body) {
  const std::string settings = body.object("settings");
  if (settings.size() > kMaxSettings_bytes) body.add_problem("settings are too large");
  if (auto valid = body.check(); !valid) return valid;
  return edit_person(context, person,
                     [&](records::Person& edited) { edited.settings = settings; });
}

Outcome set_teacher_level(const ChangeContext& context, Id person, RequestBody& body) {
  const exercise::Definition& exercise = context.exercise;
  const std::optional<int> level = body.optional_integer("level", 0, exercise.highest_level());
  if (auto valid = body.check(); !valid) return valid;
  return edit_person(context, person, [&](records::Person& edited) {
    edited.teacher_levels.erase(exercise.id);
    if (level) edited.teacher_levels[exercise.id] = *level;
  });
}

Outcome set_name(const ChangeContext& context, Id person, RequestBody& body) {
  const std::string typed = body.text("name");
  if (auto valid = body.check(); !valid) return valid;
  const auto name = records::normalized_name(typed);
  if (!name) return name.error();
  return edit_person(context, person,
                     [&](records::Person& edited) { edited.name = name.value(); });
}

Outcome set_pin(const ChangeContext& context, Id person, RequestBody& body) {
  const std::string pin = body.text("pin");
  if (auto valid = body.check(); !valid) return valid;
  const auto hash = records::hash_pin(pin);
  if (!hash) return hash.error();
  return edit_person(context, person,
                     [&](records::Person& edited) { edited.pin = hash.value(); });
}

constexpr std::array<Change, 12> kChanges{{
    {"comfort", ChangeSubject::practice, set_comfort_after},
    {"next_day", ChangeSubject::practice, set_next_day},
    {"counts", ChangeSubject::practice, correct_counts},
    {"side", ChangeSubject::practice, correct_side},
    {"end", ChangeSubject::practice, end_unfinished},
    {"erase_practice", ChangeSubject::practice, erase_practice},
    {"informed", ChangeSubject::person, set_safety_read},
    {"asked", ChangeSubject::person, set_cleared},
    {"settings", ChangeSubject::person, set_settings},
    {"teacher", ChangeSubject::person, set_teacher_level},
    {"name", ChangeSubject::person, set_name},
    {"pin", ChangeSubject::person, set_pin},
}};

}  // namespace

const Change* find_change(std::string_view name) {
  const auto* const found = std::ranges::find(kChanges, name, &Change::name);
  return found == kChanges.end() ? nullptr : found;
}

}  // namespace matside::protocol
