// What a session says about bends of both legs and about feet outside the picture.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <variant>
#include <vector>

#include "core/engine/session.h"
#include "tests/support/exercise.h"
#include "tests/support/observed_body.h"
#include "tests/support/practice.h"

namespace matside::engine {
namespace {

using exercise::Repetition;
using exercise::RepetitionStatus;
using support::alternating;
using support::Practice;
using support::Step;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Analysis analysed(const std::vector<pose::PoseFrame>& frames) {
  auto session = Session::create(support::single_leg_kick(), 1);
  EXPECT_TRUE(session.ok());
  for (const pose::PoseFrame& frame : frames) session.value().push(frame);
  session.value().finish();
  return session.value().analysis();
}

std::vector<std::string> warning_ids(const Analysis& analysis) {
  std::vector<std::string> ids;
  for (const Warning& w : analysis.warnings) ids.push_back(w.id);
  return ids;
}

Practice practice(std::vector<Step> steps) {
  Practice p;
  p.noise_px = 0.8;
  p.steps = std::move(steps);
  return p;
}

Step idle(support::Idle kind, double length_s) {
  return {Step::Kind::idle, {}, kind, length_s};
}
Step still(double length_s) { return idle(support::Idle::still, length_s); }

// Both knees bend together, again and again.
std::vector<pose::PoseFrame> leg_curls(int times) {
  Practice p = practice({still(2.0 + 3.0 * times)});
  p.rises_to_forearms = false;
  auto frames = support::perform(p).frames;
  support::Posture posture = support::on_forearms();
  for (pose::PoseFrame& f : frames) {
    const double since_s = std::clamp(f.time.value() - 2.0, 0.0, 3.0 * times);
    const double bend_deg = 50.0 - 50.0 * std::cos(2.0 * std::numbers::pi * since_s / 3.0);
    posture.knee_flexion_deg = {bend_deg, 0.95 * bend_deg};
    f.pose = support::seen_by(p.camera, p.body, posture);
  }
  return frames;
}

TEST(SessionWarnings, says_that_both_legs_bent_together) {
  for (const int times : {1, 4}) {
    const Analysis a = analysed(leg_curls(times));
    EXPECT_THAT(a.repetitions, IsEmpty());
    EXPECT_THAT(warning_ids(a), ElementsAre("legs_together")) << times;
  }
}

TEST(SessionWarnings, says_at_once_that_both_legs_bend_together_again_and_again) {
  auto session = Session::create(support::single_leg_kick(), 1);
  std::vector<double> said_s;
  for (const pose::PoseFrame& frame : leg_curls(6)) {
    for (const Event& event : session.value().push(frame)) {
      const auto* warned = std::get_if<Warned>(&event);
      if (warned != nullptr && warned->warning.id == "legs_together")
        said_s.push_back(frame.time.value());
    }
  }
  ASSERT_THAT(said_s, SizeIs(1)) << "once";
  EXPECT_NEAR(said_s.front(), 2.0 + 3.0 * 3.0, 1.5) << "after the third";
}

TEST(SessionWarnings, does_not_mention_feet_that_sway_between_repetitions) {
  auto steps = alternating(2);
  steps.push_back(idle(support::Idle::both_feet, 4.0));
  for (const Step& step : alternating(2)) steps.push_back(step);
  EXPECT_THAT(warning_ids(analysed(support::perform(practice(steps)).frames)), IsEmpty());
}

// The picture's side with the feet is cut off, this far beyond the ankles at rest.
std::vector<pose::PoseFrame> cut(const support::SimulatedSession& performed, double beyond_px) {
  auto frames = performed.frames;
  double feet_px = 0.0;
  for (const auto ankle : {pose::Landmark::left_ankle, pose::Landmark::right_ankle}) {
    feet_px = std::max(feet_px, (*frames.front().pose)[ankle].position.x_px);
  }
  const double edge_px = feet_px + beyond_px;
  for (pose::PoseFrame& f : frames) {
    f.image_size.width_px -= static_cast<int>(edge_px);
    for (pose::Keypoint& k : f.pose->keypoints) k.position.x_px -= edge_px;
  }
  return frames;
}

TEST(SessionWarnings, judges_nothing_where_a_foot_is_outside_the_picture) {
  const auto performed = support::perform(practice(alternating(4)));
  const Analysis whole = analysed(cut(performed, -30.0));
  EXPECT_THAT(warning_ids(whole), IsEmpty());
  EXPECT_EQ(whole.counts.clean, 4);
  const Analysis a = analysed(cut(performed, 5.0));
  EXPECT_THAT(warning_ids(a), ElementsAre("feet_cut_off"));
  for (const Repetition& rep : a.repetitions) {
    EXPECT_EQ(rep.status, RepetitionStatus::unjudged);
    EXPECT_FALSE(rep.scored);
    EXPECT_THAT(rep.faults, IsEmpty());
    EXPECT_FALSE(rep.measures.transit_70_20_s);
  }
  EXPECT_THAT(a.set_faults, IsEmpty());
}

TEST(SessionWarnings, counts_no_kick_of_a_foot_that_was_never_seen) {
  auto frames = support::perform(practice(alternating(2))).frames;
  for (pose::PoseFrame& f : frames) {
    for (const auto ankle : {pose::Landmark::left_ankle, pose::Landmark::right_ankle}) {
      (*f.pose)[ankle].score = 0.3;
    }
    // The picture ends at the knees.
    const double knee_px = (*f.pose)[pose::Landmark::left_knee].position.x_px;
    f.image_size = {static_cast<int>(640.0 - knee_px), 360};
    for (pose::Keypoint& k : f.pose->keypoints) k.position.x_px -= knee_px;
  }
  const Analysis a = analysed(frames);
  EXPECT_THAT(a.repetitions, IsEmpty());
  EXPECT_THAT(warning_ids(a), ElementsAre("feet_cut_off"))
      << "not that no bend was deep enough";
}

}  // namespace
}  // namespace matside::engine
