#include "protocol/server_messages.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <variant>

#include "core/coaching/practice_feedback.h"
#include "formats/json_number.h"

namespace matside::protocol {
namespace {

using exercise::Definition;
using nlohmann::ordered_json;

std::string_view name(FailureKind kind) {
  switch (kind) {
    case FailureKind::busy:
      return "busy";
    case FailureKind::bad_message:
      return "bad_message";
    case FailureKind::bad_frame:
      return "bad_frame";
    case FailureKind::too_many:
      return "too_many";
    case FailureKind::broken:
      break;
  }
  return "broken";
}

std::string text_of(const ordered_json& message) {
  return message.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

double degrees(base::Degrees angle) { return formats::rounded(angle.value(), 0.1); }
double seconds(base::Seconds time) { return formats::rounded(time.value(), 0.001); }

/// When the kicks were, or the peaks of a cycle: those of one leg where both legs have them.
ordered_json kick_times(const exercise::Repetition& repetition) {
  ordered_json times = ordered_json::array();
  for (const exercise::Kick& kick : repetition.kicks) times.push_back(seconds(kick.time));
  for (const exercise::Peak& peak : repetition.peaks) {
    if (!peak.leg || peak.leg == repetition.peaks.front().leg)
      times.push_back(seconds(peak.time));
  }
  return times;
}

ordered_json to_json(const engine::RepetitionFinished& event, const Definition& exercise) {
  const exercise::Repetition& repetition = event.repetition;
  ordered_json faults = ordered_json::array();
  ordered_json fault_names = ordered_json::array();
  for (const exercise::DetectedFault& fault : repetition.faults) {
    faults.push_back(fault.id);
    const exercise::FaultText* words = exercise.words_for(fault.id);
    fault_names.push_back(words == nullptr ? fault.id : words->name);
  }
  const auto& bend = repetition.measures.greatest_bend_deg;
  const auto& lowering = repetition.measures.lowering_s;
  return {{"type", "repetition"},
          {"index", repetition.index},
          {"side", name(repetition.side)},
          {"status", name(repetition.status)},
          {"kicks", exercise::kick_count(repetition)},
          {"kick_times_s", kick_times(repetition)},
          {"knee_flexion_deg",
           bend ? ordered_json(degrees(base::Degrees(bend->value))) : ordered_json()},
          {"start_s", seconds(repetition.start)},
          {"end_s", seconds(repetition.end)},
          {"lowering_s",
           lowering ? ordered_json(seconds(base::Seconds(lowering->value))) : ordered_json()},
          {"faults", std::move(faults)},
          {"fault_names", std::move(fault_names)},
          {"cue", repetition.faults.empty() ? "" : repetition.faults.front().cue}};
}

ordered_json to_json(const engine::SetFaultSeen& event, const Definition& exercise) {
  const exercise::FaultText* words = exercise.words_for(event.fault.id);
  return {{"type", "set_fault"},
          {"id", event.fault.id},
          {"cue", words == nullptr ? "" : words->cue}};
}

ordered_json to_json(const engine::Warned& event, const Definition& /*exercise*/) {
  return {{"type", "warning"}, {"id", event.warning.id}, {"message", event.warning.message}};
}

ordered_json to_json(const coaching::StageChanged& event, const Definition& /*exercise*/) {
  return {{"type", "stage"}, {"stage", name(event.stage)}};
}

ordered_json to_json(const coaching::MovementChanged& event, const Definition& /*exercise*/) {
  return {{"type", "movement"},
          {"phase", name(event.phase)},
          {"side", name(event.side)},
          {"time_s", seconds(event.time)}};
}

ordered_json to_json(const coaching::KickSeen& event, const Definition& /*exercise*/) {
  return {{"type", "kick"},
          {"number", event.number},
          {"side", name(event.side)},
          {"time_s", seconds(event.time)}};
}

ordered_json to_json(const coaching::CountsChanged& event, const Definition& /*exercise*/) {
  const engine::RepetitionCounts& counts = event.counts;
  return {{"type", "counts"},        {"left", counts.left}, {"right", counts.right},
          {"unsure", counts.unsure}, {"both", counts.both}, {"kicks", counts.kicks},
          {"clean", counts.clean}};
}

ordered_json to_json(const coaching::Speak& say, const Definition& /*exercise*/) {
  return {{"type", "say"},
          {"id", say.id},
          {"text", say.text},
          {"kind", name(say.kind)},
          {"form", name(say.form)},
          {"due_s", seconds(say.due)},
          {"start_s", seconds(say.start)},
          {"wait_s", say.wait_max ? ordered_json(seconds(*say.wait_max)) : ordered_json()},
          {"interrupts", say.interrupts}};
}

ordered_json to_json(const coaching::Unsaid& unsaid, const Definition& /*exercise*/) {
  return {{"type", "unsaid"},
          {"id", unsaid.id},
          {"text", unsaid.text},
          {"kind", name(unsaid.kind)},
          {"due_s", seconds(unsaid.due)},
          {"reason", name(unsaid.reason)}};
}

// The audio guide leaves each sentence the time that it needs; a slower voice may take longer.
constexpr base::Seconds kAudioGuideWait(2.0);

coaching::Speak as_written(const coaching::AudioGuideItem& item) {
  coaching::Speak say;
  say.due = say.start = item.at;
  say.wait_max = kAudioGuideWait;
  if (!item.say) return say;
  say.id = item.say->id;
  say.text = item.say->text;
  say.kind = item.say->kind;
  return say;
}

ordered_json to_json(const coaching::ComfortAsked& event, const Definition& /*exercise*/) {
  return {{"type", "comfort_asked"}, {"must_answer", event.must_answer}};
}

ordered_json curve_of(const std::deque<practice::KneeSample>& samples) {
  ordered_json times = ordered_json::array();
  std::array<ordered_json, 2> knees{ordered_json::array(), ordered_json::array()};
  for (const practice::KneeSample& sample : samples) {
    times.push_back(seconds(sample.time));
    for (std::size_t side = 0; side < knees.size(); ++side) {
      const auto& bend = sample.bend[side];
      knees[side].push_back(bend ? ordered_json(degrees(*bend)) : ordered_json());
    }
  }
  return {{"times_s", std::move(times)},
          {"left", std::move(knees[0])},
          {"right", std::move(knees[1])}};
}

}  // namespace

std::string ready_message(const exercise::Level& level, int repetitions,
                          std::optional<std::int64_t> practice, base::Seconds begin_time) {
  return text_of({{"type", "ready"},
                  {"level", level.number},
                  {"level_name", level.name},
                  {"repetitions", repetitions},
                  {"practice", practice ? ordered_json(*practice) : ordered_json(nullptr)},
                  {"begin_s", seconds(begin_time)}});
}

std::string script_message(const std::vector<coaching::AudioGuideItem>& items) {
  ordered_json list = ordered_json::array();
  for (const coaching::AudioGuideItem& item : items) {
    list.push_back({{"at_s", seconds(item.at)},
                    {"say", to_json(as_written(item), Definition{})},
                    {"sound", name(item.sound)},
                    {"left", item.left},
                    {"right", item.right}});
  }
  return text_of({{"type", "script"}, {"items", std::move(list)}});
}

std::string frame_dropped_message(std::uint32_t index) {
  return text_of({{"type", "frame_done"},
                  {"index", index},
                  {"dropped", true},
                  {"person", false},
                  {"points", ordered_json::array()},
                  {"knee_flexion", {nullptr, nullptr}}});
}

std::string frame_done_message(std::uint32_t index, const pose::PoseFrame& seen,
                               const engine::FrameState& frame_state) {
  ordered_json points = ordered_json::array();
  if (seen.pose) {
    for (const pose::Keypoint& k : seen.pose->keypoints) {
      points.push_back(formats::rounded(k.position.x_px / seen.image_size.width_px, 1e-4));
      points.push_back(formats::rounded(k.position.y_px / seen.image_size.height_px, 1e-4));
      points.push_back(formats::rounded(k.score, 1e-2));
    }
  }
  ordered_json knees = ordered_json::array();
  for (const auto& flexion : frame_state.knee_bend) {
    knees.push_back(flexion ? ordered_json(degrees(*flexion)) : ordered_json());
  }
  return text_of({{"type", "frame_done"},
                  {"index", index},
                  {"dropped", false},
                  {"person", seen.pose.has_value()},
                  {"points", std::move(points)},
                  {"knee_flexion", std::move(knees)}});
}

std::string event_message(const coaching::LessonEvent& event, const Definition& exercise) {
  return text_of(std::visit([&](const auto& each) { return to_json(each, exercise); }, event));
}

std::string exercise_message(const BeginningExercise& begins) {
  const Definition& exercise = *begins.exercise;
  const exercise::Level& level = *exercise.level(begins.request->level);
  return text_of(
      {{"type", "exercise"},
       {"id", exercise.id},
       {"name", exercise.name},
       {"number", begins.number},
       {"of", begins.of},
       {"level", level.number},
       {"level_name", level.name},
       {"repetitions", begins.request->repetitions},
       {"by_side", exercise.by_side()},
       {"peaks", level.kicks},
       {"practice", begins.practice ? ordered_json(*begins.practice) : ordered_json(nullptr)},
       {"begin_s", seconds(begins.begin)}});
}

namespace {

ordered_json to_json(const PracticeSummary& summary, const Definition& exercise) {
  ordered_json repetitions = ordered_json::array();
  for (const exercise::Repetition& repetition : summary.analysis.repetitions) {
    repetitions.push_back(to_json(engine::RepetitionFinished{repetition}, exercise));
  }
  std::vector<std::string> praise{coaching::phrase_text(exercise, "keep_practising")};
  std::vector<std::string> advice;
  if (!summary.self_reported) {
    praise = coaching::praise(summary.analysis, exercise);
    advice = coaching::advice(summary.analysis, exercise);
  }
  return {
      {"type", "summary"},
      {"frames", summary.frames},
      {"ended_by", name(summary.by)},
      {"self_reported", summary.self_reported},
      {"praise", std::move(praise)},
      {"advice", std::move(advice)},
      {"repetitions", std::move(repetitions)},
      {"curve", curve_of(summary.curve)},
      {"practice", summary.practice ? ordered_json(*summary.practice) : ordered_json(nullptr)}};
}

}  // namespace

std::string summary_message(const PracticeSummary& summary, const Definition& exercise) {
  return text_of(to_json(summary, exercise));
}

std::string exercise_done_message(const PracticeSummary& summary, const Definition& exercise) {
  return text_of({{"type", "exercise_done"},
                  {"id", exercise.id},
                  {"summary", to_json(summary, exercise)}});
}

std::string failure_message(FailureKind kind, std::string_view message) {
  return text_of({{"type", "failure"}, {"id", name(kind)}, {"message", message}});
}

}  // namespace matside::protocol
