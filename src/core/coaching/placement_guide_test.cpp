#include "core/coaching/placement_guide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/exercise.h"

namespace matside::coaching {
namespace {

using base::Degrees;
using base::Seconds;
using engine::FrameState;
using kinematics::BodyPosture;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

FrameState lying_well() {
  FrameState frame_state;
  frame_state.person = true;
  frame_state.posture = BodyPosture::lying;
  frame_state.framing.legs_seen = true;
  frame_state.settled = true;
  frame_state.camera_yaw = Degrees(3.0);
  frame_state.camera_pitch = Degrees(8.0);
  return frame_state;
}

FrameState standing() {
  FrameState frame_state;
  frame_state.person = true;
  frame_state.posture = BodyPosture::upright;
  return frame_state;
}

struct Guided {
  PlacementGuide guide{support::single_leg_kick().placement, support::single_leg_kick().camera};
  std::vector<std::string> said;
  double now_s = 0.0;

  void observe(FrameState frame_state, double seconds, double brightness = 0.4) {
    for (const double until_s = now_s + seconds; now_s < until_s; now_s += 1.0 / 30.0) {
      frame_state.time = Seconds(now_s);
      if (const auto id = guide.observe(frame_state, brightness)) said.emplace_back(*id);
    }
  }
};

TEST(PlacementGuide, FindsNothingToImproveInAGoodPlace) {
  Guided g;
  g.observe(lying_well(), 0.9);
  EXPECT_FALSE(g.guide.done());
  g.observe(lying_well(), 0.3);
  EXPECT_TRUE(g.guide.done());
  EXPECT_THAT(g.said, IsEmpty());
}

TEST(PlacementGuide, NamesEachProblem) {
  const auto with = [](auto change) {
    FrameState frame_state = lying_well();
    change(frame_state);
    return frame_state;
  };
  const std::vector<std::pair<FrameState, std::string>> matters{
      {FrameState{}, "not_seen"},
      {standing(), "lie_down"},
      {with([](FrameState& m) { m.framing.cut_off = true; }), "guide_cut_off"},
      {with([](FrameState& m) { m.camera_yaw = Degrees(-40.0); }), "guide_oblique"},
      {with([](FrameState& m) { m.camera_pitch = Degrees(35.0); }), "guide_high"},
      {with([](FrameState& m) { m.framing.small = true; }), "guide_small"},
      {with([](FrameState& m) { m.framing.legs_seen = false; }), "legs_unseen"}};
  for (const auto& [frame_state, phrase] : matters) {
    Guided g;
    g.observe(frame_state, 1.4);
    EXPECT_THAT(g.said, IsEmpty()) << "a brief change must be ignored: " << phrase;
    g.observe(frame_state, 0.3);
    EXPECT_THAT(g.said, ElementsAre(phrase));
    EXPECT_FALSE(g.guide.done());
  }
}

TEST(PlacementGuide, BlamesTheLightOnlyWhereNobodyIsSeenWell) {
  Guided dark;
  dark.observe(FrameState{}, 2.0, 0.03);
  EXPECT_THAT(dark.said, ElementsAre("too_dark"));
  Guided dim;
  dim.observe(lying_well(), 2.0, 0.03);
  EXPECT_THAT(dim.said, IsEmpty());
}

TEST(PlacementGuide, LeavesTimeToDoOneThingBeforeTheNext) {
  Guided g;
  FrameState frame_state = lying_well();
  frame_state.framing.cut_off = true;
  g.observe(frame_state, 2.0);
  frame_state = lying_well();
  frame_state.framing.small = true;
  g.observe(frame_state, 5.0);
  EXPECT_THAT(g.said, ElementsAre("guide_cut_off"));
  g.observe(frame_state, 3.0);
  EXPECT_THAT(g.said, ElementsAre("guide_cut_off", "guide_small"));
}

TEST(PlacementGuide, DropsAHintGivenTwiceWithoutEffect) {
  Guided g;
  FrameState frame_state = lying_well();
  frame_state.camera_pitch = Degrees(35.0);
  g.observe(frame_state, 60.0);
  EXPECT_THAT(g.said, ElementsAre("guide_high", "guide_high"));
  EXPECT_TRUE(g.guide.done());
}

}  // namespace
}  // namespace matside::coaching
