#include "records/sqlite/rows.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "records/exercises.h"
#include "records/limits.h"

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

constexpr std::array kSides{KickingSide::unsure, KickingSide::left, KickingSide::right,
                            KickingSide::both};
constexpr std::array kLegs{pose::Side::left, pose::Side::right};
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

// Another program may have changed the file: no value is beyond what the records may hold.
int read_int(Statement& row) {
  constexpr auto kLimit = static_cast<std::int64_t>(kMaxValue);
  return static_cast<int>(std::clamp(row.integer(), -kLimit, kLimit));
}
double read_real(Statement& row) { return std::clamp(row.real(), -kMaxValue, kMaxValue); }
Instant read_instant(Statement& row) {
  return {std::clamp<std::int64_t>(row.integer(), 0, kMaxTime_unix_s)};
}

/// What `read` reads from the next column, or nothing where it is null.
template <class Read>
auto optional(Statement& row, Read read) {
  using Value = decltype(read(row));
  return row.next_is_null() ? (row.skip(), std::optional<Value>()) : std::optional(read(row));
}
std::optional<int> optional_int(Statement& row) { return optional(row, read_int); }
std::optional<Instant> optional_instant(Statement& row) { return optional(row, read_instant); }

template <class T>
std::optional<T> optional_value(Statement& row) {
  const auto value = optional(row, read_real);
  return value ? std::optional(T(*value)) : std::nullopt;
}

std::optional<Measured> optional_measured(Statement& row) {
  const auto value = optional(row, read_real);
  const double random = read_real(row);
  const double systematic = read_real(row);
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
    "id, name, since_unix_s, settings, pin, informed_unix_s, asked_since_unix_s,"
    " uid";

const std::string_view kPracticeQuery =
    "SELECT p.id, p.person_id, p.start_unix_s, p.utc_offset_min, p.origin, p.exercise,"
    " p.level, p.wished, p.ended_by, p.duration_s, p.comfort_before, p.comfort_after, "
    "p.leg_symptoms, p.next_day,"
    " p.corrected_left, p.corrected_right, r.repetitions_left, r.repetitions_right,"
    " r.repetitions_unsure, r.repetitions_both, r.peaks, r.clean, r.knee_flexion_deg,"
    " r.knee_flexion_random_deg,"
    " r.knee_flexion_systematic_deg, r.lowering_s, r.lowering_random_s,"
    " r.lowering_systematic_s, r.hips_still_share, r.hips_still_random,"
    " r.hips_still_systematic, r.lengthening_s, r.engine, r.settings, r.made_unix_s"
    " FROM practice p JOIN result r"
    " ON r.id = (SELECT max(id) FROM result WHERE practice_id = p.id) ";

Person read_person(Statement& row) {
  Person person;
  person.id = row.integer();
  person.name = row.text();
  person.since = read_instant(row);
  person.settings = row.text();
  person.pin = row.text();
  person.safety_read_at = optional_instant(row);
  person.cleared_since = optional_instant(row);
  person.uid = row.text();
  return person;
}

std::pair<std::string, int> read_teacher_level(Statement& row) {
  std::string exercise = row.text();
  return {std::move(exercise), read_int(row)};
}

Practice read_practice(Statement& row) {
  Practice p;
  p.id = row.integer();
  p.person = row.integer();
  p.start = read_instant(row);
  p.utc_offset_min = read_int(row);
  p.origin = named(row.text(), kOrigins);
  p.exercise = row.text();
  if (!is_exercise_id(p.exercise)) p.exercise = "unknown";
  p.level = read_int(row);
  p.goal_repetitions = read_int(row);
  if (const auto by = row.optional_text()) p.ended_by = named(*by, kEndedBy);
  p.duration = base::Seconds(read_real(row));
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
  p.counts.both = read_int(row);
  p.counts.kicks = read_int(row);
  p.counts.clean = read_int(row);
  p.means.knee_flexion_deg = optional_measured(row);
  p.means.lowering_s = optional_measured(row);
  p.means.hips_still_share = optional_measured(row);
  p.means.lengthening_s = optional(row, read_real);
  p.scoring.engine = row.text();
  p.scoring.settings = row.text();
  p.scoring.made = read_instant(row);
  return p;
}

SavedRepetition read_repetition(Statement& row) {
  SavedRepetition r;
  r.index = read_int(row);
  r.side = named(row.text(), kSides);
  if (const auto side = row.optional_text()) r.corrected = named(*side, kSides);
  r.status = named(row.text(), kStatuses);
  r.start = base::Seconds(read_real(row));
  r.end = base::Seconds(read_real(row));
  r.knee_flexion = optional_value<base::Degrees>(row);
  r.lowering = optional_value<base::Seconds>(row);
  r.transit_70_20 = optional_value<base::Seconds>(row);
  r.hip_rise_thigh_lengths = optional(row, read_real);
  r.thigh_lift = optional_value<base::Degrees>(row);
  return r;
}

Peak read_peak(Statement& row) {
  Peak peak;
  peak.time = base::Seconds(row.real());
  peak.value = row.optional_real();
  peak.unit = row.text();
  if (const auto leg = row.optional_text()) peak.leg = named(*leg, kLegs);
  return peak;
}

Reading read_reading(Statement& row) {
  Reading reading;
  reading.id = row.text();
  reading.value = row.real();
  reading.unit = row.text();
  return reading;
}

Fault read_fault(Statement& row) {
  Fault fault;
  fault.id = row.text();
  fault.value = row.real();
  fault.threshold = row.real();
  fault.unit = row.text();
  return fault;
}

PoseChunk read_poses(Statement& row) {
  PoseChunk chunk;
  chunk.session = static_cast<int>(row.integer());
  if (const auto deg = row.optional_real()) chunk.full_peak = base::Degrees(*deg);
  chunk.frames = row.integer();
  chunk.stream = row.bytes();
  return chunk;
}

std::pair<ScoringInfo, RepetitionCounts> read_scoring(Statement& row) {
  std::pair<ScoringInfo, RepetitionCounts> each;
  each.first.engine = row.text();
  each.first.settings = row.text();
  each.first.made = read_instant(row);
  for (int* count : {&each.second.left, &each.second.right, &each.second.unsure,
                     &each.second.both, &each.second.kicks, &each.second.clean}) {
    *count = read_int(row);
  }
  return each;
}

void bind(Statement& statement, const PracticeStart& start) {
  statement.bind(start.person)
      .bind(start.start.unix_s)
      .bind(start.utc_offset_min)
      .bind(name(start.origin))
      .bind(start.exercise)
      .bind(start.level)
      .bind(start.goal_repetitions)
      .bind(start.comfort_before);
}

void bind(Statement& statement, const Peak& peak) {
  statement.bind(peak.time.value())
      .bind(peak.value)
      .bind(peak.unit)
      .bind(peak.leg ? std::optional(name(*peak.leg)) : std::nullopt);
}

void bind(Statement& statement, const Reading& reading) {
  statement.bind(reading.id).bind(reading.value).bind(reading.unit);
}

void bind(Statement& statement, const Fault& fault) {
  statement.bind(fault.id).bind(fault.value).bind(fault.threshold).bind(fault.unit);
}

void bind(Statement& statement, const SavedRepetition& r) {
  statement.bind(r.index)
      .bind(name(r.side))
      .bind(r.corrected ? std::optional(name(*r.corrected)) : std::nullopt)
      .bind(name(r.status))
      .bind(r.start.value())
      .bind(r.end.value())
      .bind(optional_number(r.knee_flexion))
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
