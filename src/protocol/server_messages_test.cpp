#include "protocol/server_messages.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/exercise.h"

namespace matside::protocol {
namespace {

using nlohmann::json;

exercise::Repetition repetition() {
  exercise::Repetition repetition;
  repetition.index = 3;
  repetition.side = exercise::KickingSide::left;
  repetition.start = base::Seconds(1.00049);
  repetition.end = base::Seconds(4.0);
  for (const double angle_deg : {80.04, 95.26}) {
    exercise::Kick kick;
    kick.time = base::Seconds(2.0);
    kick.knee_flexion = base::Degrees(angle_deg);
    repetition.kicks.push_back(kick);
  }
  repetition.measures.greatest_bend_deg = {95.26, 1.0, 4.0};
  repetition.lowering = base::Seconds(0.4);
  return repetition;
}

json event(const coaching::LessonEvent& event) {
  return json::parse(event_message(event, support::single_leg_kick()));
}

TEST(ServerMessages, ready_names_the_level_and_the_saved_practice) {
  const exercise::Level& level = *support::single_leg_kick().level(1);
  const json saved = json::parse(ready_message(level, 8, 12));
  EXPECT_EQ(saved["type"], "ready");
  EXPECT_EQ(saved["level"], 1);
  EXPECT_EQ(saved["level_name"], level.name);
  EXPECT_EQ(saved["repetitions"], 8);
  EXPECT_EQ(saved["practice"], 12);
  EXPECT_EQ(saved["begin_s"], 0.0);
  EXPECT_EQ(json::parse(ready_message(level, 8, 12, base::Seconds(61.5)))["begin_s"], 61.5);
  EXPECT_EQ(json::parse(ready_message(level, 8, std::nullopt))["practice"], nullptr);
}

TEST(ServerMessages, a_repetition_rounds_angles_to_tenths_and_times_to_milliseconds) {
  const json message = event(engine::RepetitionFinished{repetition()});
  EXPECT_EQ(message["type"], "repetition");
  EXPECT_EQ(message["index"], 3);
  EXPECT_EQ(message["side"], "left");
  EXPECT_EQ(message["kicks"], 2);
  EXPECT_DOUBLE_EQ(message["knee_flexion_deg"].get<double>(), 95.3);
  EXPECT_DOUBLE_EQ(message["start_s"].get<double>(), 1.0);
  EXPECT_EQ(message["lowering_s"], nullptr) << "not as measured";
  EXPECT_EQ(message["faults"], json::array());
  EXPECT_EQ(message["cue"], "");
}

TEST(ServerMessages, a_repetition_has_its_bend_and_lowering_as_measured_or_not_at_all) {
  exercise::Repetition measured = repetition();
  measured.measures.lowering_s = {1.2345, 0.1, 0.0};
  EXPECT_DOUBLE_EQ(event(engine::RepetitionFinished{measured})["lowering_s"].get<double>(),
                   1.235);
  measured.measures = {};
  const json message = event(engine::RepetitionFinished{measured});
  EXPECT_EQ(message["knee_flexion_deg"], nullptr);
  EXPECT_EQ(message["lowering_s"], nullptr);
}

TEST(ServerMessages, a_fault_carries_its_cue_and_an_unknown_one_none) {
  engine::SetFaultSeen seen;
  seen.fault.id = "hips_lift";
  const exercise::FaultText* words = support::single_leg_kick().words_for("hips_lift");
  ASSERT_NE(words, nullptr);
  EXPECT_EQ(event(seen)["cue"], words->cue);
  seen.fault.id = "unheard_of";
  EXPECT_EQ(event(seen)["cue"], "");
}

TEST(ServerMessages, events_keep_their_types) {
  EXPECT_EQ(event(coaching::StageChanged{})["type"], "stage");
  EXPECT_EQ(event(coaching::MovementChanged{})["type"], "movement");
  EXPECT_EQ(event(coaching::KickSeen{})["type"], "kick");
  EXPECT_EQ(event(coaching::CountsChanged{})["type"], "counts");
  EXPECT_EQ(event(coaching::Speak{})["type"], "say");
  EXPECT_EQ(event(coaching::ComfortAsked{})["must_answer"], true);
  const json warning = event(engine::Warned{{"not_kept", "The disk is full."}});
  EXPECT_EQ(warning["type"], "warning");
  EXPECT_EQ(warning["id"], "not_kept");
  EXPECT_EQ(warning["message"], "The disk is full.");
}

TEST(ServerMessages, a_frame_has_landmarks_as_shares_of_its_picture) {
  pose::PoseFrame frame;
  frame.image_size = {640, 360};
  frame.pose.emplace();
  for (auto& keypoint : frame.pose->keypoints) keypoint = {{160.0, 90.0}, 0.876};
  engine::FrameState state;
  state.knee_bend[0] = base::Degrees(12.34);
  const json done = json::parse(frame_done_message(5, frame, state));
  EXPECT_EQ(done["type"], "frame_done");
  EXPECT_EQ(done["index"], 5);
  EXPECT_EQ(done["dropped"], false);
  EXPECT_EQ(done["person"], true);
  ASSERT_EQ(done["points"].size(), 99U);
  EXPECT_EQ(done["points"][0], 0.25);
  EXPECT_EQ(done["points"][1], 0.25);
  EXPECT_DOUBLE_EQ(done["points"][2].get<double>(), 0.88);
  EXPECT_DOUBLE_EQ(done["knee_flexion"][0].get<double>(), 12.3);
  EXPECT_EQ(done["knee_flexion"][1], nullptr);
}

TEST(ServerMessages, a_frame_without_a_person_and_a_dropped_one_have_no_landmarks) {
  pose::PoseFrame frame;
  frame.image_size = {640, 360};
  const json empty = json::parse(frame_done_message(5, frame, {}));
  EXPECT_EQ(empty["person"], false);
  EXPECT_EQ(empty["points"], json::array());
  const json dropped = json::parse(frame_dropped_message(6));
  EXPECT_EQ(dropped["index"], 6);
  EXPECT_EQ(dropped["dropped"], true);
  EXPECT_EQ(dropped["knee_flexion"], json::parse("[null,null]"));
}

TEST(ServerMessages, a_summary_has_the_repetitions_and_the_knee_curve) {
  PracticeSummary summary;
  summary.frames = 30;
  summary.by = coaching::EndReason::goal;
  summary.analysis.repetitions = {repetition()};
  summary.curve.push_back({base::Seconds(0.06), {base::Degrees(10.0), std::nullopt}});
  summary.practice = 4;
  const json message = json::parse(summary_message(summary, support::single_leg_kick()));
  EXPECT_EQ(message["type"], "summary");
  EXPECT_EQ(message["frames"], 30);
  EXPECT_EQ(message["ended_by"], "goal");
  EXPECT_EQ(message["self_reported"], false);
  EXPECT_EQ(message["repetitions"].size(), 1U);
  EXPECT_EQ(message["curve"]["left"], json::parse("[10.0]"));
  EXPECT_EQ(message["curve"]["right"], json::parse("[null]"));
  EXPECT_EQ(message["practice"], 4);
  EXPECT_FALSE(message["praise"].empty());
}

TEST(ServerMessages, a_self_reported_summary_gives_no_advice) {
  PracticeSummary summary;
  summary.self_reported = true;
  const json message = json::parse(summary_message(summary, support::single_leg_kick()));
  EXPECT_EQ(message["self_reported"], true);
  EXPECT_EQ(message["advice"], json::array());
  EXPECT_EQ(message["praise"].size(), 1U);
  EXPECT_EQ(message["practice"], nullptr);
}

TEST(ServerMessages, a_failure_carries_its_kind_and_any_text) {
  const auto id = [](FailureKind kind) {
    return json::parse(failure_message(kind, "x"))["id"].get<std::string>();
  };
  EXPECT_EQ(id(FailureKind::busy), "busy");
  EXPECT_EQ(id(FailureKind::bad_message), "bad_message");
  EXPECT_EQ(id(FailureKind::bad_frame), "bad_frame");
  EXPECT_EQ(id(FailureKind::too_many), "too_many");
  EXPECT_EQ(id(FailureKind::broken), "broken");
  EXPECT_EQ(json::parse(failure_message(FailureKind::broken, "\xff"))["message"],
            "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace matside::protocol
