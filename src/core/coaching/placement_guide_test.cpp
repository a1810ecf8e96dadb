#include "core/coaching/placement_guide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace matside::coaching {
namespace {

using base::Degrees;
using base::Seconds;
using engine::Moment;
using kinematics::Attitude;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Moment lying_well() {
  Moment moment;
  moment.person = true;
  moment.attitude = Attitude::lying;
  moment.framing.legs_seen = true;
  moment.settled = true;
  moment.camera_yaw = Degrees(3.0);
  moment.camera_pitch = Degrees(8.0);
  return moment;
}

Moment standing() {
  Moment moment;
  moment.person = true;
  moment.attitude = Attitude::upright;
  return moment;
}

struct Guided {
  PlacementGuide guide;
  std::vector<std::string> said;
  double now_s = 0.0;

  void see(Moment moment, double seconds, double brightness = 0.4) {
    for (const double until_s = now_s + seconds; now_s < until_s; now_s += 1.0 / 30.0) {
      moment.time = Seconds(now_s);
      if (const auto id = guide.see(moment, brightness)) said.emplace_back(*id);
    }
  }
};

TEST(PlacementGuide, FindsNothingToBetterInAGoodPlace) {
  Guided g;
  g.see(lying_well(), 0.9);
  EXPECT_FALSE(g.guide.done());
  g.see(lying_well(), 0.3);
  EXPECT_TRUE(g.guide.done());
  EXPECT_THAT(g.said, IsEmpty());
}

TEST(PlacementGuide, SaysEachThingThatStandsInTheWay) {
  const auto with = [](auto change) {
    Moment moment = lying_well();
    change(moment);
    return moment;
  };
  const std::vector<std::pair<Moment, std::string>> matters{
      {Moment{}, "not_seen"},
      {standing(), "lie_down"},
      {with([](Moment& m) { m.framing.cut_off = true; }), "guide_cut_off"},
      {with([](Moment& m) { m.camera_yaw = Degrees(-40.0); }), "guide_oblique"},
      {with([](Moment& m) { m.camera_pitch = Degrees(35.0); }), "guide_high"},
      {with([](Moment& m) { m.framing.small = true; }), "guide_small"},
      {with([](Moment& m) { m.framing.legs_seen = false; }), "legs_unseen"}};
  for (const auto& [moment, phrase] : matters) {
    Guided g;
    g.see(moment, 1.4);
    EXPECT_THAT(g.said, IsEmpty()) << "a moment is nothing: " << phrase;
    g.see(moment, 0.3);
    EXPECT_THAT(g.said, ElementsAre(phrase));
    EXPECT_FALSE(g.guide.done());
  }
}

TEST(PlacementGuide, BlamesTheLightOnlyWhereNobodyIsSeenWell) {
  Guided dark;
  dark.see(Moment{}, 2.0, 0.03);
  EXPECT_THAT(dark.said, ElementsAre("too_dark"));
  Guided dim;
  dim.see(lying_well(), 2.0, 0.03);
  EXPECT_THAT(dim.said, IsEmpty());
}

TEST(PlacementGuide, LeavesTimeToDoOneThingBeforeTheNext) {
  Guided g;
  Moment moment = lying_well();
  moment.framing.cut_off = true;
  g.see(moment, 2.0);
  moment = lying_well();
  moment.framing.small = true;
  g.see(moment, 5.0);
  EXPECT_THAT(g.said, ElementsAre("guide_cut_off"));
  g.see(moment, 3.0);
  EXPECT_THAT(g.said, ElementsAre("guide_cut_off", "guide_small"));
}

TEST(PlacementGuide, LetsBeWhatWasToldTwice) {
  Guided g;
  Moment moment = lying_well();
  moment.camera_pitch = Degrees(35.0);
  g.see(moment, 60.0);
  EXPECT_THAT(g.said, ElementsAre("guide_high", "guide_high"));
  EXPECT_TRUE(g.guide.done());
}

}  // namespace
}  // namespace matside::coaching
