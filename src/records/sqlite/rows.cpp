#include "records/sqlite/rows.h"

#include <array>
#include <optional>
#include <string>

namespace matside::records::sqlite {
namespace {

using exercise::KickingSide;
using exercise::Measured;
using exercise::RepetitionStatus;

/// The value of that name. A CHECK in the schema excludes other names.
template <class T, std::size_t n>
T named(const std::string& text, const std::array<T, n>& all) {
  for (const T each : all) {
    if (name(each) == text) return each;
  }
  return all.front();
}

constexpr std::array kSides{KickingSide::unsure, KickingSide::left, KickingSide::right};
constexpr std::array kStatuses{RepetitionStatus::unjudged, RepetitionStatus::clean,
                               RepetitionStatus::faulty, RepetitionStatus::partial};
constexpr std::array kOrigins{Origin::camera, Origin::recording, Origin::sound,
                              Origin::imported};
constexpr std::array kEndedBy{EndReason::interrupted, EndReason::goal, EndReason::person,
                              EndReason::discomfort};
constexpr std::array kNextDays{plan::NextDay::unanswered, plan::NextDay::better,
                               plan::NextDay::same, plan::NextDay::worse};

template <class T>
std::optional<double> optional_number(const std::optional<T>& value) {
  return value ? std::optional(value->value()) : std::nullopt;
}

std::optional<int> optional_int(Statement& row) {
  const auto value = row.optional_integer();
  return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}
std::optional<Instant> optional_instant(Statement& row) {
  const auto value = row.optional_integer();
  return value ? std::optional(Instant{*value}) : std::nullopt;
}
int read_int(Statement& row) { return static_cast<int>(row.integer()); }

template <class T>
std::optional<T> optional_value(Statement& row) {
  const auto value = row.optional_real();
  return value ? std::optional(T(*value)) : std::nullopt;
}

std::optional<Measured> optional_measured(Statement& row) {
  const auto value = row.optional_real();
  const double random = row.real();
  const double systematic = row.real();
  return value ? std::optional(Measured{*value, random, systematic}) : std::nullopt;
}

void bind(Statement& statement, const std::optional<Measured>& measured) {
  if (measured) {
    statement.bind(measured->value).bind(measured->random).bind(measured->systematic);
  } else {
    statement.bind_null().bind_null().bind_null();
  }
}

}  // namespace

const std::string_view kPersonColumns =
    "id, name, since_unix_s, settings, pin, teacher_level, informed_unix_s, asked_since_unix_s";

const std::string_view kPracticeQuery =
    "SELECT p.id, p.person_id, p.start_unix_s, p.utc_offset_min, p.origin, p.level, p.wished,"
    " p.ended_by, p.duration_s, p.comfort_before, p.comfort_after, p.leg_symptoms, p.next_day,"
    " p.corrected_left, p.corrected_right, r.repetitions_left, r.repetitions_right,"
    " r.repetitions_unsure, r.kicks, r.clean, r.knee_flexion_deg, r.knee_flexion_random_deg,"
    " r.knee_flexion_systematic_deg, r.lowering_s, r.lowering_random_s,"
    " r.lowering_systematic_s, r.hips_still_share, r.hips_still_random,"
    " r.hips_still_systematic, r.lengthening_s, r.engine, r.settings, r.made_unix_s"
    " FROM practice p JOIN result r"
    " ON r.id = (SELECT max(id) FROM result WHERE practice_id = p.id) ";

Person read_person(Statement& row) {
  Person person;
  person.id = row.integer();
  person.name = row.text();
  person.since = {row.integer()};
  person.settings = row.text();
  person.pin = row.text();
  person.teacher_level = optional_int(row);
  person.safety_read_at = optional_instant(row);
  person.cleared_since = optional_instant(row);
  return person;
}

Practice read_practice(Statement& row) {
  Practice p;
  p.id = row.integer();
  p.person = row.integer();
  p.start = {row.integer()};
  p.utc_offset_min = read_int(row);
  p.origin = named(row.text(), kOrigins);
  p.level = read_int(row);
  p.goal_repetitions = read_int(row);
  if (const auto by = row.optional_text()) p.ended_by = named(*by, kEndedBy);
  p.duration = base::Seconds(row.real());
  p.comfort.before = optional_int(row);
  p.comfort.after = optional_int(row);
  p.comfort.leg_symptoms = row.integer() != 0;
  p.comfort.next_day = named(row.text(), kNextDays);
  const auto left = optional_int(row);
  const auto right = optional_int(row);
  if (left && right) p.corrected = {*left, *right};
  p.counts.left = read_int(row);
  p.counts.right = read_int(row);
  p.counts.unsure = read_int(row);
  p.counts.kicks = read_int(row);
  p.counts.clean = read_int(row);
  p.means.knee_flexion_deg = optional_measured(row);
  p.means.lowering_s = optional_measured(row);
  p.means.hips_still_share = optional_measured(row);
  p.means.lengthening_s = row.optional_real();
  p.scoring.engine = row.text();
  p.scoring.settings = row.text();
  p.scoring.made = {row.integer()};
  return p;
}

SavedRepetition read_repetition(Statement& row) {
  SavedRepetition r;
  r.index = read_int(row);
  r.side = named(row.text(), kSides);
  if (const auto side = row.optional_text()) r.corrected = named(*side, kSides);
  r.status = named(row.text(), kStatuses);
  r.start = base::Seconds(row.real());
  r.end = base::Seconds(row.real());
  r.knee_flexion = base::Degrees(row.real());
  r.lowering = optional_value<base::Seconds>(row);
  r.transit_70_20 = optional_value<base::Seconds>(row);
  r.hip_rise_thigh_lengths = row.optional_real();
  r.thigh_lift = optional_value<base::Degrees>(row);
  return r;
}

void bind(Statement& statement, const SavedRepetition& r) {
  statement.bind(r.index)
      .bind(name(r.side))
      .bind(r.corrected ? std::optional(name(*r.corrected)) : std::nullopt)
      .bind(name(r.status))
      .bind(r.start.value())
      .bind(r.end.value())
      .bind(r.knee_flexion.value())
      .bind(optional_number(r.lowering))
      .bind(optional_number(r.transit_70_20))
      .bind(r.hip_rise_thigh_lengths)
      .bind(optional_number(r.thigh_lift));
}

void bind(Statement& statement, const Means& means) {
  bind(statement, means.knee_flexion_deg);
  bind(statement, means.lowering_s);
  bind(statement, means.hips_still_share);
  statement.bind(means.lengthening_s);
}

}  // namespace matside::records::sqlite
