#include "records/json_documents.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/coaching/counts.h"
#include "core/engine/session.h"
#include "core/exercise/reading_name.h"
#include "core/pose/landmark.h"
#include "formats/json_number.h"
#include "formats/pose_codec.h"
#include "formats/strict_json/node.h"
#include "records/curve_json.h"
#include "records/practice_draft.h"
#include "records/replay.h"

namespace matside::records {
namespace {

using json = nlohmann::ordered_json;

constexpr int kLeastAWeek = 2;
constexpr int kPracticeMinutes = 10;
constexpr int kAlarmMinutes = 15;  // before the practice
// Of a first practice, in local time.
constexpr std::int64_t kFirstAppointment_s = 9 * 3600;

using formats::or_null;

double rounded(double value) { return formats::rounded(value, 0.001); }

json dump(const std::optional<exercise::Measured>& measured) {
  if (!measured) return nullptr;
  return {{"value", rounded(measured->value)}, {"sd", rounded(measured->deviation())}};
}
/// The JSON of a saved text; null where the text is damaged.
json parsed(const std::string& text) {
  return strict_json::is_strict_json(text) ? json::parse(text, nullptr, false) : json(nullptr);
}
json seconds_or_null(const std::optional<base::Seconds>& value) {
  return value ? json(rounded(value->value())) : json(nullptr);
}

std::string text_of(const json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

json person_json(const Person& person) {
  return {{"id", person.id}, {"name", person.name}, {"pin", !person.pin.empty()}};
}

/// When to put the next practice into a calendar: the first time from the end of the rest on
/// whose alarm is still to come. It is at the time of day of the practices before.
Instant next_appointment(const Today& today) {
  const std::int64_t now_s = today.now.instant.unix_s;
  std::int64_t at_s = today.next.not_before.unix_s;
  const bool first =
      std::ranges::count(today.next.reasons, plan::DecisionReason::first_practice) > 0;
  // After practices of another exercise there is a rest before the first one too.
  if (first && at_s <= now_s) {
    const std::int64_t offset_s = today.now.utc_offset_min * kSecondsAMinute;
    const std::int64_t day = day_of(today.now.instant, today.now.utc_offset_min);
    at_s = day * kSecondsADay + kFirstAppointment_s - offset_s;
  }
  const std::int64_t earliest_s = now_s + (kAlarmMinutes + 1) * kSecondsAMinute;
  if (at_s >= earliest_s) return {at_s};
  const std::int64_t days = (earliest_s - at_s + kSecondsADay - 1) / kSecondsADay;
  return {at_s + days * kSecondsADay};
}

/// The share of clean repetitions; null without a camera or repetitions.
json clean_share(const Practice& p) {
  const int counted = coaching::total(p.counts);
  if (p.origin == Origin::sound || counted == 0) return nullptr;
  return rounded(std::min(1.0, static_cast<double>(p.counts.clean) / counted));
}

json practice_summary_json(const Practice& p, const Exercises& exercises) {
  const SideCounts counts = effective_counts(p);
  const auto known = exercises.find(p.exercise);
  const exercise::Definition* const exercise = known ? known.value() : nullptr;
  const exercise::Level* const level = exercise != nullptr ? exercise->level(p.level) : nullptr;
  json out = {{"id", p.id},
              {"start", iso_text(p.start, p.utc_offset_min)},
              {"origin", name(p.origin)},
              {"exercise", p.exercise},
              {"exercise_name", exercise != nullptr ? exercise->name : p.exercise},
              {"installed", exercise != nullptr},
              {"by_side", exercise == nullptr ? p.counts.both == 0 : exercise->by_side()},
              {"level", p.level},
              {"level_name", level != nullptr ? level->name : ""},
              {"wished", p.goal_repetitions},
              {"left", counts.left},
              {"right", counts.right},
              {"unsure", p.counts.unsure},
              {"kicks", p.counts.kicks},
              {"clean", p.counts.clean},
              {"counted_left", p.counts.left},
              {"counted_right", p.counts.right},
              {"corrected", p.corrected.has_value()},
              {"ended_by", p.ended_by ? name(*p.ended_by) : "open"},
              {"duration_s", rounded(p.duration.value())},
              {"comfort_before", or_null(p.comfort.before)},
              {"comfort_after", or_null(p.comfort.after)},
              {"leg_symptoms", p.comfort.leg_symptoms},
              {"next_day", name(p.comfort.next_day)},
              {"knee_flexion_deg", dump(p.means.knee_flexion_deg)},
              {"lowering_s", dump(p.means.lowering_s)},
              {"hips_still_share", dump(p.means.hips_still_share)},
              {"lengthening_s",
               p.means.lengthening_s ? json(rounded(*p.means.lengthening_s)) : json(nullptr)},
              {"clean_share", clean_share(p)}};
  if (p.counts.both > 0) out["both"] = effective_both(p);
  return out;
}

json practice_or_null(const std::optional<Practice>& practice, const Exercises& exercises) {
  return practice ? practice_summary_json(*practice, exercises) : json(nullptr);
}

json next_json(const Today& today, const exercise::Definition& exercise) {
  const plan::Next& next = today.next;
  const LocalTime& now = today.now;
  const exercise::Level* level = exercise.level(next.level);
  json reasons = json::array();
  for (const plan::DecisionReason reason : next.reasons) {
    // A rest that is over is no longer a reason.
    const bool waiting =
        reason == plan::DecisionReason::rest || reason == plan::DecisionReason::week_full;
    if (waiting && now.instant >= next.not_before) continue;
    reasons.push_back({{"id", name(reason)}, {"text", reason_text(reason, exercise)}});
  }
  json choices = json::array();
  for (const plan::Choice& each : today.choices) {
    choices.push_back(
        {{"level", each.level}, {"repetitions", each.repetitions}, {"most", each.most}});
  }
  return {{"level", next.level},
          {"level_name", level != nullptr ? level->name : ""},
          {"repetitions", next.repetitions},
          {"not_before", iso_text(next.not_before, now.utc_offset_min)},
          {"today", next.today(now.instant)},
          {"ask_first", next.ask_first},
          {"reasons", std::move(reasons)},
          {"choices", std::move(choices)}};
}

json repetition_json(const SavedRepetition& r, const exercise::Definition& exercise) {
  json kicks = json::array();
  json peaks = json::array();
  for (const Peak& peak : r.peaks) {
    if (!exercise.cycle) {
      kicks.push_back(rounded(peak.time.value()));
      continue;
    }
    peaks.push_back({{"time_s", rounded(peak.time.value())},
                     {"value", peak.value ? json(rounded(*peak.value)) : json(nullptr)},
                     {"unit", peak.unit},
                     {"leg", peak.leg ? json(pose::name(*peak.leg)) : json(nullptr)}});
  }
  json faults = json::array();
  for (const Fault& fault : r.faults) {
    const exercise::FaultText* words = exercise.words_for(fault.id);
    faults.push_back({{"id", fault.id},
                      {"name", words != nullptr ? words->name : fault.id},
                      {"cue", words != nullptr ? words->cue : fault.id},
                      {"value", rounded(fault.value)},
                      {"threshold", rounded(fault.threshold)},
                      {"unit", fault.unit}});
  }
  json out = {{"index", r.index},
              {"side", name(r.side)},
              {"corrected_side", r.corrected ? json(name(*r.corrected)) : json(nullptr)},
              {"status", name(r.status)},
              {"start_s", rounded(r.start.value())},
              {"end_s", rounded(r.end.value())},
              {"kick_times_s", std::move(kicks)},
              {"knee_flexion_deg",
               r.knee_flexion ? json(rounded(r.knee_flexion->value())) : json(nullptr)},
              {"lowering_s", seconds_or_null(r.lowering)},
              {"faults", std::move(faults)}};
  if (exercise.cycle) {
    json readings = json::array();
    for (const Reading& reading : r.readings) {
      readings.push_back({{"id", reading.id},
                          {"value", rounded(reading.value)},
                          {"unit", reading.unit},
                          {"text", exercise::reading_text(reading.value, reading.unit)}});
    }
    out["peaks"] = std::move(peaks);
    out["readings"] = std::move(readings);
  }
  return out;
}

/// What the file of an exercise asks to measure, on average over the repetitions.
json averages_json(const std::vector<SavedRepetition>& repetitions,
                   const exercise::Definition& exercise) {
  json averages = json::array();
  if (!exercise.cycle) return averages;
  for (const exercise::CycleMeasure& measure : exercise.cycle->measures) {
    double sum = 0.0;
    int count = 0;
    for (const SavedRepetition& each : repetitions) {
      const auto found = std::ranges::find(each.readings, measure.id, &Reading::id);
      if (found == each.readings.end()) continue;
      sum += found->value;
      ++count;
    }
    if (count == 0) continue;
    averages.push_back(
        {{"id", measure.id},
         {"name", exercise::reading_name(measure.id)},
         {"text", exercise::reading_text(sum / count, exercise::unit_of(measure.reading))}});
  }
  return averages;
}

json words_json(const exercise::Definition& exercise) {
  json levels = json::array();
  for (const exercise::Level& level : exercise.levels) {
    levels.push_back({{"number", level.number}, {"name", level.name}});
  }
  json faults = json::array();
  for (const exercise::FaultText& words : exercise.words) {
    faults.push_back({{"id", words.fault_id}, {"name", words.name}});
  }
  json measures = json::array();
  if (exercise.cycle) {
    for (const exercise::CycleMeasure& measure : exercise.cycle->measures) {
      measures.push_back({{"id", measure.id}, {"name", exercise::reading_name(measure.id)}});
    }
  }
  return {{"id", exercise.id},
          {"name", exercise.name},
          {"by_side", exercise.by_side()},
          {"peak", exercise.cycle ? "peak" : "kick"},
          {"levels", std::move(levels)},
          {"faults", std::move(faults)},
          {"measures", std::move(measures)}};
}

std::string csv_number(const std::optional<exercise::Measured>& measured) {
  return measured ? fmt::format("{:.3f},{:.3f}", measured->value, measured->deviation()) : ",";
}

}  // namespace

const char* const kLengtheningNote =
    "The total time, over both legs, for which the front thigh muscle was at least a tenth "
    "longer than with a straight leg. This is computed for one generic body. It shows where "
    "the "
    "stretch comes from and doesn't measure your muscles.";

std::string reason_text(plan::DecisionReason reason, const exercise::Definition& exercise) {
  const auto found = std::ranges::find(exercise.plan, name(reason), &exercise::Phrase::id);
  return found != exercise.plan.end() ? found->text : std::string(name(reason));
}

std::string persons_json(const std::vector<Person>& persons, bool erasure_pending) {
  json all = json::array();
  for (const Person& each : persons) all.push_back(person_json(each));
  return text_of({{"persons", std::move(all)}, {"erasure_pending", erasure_pending}});
}

std::string exercise_json(const exercise::Definition& exercise) {
  return text_of(words_json(exercise));
}

std::string today_json(const Today& today, const exercise::Definition& exercise,
                       const plan::Rules& rules, const Exercises& exercises) {
  json settings = parsed(today.person.settings);
  if (!settings.is_object()) settings = json::object();
  return text_of({{"person", person_json(today.person)},
                  {"now", iso_text(today.now.instant, today.now.utc_offset_min)},
                  {"next", next_json(today, exercise)},
                  {"inform", today.safety_notice_due},
                  {"ask_next_day", practice_or_null(today.ask_next_day, exercises)},
                  {"resumable", practice_or_null(today.resumable, exercises)},
                  {"comfort_before_last", or_null(today.comfort_before_last)},
                  {"not_today_from", static_cast<int>(rules.comfort_not_today.value)},
                  {"not_today_rise", static_cast<int>(rules.comfort_rise.value)},
                  {"rest_from", today.rest_from},
                  {"worse_from", static_cast<int>(rules.comfort_hold.value)},
                  {"weeks_in_a_row", today.weeks_in_a_row},
                  {"this_week", today.this_week},
                  {"teacher_level", or_null(today.person.teacher_level(exercise.id))},
                  {"settings", std::move(settings)},
                  {"erasure_pending", today.erasure_pending}});
}

std::string progress_json(const Progress& progress, const plan::Rules& rules,
                          const Exercises& exercises) {
  json practices = json::array();
  for (const Practice& each : progress.practices) {
    practices.push_back(practice_summary_json(each, exercises));
  }
  json weeks = json::array();
  for (const Week& each : progress.weeks) {
    weeks.push_back({{"monday", date_text(each.monday)},
                     {"practices", each.practices},
                     {"as_planned", each.practices >= kLeastAWeek}});
  }
  return text_of(
      {{"person", person_json(progress.person)},
       {"practices", std::move(practices)},
       {"weeks", std::move(weeks)},
       {"practices_a_week", {kLeastAWeek, static_cast<int>(rules.practices_a_week.value)}},
       {"weeks_in_a_row", progress.weeks_in_a_row},
       {"changed", progress.changed},
       {"lengthening_minutes", rounded(progress.lengthening.value() / 60.0)},
       {"lengthening_words", kLengtheningNote}});
}

base::Result<std::string> practice_json(Repository& records, Id id,
                                        const Exercises& exercises) {
  const auto practice = records.practice(id);
  if (!practice) return practice.error();
  const auto known = exercise_of(practice.value(), exercises);
  if (!known) return known.error();
  const exercise::Definition& exercise = *known.value();
  const auto repetitions = records.repetitions(id);
  if (!repetitions) return repetitions.error();
  const auto scorings = records.scorings(id);
  if (!scorings) return scorings.error();
  const auto poses = records.poses(id);
  if (!poses) return poses.error();
  auto curve = curve_json(poses.value(), practice.value().level, exercise);
  if (!curve) return curve.error();
  json rows = json::array();
  for (const SavedRepetition& each : repetitions.value()) {
    rows.push_back(repetition_json(each, exercise));
  }
  json scored = json::array();
  for (const auto& [scoring, counts] : scorings.value()) {
    scored.push_back({{"engine", scoring.engine},
                      {"settings", parsed(scoring.settings)},
                      {"made", iso_text(scoring.made, practice.value().utc_offset_min)},
                      {"left", counts.left},
                      {"right", counts.right},
                      {"unsure", counts.unsure},
                      {"kicks", counts.kicks},
                      {"clean", counts.clean}});
    if (counts.both > 0) scored.back()["both"] = counts.both;
  }
  return text_of({{"practice", practice_summary_json(practice.value(), exercises)},
                  {"exercise", words_json(exercise)},
                  {"repetitions", std::move(rows)},
                  {"averages", averages_json(repetitions.value(), exercise)},
                  {"curve", std::move(curve).value()},
                  {"judged", std::move(scored)}});
}

std::string practices_csv(const std::vector<Practice>& practices) {
  std::string text =
      "id,start,origin,level,wished,left,right,unsure,kicks,clean,ended_by,duration_s,"
      "comfort_before,comfort_after,next_day,knee_flexion_deg,knee_flexion_sd_deg,lowering_s,"
      "lowering_sd_s,hips_still_share,hips_still_sd,exercise,both\n";
  const auto number = [](const std::optional<int>& value) {
    return value ? std::to_string(*value) : std::string();
  };
  for (const Practice& p : practices) {
    const SideCounts counts = effective_counts(p);
    text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{:.3f},{},{},{},{},{},{},{},{}\n",
                        p.id, iso_text(p.start, p.utc_offset_min), name(p.origin), p.level,
                        p.goal_repetitions, counts.left, counts.right, p.counts.unsure,
                        p.counts.kicks, p.counts.clean, p.ended_by ? name(*p.ended_by) : "open",
                        p.duration.value(), number(p.comfort.before), number(p.comfort.after),
                        name(p.comfort.next_day), csv_number(p.means.knee_flexion_deg),
                        csv_number(p.means.lowering_s), csv_number(p.means.hips_still_share),
                        p.exercise, effective_both(p));
  }
  return text;
}

std::string calendar_file(const Today& today, const exercise::Definition& exercise) {
  const plan::Next& next = today.next;
  const exercise::Level* level = exercise.level(next.level);
  // One event for each person, which a later file moves: its sequence rises with time.
  // RFC 5545: lines end with CRLF and have at most 75 bytes.
  const std::string event = fmt::format(
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Matside//Matside//EN\r\nBEGIN:VEVENT\r\n"
      "UID:next-practice-{}@matside\r\nSEQUENCE:{}\r\nDTSTAMP:{}\r\nDTSTART:{}\r\n"
      "DURATION:PT{}M\r\n",
      today.person.uid, today.now.instant.unix_s / kSecondsAMinute,
      calendar_text(today.now.instant), calendar_text(next_appointment(today)),
      kPracticeMinutes);
  if (next.ask_first) {
    return event + fmt::format(
                       "STATUS:CANCELLED\r\nSUMMARY:{}: no practice is planned\r\n"
                       "DESCRIPTION:Talk to a doctor or physiotherapist first.\r\n"
                       "END:VEVENT\r\nEND:VCALENDAR\r\n",
                       exercise.name);
  }
  return event + fmt::format(
                     "SUMMARY:{}: level {}\\, {}\r\nDESCRIPTION:{}\r\n"
                     "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Time to practise\r\n"
                     "TRIGGER:-PT{}M\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
                     exercise.name, next.level, goal_text(next.repetitions, exercise),
                     level != nullptr ? level->name : "", kAlarmMinutes);
}

std::string practice_calendar(const Practice& practice, const Person& person,
                              const Exercises& exercises) {
  const auto known = exercises.find(practice.exercise);
  const exercise::Level* level = known ? known.value()->level(practice.level) : nullptr;
  const SideCounts counts = effective_counts(practice);
  const int both = effective_both(practice);
  const std::string repetitions =
      both > 0 ? fmt::format("{} repetition{}", both, both == 1 ? "" : "s")
               : fmt::format("{} left\\, {} right", counts.left, counts.right);
  const auto seconds = static_cast<std::int64_t>(std::ceil(practice.duration.value()));
  return fmt::format(
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Matside//Matside//EN\r\nBEGIN:VEVENT\r\n"
      "UID:practice-{}-{}@matside\r\nDTSTAMP:{}\r\nDTSTART:{}\r\nDURATION:PT{}S\r\n"
      "SUMMARY:{}: level {}\\, {}\r\nDESCRIPTION:{}\r\n"
      "END:VEVENT\r\nEND:VCALENDAR\r\n",
      person.uid, practice.id, calendar_text(practice.start), calendar_text(practice.start),
      seconds, known ? known.value()->name : practice.exercise, practice.level, repetitions,
      level != nullptr ? level->name : "");
}

}  // namespace matside::records
