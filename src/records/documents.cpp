#include "records/documents.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/engine/session.h"
#include "core/pose/landmark.h"
#include "formats/pose_stream.h"
#include "records/judging.h"

namespace matside::records {
namespace {

using json = nlohmann::ordered_json;
using records::Practice;

// Close enough to draw a kick.
constexpr base::Seconds kBetweenKnees(0.06);
constexpr int kLeastAWeek = 2;
constexpr int kPracticeMinutes = 10;

double rounded(double value) { return std::round(value * 1000.0) / 1000.0; }

json dump(const std::optional<exercise::Measured>& measured) {
  if (!measured) return nullptr;
  return {{"value", rounded(measured->value)}, {"sd", rounded(measured->deviation())}};
}
template <class T>
json or_null(const std::optional<T>& value) {
  return value ? json(*value) : json(nullptr);
}
json seconds_or_null(const std::optional<base::Seconds>& value) {
  return value ? json(rounded(value->value())) : json(nullptr);
}

std::string text_of(const json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

json person_json(const records::Person& person) {
  return {{"id", person.id}, {"name", person.name}, {"pin", !person.pin.empty()}};
}

json short_json(const Practice& p) {
  const records::Correction told = told_counts(p);
  return {{"id", p.id},
          {"start", iso_text(p.start, p.utc_offset_min)},
          {"origin", name(p.origin)},
          {"level", p.level},
          {"wished", p.wished},
          {"left", told.left},
          {"right", told.right},
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
           p.means.lengthening_s ? json(rounded(*p.means.lengthening_s)) : json(nullptr)}};
}

json short_or_null(const std::optional<Practice>& practice) {
  return practice ? short_json(*practice) : json(nullptr);
}

json next_json(const plan::Next& next, const Now& now, const exercise::Definition& exercise) {
  const exercise::Level* level = exercise.level(next.level);
  json reasons = json::array();
  for (const plan::Reason reason : next.reasons) {
    // Rest that is over is no reason any more.
    const bool waiting = reason == plan::Reason::rest || reason == plan::Reason::week_full;
    if (waiting && now.instant >= next.not_before) continue;
    reasons.push_back({{"id", name(reason)}, {"text", words_for(reason, exercise)}});
  }
  return {{"level", next.level},
          {"level_name", level != nullptr ? level->name : ""},
          {"repetitions", next.repetitions},
          {"not_before", iso_text(next.not_before, now.utc_offset_min)},
          {"today", next.today(now.instant)},
          {"ask_first", next.ask_first},
          {"reasons", std::move(reasons)}};
}

json repetition_json(const records::Repetition& r, const exercise::Definition& exercise) {
  json kicks = json::array();
  for (const base::Seconds kick : r.kicks) kicks.push_back(rounded(kick.value()));
  json faults = json::array();
  for (const records::Fault& fault : r.faults) {
    const exercise::Words* words = exercise.words_for(fault.id);
    faults.push_back({{"id", fault.id},
                      {"cue", words != nullptr ? words->cue : fault.id},
                      {"value", rounded(fault.value)},
                      {"threshold", rounded(fault.threshold)},
                      {"unit", fault.unit}});
  }
  return {{"index", r.index},
          {"side", name(r.side)},
          {"corrected_side", r.corrected ? json(name(*r.corrected)) : json(nullptr)},
          {"status", name(r.status)},
          {"start_s", rounded(r.start.value())},
          {"end_s", rounded(r.end.value())},
          {"kick_times_s", std::move(kicks)},
          {"knee_flexion_deg", rounded(r.knee_flexion.value())},
          {"lowering_s", seconds_or_null(r.lowering)},
          {"faults", std::move(faults)}};
}

/// Knees over time from the poses kept.
base::Result<json> curve_json(const std::vector<records::PoseChunk>& chunks, int level,
                              const exercise::Definition& exercise) {
  json times = json::array();
  json left = json::array();
  json right = json::array();
  const auto angle = [](const std::optional<base::Degrees>& knee) {
    return knee ? json(std::round(10.0 * knee->value()) / 10.0) : json(nullptr);
  };
  base::Seconds drawn(-1.0);
  const auto draw = [&](base::Seconds now, const pose::PoseFrame&, const engine::Moment& seen) {
    if (now - drawn < kBetweenKnees) return;
    drawn = now;
    times.push_back(rounded(now.value()));
    left.push_back(angle(seen.knee_flexion[pose::index(pose::Side::left)]));
    right.push_back(angle(seen.knee_flexion[pose::index(pose::Side::right)]));
  };
  const auto judged = judge({level, false, chunks}, exercise, draw);
  if (!judged) return judged.error();
  return json{
      {"times_s", std::move(times)}, {"left", std::move(left)}, {"right", std::move(right)}};
}

std::string csv_number(const std::optional<exercise::Measured>& measured) {
  return measured ? fmt::format("{:.3f},{:.3f}", measured->value, measured->deviation()) : ",";
}

}  // namespace

const char* const kLengtheningWords =
    "Time in which the muscle at the front of a thigh was at least a tenth longer than with "
    "hip and knee straight, both legs together, by the geometry of one generic body. An "
    "illustration of where the stretch comes from, not a measurement of your muscles.";

std::string words_for(plan::Reason reason, const exercise::Definition& exercise) {
  const auto found = std::ranges::find(exercise.plan, name(reason), &exercise::Phrase::id);
  return found != exercise.plan.end() ? found->text : std::string(name(reason));
}

std::string persons_json(const std::vector<records::Person>& persons) {
  json all = json::array();
  for (const records::Person& each : persons) all.push_back(person_json(each));
  return text_of({{"persons", std::move(all)}});
}

std::string today_json(const Today& today, const exercise::Definition& exercise,
                       const plan::Rules& rules) {
  json settings = json::parse(today.person.settings, nullptr, false);
  if (!settings.is_object()) settings = json::object();
  return text_of({{"person", person_json(today.person)},
                  {"now", iso_text(today.now.instant, today.now.utc_offset_min)},
                  {"next", next_json(today.next, today.now, exercise)},
                  {"inform", today.inform},
                  {"ask_next_day", short_or_null(today.ask_next_day)},
                  {"resumable", short_or_null(today.resumable)},
                  {"comfort_before_last", or_null(today.comfort_before_last)},
                  {"not_today_from", static_cast<int>(rules.comfort_not_today.value)},
                  {"not_today_rise", static_cast<int>(rules.comfort_rise.value)},
                  {"weeks_in_a_row", today.weeks_in_a_row},
                  {"this_week", today.this_week},
                  {"teacher_level", or_null(today.person.teacher_level)},
                  {"settings", std::move(settings)}});
}

std::string progress_json(const Progress& progress, const plan::Rules& rules) {
  json practices = json::array();
  for (const Practice& each : progress.practices) practices.push_back(short_json(each));
  json weeks = json::array();
  for (const Week& each : progress.weeks) {
    weeks.push_back({{"monday", date_text(each.monday)}, {"practices", each.practices}});
  }
  return text_of(
      {{"person", person_json(progress.person)},
       {"practices", std::move(practices)},
       {"weeks", std::move(weeks)},
       {"practices_a_week", {kLeastAWeek, static_cast<int>(rules.practices_a_week.value)}},
       {"weeks_in_a_row", progress.weeks_in_a_row},
       {"changed", progress.changed},
       {"lengthening_minutes", rounded(progress.lengthening.value() / 60.0)},
       {"lengthening_words", kLengtheningWords}});
}

base::Result<std::string> practice_json(records::Repository& records, records::Id id,
                                        const exercise::Definition& exercise) {
  const auto practice = records.practice(id);
  if (!practice) return practice.error();
  const auto repetitions = records.repetitions(id);
  if (!repetitions) return repetitions.error();
  const auto judgements = records.judgements(id);
  if (!judgements) return judgements.error();
  const auto poses = records.poses(id);
  if (!poses) return poses.error();
  auto curve = curve_json(poses.value(), practice.value().level, exercise);
  if (!curve) return curve.error();
  json rows = json::array();
  for (const records::Repetition& each : repetitions.value()) {
    rows.push_back(repetition_json(each, exercise));
  }
  json judged = json::array();
  for (const auto& [judgement, counts] : judgements.value()) {
    judged.push_back({{"engine", judgement.engine},
                      {"settings", json::parse(judgement.settings, nullptr, false)},
                      {"made", iso_text(judgement.made, practice.value().utc_offset_min)},
                      {"left", counts.left},
                      {"right", counts.right},
                      {"unsure", counts.unsure},
                      {"kicks", counts.kicks},
                      {"clean", counts.clean}});
  }
  return text_of({{"practice", short_json(practice.value())},
                  {"repetitions", std::move(rows)},
                  {"curve", std::move(curve).value()},
                  {"judged", std::move(judged)}});
}

std::string practices_csv(const std::vector<Practice>& practices) {
  std::string text =
      "id,start,origin,level,wished,left,right,unsure,kicks,clean,ended_by,duration_s,"
      "comfort_before,comfort_after,next_day,knee_flexion_deg,knee_flexion_sd_deg,lowering_s,"
      "lowering_sd_s,hips_still_share,hips_still_sd\n";
  const auto number = [](const std::optional<int>& value) {
    return value ? std::to_string(*value) : std::string();
  };
  for (const Practice& p : practices) {
    const records::Correction told = told_counts(p);
    text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{:.3f},{},{},{},{},{},{}\n", p.id,
                        iso_text(p.start, p.utc_offset_min), name(p.origin), p.level, p.wished,
                        told.left, told.right, p.counts.unsure, p.counts.kicks, p.counts.clean,
                        p.ended_by ? name(*p.ended_by) : "open", p.duration.value(),
                        number(p.comfort.before), number(p.comfort.after),
                        name(p.comfort.next_day), csv_number(p.means.knee_flexion_deg),
                        csv_number(p.means.lowering_s), csv_number(p.means.hips_still_share));
  }
  return text;
}

