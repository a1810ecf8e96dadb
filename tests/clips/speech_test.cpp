// What is said, and when, in the practices of the clips: bodies that move at the times of each
// clip's truth. The recorded poses of the clips are in replay_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/clips/speech_transcript.h"
#include "tests/support/practice.h"

namespace matside::tests {
namespace {

using coaching::UtteranceForm;
using coaching::UtteranceKind;
using nlohmann::json;
using support::RepetitionPlan;
using support::Step;

constexpr double kSimulatorStart_s = 1.5;  // of the first step

std::vector<std::string> clip_names() {
  std::vector<std::string> names;
  for (const auto& entry :
       std::filesystem::directory_iterator(MATSIDE_SOURCE_DIR "/tests/data/clips")) {
    if (entry.path().extension() == ".mp4") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

json truth_of(const std::string& clip) {
  std::ifstream file(std::string(MATSIDE_SOURCE_DIR) + "/tests/data/clips/" + clip +
                     ".truth.json");
  return json::parse(file);
}

void add_fault(RepetitionPlan& plan, const std::string& fault) {
  if (fault == "hips_lift") plan.hip_rise_m = 0.05;
  if (fault == "thigh_lift") plan.thigh_lift_deg = 12.0;
  if (fault == "chest_sink") plan.chest_sink_deg = 12.0;
  if (fault == "head_drop") plan.head_drop_deg = 25.0;
  if (fault == "incomplete_lower") plan.stop_short_deg = 30.0;
}

RepetitionPlan plan_of(const json& truth) {
  const auto& beats = truth.at("beats");
  const double last_s = beats.back().at("t");
  RepetitionPlan plan;
  plan.side = truth.at("side") == "left" ? pose::Side::left : pose::Side::right;
  plan.kicks = static_cast<int>(beats.size());
  plan.peak_deg = beats.front().at("knee_command_deg");
  plan.bend_s = beats.front().at("t").get<double>() - truth.at("start").get<double>();
  if (plan.kicks > 1) plan.beat_s = last_s - beats.front().at("t").get<double>();
  plan.hold_s = truth.at("lowering_start").get<double>() - last_s;
  plan.lower_s = truth.at("end").get<double>() - truth.at("lowering_start").get<double>();
  for (const auto& fault : truth.at("faults")) add_fault(plan, fault.get<std::string>());
  return plan;
}

/// A body that moves at the times of the clip.
support::SimulatedSession perform_clip(const json& truth) {
  support::Practice practice;
  practice.level = truth.at("level");
  practice.rises_to_forearms = false;
  practice.fps = truth.at("fps");
  if (practice.level == 0) practice.trunk_incline_deg = 0.0;
  double now_s = kSimulatorStart_s;
  for (const auto& each : truth.at("repetitions")) {
    if (!practice.steps.empty()) practice.steps.back().repetition.gap_s = 0.0;
    const double rest_s = each.at("start").get<double>() - now_s;
    practice.steps.push_back(
        {.kind = Step::Kind::idle, .idle = support::Idle::still, .idle_s = rest_s});
    practice.steps.push_back({.kind = Step::Kind::repetition, .repetition = plan_of(each)});
    now_s = each.at("end").get<double>();
  }
  practice.steps.push_back(
      {.kind = Step::Kind::idle, .idle = support::Idle::still, .idle_s = 3.0});
  return support::perform(practice);
}

std::vector<PerformedRepetition> performed_by(const support::SimulatedSession& session,
                                              const json& truth) {
  std::vector<PerformedRepetition> performed;
  for (std::size_t i = 0; i < session.repetitions.size(); ++i) {
    const support::GroundTruthRepetition& each = session.repetitions[i];
    const auto& of_clip = truth.at("repetitions").at(i);
    const double held_s = of_clip.at("lowering_start").get<double>() -
                          of_clip.at("beats").back().at("t").get<double>();
    performed.push_back({std::string(each.side == pose::Side::left ? "left" : "right"),
                         each.start_s, each.kicks.back().time_s + 0.5 * held_s, each.end_s});
  }
  return performed;
}

std::ptrdiff_t said(const Transcript& transcript, UtteranceKind kind) {
  return std::ranges::count_if(transcript.lines, [&](const TranscriptLine& line) {
    return !line.unsaid && line.kind == kind;
  });
}

class SpeechOfClip : public ::testing::TestWithParam<std::string> {};

TEST_P(SpeechOfClip, ComesAtTheRightMoment) {
  const json truth = truth_of(GetParam());
  const support::SimulatedSession session = perform_clip(truth);
  const auto performed = performed_by(session, truth);
  const Transcript transcript = practise(session.frames, truth.at("level").get<int>(), 10);
  if (std::getenv("MATSIDE_TRANSCRIPTS") != nullptr) {
    std::printf("%s, speech %.0f %%\n%s\n", GetParam().c_str(),
                100.0 * speech_share(transcript), table(transcript).c_str());
  }
  EXPECT_EQ(violations(transcript, performed), "") << table(transcript);
  EXPECT_GE(static_cast<double>(said(transcript, UtteranceKind::count)),
            0.8 * static_cast<double>(performed.size()))
      << table(transcript);
}

INSTANTIATE_TEST_SUITE_P(All, SpeechOfClip, ::testing::ValuesIn(clip_names()),
                         [](const auto& clip) { return clip.param; });

}  // namespace
}  // namespace matside::tests
