#include "tests/clips/speech_transcript.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "formats/catalog/catalog.h"
#include "tests/support/exercise.h"

namespace matside::tests {
namespace {

using coaching::UtteranceKind;

constexpr double kCountWithin_s = 0.4;
// Over the last tenth of a smooth lowering the knee moves by a degree: the foot is back.
constexpr double kBackShare = 0.1;
constexpr double kLoweringShare = 1.0 / 3.0;
constexpr double kShareMax = 0.4;
// Speech at the very end may concern a repetition that the clip doesn't show whole.
constexpr double kEdge_s = 0.4;

bool is_lowering(const TranscriptLine& line) {
  return line.id.find("lower") != std::string::npos;
}

bool matters_most(UtteranceKind kind) {
  return kind == UtteranceKind::safety || kind == UtteranceKind::instruction;
}

std::string described(const TranscriptLine& line, const std::string& what) {
  char text[200];
  std::snprintf(text, sizeof text, "%7.2f %s: %s\n", line.start_s, line.id.c_str(),
                what.c_str());
  return text;
}

std::string violation(const TranscriptLine& line,
                      const std::vector<PerformedRepetition>& performed) {
  if (line.unsaid) {
    const bool dropped =
        matters_most(line.kind) && *line.unsaid != coaching::UnsaidReason::repeated;
    return dropped ? described(line, "dropped: " + std::string(name(*line.unsaid))) : "";
  }
  const auto during = std::ranges::find_if(performed, [&](const PerformedRepetition& each) {
    return line.start_s >= each.start_s && line.start_s < each.end_s - kEdge_s;
  });
  if (line.kind == UtteranceKind::side && during != performed.end())
    return described(line, "the bend had begun");
  if (line.kind == UtteranceKind::kick && is_lowering(line) && during != performed.end()) {
    const double share =
        (line.start_s - during->lowering_start_s) / (during->end_s - during->lowering_start_s);
    if (share >= kLoweringShare)
      return described(line, "began after " + std::to_string(share) + " of the lowering");
  }
  const bool on_time = std::ranges::any_of(performed, [&](const PerformedRepetition& each) {
    const double back_s = each.end_s - kBackShare * (each.end_s - each.lowering_start_s);
    return line.start_s >= back_s - kCountWithin_s &&
           line.start_s <= each.end_s + kCountWithin_s;
  });
  if (line.kind == UtteranceKind::count && !on_time)
    return described(line, "not at the foot's return");
  return "";
}

}  // namespace

const exercise::Definition& exercise_with_voice() {
  static const exercise::Definition kDefinition = [] {
    exercise::Definition definition = support::single_leg_kick();
    auto clips =
        catalog::load_clip_lengths(MATSIDE_BINARY_DIR "/share/matside/web/voice/voice.json");
    if (!clips || clips.value().empty()) {
      std::fprintf(stderr, "the voice is not built: build matside_page\n");
      std::abort();
    }
    definition.clips = std::move(clips).value();
    return definition;
  }();
  return kDefinition;
}

Transcript practise(const std::vector<pose::PoseFrame>& frames, int level, int repetitions) {
  auto lesson = coaching::Lesson::create(exercise_with_voice(),
                                         {.level = level, .repetitions = repetitions})
                    .value();
  Transcript transcript;
  double now_s = 0.0;
  const auto note = [&](std::span<const coaching::LessonEvent> events) {
    for (const coaching::LessonEvent& event : events) {
      if (const auto* say = std::get_if<coaching::Speak>(&event)) {
        if (say->interrupts) {
          const auto last =
              std::ranges::find_if(transcript.lines.rbegin(), transcript.lines.rend(),
                                   [](const TranscriptLine& line) { return !line.unsaid; });
          if (last != transcript.lines.rend()) last->end_s = say->start.value();
        }
        transcript.lines.push_back({say->id,
                                    say->text,
                                    say->kind,
                                    say->form,
                                    say->due.value(),
                                    say->start.value(),
                                    (say->start + say->length).value(),
                                    {}});
      } else if (const auto* unsaid = std::get_if<coaching::Unsaid>(&event)) {
        transcript.lines.push_back({unsaid->id, unsaid->text, unsaid->kind,
                                    coaching::UtteranceForm::long_form, unsaid->due.value(),
                                    unsaid->at.value(), unsaid->at.value(), unsaid->reason});
      } else if (const auto* stage = std::get_if<coaching::StageChanged>(&event)) {
        const bool practising = stage->stage == coaching::Stage::practising;
        if (practising && !transcript.practising_from_s) transcript.practising_from_s = now_s;
        if (stage->stage == coaching::Stage::easing_out) transcript.practising_to_s = now_s;
      }
    }
  };
  note(lesson.begin());
  for (const pose::PoseFrame& frame : frames) {
    now_s = frame.time.value();
    note(lesson.push(frame));
  }
  if (!transcript.practising_to_s) transcript.practising_to_s = now_s;
  return transcript;
}

std::vector<PerformedRepetition> performed_in(const std::string& clip) {
  std::ifstream file(std::string(MATSIDE_SOURCE_DIR) + "/tests/data/clips/" + clip +
                     ".truth.json");
  const nlohmann::json truth = nlohmann::json::parse(file);
  std::vector<PerformedRepetition> performed;
  for (const auto& each : truth.at("repetitions")) {
    performed.push_back(
        {each.at("side"), each.at("start"), each.at("lowering_start"), each.at("end")});
  }
  return performed;
}

double speech_share(const Transcript& transcript) {
  if (!transcript.practising_from_s) return 0.0;
  const double from_s = *transcript.practising_from_s;
  const double to_s = *transcript.practising_to_s;
  double said_s = 0.0;
  for (const TranscriptLine& line : transcript.lines) {
    if (line.unsaid) continue;
    said_s += std::max(0.0, std::min(line.end_s, to_s) - std::max(line.start_s, from_s));
  }
  return to_s > from_s ? said_s / (to_s - from_s) : 0.0;
}

std::string violations(const Transcript& transcript,
                       const std::vector<PerformedRepetition>& performed) {
  std::string found;
  for (const TranscriptLine& line : transcript.lines) found += violation(line, performed);
  const double share = speech_share(transcript);
  if (share > kShareMax) found += "speech for a share of " + std::to_string(share) + "\n";
  return found;
}

std::string table(const Transcript& transcript) {
  std::string text;
  for (const TranscriptLine& line : transcript.lines) {
    char row[300];
    const std::string dropped = line.unsaid ? std::string(name(*line.unsaid)) : "";
    std::snprintf(row, sizeof row, "| %.2f | %.2f | %.2f | %s | %s | %s | %s |\n", line.due_s,
                  line.start_s, line.end_s, std::string(name(line.kind)).c_str(),
                  std::string(name(line.form)).c_str(), line.text.c_str(), dropped.c_str());
    text += row;
  }
  return text;
}

}  // namespace matside::tests
