#include "core/engine/feet_monitor.h"

#include <gtest/gtest.h>

#include "tests/support/exercise.h"
#include "tests/support/observed_body.h"

namespace matside::engine {
namespace {

using base::Seconds;
using exercise::KickingSide;
using exercise::Repetition;
using pose::Landmark;
using pose::PoseFrame;
using pose::Side;

const exercise::CameraRules& rules() { return support::single_leg_kick().camera; }

PoseFrame inside() { return support::pictured(support::on_forearms()); }

PoseFrame with_ankle(Side side, double x_px, double score) {
  PoseFrame frame = inside();
  pose::Keypoint& ankle = (*frame.pose)[pose::on_side(Landmark::left_ankle, side)];
  ankle.position.x_px = x_px;
  ankle.score = score;
  return frame;
}

PoseFrame beyond_the_edge(Side side = Side::left) { return with_ankle(side, -5.0, 0.95); }

// Cut between knee and ankle: the network puts the ankle inside, with a low score.
PoseFrame guessed_inside() {
  PoseFrame frame = with_ankle(Side::left, 20.0, 0.4);
  const double knee_px = (*frame.pose)[Landmark::left_knee].position.x_px;
  for (pose::Keypoint& k : frame.pose->keypoints) k.position.x_px -= knee_px - 30.0;
  (*frame.pose)[Landmark::left_ankle].position.x_px = 20.0;
  return frame;
}

/// Frames before the monitor, 30 a second.
class Watched {
 public:
  /// @returns how often it said that a foot is cut off
  int see(PoseFrame frame, double for_s) {
    int said = 0;
    for (int i = 0; i < static_cast<int>(for_s * 30.0 + 0.5); ++i) {
      frame.time = Seconds(now_s_);
      now_s_ += 1.0 / 30.0;
      said += monitor.observe(frame, *kinematics::measure(frame, support::kObservedMinScore));
    }
    return said;
  }

  FeetMonitor monitor{rules()};

 private:
  double now_s_ = 0.0;
};

Repetition repetition(double start_s, double kick_s, double end_s,
                      KickingSide side = KickingSide::left) {
  Repetition rep;
  rep.start = Seconds(start_s);
  rep.end = Seconds(end_s);
  rep.side = side;
  rep.kicks = {{Seconds(kick_s), base::Degrees(100.0)}};
  return rep;
}

TEST(FeetMonitor, reports_an_ankle_outside_once_it_was_for_a_second) {
  Watched watched;
  EXPECT_EQ(watched.see(inside(), 5.0), 0);
  EXPECT_EQ(watched.see(beyond_the_edge(), 0.9), 0);
  EXPECT_FALSE(watched.monitor.cut_off());
  EXPECT_EQ(watched.see(beyond_the_edge(), 3.0), 1);
  EXPECT_TRUE(watched.monitor.cut_off());
}

TEST(FeetMonitor, counts_on_where_one_frame_has_the_ankle_inside) {
  Watched watched;
  int said = 0;
  for (int i = 0; i < 15; ++i)
    said += watched.see(beyond_the_edge(), 0.1) + watched.see(inside(), 0.1);
  EXPECT_EQ(said, 1);
  Watched often;
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(often.see(beyond_the_edge(), 0.8) + often.see(inside(), 0.5), 0);
}

TEST(FeetMonitor, takes_a_low_score_for_outside_only_near_an_edge) {
  Watched near_edge;
  EXPECT_EQ(near_edge.see(guessed_inside(), 2.0), 1);
  Watched hidden;
  PoseFrame behind_the_other = inside();
  (*behind_the_other.pose)[Landmark::left_ankle].score = 0.4;
  behind_the_other.image_size = {800, 500};
  const base::ImagePoint knee = (*behind_the_other.pose)[Landmark::left_knee].position;
  for (pose::Keypoint& k : behind_the_other.pose->keypoints) {
    k.position.x_px += 400.0 - knee.x_px;
    k.position.y_px += 250.0 - knee.y_px;
  }
  EXPECT_EQ(hidden.see(behind_the_other, 2.0), 0);
}

TEST(FeetMonitor, ignores_an_ankle_that_the_source_does_not_have) {
  PoseFrame frame = inside();
  (*frame.pose)[Landmark::left_ankle] = {};
  EXPECT_EQ(Watched().see(frame, 3.0), 0);
}

TEST(FeetMonitor, says_when_a_foot_was_cut_off) {
  Watched watched;
  watched.see(inside(), 10.0);
  watched.see(beyond_the_edge(), 2.0);
  watched.see(inside(), 10.0);
  watched.see(beyond_the_edge(), 0.5);
  const auto cut_off = [&](double from_s, double to_s) {
    return watched.monitor.cut_off_during(Seconds(from_s), Seconds(to_s));
  };
  EXPECT_FALSE(cut_off(1.0, 9.0));
  EXPECT_TRUE(cut_off(8.0, 10.5));
  EXPECT_TRUE(cut_off(11.0, 14.0));
  EXPECT_TRUE(cut_off(9.0, 15.0));
  EXPECT_FALSE(cut_off(13.0, 15.0));
  EXPECT_FALSE(cut_off(21.0, 24.0)) << "too short";
}

TEST(FeetMonitor, knows_a_repetition_whose_kicks_were_guessed) {
  Watched watched;
  watched.see(inside(), 10.0);
  watched.see(beyond_the_edge(Side::left), 2.0);
  watched.see(inside(), 5.0);
  const FeetMonitor& feet = watched.monitor;
  EXPECT_TRUE(feet.all_kicks_guessed(repetition(9.0, 11.0, 13.0)));
  EXPECT_FALSE(feet.all_kicks_guessed(repetition(9.0, 11.0, 13.0, KickingSide::right)));
  EXPECT_FALSE(feet.all_kicks_guessed(repetition(9.0, 11.0, 13.0, KickingSide::unsure)));
  EXPECT_FALSE(feet.all_kicks_guessed(repetition(9.0, 9.5, 13.0))) << "seen";
  Repetition two = repetition(9.0, 11.0, 13.0);
  two.kicks.push_back({Seconds(12.5), base::Degrees(100.0)});
  EXPECT_FALSE(feet.all_kicks_guessed(two)) << "one of them was seen";
}

}  // namespace
}  // namespace matside::engine