std::string calendar_file(const Today& today, const exercise::Definition& exercise) {
  const records::Instant start = std::max(today.next.not_before, today.now.instant);
  const exercise::Level* level = exercise.level(today.next.level);
  // Lines end as RFC 5545 wants them, and stay under 75 bytes.
  return fmt::format(
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Matside//Matside//EN\r\nBEGIN:VEVENT\r\n"
      "UID:next-practice-{}@matside\r\nDTSTAMP:{}\r\nDTSTART:{}\r\nDURATION:PT{}M\r\n"
      "SUMMARY:Single-leg kick: level {}\\, {} each side\r\nDESCRIPTION:{}\r\n"
      "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Time for your mat\r\n"
      "TRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
      today.person.id, calendar_text(today.now.instant), calendar_text(start), kPracticeMinutes,
      today.next.level, today.next.repetitions, level != nullptr ? level->name : "");
}

std::string practice_calendar(const records::Practice& practice,
                              const exercise::Definition& exercise) {
  const exercise::Level* level = exercise.level(practice.level);
  const records::Correction told = told_counts(practice);
  const auto seconds = static_cast<std::int64_t>(std::ceil(practice.duration.value()));
  return fmt::format(
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Matside//Matside//EN\r\nBEGIN:VEVENT\r\n"
      "UID:practice-{}-{}@matside\r\nDTSTAMP:{}\r\nDTSTART:{}\r\nDURATION:PT{}S\r\n"
      "SUMMARY:{}: level {}\\, {} left\\, {} right\r\nDESCRIPTION:{}\r\n"
      "END:VEVENT\r\nEND:VCALENDAR\r\n",
      practice.person, practice.id, calendar_text(practice.start),
      calendar_text(practice.start), seconds, exercise.name, practice.level, told.left,
      told.right, level != nullptr ? level->name : "");
}

}  // namespace matside::records
